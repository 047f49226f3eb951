// Pages of venture calls that residents open: calls, one call with its vote and result, one proposal.
import type { WebPage } from '../../app/page-registry.ts'

const pages = () => import('./resident/VenturePages.tsx')

export const residentPages: readonly WebPage[] = [
  { path: '/venture', page: pages },
  { path: '/venture/$id', page: pages },
  { path: '/venture/proposals/$id', page: pages },
]
