// Pages on social work cases at the desk, and the worker's calendar. They work on the phone: social workers are seldom at a desk.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/cases',
    page: () => import('./CaseListPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'delivery:verbs.listCases',
      icon: 'lock',
      permission: 'delivery.readCase',
      order: 62,
    },
  },
  { path: '/desk/cases/new', page: () => import('./NewCasePage.tsx') },
  { path: '/desk/cases/emergency', page: () => import('./EmergencyPage.tsx') },
  { path: '/desk/cases/$id', page: () => import('./CasePage.tsx') },
  {
    path: '/desk/calendar',
    page: () => import('./CalendarPage.tsx'),
    menu: {
      group: 'linkage',
      key: 'delivery:verbs.getCalendar',
      icon: 'calendar',
      permission: 'delivery.subscribeCalendar',
      order: 66,
    },
  },
]
