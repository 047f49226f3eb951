// Projects: how they are read from outside this domain.
import type { RecordKind } from '../../platform/declarations.ts'
import { reachOf, shownNumber } from './rules.ts'
import { listFoundProjects } from './store/lists.ts'
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
]
