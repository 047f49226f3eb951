// Stations of the thread that a contract reaches: in force, amended, milestones reported and accepted, ended.
import type { Station } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'
import { lotFacts, lotOf } from '../procurement/contract/lots.ts'

function milestoneFacts(event: StoredEvent): Record<string, string | number> {
  const { position, total, serviceRecords, milestoneTo } = event.data
  return {
    position: typeof position === 'number' ? position : 0,
    total: typeof total === 'number' ? total : 0,
    serviceRecords: typeof serviceRecords === 'number' ? serviceRecords : 0,
    state: typeof milestoneTo === 'string' ? milestoneTo : '',
    ...lotFacts(event),
  }
}

/** Money set aside and paid is told by the funds. */
export const contractsStations: readonly Station[] = [
  {
    station: 'contract',
    hears: ['contracts.activateContract'],
    party: 'organization',
    facing: 'public',
    each: lotOf,
    facts: lotFacts,
  },
  {
    station: 'contract',
    hears: ['contracts.agreeAmendment', 'contracts.terminateContract', 'contracts.completeContract'],
    party: 'government',
    facing: 'public',
    each: lotOf,
    facts: lotFacts,
  },
  {
    station: 'delivery',
    hears: ['contracts.reportMilestone'],
    party: 'organization',
    facing: 'public',
    each: lotOf,
    facts: milestoneFacts,
  },
  {
    station: 'delivery',
    hears: ['contracts.returnMilestone', 'contracts.acceptMilestone'],
    party: 'community',
    facing: 'public',
    each: lotOf,
    facts: milestoneFacts,
  },
  {
    station: 'delivery',
    hears: ['contracts.confirmMilestoneAsResident'],
    party: 'resident',
    facing: 'public',
    each: lotOf,
    facts: milestoneFacts,
  },
]
