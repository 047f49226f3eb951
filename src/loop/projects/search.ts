// Projects: how they are read from outside this domain.
import type { RecordKind } from '../../platform/declarations.ts'
import { reachOf, shownNumber } from './rules.ts'
import { reachOfTemplate } from './rules/templates.ts'
import { listFoundProjects } from './store/lists.ts'
import { listTemplatesById } from './store/templates.ts'
import { listProjectsById } from './store.ts'

export const projectsRecords: readonly RecordKind[] = [
  {
    kind: 'project',
    permission: 'projects.listDeskProjects',
    find: listFoundProjects,
    page: '/projects',
    cards: async (tx, ids) =>
      (await listProjectsById(tx, ids)).map((project) => ({
        ref: { kind: 'project', id: project.id },
        number: shownNumber(project),
        title: project.title,
        state: project.state,
        division: project.division,
        reach: reachOf(project),
        open: project.openedAt !== undefined,
      })),
  },
  {
    kind: 'project-template',
    permission: 'projects.listDeskProjects',
    page: '/desk/projects/templates',
    cards: async (tx, ids) =>
      (await listTemplatesById(tx, ids)).map((template) => ({
        ref: { kind: 'project-template', id: template.id },
        title: template.title,
        state: template.state,
        division: template.division,
        reach: reachOfTemplate(template),
        open: false,
      })),
  },
]
