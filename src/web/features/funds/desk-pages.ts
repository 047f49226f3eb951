// Pages of the funds: accounts with their statements, transfers.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/funds',
    page: () => import('./FundsPage.tsx'),
    menu: { group: 'registers', key: 'funds', icon: 'yuan', permission: 'funds.read', order: 60 },
  },
  { path: '/desk/funds/transfers', page: () => import('./TransferListPage.tsx') },
  { path: '/desk/funds/transfers/$id', page: () => import('./TransferRecordPage.tsx') },
  { path: '/desk/funds/accounts/$id', page: () => import('./FundsPage.tsx') },
]
