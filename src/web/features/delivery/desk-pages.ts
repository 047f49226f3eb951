// Pages of delivery at the desk: service records and plans.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/delivery',
    page: () => import('./RecordListPage.tsx'),
    menu: { group: 'linkage', key: 'delivery', icon: 'delivery', permission: 'delivery.readDelivery', order: 60 },
  },
  { path: '/desk/delivery/plans/$id', page: () => import('./DeliveryPlanPage.tsx') },
  { path: '/desk/delivery/$id', page: () => import('./RecordPage.tsx') },
]
