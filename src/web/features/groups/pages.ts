// The resident's page of group work: checking in at a session.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [
  { path: '/groups/$id/sessions/$session/check-in', page: () => import('./SessionCheckInPage.tsx') },
]
