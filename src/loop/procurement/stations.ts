// Procurement: the station of the thread where organizations competed.
import { fen, formatYuan } from '../../kit/money.ts'
import type { Station } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'
import { lotFacts, lotOf } from './contract/lots.ts'

/** A lot's sentence says for how much it was awarded. */
function lotAwarded(event: StoredEvent): Record<string, string | number> {
  const facts = lotFacts(event)
  return facts.lot === undefined
    ? {}
    : { ...facts, amount: event.amount === undefined ? '' : formatYuan(fen(event.amount)) }
}

export const procurementStations: readonly Station[] = [
  {
    station: 'procurement',
    party: 'government',
    facing: 'public',
    hears: [
      'procurement.publishTender',
      'procurement.proposeAward',
      'procurement.confirmAward',
      'procurement.awardLot',
      'procurement.failLot',
      'procurement.failTender',
      'procurement.cancelTender',
    ],
    // Of the sentences of one verb the latest is told, of lots that of each.
    each: lotOf,
    facts: lotAwarded,
    money: (event) =>
      event.name === 'procurement.confirmAward' && event.amount !== undefined
        ? { kind: 'award', amount: event.amount }
        : undefined,
  },
]
