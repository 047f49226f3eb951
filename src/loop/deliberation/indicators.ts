// Deliberation: the figures counted from the motions' own events.
import type { Indicator } from '../../platform/declarations.ts'

export const deliberationIndicators: readonly Indicator[] = [
  {
    name: 'deliberation.motions-proposed',
    unit: 'count',
    kind: 'count',
    hears: ['deliberation.proposeMotion'],
    entries: () => [{ amount: 1n }],
  },
  {
    name: 'deliberation.motions-decided',
    unit: 'count',
    kind: 'count',
    hears: ['deliberation.confirmMeeting', 'deliberation.countVote'],
    entries: (event) => (event.data['result'] === 'no-quorum' ? [] : [{ amount: 1n }]),
  },
  {
    name: 'deliberation.motions-adopted',
    unit: 'count',
    kind: 'count',
    hears: ['deliberation.confirmMeeting', 'deliberation.countVote'],
    entries: (event) => (event.data['result'] === 'adopted' ? [{ amount: 1n }] : []),
  },
]
