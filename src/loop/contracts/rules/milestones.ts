// Contracts: what happens to a milestone from the report to the payment, and to the last one when the evaluation gives its factor. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { Instant } from '../../../kit/instant.ts'
import { fen, multiplyBasisPoints } from '../../../kit/money.ts'
import { allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import {
  type Contract,
  decide,
  type Evidence,
  lastMilestone,
  type Milestone,
  moved,
  personOf,
  standing,
  withMilestone,
  workingMilestoneStates,
  type ContractVerb,
} from '../rules.ts'
import { milestoneStanding, type MilestoneVerb } from './standing.ts'

/** Rule of the verbs of a milestone: its standing, the changes, and a new version of the contract. */
function turn(
  contract: Contract,
  milestone: Milestone,
  verb: ContractVerb & MilestoneVerb,
  actor: Actor,
  now: Instant,
  changes: Partial<Milestone>,
): Ruling<Contract> {
  const state = milestoneStanding(contract, milestone, verb, actor)
  if (!state.ok) return state
  return allow(withMilestone(moved(contract, contract.state, now), milestone.id, { state: state.value, ...changes }))
}

export function reportMilestone(
  contract: Contract,
  milestone: Milestone,
  actor: Actor,
  now: Instant,
  words: string,
): Ruling<Contract> {
  return turn(contract, milestone, 'reportMilestone', actor, now, {
    reportWords: words,
    reportedAt: now,
    remarks: undefined,
    residentConfirmed: undefined,
    headAccepted: undefined,
  })
}

/** Back to the undertaker; what was already confirmed is asked again after the next report. */
export function returnMilestone(
  contract: Contract,
  milestone: Milestone,
  actor: Actor,
  now: Instant,
  words: string,
): Ruling<Contract> {
  return turn(contract, milestone, 'returnMilestone', actor, now, {
    remarks: words,
    residentConfirmed: undefined,
    headAccepted: undefined,
  })
}

export function confirmMilestoneAsResident(
  contract: Contract,
  milestone: Milestone,
  actor: Actor,
  now: Instant,
): Ruling<Contract> {
  const ruling = turn(contract, milestone, 'confirmMilestoneAsResident', actor, now, {
    residentConfirmed: { person: personOf(actor), at: now },
  })
  return ruling.ok ? allow(passed(ruling.value, milestone.id, now)) : ruling
}

export function acceptMilestone(
  contract: Contract,
  milestone: Milestone,
  actor: Actor,
  now: Instant,
): Ruling<Contract> {
  const ruling = turn(contract, milestone, 'acceptMilestone', actor, now, {
    headAccepted: { person: personOf(actor), at: now },
  })
  return ruling.ok ? allow(passed(ruling.value, milestone.id, now)) : ruling
}

/** Accepted when head and resident both said so; payable at once but for the last one, which waits for the evaluation. */
function passed(contract: Contract, id: string, now: Instant): Contract {
  const milestone = contract.milestones.find((each) => each.id === id)
  if (milestone?.residentConfirmed === undefined || milestone.headAccepted === undefined) return contract
  const accepted = withMilestone(contract, id, { state: 'accepted' })
  if (lastMilestone(contract)?.id !== id)
    return withMilestone(accepted, id, { state: 'payable', payable: milestone.amount, payableAt: now })
  return contract.factor === undefined ? accepted : released(accepted, now)
}

/** The last milestone's sum by the factor; nothing is left to pay when the factor is 0. */
function released(contract: Contract, now: Instant): Contract {
  const last = lastMilestone(contract)
  if (last === undefined || last.state !== 'accepted' || contract.factor === undefined) return contract
  const payable = multiplyBasisPoints(last.amount, contract.factor.factorBps)
  return withMilestone(
    contract,
    last.id,
    payable === 0n ? { state: 'forfeited', payable } : { state: 'payable', payable, payableAt: now },
  )
}

export function beginEvaluation(contract: Contract, actor: Actor, now: Instant, evaluation: string): Ruling<Contract> {
  return decide(contract, 'beginEvaluation', actor, now, () => ({ evaluation }))
}

/** The final evaluation's factor, once: basis points by the table of the contract itself. */
export function putFactor(
  contract: Contract,
  actor: Actor,
  now: Instant,
  factor: NonNullable<Contract['factor']>,
): Ruling<Contract> {
  const ruling = decide(contract, 'putFactor', actor, now, () => ({ factor }))
  return ruling.ok ? allow(released(ruling.value, now)) : ruling
}

export function payMilestone(contract: Contract, milestone: Milestone, actor: Actor, now: Instant): Ruling<Contract> {
  return turn(contract, milestone, 'payMilestone', actor, now, {})
}

/** Persons who accepted: they neither propose nor approve the payment. */
export function acceptersOf(milestone: Milestone): string[] {
  return [milestone.residentConfirmed?.person, milestone.headAccepted?.person].filter((person) => person !== undefined)
}

/** The money has moved. */
export function settlePayment(contract: Contract, milestone: Milestone, actor: Actor, now: Instant): Ruling<Contract> {
  return turn(contract, milestone, 'settlePayment', actor, now, { transfer: undefined, paidAt: now })
}

/** The second person refused the payment: it waits to be proposed anew. */
export function withdrawPayment(
  contract: Contract,
  milestone: Milestone,
  actor: Actor,
  now: Instant,
): Ruling<Contract> {
  return turn(contract, milestone, 'withdrawPayment', actor, now, { transfer: undefined })
}

/** A payment was reversed: the milestone waits for its payment again. */
export function unsettlePayment(
  contract: Contract,
  milestone: Milestone,
  actor: Actor,
  now: Instant,
): Ruling<Contract> {
  return turn(contract, milestone, 'unsettlePayment', actor, now, {
    transfer: undefined,
    paidAt: undefined,
    payableAt: now,
  })
}

/**
 * Which milestone a service record counts for: the named one, else the first on which work goes on. Refuses when everything was reported,
 * so that evidence never changes under those who accept.
 */
export function milestoneForEvidence(contract: Contract, actor: Actor, named: string | undefined): Ruling<Milestone> {
  const state = standing(contract, 'addEvidence', actor)
  if (!state.ok) return state
  if (contract.deliveryAt === undefined) return refuse('delivery-not-started')
  const open = contract.milestones.filter((each) => workingMilestoneStates.includes(each.state))
  const milestone = named === undefined ? open[0] : open.find((each) => each.id === named)
  return milestone === undefined ? refuse('milestone-closed') : allow(milestone)
}

/** Evidence never goes below nothing. */
export function plus(evidence: Evidence, more: Evidence): Evidence {
  return {
    serviceRecords: Math.max(0, evidence.serviceRecords + more.serviceRecords),
    minutes: Math.max(0, evidence.minutes + more.minutes),
    attendance: Math.max(0, evidence.attendance + more.attendance),
  }
}

/** The amounts of all milestones but settlements: the value. */
export function amountsOf(contract: Contract) {
  return fen(contract.milestones.filter((each) => !each.settlement).reduce((total, each) => total + each.amount, 0n))
}
