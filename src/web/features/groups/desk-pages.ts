// Pages on group work at the desk.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/groups',
    page: () => import('./GroupListPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'delivery:verbs.listGroups',
      icon: 'users',
      permission: 'delivery.readDelivery',
      order: 64,
    },
  },
  { path: '/desk/groups/new', page: () => import('./NewGroupPage.tsx') },
  { path: '/desk/groups/$id', page: () => import('./GroupPage.tsx') },
]
