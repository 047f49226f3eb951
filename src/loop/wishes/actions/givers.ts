// Wishes: supporting bodies: applying, confirming, declining, ending.
import { notify } from '../../../foundation/notices/public.ts'
import { getPerson } from '../../../foundation/identity/public.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import * as contract from '../contract/givers.ts'
import * as rules from '../rules/givers.ts'
import type { Body, BodyVerb } from '../rules/givers.ts'
import { findBodyForUpdate, insertBody, saveBody } from '../store/givers.ts'
import { waitingOfBody } from '../waiting.ts'

const answerOf = (body: Body) => ({ id: body.id, version: body.version, state: body.state })

function recordBody(act: Act, verb: BodyVerb | 'applyAsBody', before: Body | undefined, after: Body): void {
  act.record({
    name: `wishes.${verb}`,
    of: { kind: 'supporting-body', id: after.id },
    division: after.division,
    state: { from: before?.state, to: after.state },
    data: { kind: after.kind },
    waiting: waitingOfBody(after),
  })
}

export const applyAsBody = action(contract.applyAsBody, async (act, { body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const judged = await act.judge({ reach: { division: body.division, persons: [actor.personId] } }, () =>
    rules.applyAsBody(body, actor),
  )
  if (!judged.ok) return judged
  const fresh: Body = {
    ...body,
    id: act.newId<'supporting-body'>(jurisdictionOf(body.division)),
    state: 'applied',
    version: 1,
    person: actor.personId,
    personMasked: (await getPerson(act.tx, actor.personId)).maskedName,
    createdAt: act.now,
    history: [{ state: 'applied', at: act.now }],
  }
  if (!(await insertBody(act.tx, fresh))) return refuse('body-known')
  recordBody(act, 'applyAsBody', undefined, fresh)
  return allow(answerOf(fresh))
})

async function changeBody(
  act: Act,
  id: string,
  verb: BodyVerb,
  words?: string,
): Promise<Ruling<ReturnType<typeof answerOf>>> {
  const body = await findBodyForUpdate(act.tx, id)
  if (body === undefined) return absent()
  const ruling = await act.judge(rules.judgedBody(body), () => rules.decideBody(body, verb, act.now, words))
  if (!ruling.ok) return ruling
  await saveBody(act.tx, ruling.value, act.now)
  recordBody(act, verb, body, ruling.value)
  notify(act, {
    persons: [body.person],
    kind: `wishes.body-${ruling.value.state}`,
    of: { kind: 'supporting-body', id: body.id },
    params: { body: body.name },
  })
  return allow(answerOf(ruling.value))
}

export const confirmBody = action(contract.confirmBody, (act, { params }) => changeBody(act, params.id, 'confirmBody'))
export const declineBody = action(contract.declineBody, (act, { params, body }) =>
  changeBody(act, params.id, 'declineBody', body.words),
)
export const endBody = action(contract.endBody, (act, { params, body }) =>
  changeBody(act, params.id, 'endBody', body.words),
)
