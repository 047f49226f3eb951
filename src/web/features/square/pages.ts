// The square: what neighbours deliberate, and each motion.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [
  { path: '/square', page: () => import('./SquarePage.tsx') },
  { path: '/motions/$id', page: () => import('./MotionPage.tsx') },
  { path: '/motions/$id/check-in', page: () => import('./CheckInPage.tsx') },
]
