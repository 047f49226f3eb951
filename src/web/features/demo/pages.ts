// Pages of the demo: who to be, and the guided tour.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [
  { path: '/demo', page: () => import('./DemoPeoplePage.tsx') },
  { path: '/demo/tour', page: () => import('./TourPage.tsx') },
]
