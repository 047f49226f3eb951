// Venture calls: what is checked of a call, its opening, its vote and its end. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { levelOf, type DivisionCode, within } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { addDays, isAfter, isBefore, type PlainDate, today } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import { personalNumberFault } from '../../projects/rules/design.ts'
import { type Call, type CallContent, callStanding, type CallTerms, movedCall, type Proposal } from '../rules.ts'

const placeLevels = ['county', 'township', 'community']

/** Every fault of a call that its words, places, money and dates show. `itemKnown`: whether the purchase catalogue has its item. */
export function checkCall(
  content: CallContent,
  division: DivisionCode,
  now: Instant,
  itemKnown: boolean,
): Refusal<'invalid-input'> | undefined {
  const faults: FieldFault[] = []
  const level = levelOf(division)
  if (level !== 'county' && level !== 'township') faults.push({ path: 'body.division', code: 'not-a-caller' })
  for (const [index, place] of content.places.entries()) {
    if (!within(place, division) || !placeLevels.includes(levelOf(place)))
      faults.push({ path: `body.places.${index}`, code: 'place-elsewhere' })
  }
  if (new Set(content.places).size !== content.places.length) faults.push({ path: 'body.places', code: 'place-twice' })
  if (content.ceiling <= 0n) faults.push({ path: 'body.ceiling', code: 'amount-not-positive' })
  if (content.total < content.ceiling) faults.push({ path: 'body.total', code: 'total-below-ceiling' })
  const weights = content.criteria.reduce((sum, each) => sum + each.weight, 0)
  if (weights !== 100) faults.push({ path: 'body.criteria', code: 'weights-do-not-add-up', params: { sum: weights } })
  const both = content.voteWeight + content.panelWeight
  if (both !== 100) faults.push({ path: 'body.panelWeight', code: 'weights-do-not-add-up', params: { sum: both } })
  if (!isAfter(content.proposalsUntil, today(now))) faults.push({ path: 'body.proposalsUntil', code: 'date-over' })
  if (!isAfter(content.voteUntil, content.proposalsUntil))
    faults.push({ path: 'body.voteUntil', code: 'dates-out-of-order' })
  if (!isAfter(content.scoreUntil, content.voteUntil))
    faults.push({ path: 'body.scoreUntil', code: 'dates-out-of-order' })
  for (const field of ['title', 'theme'] as const) {
    const fault = personalNumberFault(`body.${field}`, content[field])
    if (fault !== undefined) faults.push(fault)
  }
  if (!itemKnown) faults.push({ path: 'body.purchaseItem', code: 'purchase-item-unknown' })
  return faults.length === 0 ? undefined : invalid(faults)
}

export function editCall(
  call: Call,
  actor: Actor,
  now: Instant,
  content: CallContent,
  itemKnown: boolean,
): Ruling<Call> {
  const state = callStanding(call, 'editCall', actor)
  if (!state.ok) return state
  return checkCall(content, call.division, now, itemKnown) ?? allow(movedCall(call, state.value, now, content))
}

/** Open for at least `openDays`; the secret of the later draw is made now and its hash published. */
export function openCall(
  call: Call,
  actor: Actor,
  now: Instant,
  terms: CallTerms,
  openDays: number,
  draw: { readonly secret: string; readonly commitment: string },
): Ruling<Call> {
  const state = callStanding(call, 'openCall', actor)
  if (!state.ok) return state
  const earliest = addDays(today(now), openDays)
  if (isBefore(call.proposalsUntil, earliest)) return refuse('open-too-short', { earliest, days: openDays })
  return allow(movedCall(call, state.value, now, { terms, ...draw, openedAt: now }))
}

/** By the clock: nothing comes in any more; drafts lapse, what was handed in is screened. */
export function startScreening(call: Call, actor: Actor, now: Instant, screenUntil: Instant): Ruling<Call> {
  const state = callStanding(call, 'startScreening', actor)
  return state.ok ? allow(movedCall(call, state.value, now, { screenUntil })) : state
}

/** Every proposal is decided and one at least admitted. The dates may move back, never forward; the vote lasts at least `voteDays`. */
export function startVote(
  call: Call,
  actor: Actor,
  now: Instant,
  body: { readonly voteUntil: PlainDate; readonly scoreUntil: PlainDate },
  proposals: { readonly undecided: number; readonly admitted: number },
  voteDays: number,
): Ruling<Call> {
  const state = callStanding(call, 'startVote', actor)
  if (!state.ok) return state
  if (proposals.undecided > 0) return refuse('proposals-undecided', { count: proposals.undecided })
  if (proposals.admitted === 0) return refuse('nothing-admitted')
  const faults: FieldFault[] = []
  const earliest = addDays(today(now), voteDays)
  if (isBefore(body.voteUntil, earliest))
    faults.push({ path: 'body.voteUntil', code: 'vote-too-short', params: { earliest, days: voteDays } })
  else if (isBefore(body.voteUntil, call.voteUntil))
    faults.push({ path: 'body.voteUntil', code: 'earlier-than-announced', params: { date: call.voteUntil } })
  if (!isAfter(body.scoreUntil, body.voteUntil)) faults.push({ path: 'body.scoreUntil', code: 'dates-out-of-order' })
  else if (isBefore(body.scoreUntil, call.scoreUntil))
    faults.push({ path: 'body.scoreUntil', code: 'earlier-than-announced', params: { date: call.scoreUntil } })
  if (faults.length > 0) return invalid(faults)
  return allow(movedCall(call, state.value, now, { ...body, screenUntil: undefined }))
}

/** By the clock: nobody votes any more; the figures are counted and stay hidden. */
export function closeVote(call: Call, actor: Actor, now: Instant): Ruling<Call> {
  const state = callStanding(call, 'closeVote', actor)
  return state.ok ? allow(movedCall(call, state.value, now)) : state
}

export function cancelCall(call: Call, actor: Actor, now: Instant, body: { readonly reason: string }): Ruling<Call> {
  const state = callStanding(call, 'cancelCall', actor)
  return state.ok ? allow(movedCall(call, state.value, now, { endReason: body.reason })) : state
}

/** No award is left hanging: each became a project or was declined. */
export function closeCall(call: Call, actor: Actor, now: Instant, proposals: readonly Proposal[]): Ruling<Call> {
  const state = callStanding(call, 'closeCall', actor)
  if (!state.ok) return state
  const left = proposals.filter((proposal) => proposal.state === 'awarded').length
  return left > 0 ? refuse('awards-open', { count: left }) : allow(movedCall(call, state.value, now))
}
