// Pages on shifts, activities, volunteers and rooms at the desk.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/occasions',
    page: () => import('./desk/OccasionListPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'delivery:verbs.listDeskOccasions',
      icon: 'volunteer',
      permission: 'delivery.readDelivery',
      order: 66,
    },
  },
  { path: '/desk/occasions/new', page: () => import('./desk/NewOccasionPage.tsx') },
  { path: '/desk/occasions/$id', page: () => import('./desk/DeskOccasionPage.tsx') },
  {
    path: '/desk/volunteers',
    page: () => import('./desk/VolunteerListPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'volunteers:verbs.listVolunteers',
      icon: 'hand',
      permission: 'volunteers.readVolunteers',
      order: 67,
    },
  },
  { path: '/desk/rooms', page: () => import('./desk/RoomsPage.tsx') },
]
