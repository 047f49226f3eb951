// Pages on wishes that residents open.
import type { WebPage } from '../../app/page-registry.ts'

const seldom = () => import('./resident/SeldomPages.tsx')

export const residentPages: readonly WebPage[] = [
  { path: '/wishes', page: () => import('./resident/WishBoardPage.tsx') },
  { path: '/wishes/givers', page: seldom },
  { path: '/wishes/new', page: seldom },
  { path: '/wishes/$id', page: () => import('./resident/WishPage.tsx') },
  { path: '/mine/wishes', page: seldom },
  { path: '/supporting-bodies/new', page: seldom },
  { path: '/supporting-bodies/$id', page: seldom },
]
