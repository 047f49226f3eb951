// Pages of signing in.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [{ path: '/sign-in', page: () => import('./SignInPage.tsx') }]
