// Desk pages of procurement: tenders, my bids, scoring.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/procurement',
    page: () => import('./TenderListPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'procurement',
      icon: 'tender',
      permission: 'procurement.listDeskTenders',
      order: 40,
    },
  },
  { path: '/desk/procurement/new', page: () => import('./TenderTermsPage.tsx') },
  {
    path: '/desk/procurement/open',
    page: () => import('./OpenTendersPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'procurement:menu.tenders',
      icon: 'tender',
      permission: 'procurement.objectToTender',
      order: 40,
    },
  },
  {
    path: '/desk/procurement/bids',
    page: () => import('./MyBidsPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'procurement:menu.bids',
      icon: 'seal',
      permission: 'procurement.objectToTender',
      order: 41,
    },
  },
  {
    path: '/desk/procurement/panels',
    page: () => import('./MyPanelsPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'procurement:menu.panels',
      icon: 'scale',
      permission: 'procurement.scoreBid',
      order: 40,
    },
  },
  { path: '/desk/procurement/$id', page: () => import('./TenderRecordPage.tsx') },
  { path: '/desk/procurement/$id/edit', page: () => import('./TenderTermsPage.tsx') },
  { path: '/desk/procurement/$id/keys', page: () => import('./KeyCeremonyPage.tsx') },
  { path: '/desk/procurement/$id/bid', page: () => import('./SealedBidPage.tsx') },
  { path: '/desk/procurement/$id/opening', page: () => import('./OpeningPage.tsx') },
  { path: '/desk/procurement/$id/score', page: () => import('./ScoringPage.tsx') },
]
