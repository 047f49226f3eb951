// The page of delivery in the field: a service record on the phone.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [
  { path: '/field/records/new', page: () => import('./NewRecordPage.tsx') },
]
