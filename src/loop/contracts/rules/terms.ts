// Contracts: what may be agreed: shares, dates, team; drafting, signing, ending. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { findPersonalNumbers } from '../../../kit/chinese-ids.ts'
import { addDays, type Instant } from '../../../kit/instant.ts'
import { type Fen, fen, formatYuan, share, subtract, sum, ZERO_FEN } from '../../../kit/money.ts'
import { isAfter, isBefore, type PlainDate, today } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import type { teamDuties, terminationReasons } from '../contract.ts'
import {
  closedMilestoneStates,
  type Contract,
  type ContractPolicy,
  decide,
  lastMilestone,
  type Milestone,
  type MilestoneId,
  noEvidence,
  otherParty,
  partyOf,
  personOf,
  signedByKey,
  type Signature,
  standing,
  type TeamMember,
} from '../rules.ts'

export type MilestoneTerms = {
  readonly title: string
  readonly deliverable: string
  readonly criteria: string
  readonly due: PlainDate
  readonly share: number
  readonly needsRecords: boolean
}

export type TeamInput = { readonly worker: string; readonly duty: (typeof teamDuties)[number]; readonly key: boolean }

export type ContractTerms = {
  readonly milestones: readonly MilestoneTerms[]
  readonly team: readonly TeamInput[]
  readonly dataClause: string
  readonly clauses: string
  readonly start: PlainDate
  readonly end: PlainDate
}

/** What the register of social workers says of a member. */
export type Worker = {
  readonly personId: string
  readonly active: boolean
  readonly certificateValidUntil: PlainDate
  readonly employer?: string
}

/** Faults of a team: each worker once, employed by the undertaker, certificate in force; at least one key person. */
export function teamFaults(
  team: readonly TeamInput[],
  workers: ReadonlyMap<string, Worker>,
  organization: string,
  now: Instant,
): FieldFault[] {
  const faults: FieldFault[] = team.flatMap((member, index): FieldFault[] => {
    const path = `body.team.${index}.worker`
    const worker = workers.get(member.worker)
    if (team.findIndex((other) => other.worker === member.worker) < index) return [{ path, code: 'worker-twice' }]
    if (worker === undefined || worker.employer !== organization) return [{ path, code: 'worker-not-employed' }]
    return !worker.active || isBefore(worker.certificateValidUntil, today(now))
      ? [{ path, code: 'certificate-over' }]
      : []
  })
  return team.some((member) => member.key) ? faults : [...faults, { path: 'body.team', code: 'key-person-missing' }]
}

/** The team with the persons behind its workers, once it is free of faults. */
export function teamOf(team: readonly TeamInput[], workers: ReadonlyMap<string, Worker>): TeamMember[] {
  return team.flatMap((member) => {
    const worker = workers.get(member.worker)
    return worker === undefined
      ? []
      : [{ worker: member.worker, person: worker.personId, duty: member.duty, key: member.key }]
  })
}

/** Faults of the milestones: shares make the whole, the last one is large enough (basis points), dates in order and inside the contract. */
export function milestoneFaults(
  terms: Pick<ContractTerms, 'milestones' | 'start' | 'end'>,
  lastShare: number,
): FieldFault[] {
  const faults: FieldFault[] = []
  const whole = terms.milestones.reduce((total, each) => total + each.share, 0)
  if (whole !== 10_000)
    faults.push({ path: 'body.milestones', code: 'shares-not-whole', params: { percent: whole / 100 } })
  const last = terms.milestones.at(-1)
  if (last !== undefined && last.share < lastShare) {
    faults.push({
      path: `body.milestones.${terms.milestones.length - 1}.share`,
      code: 'last-share-too-small',
      params: { percent: lastShare / 100 },
    })
  }
  if (!isBefore(terms.start, terms.end)) faults.push({ path: 'body.end', code: 'dates-not-in-order' })
  terms.milestones.forEach((each, index) => {
    const before = terms.milestones[index - 1]
    if (isBefore(each.due, terms.start) || isAfter(each.due, terms.end))
      faults.push({ path: `body.milestones.${index}.due`, code: 'milestone-outside' })
    else if (before !== undefined && isBefore(each.due, before.due))
      faults.push({ path: `body.milestones.${index}.due`, code: 'dates-not-in-order' })
  })
  return faults
}

/** Everybody reads the clauses of an active contract: no phone or identity numbers in them. */
export function clauseFaults(texts: Readonly<Record<string, string>>): FieldFault[] {
  return Object.entries(texts).flatMap(([field, text]): FieldFault[] => {
    const found = findPersonalNumbers(text)[0]
    return found === undefined
      ? []
      : [{ path: `body.${field}`, code: found.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' }]
  })
}

export function checkTerms(
  terms: ContractTerms,
  workers: ReadonlyMap<string, Worker>,
  organization: string,
  now: Instant,
  lastShare: number,
): Refusal<'invalid-input'> | undefined {
  const faults = [
    ...milestoneFaults(terms, lastShare),
    ...teamFaults(terms.team, workers, organization, now),
    ...clauseFaults({ dataClause: terms.dataClause, clauses: terms.clauses }),
  ]
  return faults.length === 0 ? undefined : invalid(faults)
}

/** Milestones of the terms with their amounts: not one fen of the value is lost. `ids`: one per milestone. */
export function milestonesOf(terms: readonly MilestoneTerms[], value: Fen, ids: readonly MilestoneId[]): Milestone[] {
  const amounts = share(
    value,
    terms.map((each) => each.share),
  )
  return terms.flatMap((each, index): Milestone[] => {
    const id = ids[index]
    if (id === undefined) return []
    return [
      {
        ...each,
        id,
        position: index + 1,
        amount: amounts[index] ?? ZERO_FEN,
        state: 'planned',
        settlement: false,
        evidence: noEvidence,
      },
    ]
  })
}

export type Award = { readonly state: string; readonly price: Fen; readonly organization: string }

/** Only a confirmed award is drawn up. */
export function draftContract(award: Award | undefined): Ruling<Award> {
  return award === undefined || award.state !== 'awarded' ? refuse('not-awarded') : allow(award)
}

/** The terms stand and the policy values of today are written into the contract; the parties have `signingDays` calendar days. */
export function sendForSigning(
  contract: Contract,
  actor: Actor,
  now: Instant,
  policy: ContractPolicy,
  signingDays: number,
): Ruling<Contract> {
  return decide(contract, 'sendForSigning', actor, now, () => ({
    policy,
    signUntil: addDays(now, signingDays),
    reopenWords: undefined,
    signatures: {},
  }))
}

/** Signatures lapse: what they confirmed is changed. */
export function reopenContract(contract: Contract, actor: Actor, now: Instant, words: string): Ruling<Contract> {
  return decide(contract, 'reopenContract', actor, now, () => ({
    signatures: {},
    signUntil: undefined,
    reopenWords: words,
  }))
}

/**
 * A party confirms a paper by its SHA-256. `file`: the paper it uploaded, else the one that the other party uploaded is meant. When both
 * confirmed the same paper the contract is active. Nobody signs for both.
 */
export function signContract(
  contract: Contract,
  actor: Actor,
  now: Instant,
  paper: { sha256: string; file?: { id: string; sha256: string } },
): Ruling<Contract> {
  const state = standing(contract, 'uploadSignedContract', actor)
  if (!state.ok) return state
  const party = partyOf(contract, actor, 'contracts.signContract')
  if (party === undefined) return refuse('not-a-party', {}, { kind: 'forbidden' })
  const other = contract.signatures[otherParty(party)]
  if (other?.person === personOf(actor)) return refuse('one-person-two-parties', {}, { kind: 'forbidden' })
  // The hash of a document that was signed by key is no paper's.
  if (signedByKey(contract)) return refuse('signed-by-key')
  const known = paper.file?.sha256 ?? other?.sha256
  if (known === undefined) return invalid([{ path: 'body.file', code: 'paper-missing' }])
  if (known !== paper.sha256) return invalid([{ path: 'body.sha256', code: 'paper-differs' }])
  const mine: Signature = { person: personOf(actor), at: now, sha256: paper.sha256, file: paper.file?.id }
  const signatures = { ...contract.signatures, [party]: mine }
  const signed = decide(contract, 'uploadSignedContract', actor, now, () => ({ signatures }))
  if (!signed.ok || other?.sha256 !== paper.sha256) return signed
  return decide({ ...signed.value, version: contract.version }, 'activateContract', actor, now, () => ({
    activeAt: now,
    signUntil: undefined,
  }))
}

/** Work goes on only once the undertaker has planned it; told by delivery. */
export function startDelivery(contract: Contract, actor: Actor, now: Instant): Ruling<Contract> {
  return decide(contract, 'startDelivery', actor, now, () => ({ deliveryAt: now }))
}

/** All milestones are closed: nothing more is to be done or paid. */
export function completeContract(contract: Contract, actor: Actor, now: Instant): Ruling<Contract> {
  return decide(contract, 'completeContract', actor, now)
}

export type Termination = {
  readonly reason: (typeof terminationReasons)[number]
  readonly words: string
  readonly settlement?: Fen
}

/**
 * Ends the contract before its time. Milestones that are not yet payable are cancelled; what was done on them may be settled with at most
 * their sum, which then waits for payment like a milestone (`id`). Before signing there is nothing to settle.
 */
export function terminateContract(
  contract: Contract,
  actor: Actor,
  now: Instant,
  ending: Termination,
  id: MilestoneId,
): Ruling<Contract> {
  const state = standing(contract, 'terminateContract', actor)
  if (!state.ok) return state
  const settlement = ending.settlement ?? ZERO_FEN
  const open = contract.milestones.filter(
    (each) => !closedMilestoneStates.includes(each.state) && each.state !== 'payable',
  )
  const limit = contract.state === 'active' ? sum(open.map((each) => each.amount)) : ZERO_FEN
  if (settlement < 0n || settlement > limit)
    return invalid([{ path: 'body.settlement', code: 'settlement-too-large', params: { limit: formatYuan(limit) } }])
  const cancelled = contract.milestones.map(
    (each): Milestone => (open.includes(each) ? { ...each, state: 'cancelled' } : each),
  )
  const hand = { person: personOf(actor), at: now }
  const settled: Milestone[] =
    settlement === 0n
      ? []
      : [
          {
            id,
            position: contract.milestones.length + 1,
            title: '终止结算',
            deliverable: ending.words,
            criteria: ending.words,
            due: today(now),
            share: 0,
            amount: settlement,
            state: 'payable',
            needsRecords: false,
            settlement: true,
            evidence: noEvidence,
            headAccepted: hand,
            payable: settlement,
            payableAt: now,
          },
        ]
  return decide(contract, 'terminateContract', actor, now, () => ({
    milestones: [...cancelled, ...settled],
    amendmentFor: undefined,
    signUntil: undefined,
    termination: { reason: ending.reason, words: ending.words, settlement },
  }))
}

/** The milestone that takes an amended sum: the last one, which waits for the evaluation, unless it is decided already. */
export function growing(contract: Contract): Milestone | undefined {
  const last = lastMilestone(contract)
  return last !== undefined && (last.state === 'planned' || last.state === 'returned' || last.state === 'reported')
    ? last
    : undefined
}

/** The most by which the value may still grow without a new tender. */
export function growthLeft(contract: Contract): Fen {
  const most = (contract.originalValue * BigInt(100 + contract.policy.growthPercent)) / 100n
  return subtract(fen(most), contract.value)
}
