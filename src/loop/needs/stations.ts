// Needs: the stations of the thread at its two ends: the need with its supports, and the resident's verdict.
import type { Station } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'

/** A number or code out of an event's data. */
function fact(event: StoredEvent, key: string): Record<string, string | number> {
  const value = event.data[key]
  return typeof value === 'string' || typeof value === 'number' ? { [key]: value } : {}
}

export const needsStations: readonly Station[] = [
  { station: 'need', hears: ['needs.submitNeed'], party: 'resident', facing: 'public' },
  { station: 'need', hears: ['needs.acceptNeed'], party: 'community', facing: 'public' },
  {
    station: 'support',
    hears: ['needs.supportNeed'],
    party: 'resident',
    facts: (event) => fact(event, 'supports'),
    facing: 'public',
  },
  {
    station: 'verdict',
    hears: ['needs.giveVerdict', 'needs.reopenNeed'],
    party: 'resident',
    facing: 'public',
    facts: (event) => ({ ...fact(event, 'verdict'), ...fact(event, 'rating') }),
  },
  { station: 'verdict', hears: ['needs.closeUnconfirmed'], party: 'resident', facing: 'public' },
]
