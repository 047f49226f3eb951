// Services near by and what stands behind them: projects, tenders, contracts, organizations, open data; for everybody.
import type { WebPage } from '../../app/page-registry.ts'

const papers = () => import('./PaperPages.tsx')

export const residentPages: readonly WebPage[] = [
  { path: '/services', page: () => import('./ServicesPage.tsx') },
  { path: '/projects/$id', page: () => import('./ProjectPage.tsx') },
  { path: '/tenders', page: papers },
  { path: '/tenders/$id', page: papers },
  { path: '/data', page: papers },
  { path: '/data/$id', page: papers },
  { path: '/contracts/$id', page: papers },
  { path: '/organizations/$id', page: papers },
]
