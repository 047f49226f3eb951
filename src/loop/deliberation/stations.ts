// Deliberation: the station of the thread where neighbours decided.
import type { Station } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'

function facts(event: StoredEvent, keys: readonly string[]): Record<string, string | number> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = event.data[key]
      return typeof value === 'string' || typeof value === 'number' ? [[key, value]] : []
    }),
  )
}

export const deliberationStations: readonly Station[] = [
  { station: 'deliberation', hears: ['deliberation.proposeMotion'], party: 'community', facing: 'public' },
  {
    station: 'deliberation',
    hears: ['deliberation.confirmMeeting'],
    party: 'resident',
    facing: 'public',
    facts: (event) => facts(event, ['result', 'attendance', 'for', 'against', 'abstain']),
  },
  {
    station: 'deliberation',
    hears: ['deliberation.countVote'],
    party: 'resident',
    facing: 'public',
    facts: (event) => facts(event, ['result', 'eligible', 'cast', 'for', 'against', 'abstain']),
  },
  { station: 'deliberation', hears: ['deliberation.executeMotion'], party: 'community', facing: 'public' },
]
