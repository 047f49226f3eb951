// My own pages.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [
  { path: '/mine', page: () => import('./MinePage.tsx') },
  { path: '/mine/needs', page: () => import('./MyNeedsPage.tsx') },
  { path: '/mine/votes', page: () => import('./MyVotesPage.tsx') },
  { path: '/mine/looks', page: () => import('./LooksPage.tsx') },
  { path: '/mine/proxies', page: () => import('./ProxiesPage.tsx') },
  { path: '/mine/account', page: () => import('./AccountPage.tsx') },
]
