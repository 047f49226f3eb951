// Desk pages of venture calls: running them, proposing, scoring.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/venture',
    page: () => import('./desk/CallListPage.tsx'),
    menu: { group: 'linkage', key: 'venture:name', icon: 'star', permission: 'venture.listDeskCalls', order: 35 },
  },
  { path: '/desk/venture/new', page: () => import('./desk/CallFormPage.tsx') },
  {
    path: '/desk/venture/open',
    page: () => import('./desk/OpenCallsPage.tsx'),
    menu: { group: 'linkage', key: 'venture:menu.open', icon: 'star', permission: 'venture.propose', order: 42 },
  },
  {
    path: '/desk/venture/proposals',
    page: () => import('./desk/MyProposalsPage.tsx'),
    menu: { group: 'linkage', key: 'venture:menu.proposals', icon: 'send', permission: 'venture.propose', order: 43 },
  },
  {
    path: '/desk/venture/panels',
    page: () => import('./desk/MyPanelsPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'venture:menu.panels',
      icon: 'scale',
      permission: 'venture.scoreProposal',
      order: 42,
    },
  },
  { path: '/desk/venture/proposals/$id', page: () => import('./desk/ProposalRecordPage.tsx') },
  { path: '/desk/venture/proposals/$id/edit', page: () => import('./desk/ProposalFormPage.tsx') },
  { path: '/desk/venture/$id', page: () => import('./desk/CallRecordPage.tsx') },
  { path: '/desk/venture/$id/edit', page: () => import('./desk/CallFormPage.tsx') },
  { path: '/desk/venture/$id/propose', page: () => import('./desk/ProposalFormPage.tsx') },
  { path: '/desk/venture/$id/score', page: () => import('./desk/ScorePage.tsx') },
]
