// The residents' front page.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [{ path: '/', page: () => import('./HomePage.tsx') }]
