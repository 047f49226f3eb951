// How persons and assignments are read from outside: timelines, my work, notices.
import type { RecordKind } from '../../platform/declarations.ts'
import { judgedAssignment, judgedPerson, provinceOf } from './rules.ts'
import { judgedApiClient } from './rules/api-clients.ts'
import { judgedOidcClient } from './rules/oidc.ts'
import { listAssignmentsById } from './store/assignments.ts'
import { listApiClientsById } from './store/api-clients.ts'
import { listOidcClientsById } from './store/oidc.ts'
import { listPersons } from './store/people.ts'

export const identityRecords: readonly RecordKind[] = [
  {
    kind: 'person',
    permission: 'identity.read-residents',
    cards: async (tx, ids) =>
      (await listPersons(tx, ids)).map((person) => ({
        ref: { kind: 'person', id: person.id },
        title: person.officialName ?? person.maskedName,
        state: person.state,
        division: person.residence ?? provinceOf(person.id),
        reach: judgedPerson(person).reach,
        open: false,
      })),
  },
  {
    kind: 'assignment',
    permission: 'identity.read-assignments',
    cards: async (tx, ids) =>
      (await listAssignmentsById(tx, ids)).map((held) => ({
        ref: { kind: 'assignment', id: held.id },
        state: held.state,
        division: held.division,
        reach: judgedAssignment(held).reach,
        open: false,
      })),
  },
  {
    kind: 'oidc-client',
    permission: 'identity.register-client',
    cards: async (tx, ids) =>
      (await listOidcClientsById(tx, ids)).map((client) => ({
        ref: { kind: 'oidc-client', id: client.id },
        title: client.name,
        state: client.state,
        division: client.division,
        reach: judgedOidcClient(client).reach,
        open: false,
      })),
  },
  {
    kind: 'api-client',
    permission: 'identity.register-client',
    cards: async (tx, ids) =>
      (await listApiClientsById(tx, ids)).map((client) => ({
        ref: { kind: 'api-client', id: client.id },
        title: client.name,
        state: client.state,
        division: client.division,
        reach: judgedApiClient(client).reach,
        open: false,
      })),
  },
]
