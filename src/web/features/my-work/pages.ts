// My work: the desk's first page.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [{ path: '/desk', page: () => import('./MyWorkPage.tsx') }]
