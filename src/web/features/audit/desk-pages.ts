// Audit on the desk: the heads of the sealed event chains.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/audit',
    page: () => import('./SealsPage.tsx'),
    menu: { group: 'system', key: 'audit', icon: 'seal', permission: 'identity.read-assignments', order: 30 },
  },
]
