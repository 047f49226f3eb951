// Projects: what is counted of them.
import type { Indicator } from '../../platform/declarations.ts'

export const projectsIndicators: readonly Indicator[] = [
  {
    name: 'projects.approved',
    unit: 'count',
    kind: 'count',
    hears: ['projects.approveProject'],
    entries: () => [{ amount: 1n }],
  },
  {
    name: 'projects.designed-from-template',
    unit: 'count',
    kind: 'count',
    hears: ['projects.designProject'],
    entries: ({ data }) => (typeof data['template'] === 'string' ? [{ amount: 1n }] : []),
  },
]
