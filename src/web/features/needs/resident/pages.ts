// Pages on needs that residents open.
import type { WebPage } from '../../../app/page-registry.ts'

export const residentNeedPages: readonly WebPage[] = [
  { path: '/raise', page: () => import('./RaisePage.tsx') },
  { path: '/raise/done', page: () => import('./RaisedPage.tsx') },
  { path: '/needs', page: () => import('./NeedBoardPage.tsx') },
  { path: '/needs/$id', page: () => import('./NeedPage.tsx') },
]
