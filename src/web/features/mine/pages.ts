// My own pages.
import type { WebPage } from '../../app/page-registry.ts'

const seldom = () => import('./SeldomPages.tsx')

export const residentPages: readonly WebPage[] = [
  { path: '/mine', page: () => import('./MinePage.tsx') },
  { path: '/mine/needs', page: () => import('./MyNeedsPage.tsx') },
  { path: '/mine/votes', page: seldom },
  { path: '/mine/looks', page: seldom },
  { path: '/mine/proxies', page: seldom },
  { path: '/mine/account', page: seldom },
  { path: '/surveys/$id', page: seldom },
]
