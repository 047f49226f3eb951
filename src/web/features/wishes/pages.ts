// Pages on wishes that residents open.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [
  { path: '/wishes', page: () => import('./resident/WishBoardPage.tsx') },
  { path: '/wishes/givers', page: () => import('./resident/GiversPage.tsx') },
  { path: '/wishes/new', page: () => import('./resident/AskWishPage.tsx') },
  { path: '/wishes/$id', page: () => import('./resident/WishPage.tsx') },
  { path: '/mine/wishes', page: () => import('./resident/MyWishesPage.tsx') },
  { path: '/supporting-bodies/new', page: () => import('./resident/ApplyBodyPage.tsx') },
  { path: '/supporting-bodies/$id', page: () => import('./resident/BodyPage.tsx') },
]
