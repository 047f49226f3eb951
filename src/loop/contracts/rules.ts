// Contracts: the record, its lifecycle table, who may do what in which state, and what every verb asks first. Pure.
import { type Actor, grantFor, type Judged, may, type Reach } from '../../kit/actor.ts'
import type { DivisionCode, Id, RecordRef } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import { type Fen, ZERO_FEN } from '../../kit/money.ts'
import { isAfter, type PlainDate, today } from '../../kit/plain-date.ts'
import { allow, forbid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import type { Source } from '../../registers/funds/contract.ts'
import type {
  AmendmentState,
  breachKinds,
  ContractState,
  MilestoneState,
  Party,
  teamDuties,
  terminationReasons,
} from './contract.ts'
import { openContractStates } from './contract.ts'

export type ContractId = Id<'contract'>
export type MilestoneId = Id<'milestone'>

/** From this score (0–100) on, the last milestone is paid by this factor. */
export type FactorStep = { readonly from: number; readonly factorBps: number }

/** Policy values as they stand in the contract from signing on. */
export type ContractPolicy = {
  readonly factors: readonly FactorStep[]
  readonly growthPercent: number
  readonly acceptDays: number
  readonly payDays: number
}

export type TeamMember = {
  readonly worker: string
  readonly person: string
  readonly duty: (typeof teamDuties)[number]
  readonly key: boolean
}
export type Evidence = { readonly serviceRecords: number; readonly minutes: number; readonly attendance: number }
export type Hand = { readonly person: string; readonly at: Instant }

export type Milestone = {
  readonly id: MilestoneId
  /** From 1; the last one waits for the final evaluation. */
  readonly position: number
  readonly title: string
  readonly deliverable: string
  readonly criteria: string
  readonly due: PlainDate
  /** Basis points of the value at signing. */
  readonly share: number
  readonly amount: Fen
  readonly state: MilestoneState
  readonly needsRecords: boolean
  /** What is paid when a contract ends early: no share of the value. */
  readonly settlement: boolean
  readonly evidence: Evidence
  readonly reportWords?: string
  readonly reportedAt?: Instant
  readonly remarks?: string
  readonly residentConfirmed?: Hand
  readonly headAccepted?: Hand
  /** What is to be paid once it is payable: the amount, for the last one times the factor. */
  readonly payable?: Fen
  readonly payableAt?: Instant
  /** The payment proposal that waits for its second person. */
  readonly transfer?: string
  readonly paidAt?: Instant
}

export type Signature = {
  readonly person: string
  readonly at: Instant
  readonly sha256: string
  readonly file?: string
  /** The signing key, where the hash of the document was signed; absent where a signed paper was confirmed. */
  readonly key?: string
}

export type Contract = {
  readonly id: ContractId
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: ContractState
  readonly version: number
  readonly title: string
  readonly project: string
  /** The award on which it stands: a tender's, or a proposal's of a venture call. */
  readonly tender?: string
  readonly lot?: number
  readonly proposal?: string
  readonly bid?: string
  readonly organization: string
  readonly value: Fen
  readonly originalValue: Fen
  readonly source: Source
  readonly categories: readonly string[]
  readonly needs: readonly string[]
  /** Residents who raised the needs: asked to confirm what was delivered. */
  readonly residents: readonly string[]
  readonly draftedBy: string
  readonly start: PlainDate
  readonly end: PlainDate
  readonly dataClause: string
  readonly clauses: string
  readonly team: readonly TeamMember[]
  readonly policy: ContractPolicy
  readonly milestones: readonly Milestone[]
  readonly signatures: Readonly<Partial<Record<Party, Signature>>>
  readonly signUntil?: Instant
  readonly reopenWords?: string
  /** The party that an open amendment waits for. */
  readonly amendmentFor?: Party
  readonly deliveryAt?: Instant
  readonly activeAt?: Instant
  readonly evaluation?: string
  readonly factor?: { readonly factorBps: number; readonly score: number; readonly evaluation: string }
  readonly termination?: {
    readonly reason: (typeof terminationReasons)[number]
    readonly words: string
    readonly settlement: Fen
  }
  readonly createdAt: Instant
  readonly history: readonly { readonly state: ContractState; readonly at: Instant }[]
}

export type Amendment = {
  readonly id: Id<'amendment'>
  readonly contract: ContractId
  readonly state: AmendmentState
  readonly proposedBy: Party
  readonly person: string
  readonly words: string
  readonly growth?: Fen
  readonly end?: PlainDate
  readonly dues: readonly { readonly milestone: string; readonly due: PlainDate }[]
  readonly team?: readonly TeamMember[]
  readonly at: Instant
  readonly decidedAt?: Instant
  readonly decidedBy?: string
}

export type Breach = {
  readonly by: Party
  readonly kind: (typeof breachKinds)[number]
  readonly words: string
  readonly at: Instant
  readonly person: string
}

/** The contract's states; verbs that stay in `active` carry its milestones, amendments and evidence. */
export const contractLifecycle = {
  drafting: { editContract: 'drafting', sendForSigning: 'signing', terminateContract: 'terminated' },
  signing: {
    reopenContract: 'drafting',
    uploadSignedContract: 'signing',
    signContract: 'signing',
    activateContract: 'active',
    terminateContract: 'terminated',
  },
  active: {
    startDelivery: 'active',
    addEvidence: 'active',
    reportMilestone: 'active',
    returnMilestone: 'active',
    confirmMilestoneAsResident: 'active',
    acceptMilestone: 'active',
    beginEvaluation: 'active',
    putFactor: 'active',
    proposeAmendment: 'active',
    agreeAmendment: 'active',
    signAmendment: 'active',
    declineAmendment: 'active',
    recordBreach: 'active',
    completeContract: 'completed',
    terminateContract: 'terminated',
    payMilestone: 'active',
    settlePayment: 'active',
    withdrawPayment: 'active',
    unsettlePayment: 'active',
  },
  // Money that came back by a reversal is paid again; nothing else of an ended contract moves.
  completed: {
    payMilestone: 'completed',
    settlePayment: 'completed',
    withdrawPayment: 'completed',
    unsettlePayment: 'completed',
    recordBreach: 'completed',
  },
  terminated: {
    payMilestone: 'terminated',
    settlePayment: 'terminated',
    withdrawPayment: 'terminated',
    unsettlePayment: 'terminated',
    recordBreach: 'terminated',
  },
} as const satisfies Lifecycle<ContractState, string>

type VerbsOf<T> = T extends unknown ? keyof T : never
export type ContractVerb = VerbsOf<(typeof contractLifecycle)[ContractState]> & string
const contracts: Lifecycle<ContractState, ContractVerb> = contractLifecycle

/** 合2026-0005. */
export function shownNumber(contract: Pick<Contract, 'number'>): string {
  return `合${contract.number.year}-${String(contract.number.value).padStart(4, '0')}`
}

/** Where a contract stands for access: its place, its undertaker, and, for confirming, the residents whom it concerns. */
export function reachOf(contract: Pick<Contract, 'division' | 'organization'>, persons: readonly string[] = []): Reach {
  return { division: contract.division, organizations: [contract.organization], persons }
}

/** The history that counts for separation of duties: the contract's, its project's, its tender's and bid's or its proposal's. */
export function lineageOf(contract: Pick<Contract, 'id' | 'project' | 'tender' | 'proposal' | 'bid'>): RecordRef[] {
  const { id, project, tender, proposal, bid } = contract
  const refs = { contract: id, project, tender, 'venture-proposal': proposal, bid }
  return Object.entries(refs).flatMap(([kind, ref]) => (ref === undefined ? [] : [{ kind, id: ref }]))
}

export function judgedContract(contract: Contract, persons: readonly string[] = []): Judged {
  return { reach: reachOf(contract, persons), version: contract.version, lineage: lineageOf(contract) }
}

/** Whether the actor belongs to a party or supervises it: sees drafts, papers and the team's names. */
export function mayReadAll(contract: Contract, actor: Actor): boolean {
  return may(actor, 'contracts.readContract', reachOf(contract))
}

/** In force or ended after it was: everybody reads what was agreed. A draft that was given up stays with its parties. */
export function isOpen(contract: Contract): boolean {
  return openContractStates.includes(contract.state) && contract.activeAt !== undefined
}

export function mayRead(contract: Contract, actor: Actor): boolean {
  return isOpen(contract) || mayReadAll(contract, actor)
}

/** The side for which an actor uses a permission: staff of the undertaker, or the place's government. */
export function partyOf(contract: Contract, actor: Actor, permission: string): Party | undefined {
  const grant = grantFor(actor, permission, reachOf(contract))
  if (grant === undefined) return undefined
  return grant.reach === 'organization' ? 'organization' : 'purchaser'
}

export function otherParty(party: Party): Party {
  return party === 'purchaser' ? 'organization' : 'purchaser'
}

/** Whether the parties signed the document by their keys, not on paper. */
export function signedByKey(contract: Pick<Contract, 'signatures'>): boolean {
  return Object.values(contract.signatures).some((signature) => signature.key !== undefined)
}

/** The last milestone by position; a settlement is none. */
export function lastMilestone(contract: Pick<Contract, 'milestones'>): Milestone | undefined {
  return contract.milestones.filter((each) => !each.settlement).at(-1)
}

/** States from which a milestone moves no more. */
export const closedMilestoneStates: readonly MilestoneState[] = ['paid', 'forfeited', 'cancelled']

/** Milestones of which nothing was reported yet, or which were sent back: work goes on. */
export const workingMilestoneStates: readonly MilestoneState[] = ['planned', 'returned']

export function allClosed(contract: Pick<Contract, 'milestones'>): boolean {
  return contract.milestones.every((each) => closedMilestoneStates.includes(each.state))
}

/** Everything was reported: the final evaluation may begin. */
export function allReported(contract: Pick<Contract, 'milestones'>): boolean {
  return contract.milestones.every((each) => !workingMilestoneStates.includes(each.state))
}

export function isOverdue(milestone: Milestone, now: Instant): boolean {
  return workingMilestoneStates.includes(milestone.state) && isAfter(today(now), milestone.due)
}

/** The person behind an actor; the program's own acts carry its name. */
export function personOf(actor: Actor): string {
  return actor.kind === 'person' ? actor.personId : actor.kind === 'system' ? `system:${actor.name}` : 'anonymous'
}

/** Whether a verb of the contract is open to this actor now, before its input is looked at. */
export function standing(contract: Contract, verb: ContractVerb, actor: Actor): Ruling<ContractState> {
  const next = nextState(contracts, contract.state, verb)
  if (!next.ok) return next
  return condition(contract, verb, actor) ?? next
}

const partyVerbs: Readonly<Partial<Record<ContractVerb, string>>> = {
  reopenContract: 'contracts.reopenContract',
  uploadSignedContract: 'contracts.signContract',
  signContract: 'contracts.signContract',
  proposeAmendment: 'contracts.amendContract',
  agreeAmendment: 'contracts.amendContract',
  signAmendment: 'contracts.amendContract',
  declineAmendment: 'contracts.amendContract',
  recordBreach: 'contracts.recordBreach',
}

function condition(contract: Contract, verb: ContractVerb, actor: Actor): Refusal | undefined {
  const permission = partyVerbs[verb]
  const party = permission === undefined ? undefined : partyOf(contract, actor, permission)
  if (permission !== undefined && party === undefined) return forbid('not-a-party')
  switch (verb) {
    case 'startDelivery':
      return contract.deliveryAt === undefined ? undefined : refuse('delivery-started')
    case 'proposeAmendment':
      return contract.amendmentFor === undefined ? undefined : refuse('amendment-open')
    case 'agreeAmendment':
      if (signedByKey(contract)) return refuse('signature-needed')
      if (contract.amendmentFor === undefined) return refuse('amendment-decided')
      return party === contract.amendmentFor ? undefined : forbid('own-proposal')
    case 'signAmendment':
    case 'declineAmendment':
      return contract.amendmentFor === undefined ? refuse('amendment-decided') : undefined
    case 'beginEvaluation':
      return allReported(contract) ? undefined : refuse('milestones-open')
    case 'putFactor':
      return contract.factor === undefined ? undefined : refuse('factor-given')
    case 'completeContract':
      return allClosed(contract) ? undefined : refuse('milestones-open')
    default:
      return undefined
  }
}

/** Verbs of the record page with the permission that each needs. */
export const contractVerbPermissions = {
  editContract: 'contracts.draftContract',
  sendForSigning: 'contracts.draftContract',
  reopenContract: 'contracts.reopenContract',
  uploadSignedContract: 'contracts.signContract',
  signContract: 'contracts.signContract',
  proposeAmendment: 'contracts.amendContract',
  agreeAmendment: 'contracts.amendContract',
  signAmendment: 'contracts.amendContract',
  declineAmendment: 'contracts.amendContract',
  recordBreach: 'contracts.recordBreach',
  terminateContract: 'contracts.terminateContract',
} as const satisfies Partial<Record<ContractVerb, string>>

/** The contract after a verb: new state with its date in the history, and the verb's own changes. */
export function moved(
  contract: Contract,
  state: ContractState,
  now: Instant,
  changes: Partial<Contract> = {},
): Contract {
  const history = state === contract.state ? contract.history : [...contract.history, { state, at: now }]
  return { ...contract, ...changes, state, history, version: contract.version + 1 }
}

/** Rule of most verbs of the contract: standing, then the changes. */
export function decide(
  contract: Contract,
  verb: ContractVerb,
  actor: Actor,
  now: Instant,
  changes: () => Partial<Contract> = () => ({}),
): Ruling<Contract> {
  const state = standing(contract, verb, actor)
  return state.ok ? allow(moved(contract, state.value, now, changes())) : state
}

/** The contract with one milestone changed. */
export function withMilestone(contract: Contract, id: string, changes: Partial<Milestone>): Contract {
  return {
    ...contract,
    milestones: contract.milestones.map((each) => (each.id === id ? { ...each, ...changes } : each)),
  }
}

export const noEvidence: Evidence = { serviceRecords: 0, minutes: 0, attendance: 0 }

/** What is still promised to payable milestones. */
export function promisedOf(contract: Pick<Contract, 'milestones'>): Fen {
  return contract.milestones.reduce(
    (sum, each) => (each.state === 'payable' ? ((sum + (each.payable ?? 0n)) as Fen) : sum),
    ZERO_FEN,
  )
}
