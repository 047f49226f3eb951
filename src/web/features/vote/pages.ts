// The secret vote: its page, and in plain words how it works and what remains possible.
import type { WebPage } from '../../app/page-registry.ts'

export const residentPages: readonly WebPage[] = [
  { path: '/votes/help', page: () => import('./VoteHelpPage.tsx') },
  { path: '/votes/$id', page: () => import('./VotePage.tsx') },
]
