// The search page of the desk, reached from the box in the top bar.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [{ path: '/desk/search', page: () => import('./SearchPage.tsx') }]
