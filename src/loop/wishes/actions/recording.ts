// Wishes: what every verb does after its rule: the event with what waits and the timers, and telling people.
import { notify } from '../../../foundation/notices/public.ts'
import type { RecordRef } from '../../../kit/id.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { Act } from '../../../platform/action.ts'
import { judgedWish, shownNumber, type Wish, type WishVerb, wishVerbs } from '../rules.ts'
import { findWishForUpdate, saveWish } from '../store.ts'
import { timersOfWish, waitingOfWish } from '../waiting.ts'

/** The end of a period of working days that a parameter of the place names. */
export function periodOf(act: Act, wish: Pick<Wish, 'division'>, parameter: 'deliver-days' | 'confirm-days'): Instant {
  return dueAt(act.now, act.policy.number(`wishes.${parameter}`, wish.division), act.platform.calendar).at
}

export const refOf = (wish: Wish): RecordRef => ({ kind: 'wish', id: wish.id })

/** The event of a verb. */
export function recordWish(
  act: Act,
  verb: WishVerb | 'askForWish' | 'putUpWish' | 'offerWish',
  before: Wish | undefined,
  after: Wish,
  data: Readonly<Record<string, unknown>> = {},
): void {
  const claim = after.claim ?? before?.claim
  act.record({
    name: `wishes.${verb}`,
    of: refOf(after),
    division: after.division,
    state: { from: before?.state, to: after.state },
    organization: claim?.kind === 'organization' ? claim.giver : undefined,
    links: before === undefined ? [{ kind: 'need', id: after.need }] : undefined,
    data: { category: after.category, ...(claim === undefined ? {} : { giverKind: claim.kind }), ...data },
    waiting: waitingOfWish(after),
    timers: timersOfWish(after),
  })
}

/** Tells persons of what happened to a wish; whoever acts is not told what they did. */
export function tell(act: Act, wish: Wish, persons: readonly (string | undefined)[], what: string): void {
  notify(act, {
    persons: persons.filter((person) => person !== undefined),
    kind: `wishes.${what}`,
    of: refOf(wish),
    params: { wish: `${shownNumber(wish)}「${wish.title}」` },
  })
}

export const answerOf = (wish: Wish) => ({
  id: wish.id,
  version: wish.version,
  state: wish.state,
  number: shownNumber(wish),
})

type More = {
  readonly data?: (after: Wish, before: Wish) => Record<string, unknown>
  readonly afterwards?: (after: Wish, before: Wish) => Promise<Ruling<void>> | void
}

/** Loads, judges, saves and records a verb of one wish. `rule` may look things up: the wish is locked. */
export async function change(
  act: Act,
  id: string,
  verb: keyof typeof wishVerbs,
  rule: (wish: Wish) => Ruling<Wish> | Promise<Ruling<Wish>>,
  more: More = {},
): Promise<Ruling<ReturnType<typeof answerOf>>> {
  const wish = await findWishForUpdate(act.tx, id)
  if (wish === undefined) return absent()
  // The judge is asked first for the right alone, so that nobody learns by a lookup what they may not.
  const judged = await act.judge(judgedWish(wish, wishVerbs[verb].side), () => allow(true))
  if (!judged.ok) return judged
  const ruling = await rule(wish)
  if (!ruling.ok) return ruling
  await saveWish(act.tx, ruling.value, act.now)
  recordWish(act, verb, wish, ruling.value, more.data?.(ruling.value, wish))
  const afterwards = await more.afterwards?.(ruling.value, wish)
  return afterwards !== undefined && !afterwards.ok ? afterwards : allow(answerOf(ruling.value))
}
