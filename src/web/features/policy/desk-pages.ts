// Policy on the desk: the parameters in force at a place.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/policy',
    page: () => import('./ParametersPage.tsx'),
    menu: { group: 'governing', key: 'policy', icon: 'book', order: 90 },
  },
]
