// Procurement: the decisions from planning to the opening of the bids. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { addDays, type Instant, isAfter, isBefore } from '../../../kit/instant.ts'
import { type Fen, fen, formatYuan } from '../../../kit/money.ts'
import { today } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import { endOfDay } from '../../../kit/working-days.ts'
import type { Procedure } from '../contract/terms.ts'
import { type Bid, decide, moved, type PolicyTerms, run, standing, type Tender } from '../rules.ts'
import type { Hash } from './draw.ts'
import { ceilingOf, lotFaults, lotNamed, lotOfBid, lotsFrom, type LotTerms } from './lots.ts'
import type { Criterion } from './scoring.ts'
import type { FoundSplit } from './split.ts'

/** Faults of the terms, `divided` those of the lots among them: weights of the criteria add up to 100, the panel judges at least one, the notice is as long as the procedure asks. */
export function checkTerms(
  terms: { readonly criteria: readonly Criterion[]; readonly procedure: Procedure; readonly noticeDays?: number },
  policy: PolicyTerms,
  divided: readonly FieldFault[] = [],
): Refusal<'invalid-input'> | undefined {
  const faults: FieldFault[] = [...divided]
  const total = terms.criteria.reduce((sum, each) => sum + each.weight, 0)
  if (total !== 100) faults.push({ path: 'body.criteria', code: 'weights-not-100', params: { sum: total } })
  if (!terms.criteria.some((each) => each.kind === 'panel'))
    faults.push({ path: 'body.criteria', code: 'nothing-to-judge' })
  if (terms.criteria.filter((each) => each.kind === 'price').length > 1)
    faults.push({ path: 'body.criteria', code: 'price-twice' })
  const least = policy.noticeDays[terms.procedure]
  if (terms.noticeDays !== undefined && terms.noticeDays < least)
    faults.push({ path: 'body.noticeDays', code: 'notice-too-short', params: { least } })
  return faults.length === 0 ? undefined : invalid(faults)
}

export type TermsInput = Pick<
  Tender,
  'procedure' | 'description' | 'criteria' | 'requirements' | 'noticeDays' | 'sealing' | 'split' | 'lotLimit'
> & { readonly lots?: readonly LotTerms[] }

export function editTender(
  tender: Tender,
  actor: Actor,
  now: Instant,
  terms: TermsInput,
  policy: PolicyTerms,
  activities?: readonly string[],
): Ruling<Tender> {
  const fault = checkTerms(terms, policy, lotFaults(terms, tender.budget, activities))
  if (fault !== undefined) return fault
  return decide(tender, 'editTender', actor, now, () => ({
    noticeDays: undefined,
    sealing: undefined,
    split: undefined,
    lotLimit: undefined,
    ...terms,
    lots: lotsFrom(terms.lots),
    ...run(tender, actor),
  }))
}

/**
 * Freezes the policy values; the deadline is the end of the last day of notice. `secret` is shown with the draw, its hash now. What looks like
 * one purchase split in several is published only with the procurer's reason, and marked.
 */
export function publishTender(
  tender: Tender,
  actor: Actor,
  now: Instant,
  policy: PolicyTerms,
  secret: string,
  hash: Hash,
  split?: FoundSplit,
): Ruling<Tender> {
  const fault = checkTerms(tender, policy, lotFaults(tender, tender.budget))
  if (fault !== undefined) return fault
  const noticeDays = tender.noticeDays ?? policy.noticeDays[tender.procedure]
  const state = standing(tender, 'publishTender', actor, now)
  if (state.ok && split !== undefined && tender.split?.reason === undefined)
    return refuse('split-unexplained', {
      count: split.tenders.length,
      sum: yuan(split.sum),
      least: yuan(split.threshold),
    })
  const { panelSize, minimumBids, standstillDays, objectionDays, outlierPercent } = policy
  const { questionDays, answerDays, changeDays, complaintDays, complaintDecisionDays } = policy
  return decide(tender, 'publishTender', actor, now, () => ({
    ...run(tender, actor),
    publishedAt: now,
    deadline: endOfDay(today(addDays(now, noticeDays))),
    secret,
    commitment: hash(secret),
    // An even panel could be split in halves.
    terms: {
      noticeDays,
      panelSize: panelSize % 2 === 0 ? panelSize + 1 : panelSize,
      minimumBids,
      standstillDays,
      objectionDays,
      outlierPercent,
      ...{ questionDays, answerDays, changeDays, complaintDays, complaintDecisionDays },
    },
    split: split === undefined ? tender.split : { ...tender.split, found: split },
  }))
}

const yuan = (amount: string) => formatYuan(fen(BigInt(amount)))

export function closeTender(tender: Tender, actor: Actor, now: Instant): Ruling<Tender> {
  return decide(tender, 'closeTender', actor, now, () => ({ closedAt: now }))
}

/** Never before the deadline; what was received after it, or asks more than the ceiling of its lot, is not a bid. One for each lot. */
export function enterBid(
  tender: Tender,
  actor: Actor,
  now: Instant,
  body: { organization: string; lot?: number; price: Fen; receivedAt: Instant },
  bids: readonly Bid[],
): Ruling<Tender> {
  const state = standing(tender, 'enterBid', actor, now)
  if (!state.ok) return state
  const lot = lotNamed(tender, body.lot)
  if (!lot.ok) return lot
  const ceiling = ceilingOf(tender, lot.value)
  const faults: FieldFault[] = []
  if (body.price <= 0n) faults.push({ path: 'body.price', code: 'price-not-positive' })
  if (body.price > ceiling)
    faults.push({ path: 'body.price', code: 'price-above-budget', params: { budget: formatYuan(ceiling) } })
  if (tender.deadline !== undefined && isAfter(body.receivedAt, tender.deadline)) {
    faults.push({ path: 'body.receivedAt', code: 'received-late', params: { deadline: today(tender.deadline) } })
  }
  if (tender.publishedAt !== undefined && isBefore(body.receivedAt, tender.publishedAt))
    faults.push({ path: 'body.receivedAt', code: 'received-before-notice' })
  // On paper too a bid answers to the terms that stand: handed in, or confirmed in writing, after the last change of them.
  else if (tender.bindingAt !== undefined && isBefore(body.receivedAt, tender.bindingAt))
    faults.push({ path: 'body.receivedAt', code: 'received-before-change', params: { at: today(tender.bindingAt) } })
  if (faults.length > 0) return invalid(faults)
  if (bids.some((bid) => bid.organization === body.organization && lotOfBid(bid) === lot.value))
    return refuse('already-bid')
  return allow(moved(tender, state.value, now, run(tender, actor)))
}

/** A second person, never one who entered a bid. */
export function confirmOpening(tender: Tender, actor: Actor, now: Instant, bids: readonly Bid[]): Ruling<Tender> {
  const state = standing(tender, 'confirmOpening', actor, now)
  if (!state.ok) return state
  const me = actor.kind === 'person' ? actor.personId : undefined
  if (bids.some((bid) => bid.enteredBy === me)) return forbid('duties-separated', { duty: 'procurer-opens' })
  if (bids.length === 0) return refuse('no-bids')
  return allow(moved(tender, state.value, now, { openedAt: now, openedBy: me }))
}
