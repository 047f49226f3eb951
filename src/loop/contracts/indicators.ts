// What contracts count: the value that came into force, in fen, growth by amendment included.
import type { Indicator } from '../../platform/declarations.ts'

export const contractsIndicators: readonly Indicator[] = [
  {
    name: 'contracts.value',
    unit: 'fen',
    kind: 'sum',
    hears: ['contracts.activateContract', 'contracts.agreeAmendment'],
    entries: (event) => (event.amount === undefined ? [] : [{ amount: event.amount }]),
  },
  {
    name: 'contracts.active',
    unit: 'count',
    kind: 'count',
    hears: ['contracts.activateContract'],
    entries: () => [{ amount: 1n }],
  },
]
