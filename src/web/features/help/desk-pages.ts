// The desk's short guide.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [{ path: '/desk/help', page: () => import('./HelpPage.tsx') }]
