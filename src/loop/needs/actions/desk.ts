// Needs: what the desk does: accept, decline, ask, hold, hand over, assign, refer, answer.
import { getPerson, listHolders } from '../../../foundation/identity/public.ts'
import type { Id } from '../../../kit/id.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import * as desk from '../contract/desk.ts'
import * as rules from '../rules/desk.ts'
import { judgedNeed, mayRead, type Need } from '../rules.ts'
import { findNeedForUpdate } from '../store.ts'
import { proposalOnRecord } from './categories.ts'
import { responseOf, tellPersons, termsOf } from './recording.ts'
import { answerOf, change } from './resident.ts'
import { giveAnswers } from './routes-of-needs.ts'

export type Worker = { readonly id: Id<'person'>; readonly name: string }

/** The acting worker under the name by which staff act. */
export async function myself(act: Act): Promise<Worker> {
  if (act.actor.kind !== 'person') throw new Error('only persons hold needs')
  const card = await getPerson(act.tx, act.actor.personId)
  return { id: card.id, name: card.officialName ?? card.maskedName }
}

/** A colleague who works at the place of the need; undefined when the person does not. */
async function workerAt(act: Act, need: Need, person: string): Promise<Worker | undefined> {
  const [workers, heads] = await Promise.all([
    listHolders(act.tx, 'community-worker', need.division),
    listHolders(act.tx, 'community-head', need.division),
  ])
  if (![...workers, ...heads].some((holder) => holder === person)) return undefined
  const card = await getPerson(act.tx, person)
  return { id: card.id, name: card.officialName ?? card.maskedName }
}

export const acceptNeed = action(desk.acceptNeed, async (act, { params, body }) => {
  const by = await myself(act)
  return change(
    act,
    params.id,
    'acceptNeed',
    (need) => rules.acceptNeed(need, act.actor, act.now, { ...body, by }, termsOf(act, need.division)),
    {
      data: (before, after) => ({
        ...responseOf(before, act.now),
        routeHint: after.routeHint,
        categoryBefore: before.category,
        ...proposalOnRecord(before, act.policy.number('needs.classifier-threshold', before.division)),
      }),
      afterwards: (after) => tellPersons(act, after, [after.resident], 'accepted'),
    },
  )
})

export const declineNeed = action(desk.declineNeed, (act, { params, body }) =>
  change(
    act,
    params.id,
    'declineNeed',
    (need) => rules.declineNeed(need, act.actor, act.now, body, termsOf(act, need.division)),
    {
      data: (before) => ({
        ...responseOf(before, act.now),
        reason: body.reason,
        final: before.appealedAt !== undefined,
      }),
      afterwards: (after) =>
        tellPersons(act, after, [after.resident], after.appealedAt === undefined ? 'declined' : 'declined-final'),
    },
  ),
)

export const askResident = action(desk.askResident, (act, { params, body }) =>
  change(act, params.id, 'askResident', (need) => rules.askResident(need, act.actor, act.now, body), {
    afterwards: (after) => tellPersons(act, after, [after.resident], 'asked'),
  }),
)

export const holdNeed = action(desk.holdNeed, async (act, { params }) => {
  const by = await myself(act)
  return change(act, params.id, 'holdNeed', (need) => rules.holdNeed(need, act.actor, act.now, by), {
    data: () => ({ holder: by.id }),
  })
})

export const takeOverNeed = action(desk.takeOverNeed, async (act, { params, body }) => {
  const by = await myself(act)
  return change(act, params.id, 'takeOverNeed', (need) => rules.takeOverNeed(need, act.actor, act.now, by), {
    data: (before) => ({ holder: by.id, from: before.holder?.id, reason: body.reason }),
    afterwards: (after, before) =>
      tellPersons(act, after, before.holder === undefined ? [] : [before.holder.id], 'taken-over'),
  })
})

/** Hands a need to a colleague of the place, by its holder or by the head. */
async function give(act: Act, id: string, to: string, verb: 'handOverNeed' | 'assignNeed') {
  // Read before it is locked only to know the place; the rule decides on the locked row.
  const seen = await findNeedForUpdate(act.tx, act.platform.cipher, id)
  const worker = seen === undefined ? undefined : await workerAt(act, seen, to)
  return change(
    act,
    id,
    verb,
    (need) =>
      verb === 'assignNeed'
        ? rules.assignNeed(need, act.actor, act.now, worker)
        : rules.handOverNeed(need, act.actor, act.now, worker),
    {
      data: (before) => ({ holder: to, from: before.holder?.id }),
      afterwards: (after) =>
        tellPersons(act, after, after.holder === undefined ? [] : [after.holder.id], 'given-to-you'),
    },
  )
}

export const handOverNeed = action(desk.handOverNeed, (act, { params, body }) =>
  give(act, params.id, body.to, 'handOverNeed'),
)
export const assignNeed = action(desk.assignNeed, (act, { params, body }) =>
  give(act, params.id, body.to, 'assignNeed'),
)

export const referNeed = action(desk.referNeed, (act, { params, body }) =>
  change(
    act,
    params.id,
    'referNeed',
    (need) => rules.referNeed(need, act.actor, act.now, body, termsOf(act, need.division)),
    {
      data: (_, after) => ({ route: 'department', department: after.department, due: after.dueAt }),
      afterwards: (after) => tellPersons(act, after, [after.resident], 'referred'),
    },
  ),
)

export const refuseReferral = action(desk.refuseReferral, (act, { params, body }) =>
  change(
    act,
    params.id,
    'refuseReferral',
    (need) => rules.refuseReferral(need, act.actor, act.now, body, termsOf(act, need.division)),
    {
      data: (before) => ({ department: before.department }),
      afterwards: (after) =>
        tellPersons(
          act,
          after,
          [after.resident, ...(after.holder === undefined ? [] : [after.holder.id])],
          'route-ended',
        ),
    },
  ),
)

export const answerNeed = action(desk.answerNeed, async (act, { params, body }) => {
  const need = await findNeedForUpdate(act.tx, act.platform.cipher, params.id)
  if (need === undefined || !mayRead(need, act.actor)) return absent()
  const judged = await act.judge(judgedNeed(need), () =>
    rules.answerNeed(need, act.actor, act.now, body, termsOf(act, need.division)),
  )
  if (!judged.ok) return judged
  const files =
    act.actor.kind === 'person' && body.files.length > 0
      ? await act.platform.files.attach(act.tx, act.actor.personId, body.files, { kind: 'need', id: need.id })
      : allow([])
  if (!files.ok) return files
  const answered = await giveAnswers(act, [need], {
    words: body.words,
    files: [...need.files, ...files.value.map((file) => ({ id: file.id, name: file.name, type: file.type }))],
  })
  if (!answered.ok) return answered
  const [after = need] = answered.value
  return allow(answerOf(after))
})
