// Pages on needs of the desk.
import type { WebPage } from '../../../app/page-registry.ts'

export const deskNeedPages: readonly WebPage[] = [
  {
    path: '/desk/needs',
    page: () => import('./DeskNeedsPage.tsx'),
    menu: { group: 'linkage', key: 'needs', icon: 'need', permission: 'needs.listDeskNeeds', order: 10 },
  },
  { path: '/desk/needs/alike', page: () => import('./AlikePage.tsx') },
  { path: '/desk/needs/holders', page: () => import('./HoldersPage.tsx') },
  { path: '/desk/needs/new', page: () => import('./OnBehalfPage.tsx') },
  { path: '/desk/needs/import', page: () => import('./ImportPage.tsx') },
  { path: '/desk/needs/$id', page: () => import('./DeskNeedPage.tsx') },
]
