// Contracts: what a township and an undertaker agreed. States, shapes and endpoints; changes and access stand beside.
import { z } from 'zod'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import { moneyWire } from '../../kit/money.ts'
import { plainDate } from '../../kit/plain-date.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'
import { organizationId } from '../../registers/organizations/contract.ts'
import { workerId } from '../../registers/social-workers/contract.ts'
import { projectId } from '../projects/contract.ts'
import { tenderId } from '../procurement/contract.ts'
import { lotOfBody } from '../procurement/contract/lots.ts'

export const contractStates = ['drafting', 'signing', 'active', 'completed', 'terminated'] as const
export type ContractState = (typeof contractStates)[number]

/** States in which everybody may read what was agreed (not the papers and persons). */
export const openContractStates: readonly ContractState[] = ['active', 'completed', 'terminated']

/** forfeited: the final evaluation's factor left nothing to pay; cancelled: the contract ended before it was due. */
export const milestoneStates = [
  'planned',
  'reported',
  'returned',
  'accepted',
  'payable',
  'paid',
  'forfeited',
  'cancelled',
] as const
export type MilestoneState = (typeof milestoneStates)[number]

/** The two sides that sign: the township, which buys, and the organization, which undertakes. */
export const parties = ['purchaser', 'organization'] as const
export type Party = (typeof parties)[number]

export const teamDuties = ['lead', 'social-worker', 'assistant', 'supervisor'] as const
export const amendmentStates = ['proposed', 'agreed', 'declined'] as const
export type AmendmentState = (typeof amendmentStates)[number]
export const breachKinds = ['late', 'quality', 'staff', 'data', 'payment', 'other'] as const
export const terminationReasons = [
  'breach',
  'agreed',
  'force-majeure',
  'undertaker-lost-qualification',
  'need-gone',
  'award-undone',
] as const

export const contractId = idOf('contract')
export const milestoneId = idOf('milestone')
export const amendmentId = idOf('amendment')
/** Text that people write, within lengths. */
export const text = (least: number, most: number) => z.string().trim().min(least).max(most)

/** One milestone as it is drafted; shares are basis points of the value and add up to 10000. */
export const milestoneTerms = z.object({
  title: text(2, 60),
  deliverable: text(2, 500),
  criteria: text(2, 1000),
  due: plainDate,
  share: z.number().int().min(1).max(10_000),
  /** Whether it cannot be reported without service records. */
  needsRecords: z.boolean().default(true),
})

export const teamMember = z.object({ worker: workerId, duty: z.enum(teamDuties), key: z.boolean().default(false) })

export const contractTerms = z.object({
  milestones: z.array(milestoneTerms).min(1).max(12),
  team: z.array(teamMember).min(1).max(40),
  dataClause: text(10, 3000),
  clauses: z.string().trim().max(10_000).default(''),
  start: plainDate,
  end: plainDate,
})

const factorStep = z.object({ from: z.number(), factorBps: z.number().int() })

export const contractRow = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.enum(contractStates),
  division: z.string(),
  divisionName: z.string().optional(),
  project: z.string(),
  organization: z.string(),
  organizationName: z.string().optional(),
  value: moneyWire,
  milestones: z.object({ closed: z.number().int(), total: z.number().int() }),
  nextDue: z.string().optional(),
  overdue: z.boolean(),
  activeAt: instantWire.optional(),
})

const milestoneView = z.object({
  id: z.string(),
  position: z.number().int(),
  title: z.string(),
  deliverable: z.string(),
  criteria: z.string(),
  due: z.string(),
  share: z.number().int(),
  amount: moneyWire,
  state: z.enum(milestoneStates),
  last: z.boolean(),
  needsRecords: z.boolean(),
  overdue: z.boolean(),
  evidence: z.object({ serviceRecords: z.number().int(), minutes: z.number().int(), attendance: z.number().int() }),
  /** What the undertaker said when reporting, and what was said when it was sent back. */
  report: z.object({ words: z.string(), at: z.string() }).optional(),
  remarks: z.string().optional(),
  residentConfirmedAt: z.string().optional(),
  headAcceptedAt: z.string().optional(),
  /** A payment proposal that waits for its second person. */
  transfer: z.string().optional(),
  paidAt: z.string().optional(),
  actions: z.array(actionView),
})

export const contractView = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  title: z.string(),
  state: z.enum(contractStates),
  division: z.string(),
  divisionName: z.string().optional(),
  project: z.object({ id: z.string(), number: z.string(), title: z.string() }),
  /** The award on which it stands: a tender’s, or a venture call’s. */
  tender: z.string().optional(),
  lot: z.number().int().optional(),
  proposal: z.string().optional(),
  organization: z.string(),
  organizationName: z.string().optional(),
  value: moneyWire,
  originalValue: moneyWire,
  paid: moneyWire,
  encumbered: moneyWire,
  refunded: moneyWire,
  start: z.string(),
  end: z.string(),
  dataClause: z.string(),
  clauses: z.string(),
  /** Payment factor of the last milestone by score, as it stands in this contract. */
  factors: z.array(factorStep),
  factor: z.object({ factorBps: z.number().int(), score: z.number(), evaluation: z.string() }).optional(),
  milestones: z.array(milestoneView),
  /** Names are masked. */
  team: z.array(
    z.object({ worker: z.string(), name: z.string().optional(), duty: z.enum(teamDuties), key: z.boolean() }),
  ),
  signatures: z.array(
    z.object({
      party: z.enum(parties),
      at: z.string(),
      sha256: z.string(),
      file: z.string().optional(),
      by: z.string().optional(),
      /** Signed by key, over the hash of the generated document; else a signed paper was confirmed. */
      byKey: z.boolean(),
    }),
  ),
  signUntil: instantWire.optional(),
  amendments: z.array(
    z.object({
      id: z.string(),
      state: z.enum(amendmentStates),
      proposedBy: z.enum(parties),
      at: z.string(),
      decidedAt: z.string().optional(),
      words: z.string(),
      growth: moneyWire.optional(),
      end: z.string().optional(),
      dues: z.array(z.object({ milestone: z.string(), due: z.string() })),
      team: z
        .array(
          z.object({ worker: z.string(), name: z.string().optional(), duty: z.enum(teamDuties), key: z.boolean() }),
        )
        .optional(),
    }),
  ),
  breaches: z.array(z.object({ by: z.enum(parties), kind: z.enum(breachKinds), words: z.string(), at: z.string() })),
  termination: z.object({ reason: z.enum(terminationReasons), words: z.string(), settlement: moneyWire }).optional(),
  deliveryAt: instantWire.optional(),
  history: z.array(z.object({ state: z.enum(contractStates), at: z.string() })),
  actions: z.array(actionView),
})

/** What the verbs of a contract share. */
export const one = { params: z.object({ id: contractId }), output: recordAnswer }
const ofMilestone = { params: z.object({ id: contractId, milestone: milestoneId }), output: recordAnswer }
/** Faults of the terms, of a draft and of an amendment. */
export const termsRefusals = [
  'shares-not-whole',
  'last-share-too-small',
  'dates-not-in-order',
  'milestone-outside',
  'worker-twice',
  'worker-not-employed',
  'certificate-over',
  'key-person-missing',
] as const

export const draftContract = endpoint({
  name: 'draftContract',
  method: 'POST',
  path: '/contracts',
  access: 'contracts.draftContract',
  /** `tender` of a confirmed award, with the lot where it is divided, or `project` of a venture call: one of them. */
  body: contractTerms.extend({ tender: tenderId.optional(), ...lotOfBody, project: projectId.optional() }),
  output: recordAnswer,
  refusals: ['not-awarded', 'contract-exists', ...termsRefusals],
  summary: 'The township’s procurer drafts the contract of a confirmed award; its value is the award’s price.',
})

export const editContract = endpoint({
  ...one,
  name: 'editContract',
  method: 'PUT',
  path: '/contracts/:id',
  access: 'contracts.draftContract',
  body: contractTerms,
  refusals: termsRefusals,
  summary: 'Changes the terms while the contract is drafted.',
})

export const sendForSigning = endpoint({
  ...one,
  name: 'sendForSigning',
  method: 'POST',
  path: '/contracts/:id/send',
  access: 'contracts.draftContract',
  refusals: ['purchaser-uscc-wrong'],
  summary: 'The terms stand: both parties sign; the policy values are written into the contract.',
})

export const reopenContract = endpoint({
  ...one,
  name: 'reopenContract',
  method: 'POST',
  path: '/contracts/:id/reopen',
  access: 'contracts.reopenContract',
  body: z.object({ words: text(2, 500) }),
  refusals: ['not-a-party'],
  summary: 'A party sends the contract back to drafting with a remark; signatures lapse.',
})

export const uploadSignedContract = endpoint({
  ...one,
  name: 'uploadSignedContract',
  method: 'POST',
  path: '/contracts/:id/sign',
  access: 'contracts.signContract',
  secondFactor: true,
  body: z.object({
    /** The signed paper; left out when confirming the paper that the other party uploaded. */
    file: idOf('file').optional(),
    /** Of the paper, as the upload answered it. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  refusals: [
    'second-factor-needed',
    'paper-missing',
    'paper-differs',
    'file-unknown',
    'one-person-two-parties',
    'signed-by-key',
    'funds-short',
    'objection-open',
    'not-a-party',
  ],
  summary:
    'A party confirms the signed paper with the second factor; when both confirmed the same paper the contract is active and its money set aside.',
})

export const reportMilestone = endpoint({
  ...ofMilestone,
  name: 'reportMilestone',
  method: 'POST',
  path: '/contracts/:id/milestones/:milestone/report',
  access: 'contracts.reportMilestone',
  body: z.object({ words: text(4, 2000), files: z.array(idOf('file')).max(9).default([]) }),
  refusals: ['no-service-records', 'delivery-not-started', 'earlier-milestone-open', 'file-unknown'],
  summary: 'The undertaker reports a milestone as done.',
})

export const returnMilestone = endpoint({
  ...ofMilestone,
  name: 'returnMilestone',
  method: 'POST',
  path: '/contracts/:id/milestones/:milestone/return',
  access: 'contracts.acceptMilestone',
  body: z.object({ words: text(4, 1000) }),
  refusals: ['duties-separated', 'other-level-accepts'],
  summary: 'The head of the community sends a reported milestone back with remarks.',
})

export const confirmMilestoneAsResident = endpoint({
  ...ofMilestone,
  name: 'confirmMilestoneAsResident',
  method: 'POST',
  path: '/contracts/:id/milestones/:milestone/confirm',
  access: 'contracts.confirmMilestone',
  body: z.object({ words: z.string().trim().max(500).optional() }),
  refusals: ['already-confirmed', 'own-work', 'not-verified'],
  summary: 'A resident of the need confirms what was delivered.',
})

export const acceptMilestone = endpoint({
  ...ofMilestone,
  name: 'acceptMilestone',
  method: 'POST',
  path: '/contracts/:id/milestones/:milestone/accept',
  access: 'contracts.acceptMilestone',
  refusals: ['duties-separated', 'already-confirmed', 'other-level-accepts', 'same-person-accepts'],
  summary:
    'The head of the community accepts; the milestone is accepted when a resident of the need has confirmed it too.',
})

export const payMilestone = endpoint({
  ...ofMilestone,
  name: 'payMilestone',
  method: 'POST',
  path: '/contracts/:id/milestones/:milestone/pay',
  access: 'contracts.payMilestone',
  refusals: ['duties-separated', 'payment-exists', 'funds-short', 'factor-missing'],
  summary: 'The settler proposes the payment of a payable milestone; another person approves it.',
})

export const listContracts = endpoint({
  name: 'listContracts',
  method: 'GET',
  path: '/contracts',
  access: 'contracts.readContract',
  query: listQuery(['newest'], {
    division: divisionCode.optional(),
    state: z.enum(contractStates).optional(),
    organization: organizationId.optional(),
    project: projectId.optional(),
    /** Contracts on which I work: I am of the team, and the service has begun. */
    mine: z.enum(['yes']).optional(),
  }),
  output: pageOf(contractRow),
  refusals: [],
  exportable: true,
  summary: 'Contracts of the places or the organization where I work, newest first.',
})

export const getContract = endpoint({
  name: 'getContract',
  method: 'GET',
  path: '/contracts/:id',
  access: 'public',
  params: z.object({ id: contractId }),
  output: contractView,
  refusals: [],
  summary: 'A contract: what was agreed for everybody once it is active, papers and persons for its parties.',
})
