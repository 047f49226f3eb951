// Venture calls: what is counted of them. How many voted is no running result: it says nothing of any proposal.
import type { Indicator } from '../../platform/declarations.ts'

const counted = (name: string, hears: readonly string[]): Indicator => ({
  name,
  unit: 'count',
  kind: 'count',
  hears,
  entries: () => [{ amount: 1n }],
})

export const ventureIndicators: readonly Indicator[] = [
  counted('venture.opened', ['venture.openCall']),
  counted('venture.submitted', ['venture.submitProposal']),
  counted('venture.votes', ['venture.castVentureVote']),
  counted('venture.awarded', ['venture.awardProposal']),
  {
    name: 'venture.money',
    unit: 'fen',
    kind: 'sum',
    hears: ['venture.awardProposal'],
    entries: ({ amount }) => (amount === undefined ? [] : [{ amount }]),
  },
]
