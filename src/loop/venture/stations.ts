// Venture calls: the stations of the thread that a proposal reaches in place of a tender.
import type { Station } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'

function facts(event: StoredEvent): Readonly<Record<string, string | number>> {
  const { rank } = event.data
  return typeof rank === 'number' ? { rank } : {}
}

export const ventureStations: readonly Station[] = [
  {
    station: 'procurement',
    hears: ['venture.awardProposal', 'venture.makeVentureProject'],
    party: 'organization',
    facing: 'public',
    facts,
    money: (event) =>
      event.name === 'venture.awardProposal' && event.amount !== undefined
        ? { kind: 'award', amount: event.amount }
        : undefined,
  },
]
