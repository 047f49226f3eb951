// What the register of volunteers counts: who joins and who leaves.
import type { Indicator } from '../../platform/declarations.ts'

export const volunteersIndicators: readonly Indicator[] = [
  {
    name: 'volunteers.active',
    unit: 'persons',
    kind: 'count',
    hears: ['volunteers.becomeVolunteer', 'volunteers.withdrawVolunteer'],
    entries: (event) => [{ amount: event.name === 'volunteers.becomeVolunteer' ? 1n : -1n }],
  },
]
