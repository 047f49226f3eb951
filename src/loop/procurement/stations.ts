// Procurement: the station of the thread where organizations competed.
import type { Station } from '../../platform/declarations.ts'

export const procurementStations: readonly Station[] = [
  {
    station: 'procurement',
    party: 'government',
    facing: 'public',
    hears: [
      'procurement.publishTender',
      'procurement.proposeAward',
      'procurement.confirmAward',
      'procurement.failTender',
      'procurement.cancelTender',
    ],
    money: (event) =>
      event.name === 'procurement.confirmAward' && event.amount !== undefined
        ? { kind: 'award', amount: event.amount }
        : undefined,
  },
]
