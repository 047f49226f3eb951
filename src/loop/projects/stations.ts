// Projects: the station of the thread at which the township approved the service.
import type { Station } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'

/** What shows that residents took part. */
function evidence(event: StoredEvent): Readonly<Record<string, string | number>> {
  const { evidence: kind } = event.data
  return typeof kind === 'string' ? { evidence: kind } : {}
}

export const projectsStations: readonly Station[] = [
  {
    station: 'project',
    hears: [
      'projects.designProject',
      'projects.makeVentureProject',
      'projects.submitProject',
      'projects.approveProject',
      'projects.terminateProject',
    ],
    party: 'community',
    facing: 'public',
    facts: evidence,
    money: (event) =>
      event.name === 'projects.approveProject' && event.amount !== undefined
        ? { kind: 'budget', amount: event.amount }
        : undefined,
  },
]
