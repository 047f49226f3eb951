// Contracts: the endpoints by which a contract in force is amended, found broken, or ended before its time.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { moneyInput } from '../../../kit/money.ts'
import { plainDate } from '../../../kit/plain-date.ts'
import { recordAnswer } from '../../../kit/record-view.ts'
import {
  amendmentId,
  breachKinds,
  contractId,
  milestoneId,
  one,
  teamMember,
  terminationReasons,
  termsRefusals,
  text,
} from '../contract.ts'

export const proposeAmendment = endpoint({
  ...one,
  name: 'proposeAmendment',
  method: 'POST',
  path: '/contracts/:id/amendments',
  access: 'contracts.amendContract',
  body: z.object({
    words: text(4, 1000),
    growth: moneyInput.optional(),
    end: plainDate.optional(),
    dues: z
      .array(z.object({ milestone: milestoneId, due: plainDate }))
      .max(12)
      .default([]),
    team: z.array(teamMember).min(1).max(40).optional(),
  }),
  refusals: [
    'amendment-open',
    'nothing-amended',
    'growth-too-large',
    'last-milestone-closed',
    'not-a-party',
    ...termsRefusals,
  ],
  summary: 'A party proposes to amend value, dates or key staff.',
})

const ofAmendment = { params: z.object({ id: contractId, amendment: amendmentId }), output: recordAnswer }

export const agreeAmendment = endpoint({
  ...ofAmendment,
  name: 'agreeAmendment',
  method: 'POST',
  path: '/contracts/:id/amendments/:amendment/agree',
  access: 'contracts.amendContract',
  secondFactor: true,
  refusals: [
    'second-factor-needed',
    'own-proposal',
    'one-person-two-parties',
    'signature-needed',
    'amendment-decided',
    'growth-too-large',
    'last-milestone-closed',
    'funds-short',
    'not-a-party',
  ],
  summary: 'The other party agrees with the second factor; the amendment is in force.',
})

export const declineAmendment = endpoint({
  ...ofAmendment,
  name: 'declineAmendment',
  method: 'POST',
  path: '/contracts/:id/amendments/:amendment/decline',
  access: 'contracts.amendContract',
  refusals: ['amendment-decided', 'not-a-party'],
  summary: 'The other party declines the amendment, or its proposer takes it back.',
})

export const recordBreach = endpoint({
  ...one,
  name: 'recordBreach',
  method: 'POST',
  path: '/contracts/:id/breaches',
  access: 'contracts.recordBreach',
  body: z.object({ kind: z.enum(breachKinds), words: text(4, 1000) }),
  refusals: ['not-a-party'],
  summary: 'A party puts a breach by the other party on record.',
})

export const terminateContract = endpoint({
  ...one,
  name: 'terminateContract',
  method: 'POST',
  path: '/contracts/:id/terminate',
  access: 'contracts.terminateContract',
  body: z.object({
    reason: z.enum(terminationReasons),
    words: text(4, 1000),
    /** What is still paid for work done on milestones that were not accepted. */
    settlement: moneyInput.optional(),
  }),
  refusals: ['settlement-too-large'],
  summary: 'Ends a contract before its time: the settlement stays payable, the rest of the money goes back.',
})
