// Wishes: how a need comes on the board and off it again: asked by its resident, put up or offered by a worker, agreed, taken off.
import type { InputOf } from '../../../kit/endpoint.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { allow, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import { tsvectorText } from '../../../platform/search/tokens.ts'
import { endRoute, type HeldNeed, holdNeeds, takeHeldNeeds, withdrawFromRoute } from '../../needs/public.ts'
import * as contract from '../contract.ts'
import { decide, type Wish } from '../rules.ts'
import { wordingFaults } from '../rules/wording.ts'
import { insertWish, saveWish } from '../store.ts'
import { answerOf, change, recordWish, refOf, tell } from './recording.ts'

type Wording = Pick<InputOf<typeof contract.askForWish>['body'], 'title' | 'text'>

async function newWish(act: Act, held: HeldNeed, wording: Wording, state: 'asked' | 'offered' | 'open'): Promise<Wish> {
  const { card } = held
  const jurisdiction = jurisdictionOf(card.division)
  return {
    id: act.newId<'wish'>(jurisdiction),
    number: await act.nextNumber('wish', jurisdiction),
    division: card.division,
    state,
    version: 1,
    need: card.id,
    needPrivate: card.visibility === 'private',
    resident: held.need.resident,
    category: held.need.category,
    title: wording.title,
    text: wording.text,
    putBy: state === 'asked' || act.actor.kind !== 'person' ? undefined : act.actor.personId,
    thanksPublic: false,
    createdAt: act.now,
    history: [{ state, at: act.now }],
  }
}

/** On the board the need is on its way: by when it should be granted stands with the need. */
function takeNeed(act: Act, wish: Wish, held: HeldNeed): Promise<Ruling<void>> {
  const days = act.policy.number('needs.resolve-days', wish.division)
  return takeHeldNeeds(act, [held], {
    route: 'wish',
    by: refOf(wish),
    plannedUntil: dueAt(act.now, days, act.platform.calendar).at,
  })
}

const open = (held: HeldNeed): Ruling<true> =>
  held.card.state === 'accepted' ? allow(true) : refuse('need-not-accepted')

export const askForWish = action(contract.askForWish, async (act, { body }) => {
  const [held] = await holdNeeds(act, [body.need])
  if (held === undefined) return refuse('need-unknown', {}, { kind: 'absent' })
  const judged = await act.judge(
    { reach: { division: held.card.division, persons: [held.card.residentId], confidential: held.reach.confidential } },
    () => {
      const faults = wordingFaults(body)
      return faults.length > 0 ? invalid(faults) : open(held)
    },
  )
  if (!judged.ok) return judged
  const wish = await newWish(act, held, body, 'asked')
  if (!(await insertWish(act.tx, wish, tsvectorText(`${wish.title} ${wish.text}`)))) return refuse('wish-exists')
  recordWish(act, 'askForWish', undefined, wish)
  return allow(answerOf(wish))
})

export const putUpWish = action(contract.putUpWish, async (act, { body }) => {
  const [held] = await holdNeeds(act, [body.need])
  if (held === undefined) return refuse('need-unknown', {}, { kind: 'absent' })
  const judged = await act.judge(
    { reach: { division: held.card.division, confidential: held.reach.confidential } },
    () => {
      const faults = wordingFaults(body)
      return faults.length > 0 ? invalid(faults) : open(held)
    },
  )
  if (!judged.ok) return judged
  // What was told in confidence is worded for everybody by nobody but its resident's leave.
  const offered = held.card.visibility === 'private'
  const wish = await newWish(act, held, body, offered ? 'offered' : 'open')
  if (!(await insertWish(act.tx, wish, tsvectorText(`${wish.title} ${wish.text}`)))) return refuse('wish-exists')
  if (!offered) {
    const taken = await takeNeed(act, wish, held)
    if (!taken.ok) return taken
  }
  recordWish(act, offered ? 'offerWish' : 'putUpWish', undefined, wish)
  tell(act, wish, [wish.resident], offered ? 'offered' : 'put-up')
  return allow(answerOf(wish))
})

/** The wish comes on the board and takes its need along. */
async function putOnBoard(
  act: Act,
  id: string,
  verb: 'admitWish' | 'agreeToWish',
  more: { readonly rule?: () => Ruling<true>; readonly tell: (wish: Wish) => readonly (string | undefined)[] },
) {
  return change(
    act,
    id,
    verb,
    (wish) => {
      const checked = more.rule?.() ?? allow(true)
      if (!checked.ok) return checked
      const putBy = verb === 'admitWish' && act.actor.kind === 'person' ? act.actor.personId : wish.putBy
      return decide(wish, verb, act.actor, act.now, { putBy })
    },
    {
      async afterwards(after) {
        const [held] = await holdNeeds(act, [after.need])
        if (held === undefined) return refuse('need-unknown')
        const taken = await takeNeed(act, after, held)
        if (!taken.ok) return taken
        tell(act, after, more.tell(after), verb === 'admitWish' ? 'put-up' : 'agreed')
        return allow(undefined)
      },
    },
  )
}

export const admitWish = action(contract.admitWish, (act, { params, body }) =>
  putOnBoard(act, params.id, 'admitWish', {
    rule: () => (body.noMoney ? allow(true) : invalid([{ path: 'body.noMoney', code: 'look-for-money' }])),
    tell: (wish) => [wish.resident],
  }),
)

export const agreeToWish = action(contract.agreeToWish, (act, { params }) =>
  putOnBoard(act, params.id, 'agreeToWish', { tell: (wish) => [wish.putBy] }),
)

export const turnDownWish = action(contract.turnDownWish, (act, { params, body }) =>
  change(
    act,
    params.id,
    'turnDownWish',
    (wish) => decide(wish, 'turnDownWish', act.actor, act.now, { endReason: 'turned-down', endWords: body.words }),
    { afterwards: (after) => tell(act, after, [after.resident], 'turned-down') },
  ),
)

export const refuseWish = action(contract.refuseWish, (act, { params }) =>
  change(
    act,
    params.id,
    'refuseWish',
    (wish) => decide(wish, 'refuseWish', act.actor, act.now, { endReason: 'refused' }),
    { afterwards: (after) => tell(act, after, [after.putBy], 'refused') },
  ),
)

export const takeOffWish = action(contract.takeOffWish, (act, { params, body }) =>
  change(
    act,
    params.id,
    'takeOffWish',
    (wish) => decide(wish, 'takeOffWish', act.actor, act.now, { endReason: 'taken-off', endWords: body.words }),
    {
      async afterwards(after, before) {
        tell(act, after, [after.resident], 'taken-off')
        if (before.state !== 'open') return allow(undefined)
        return endRoute(act, { needs: [after.need], by: refOf(after), reason: 'wish-taken-off' })
      },
    },
  ),
)

export const withdrawWish = action(contract.withdrawWish, (act, { params, body }) =>
  change(
    act,
    params.id,
    'withdrawWish',
    (wish) =>
      // Before it came on the board the need was on no route: it is withdrawn, if at all, on its own page.
      wish.state === 'asked' && body.need === 'withdraw'
        ? invalid([{ path: 'body.need', code: 'need-stands-apart' }])
        : decide(wish, 'withdrawWish', act.actor, act.now, { endReason: 'withdrawn', claim: undefined }),
    {
      data: () => ({ need: body.need }),
      async afterwards(after, before) {
        tell(act, after, [before.claim?.person, after.putBy], 'withdrawn')
        if (before.state === 'asked') return allow(undefined)
        const by = refOf(after)
        return body.need === 'withdraw'
          ? withdrawFromRoute(act, { need: after.need, by, reason: 'wish-withdrawn' })
          : endRoute(act, { needs: [after.need], by, reason: 'wish-withdrawn' })
      },
    },
  ),
)

/** Needs that left before their wish stood: see reactions. */
export async function endWaitingWish(act: Act, wish: Wish, next: Wish): Promise<void> {
  await saveWish(act.tx, next, act.now)
  recordWish(act, 'followNeed', wish, next, { reason: next.endReason })
  tell(act, next, [next.resident, next.putBy], 'ended-with-need')
}
