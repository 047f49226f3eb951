// Desk pages of the contracts.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/contracts',
    page: () => import('./ContractListPage.tsx'),
    menu: { group: 'linkage', key: 'contracts', icon: 'contract', permission: 'contracts.readContract', order: 50 },
  },
  { path: '/desk/contracts/new', page: () => import('./ContractTermsPage.tsx') },
  { path: '/desk/contracts/$id', page: () => import('./ContractRecordPage.tsx') },
  { path: '/desk/contracts/$id/edit', page: () => import('./ContractTermsPage.tsx') },
]
