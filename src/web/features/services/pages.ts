// Services near by and what stands behind them: projects, tenders, contracts, organizations; open to everybody.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [
  { path: '/services', page: () => import('./ServicesPage.tsx') },
  { path: '/projects/$id', page: () => import('./ProjectPage.tsx') },
  { path: '/tenders', page: () => import('./TendersPage.tsx') },
  { path: '/tenders/$id', page: () => import('./TenderPage.tsx') },
  { path: '/contracts/$id', page: () => import('./ContractPage.tsx') },
  { path: '/organizations/$id', page: () => import('./OrganizationPage.tsx') },
]
