// Pages of the demo: who to be, and the guided tour.
import type { WebPage } from '../../app/page-registry.ts'

const pages = () => import('./DemoPages.tsx')

export const residentPages: readonly WebPage[] = [
  { path: '/demo', page: pages },
  { path: '/demo/tour', page: pages },
]
