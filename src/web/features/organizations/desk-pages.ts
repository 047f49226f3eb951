// Desk pages of the register of organizations.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/organizations',
    page: () => import('./OrganizationListPage.tsx'),
    menu: { group: 'registers', key: 'organizations', icon: 'organization', order: 20 },
  },
  { path: '/desk/organizations/applications', page: () => import('./ApplicationListPage.tsx') },
  { path: '/desk/organizations/new', page: () => import('./ApplyPage.tsx') },
  { path: '/desk/organizations/$id', page: () => import('./OrganizationRecordPage.tsx') },
]
