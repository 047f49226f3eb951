// Venture calls: planning, opening, the vote's beginning, closing and cancelling of a call.
import { randomBytes } from 'node:crypto'
import { jurisdictionOf } from '../../../kit/id.ts'
import { today, yearOf } from '../../../kit/plain-date.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import { purchaseItemIsKnown } from '../../projects/public.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as running from '../rules/calls.ts'
import * as store from '../store.ts'
import * as judging from '../store/judging.ts'
import * as papers from '../store/proposals.ts'
import { recordCall, sm3, tellOfCall, termsOf } from './recording.ts'

function answerOf(call: rules.Call) {
  return allow({ id: call.id, version: call.version, state: call.state, number: rules.shownNumber(call) })
}

function itemIsKnown(act: Act, division: rules.Call['division'], code: string): Promise<boolean> {
  return purchaseItemIsKnown(act.tx, jurisdictionOf(division), yearOf(today(act.now)), code)
}

export const planCall = action(contract.planCall, async (act, { body }) => {
  const { division, ...content } = body
  const known = await itemIsKnown(act, division, content.purchaseItem)
  const ruling = await act.judge(
    { reach: { division } },
    () => running.checkCall(content, division, act.now, known) ?? allow(true),
  )
  if (!ruling.ok) return ruling
  const jurisdiction = jurisdictionOf(division)
  const call: rules.Call = {
    ...content,
    id: act.newId<'venture-call'>(jurisdiction),
    number: await act.nextNumber('venture', jurisdiction),
    division,
    state: 'planning',
    version: 1,
    panel: [],
    replaced: [],
    createdAt: act.now,
    history: [{ state: 'planning', at: act.now }],
  }
  await store.insertCall(act.tx, call, act.now)
  recordCall(act, 'planCall', undefined, call, { amount: call.total })
  return answerOf(call)
})

export const editCall = action(contract.editCall, async (act, { params, body }) => {
  const call = await store.findCallForUpdate(act.tx, params.id)
  if (call === undefined) return absent()
  const known = await itemIsKnown(act, call.division, body.purchaseItem)
  const ruling = await act.judge(rules.judgedCall(call), () => running.editCall(call, act.actor, act.now, body, known))
  if (!ruling.ok) return ruling
  await store.saveCall(act.tx, ruling.value, act.now)
  recordCall(act, 'editCall', call, ruling.value, { amount: ruling.value.total })
  return answerOf(ruling.value)
})

export const openCall = action(contract.openCall, async (act, { params }) => {
  const call = await store.findCallForUpdate(act.tx, params.id)
  if (call === undefined) return absent()
  const secret = randomBytes(32).toString('hex')
  const ruling = await act.judge(rules.judgedCall(call), () =>
    running.openCall(
      call,
      act.actor,
      act.now,
      termsOf(act, call.division),
      act.policy.number('venture.open-days', call.division),
      { secret, commitment: sm3(secret) },
    ),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await store.saveCall(act.tx, next, act.now)
  recordCall(act, 'openCall', call, next, {
    data: { ...next.terms, commitment: next.commitment, until: next.proposalsUntil },
    amount: next.total,
  })
  return answerOf(next)
})

/** The timer: the last day for proposals is over. Drafts lapse, and their authors are told. */
export async function startScreening(act: Act, id: string): Promise<void> {
  const call = await store.findCallForUpdate(act.tx, id)
  if (call === undefined) return
  const days = act.policy.number('venture.screening-days', call.division)
  const ruling = running.startScreening(call, act.actor, act.now, dueAt(act.now, days, act.platform.calendar).at)
  if (!ruling.ok) return
  await store.saveCall(act.tx, ruling.value, act.now)
  const lapsed = await papers.saveProposalStates(act.tx, call.id, ['draft'], 'lapsed', act.now)
  recordCall(act, 'startScreening', call, ruling.value, { data: { lapsed: lapsed.length } })
  tellOfCall(act, ruling.value, lapsed, 'draft-lapsed')
}

export const startVote = action(contract.startVote, async (act, { params, body }) => {
  const call = await store.findCallForUpdate(act.tx, params.id)
  if (call === undefined) return absent()
  const counts = await papers.getProposalCounts(act.tx, call.id)
  const ruling = await act.judge(rules.judgedCall(call), () =>
    running.startVote(
      call,
      act.actor,
      act.now,
      body,
      { undecided: counts.submitted, admitted: counts.admitted },
      act.policy.number('venture.vote-days', call.division),
    ),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await store.saveCall(act.tx, next, act.now)
  recordCall(act, 'startVote', call, next, { data: { until: next.voteUntil, admitted: counts.admitted } })
  return answerOf(next)
})

/** The timer: the last day of the vote is over. The figures are counted and stay hidden. */
export async function closeVote(act: Act, id: string): Promise<void> {
  const call = await store.findCallForUpdate(act.tx, id)
  if (call === undefined) return
  const ruling = running.closeVote(call, act.actor, act.now)
  if (!ruling.ok) return
  await store.saveCall(act.tx, ruling.value, act.now)
  await judging.saveVotesCounted(act.tx, call.id, act.now)
  recordCall(act, 'closeVote', call, ruling.value)
}

export const closeCall = action(contract.closeCall, async (act, { params }) => {
  const call = await store.findCallForUpdate(act.tx, params.id)
  if (call === undefined) return absent()
  const proposals = await papers.listProposalsOfCall(act.tx, call.id)
  const ruling = await act.judge(rules.judgedCall(call), () => running.closeCall(call, act.actor, act.now, proposals))
  if (!ruling.ok) return ruling
  await store.saveCall(act.tx, ruling.value, act.now)
  recordCall(act, 'closeCall', call, ruling.value)
  return answerOf(ruling.value)
})

export const cancelCall = action(contract.cancelCall, async (act, { params, body }) => {
  const call = await store.findCallForUpdate(act.tx, params.id)
  if (call === undefined) return absent()
  const ruling = await act.judge(rules.judgedCall(call), () => running.cancelCall(call, act.actor, act.now, body))
  if (!ruling.ok) return ruling
  await store.saveCall(act.tx, ruling.value, act.now)
  const lapsing = ['draft', 'submitted', 'admitted', 'voted'] as const
  const told = await papers.saveProposalStates(act.tx, call.id, lapsing, 'lapsed', act.now)
  recordCall(act, 'cancelCall', call, ruling.value)
  tellOfCall(act, ruling.value, [...told, ...call.panel], 'cancelled')
  return answerOf(ruling.value)
})
