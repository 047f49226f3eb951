// Procurement: the station of the thread where organizations competed.
import { fen, formatYuan } from '../../kit/money.ts'
import type { Station } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'

function lotFacts({ data: { lot }, amount }: StoredEvent): Record<string, string | number> {
  return typeof lot === 'number' ? { lot, amount: amount === undefined ? '' : formatYuan(fen(amount)) } : {}
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
    each: (event) => (typeof event.data['lot'] === 'number' ? String(event.data['lot']) : undefined),
    facts: lotFacts,
    money: (event) =>
      event.name === 'procurement.confirmAward' && event.amount !== undefined
        ? { kind: 'award', amount: event.amount }
        : undefined,
  },
]
