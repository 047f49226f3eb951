// How volunteers are shown outside of the register: never with a name, and not searched for.
import type { RecordKind } from '../../platform/declarations.ts'
import { judgedVolunteer } from './rules.ts'
import { listVolunteersById } from './store.ts'

export const volunteersRecords: readonly RecordKind[] = [
  {
    kind: 'volunteer',
    permission: 'volunteers.readVolunteers',
    cards: async (tx, ids) =>
      (await listVolunteersById(tx, ids)).map((volunteer) => ({
        ref: { kind: 'volunteer', id: volunteer.id },
        state: volunteer.state,
        division: volunteer.division,
        reach: judgedVolunteer(volunteer).reach,
        open: false,
      })),
  },
]
