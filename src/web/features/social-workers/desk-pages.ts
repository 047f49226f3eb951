// Desk pages of the register of social workers.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/social-workers',
    page: () => import('./WorkerListPage.tsx'),
    menu: { group: 'registers', key: 'social-workers', icon: 'worker', permission: 'social-workers.read', order: 30 },
  },
  { path: '/desk/social-workers/$id', page: () => import('./WorkerRecordPage.tsx') },
]
