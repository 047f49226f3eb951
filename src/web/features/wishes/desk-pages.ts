// Pages on wishes and supporting bodies of the desk.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/wishes',
    page: () => import('./desk/DeskWishesPage.tsx'),
    menu: { group: 'linkage', key: 'wishes:name', icon: 'star', permission: 'wishes.listDeskWishes', order: 15 },
  },
  { path: '/desk/wishes/new', page: () => import('./desk/PutUpWishPage.tsx') },
  { path: '/desk/wishes/$id', page: () => import('./desk/DeskWishPage.tsx') },
  {
    path: '/desk/supporting-bodies',
    page: () => import('./desk/BodiesPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'wishes:kinds.supporting-body',
      icon: 'hand',
      permission: 'wishes.listBodies',
      order: 16,
    },
  },
  { path: '/desk/supporting-bodies/$id', page: () => import('./desk/DeskBodyPage.tsx') },
]
