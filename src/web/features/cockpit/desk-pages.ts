// The cockpit: map, figures and the loop of a division.
import type { WebPage } from '../../app/page-registry.ts'

export const cockpitPages: readonly WebPage[] = [
  {
    path: '/cockpit',
    page: () => import('./CockpitPage.tsx'),
    menu: { group: 'insight', key: 'cockpit', icon: 'gauge', order: 10 },
  },
]
