// Pages of the desk on people: residents, roles, delegations, my account, systems that sign in here, outside programs.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/residents',
    page: () => import('./ResidentListPage.tsx'),
    menu: {
      group: 'registers',
      key: 'identity:menu.residents',
      icon: 'users',
      permission: 'identity.read-residents',
      order: 5,
    },
  },
  { path: '/desk/residents/$id', page: () => import('./ResidentRecordPage.tsx') },
  {
    path: '/desk/assignments',
    page: () => import('./AssignmentListPage.tsx'),
    menu: { group: 'system', key: 'identity', icon: 'key', permission: 'identity.read-assignments', order: 10 },
  },
  { path: '/desk/assignments/$id', page: () => import('./AssignmentRecordPage.tsx') },
  {
    path: '/desk/oidc-clients',
    page: () => import('./OidcClientListPage.tsx'),
    menu: {
      group: 'system',
      key: 'identity:menu.clients',
      icon: 'link',
      permission: 'identity.register-client',
      order: 20,
    },
  },
  { path: '/desk/oidc-clients/$id', page: () => import('./OidcClientRecordPage.tsx') },
  {
    path: '/desk/api-clients',
    page: () => import('./ApiClientListPage.tsx'),
    menu: {
      group: 'system',
      key: 'identity:menu.apiClients',
      icon: 'link',
      permission: 'identity.register-client',
      order: 21,
    },
  },
  { path: '/desk/api-clients/$id', page: () => import('./ApiClientRecordPage.tsx') },
  { path: '/desk/me', page: () => import('./MePage.tsx') },
]
