// Needs: what residents do with needs: support, withdraw, appeal, reply, give the verdict.
import { listHolders } from '../../../foundation/identity/public.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import * as contract from '../contract.ts'
import * as decisions from '../rules/resident.ts'
import * as rules from '../rules.ts'
import { judgedNeed, type Need, type NeedVerb, shownNumber } from '../rules.ts'
import { insertSupport, removeSupports, saveCounts } from '../store/supports.ts'
import { findNeedForUpdate, saveNeed } from '../store.ts'
import { recordNeed, tellPersons, termsOf } from './recording.ts'

export const answerOf = (need: Need) => ({
  id: need.id,
  version: need.version,
  state: need.state,
  number: shownNumber(need),
})

/** Loads, judges, saves and records a verb that changes one need and nothing else. */
export async function change(
  act: Act,
  id: string,
  verb: NeedVerb,
  rule: (need: Need) => Ruling<Need>,
  more: {
    data?: (before: Need, after: Need) => Record<string, unknown>
    afterwards?: (after: Need, before: Need) => Promise<void> | void
  } = {},
): Promise<Ruling<ReturnType<typeof answerOf>>> {
  const need = await findNeedForUpdate(act.tx, act.platform.cipher, id)
  if (need === undefined || !visible(act, need)) return absent()
  const ruling = await act.judge(judgedNeed(need), () => rule(need))
  if (!ruling.ok) return ruling
  await saveNeed(act.tx, act.platform.cipher, ruling.value, need, act.now)
  recordNeed(act, verb, need, ruling.value, more.data?.(need, ruling.value))
  await more.afterwards?.(ruling.value, need)
  return allow(answerOf(ruling.value))
}

/** A private need, and a draft, does not exist for whoever may not read it, whatever verb they try. */
function visible(act: Act, need: Need): boolean {
  const open = need.visibility === 'public' && need.state !== 'draft'
  return act.actor.kind === 'system' || open || rules.mayRead(need, act.actor)
}

export const supportNeed = action(contract.supportNeed, async (act, { params }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const need = await findNeedForUpdate(act.tx, act.platform.cipher, params.id)
  if (need === undefined || !rules.mayRead(need, actor)) return absent()
  // Any resident may support a neighbour's need.
  const ruling = await act.judge({ reach: { ...judgedNeed(need).reach, anyone: true } }, () =>
    rules.standing(need, 'supportNeed', actor, act.now),
  )
  if (!ruling.ok) return ruling
  const verified = decisions.countsAsVerified(need, actor)
  const counts = await insertSupport(act.tx, need, actor.personId, verified, act.now)
  if (counts === undefined) return refuse('already-supported')
  recordNeed(act, 'supportNeed', need, need, { verified, supports: counts.supports }, true)
  return allow({ ...answerOf(need), ...counts })
})

export const retractSupport = action(contract.retractSupport, async (act, { params }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const need = await findNeedForUpdate(act.tx, act.platform.cipher, params.id)
  if (need === undefined || !rules.mayRead(need, actor)) return absent()
  const ruling = await act.judge({ reach: { ...judgedNeed(need).reach, anyone: true } }, () =>
    rules.standing(need, 'retractSupport', actor, act.now),
  )
  if (!ruling.ok) return ruling
  const removed = await removeSupports(act.tx, need.root, actor.personId)
  if (removed === 0) return refuse('not-supporting')
  const counts = await saveCounts(act.tx, need.root, act.now)
  recordNeed(act, 'retractSupport', need, need, { supports: counts.supports, removed }, true)
  return allow({ ...answerOf(need), ...counts })
})

export const withdrawNeed = action(contract.withdrawNeed, (act, { params }) =>
  change(act, params.id, 'withdrawNeed', (need) => decisions.withdrawNeed(need, act.actor, act.now), {
    afterwards: async (after, before) =>
      tellPersons(act, after, before.holder === undefined ? [] : [before.holder.id], 'withdrawn'),
  }),
)

export const appealNeed = action(contract.appealNeed, (act, { params, body }) =>
  change(
    act,
    params.id,
    'appealNeed',
    (need) => decisions.appealNeed(need, act.actor, act.now, body, termsOf(act, need.division)),
    {
      data: (before) => ({ reason: before.declineReason }),
    },
  ),
)

export const replyToQuestion = action(contract.replyToQuestion, (act, { params, body }) =>
  change(
    act,
    params.id,
    'replyToQuestion',
    (need) => decisions.replyToQuestion(need, act.actor, act.now, body, termsOf(act, need.division)),
    {
      afterwards: async (after) =>
        tellPersons(act, after, after.holder === undefined ? [] : [after.holder.id], 'replied'),
    },
  ),
)

export const giveVerdict = action(contract.giveVerdict, async (act, { params, body }) => {
  const need = await findNeedForUpdate(act.tx, act.platform.cipher, params.id)
  if (need === undefined || !rules.mayRead(need, act.actor)) return absent()
  const ruling = await act.judge(judgedNeed(need), () =>
    decisions.giveVerdict(need, act.actor, act.now, body, termsOf(act, need.division)),
  )
  if (!ruling.ok) return ruling
  const { need: next, verb } = ruling.value
  await saveNeed(act.tx, act.platform.cipher, next, need, act.now)
  recordNeed(act, verb, need, next, {
    verdict: body.verdict,
    rating: body.rating,
    verified: next.verdictVerified,
    route: need.route,
    submittedAt: need.submittedAt,
    answeredAt: need.answeredAt,
  })
  if (body.verdict === 'not-met') {
    // Not met reaches whoever handled it and that person's leader.
    const handlers = [need.answeredBy, need.holder?.id].filter((person) => person !== undefined)
    const leaders = await listHolders(act.tx, 'community-head', need.division)
    tellPersons(
      act,
      next,
      [...new Set([...handlers, ...leaders])],
      verb === 'reopenNeed' ? 'not-met-reopened' : 'not-met',
    )
  }
  return allow(answerOf(next))
})
