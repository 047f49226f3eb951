// My work and my notices: what waits for me and what I was told.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  { path: '/desk', page: () => import('./MyWorkPage.tsx') },
  { path: '/desk/notices', page: () => import('./DeskNoticesPage.tsx') },
]
