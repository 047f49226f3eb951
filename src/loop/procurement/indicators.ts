// Procurement: what is counted of it.
import type { Indicator } from '../../platform/declarations.ts'

export const procurementIndicators: readonly Indicator[] = [
  {
    name: 'procurement.awarded',
    unit: 'fen',
    kind: 'sum',
    hears: ['procurement.confirmAward'],
    entries: (event) => (event.amount === undefined ? [] : [{ amount: event.amount }]),
  },
]
