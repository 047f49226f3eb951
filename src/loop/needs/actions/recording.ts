// Needs: what every verb does after its rule: the event with what waits and what the clock will do, and telling people.
import { notify } from '../../../foundation/notices/public.ts'
import type { DivisionCode } from '../../../kit/id.ts'
import { type Instant, isAfter } from '../../../kit/instant.ts'
import type { Act, Batch } from '../../../platform/action.ts'
import { tsvectorText } from '../../../platform/search/tokens.ts'
import type { Need, NeedTerms, NeedVerb } from '../rules.ts'
import { shownNumber } from '../rules.ts'
import { listConcernedOf } from '../store/supports.ts'
import { timersOfNeed, waitingOfNeed } from '../waiting.ts'

/** Policy values in force at a place. */
export function termsOf(act: { policy: Act['policy']; platform: Act['platform'] }, division: DivisionCode): NeedTerms {
  const days = (key: string) => act.policy.number(key, division)
  return {
    respondDays: days('needs.respond-days'),
    appealDays: days('needs.appeal-days'),
    resolveDays: days('needs.resolve-days'),
    planDays: days('needs.plan-days'),
    verdictDays: days('needs.verdict-days'),
    calendar: act.platform.calendar,
  }
}

/** The event of a verb. `quiet`: what waits and the timers stay (supports). */
export function recordNeed(
  act: Act,
  verb: NeedVerb | 'submitNeed' | 'draftNeed' | 'receiveMerge' | 'releaseMerge',
  before: Need | undefined,
  after: Need,
  data: Readonly<Record<string, unknown>> = {},
  quiet = false,
): void {
  act.record({
    name: `needs.${verb}`,
    of: { kind: 'need', id: after.id },
    division: after.division,
    state: { from: before?.state, to: after.state },
    onBehalfOf: verb === 'submitNeed' && after.submittedBy !== undefined ? after.resident : undefined,
    data: { category: after.category, visibility: after.visibility, ...data },
    ...(quiet ? {} : { waiting: waitingOfNeed(after), timers: timersOfNeed(after) }),
  })
}

/** Whether the first response came in time: what the figure counts, from the event alone. */
export function responseOf(need: Need, now: Instant): Record<string, unknown> {
  return {
    first: need.respondedAt === undefined,
    submittedAt: need.submittedAt,
    inTime: need.pausedAt !== undefined || need.dueAt === undefined || !isAfter(now, need.dueAt),
  }
}

/** What a notice about the need may name: the number always, never the title of a private need. */
function named(need: Need): Record<string, string> {
  const title = need.visibility === 'public' ? need.texts?.title : undefined
  return { need: `${shownNumber(need) ?? ''}${title === undefined ? '' : `「${title}」`}` }
}

/** Those whom an act's needs concern, looked up at once for all of them. */
const concerned: Batch<{ readonly need: Need; readonly what: string }> = {
  async write(act, items) {
    const persons = await listConcernedOf(
      act.tx,
      items.flatMap(({ need }) => (need.visibility === 'private' ? [] : [need.id])),
    )
    for (const { need, what } of items)
      tellPersons(act, need, need.visibility === 'private' ? [need.resident] : (persons.get(need.id) ?? []), what)
  },
}

/** Tells the residents whom the need concerns: its own, those of merged needs and all supporters; a private one's resident only. */
export function tell(act: Act, need: Need, what: string): void {
  act.gather(concerned, { need, what })
}

/** Tells some persons; the actor is not told what they did themselves. */
export function tellPersons(act: Act, need: Need, persons: readonly string[], what: string): void {
  const me = act.actor.kind === 'person' ? act.actor.personId : undefined
  const others = persons.filter((person) => person !== me)
  if (others.length === 0) return
  notify(act, { persons: others, kind: `needs.${what}`, of: { kind: 'need', id: need.id }, params: named(need) })
}

/** The words by which an open need is found; a private one is never in the shared search. */
export function searchWords(need: Need): string | undefined {
  if (need.visibility === 'private' || need.texts === undefined || need.state === 'draft') return undefined
  return tsvectorText([need.texts.title, need.texts.text, need.texts.place ?? ''].join(' '))
}
