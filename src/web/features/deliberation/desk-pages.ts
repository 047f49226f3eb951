// Pages on motions of the desk; residents deliberate on the square.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/deliberation',
    page: () => import('./MotionListPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'deliberation',
      icon: 'deliberation',
      permission: 'deliberation.listDeskMotions',
      order: 20,
    },
  },
  { path: '/desk/deliberation/new', page: () => import('./ProposeMotionPage.tsx') },
  { path: '/desk/deliberation/$id', page: () => import('./MotionRecordPage.tsx') },
  { path: '/desk/deliberation/$id/roll', page: () => import('./RollPage.tsx') },
  { path: '/desk/deliberation/$id/roll/import', page: () => import('./RollImportPage.tsx') },
  { path: '/desk/deliberation/$id/paper', page: () => import('./VotePaperPage.tsx') },
  { path: '/desk/deliberation/$id/meeting', page: () => import('./MeetingPage.tsx') },
  { path: '/desk/deliberation/$id/statements', page: () => import('./StatementsPage.tsx') },
]
