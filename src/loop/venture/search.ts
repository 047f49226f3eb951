// Venture calls: how calls and proposals are read from outside this domain.
import { asDivision } from '../../kit/id.ts'
import type { RecordKind } from '../../platform/declarations.ts'
import { isPublic, reachOfCall, shownNumber } from './rules.ts'
import { listFoundCalls, listFoundProposals } from './store/lists.ts'
import { listProposalsById } from './store/proposals.ts'
import { listCallsById } from './store.ts'

/** Above every desk that reads proposals. */
const nobodys = asDivision('32')

export const ventureRecords: readonly RecordKind[] = [
  {
    kind: 'venture-call',
    permission: 'venture.listDeskCalls',
    find: listFoundCalls,
    page: '/venture',
    cards: async (tx, ids) =>
      (await listCallsById(tx, ids)).map((call) => ({
        ref: { kind: 'venture-call', id: call.id },
        number: shownNumber(call),
        title: call.title,
        state: call.state,
        division: call.division,
        reach: reachOfCall(call),
        open: call.openedAt !== undefined,
      })),
  },
  {
    kind: 'venture-proposal',
    permission: 'venture.readProposal',
    find: listFoundProposals,
    page: '/venture/proposals',
    cards: async (tx, ids) =>
      (await listProposalsById(tx, ids)).map((proposal) => ({
        ref: { kind: 'venture-proposal', id: proposal.id },
        number: shownNumber(proposal),
        title: proposal.title,
        state: proposal.state,
        division: proposal.division,
        // A draft is its organization's alone; what was handed in is the desks' too.
        reach: {
          division: proposal.hash === undefined ? nobodys : proposal.division,
          organizations: [proposal.organization],
          confidential: !isPublic(proposal),
        },
        open: isPublic(proposal),
      })),
  },
]
