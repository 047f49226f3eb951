// The inbox of residents.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [{ path: '/notices', page: () => import('./NoticesPage.tsx') }]
