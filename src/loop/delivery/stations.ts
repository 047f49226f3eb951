// Stations of the thread that delivery reaches: the work planned, the work done.
import type { Station } from '../../platform/declarations.ts'
import { lotFacts, lotOf } from '../procurement/contract/lots.ts'

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

export const deliveryStations: readonly Station[] = [
  {
    station: 'delivery',
    hears: ['delivery.startDelivery'],
    party: 'organization',
    facing: 'public',
    // Of several contracts of one project, since its tender had lots, each is told.
    each: lotOf,
    facts: (event) => ({
      activities: number(event.data['activities']),
      planned: number(event.data['planned']),
      ...lotFacts(event),
    }),
  },
  {
    // Times and places of visits stay with the readers of the record; the public sees the milestones that are reported of them.
    station: 'delivery',
    hears: ['delivery.fileServiceRecord'],
    party: 'worker',
    facing: 'readers',
    facts: (event) => ({
      kind: String(event.data['kind'] ?? ''),
      minutes: number(event.data['minutes']),
      attendance: number(event.data['attendance']),
    }),
  },
]
