// How organizations are shown outside of the register: as cards with name, state and place.
import type { RecordKind } from '../../platform/declarations.ts'
import { openStates } from './contract.ts'
import { numberOfOrganization, reachOf } from './rules.ts'
import { listFoundOrganizations, listOrganizationsById } from './store/organizations.ts'

export const organizationsRecords: readonly RecordKind[] = [
  {
    kind: 'organization',
    permission: 'organizations.read',
    find: listFoundOrganizations,
    page: '/organizations',
    cards: async (tx, ids) =>
      (await listOrganizationsById(tx, ids)).map((organization) => ({
        ref: { kind: 'organization', id: organization.id },
        number: numberOfOrganization(organization),
        title: organization.name,
        state: organization.state,
        division: organization.division,
        reach: reachOf(organization),
        open: openStates.includes(organization.state),
      })),
  },
]
