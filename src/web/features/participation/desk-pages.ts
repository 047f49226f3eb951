// Pages on participation for the desk.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/participation',
    page: () => import('./desk/ParticipationPage.tsx'),
    menu: {
      group: 'insight',
      key: 'participation:name',
      icon: 'users',
      permission: 'participation.getParticipation',
      order: 20,
    },
  },
]
