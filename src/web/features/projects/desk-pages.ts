// Desk pages of the projects.
import type { WebPage } from '../../app/page-registry.ts'

export const deskPages: readonly WebPage[] = [
  {
    path: '/desk/projects',
    page: () => import('./ProjectListPage.tsx'),
    menu: { group: 'linkage', key: 'projects', icon: 'project', permission: 'projects.listDeskProjects', order: 30 },
  },
  { path: '/desk/projects/new', page: () => import('./ProjectDesignPage.tsx') },
  { path: '/desk/projects/purchase-list', page: () => import('./PurchaseListPage.tsx') },
  { path: '/desk/projects/templates', page: () => import('./TemplateListPage.tsx') },
  { path: '/desk/projects/templates/new', page: () => import('./TemplateEditPage.tsx') },
  { path: '/desk/projects/templates/$id', page: () => import('./TemplateRecordPage.tsx') },
  { path: '/desk/projects/templates/$id/edit', page: () => import('./TemplateEditPage.tsx') },
  { path: '/desk/projects/$id', page: () => import('./ProjectRecordPage.tsx') },
  { path: '/desk/projects/$id/edit', page: () => import('./ProjectDesignPage.tsx') },
]
