// What delivery counts: service records and their hours, from the events; a record taken back is taken off.
import type { Indicator } from '../../platform/declarations.ts'

export const deliveryIndicators: readonly Indicator[] = [
  {
    name: 'delivery.service-records',
    unit: 'count',
    kind: 'count',
    hears: ['delivery.fileServiceRecord', 'delivery.voidServiceRecord'],
    entries: (event) => [{ amount: event.name === 'delivery.fileServiceRecord' ? 1n : -1n }],
  },
  {
    name: 'delivery.attendance',
    unit: 'count',
    kind: 'sum',
    hears: ['delivery.fileServiceRecord', 'delivery.voidServiceRecord'],
    entries: (event) =>
      typeof event.data['attendance'] === 'number' ? [{ amount: BigInt(event.data['attendance']) }] : [],
  },
  {
    name: 'delivery.volunteer-minutes',
    unit: 'count',
    kind: 'sum',
    hears: ['delivery.settleShift', 'delivery.settleByCodes'],
    entries: (event) =>
      typeof event.data['minutes'] === 'number' && event.data['kind'] === 'shift'
        ? [{ amount: BigInt(event.data['minutes']) }]
        : [],
  },
  {
    name: 'delivery.community-activities',
    unit: 'count',
    kind: 'count',
    hears: ['delivery.recordActivity', 'delivery.settleByCodes'],
    entries: (event) => (event.data['kind'] === 'activity' ? [{ amount: 1n }] : []),
  },
]
