// Delivery: what every verb of an occasion does around its rule: policy, codes, who waits for whom, event, notices.
import { createHash } from 'node:crypto'
import { notify } from '../../../foundation/notices/public.ts'
import { addHours, addDays, addMilliseconds, type Instant, isAfter, toMilliseconds } from '../../../kit/instant.ts'
import type { Act } from '../../../platform/action.ts'
import type { Timer, Waiting } from '../../../platform/events.ts'
import type { Platform, PolicyReader } from '../../../platform/platform.ts'
import { type Occasion, type OccasionTerms, type OccasionVerb, shownOccasionNumber } from '../rules/occasions.ts'

export const occasionRef = (occasion: Pick<Occasion, 'id'>) => ({ kind: 'occasion', id: occasion.id })

export const occasionAnswer = (occasion: Occasion) => ({
  id: occasion.id,
  version: occasion.version,
  state: occasion.state,
  number: shownOccasionNumber(occasion),
})

export function occasionTerms(policy: PolicyReader, { division }: Pick<Occasion, 'division'>): OccasionTerms {
  return {
    longestMinutes: policy.number('delivery.longest-minutes', division),
    leadMinutes: policy.number('delivery.check-in-minutes', division),
    aheadDays: policy.number('delivery.ahead-days', division),
    noShows: policy.number('delivery.no-shows', division),
    pauseDays: policy.number('delivery.no-show-pause-days', division),
  }
}

/** A code lives so many minutes; the one before it holds as long again, for whoever is just typing it. */
const codeMinutes = 5

const windowOf = (now: Instant) => Math.floor(toMilliseconds(now) / (codeMinutes * 60_000))

/** Six digits for some minutes at one occasion. Nothing is stored: they follow from the installation's key, so that leaving is shown at the place too. */
function codeIn(platform: Platform, occasion: Occasion, window: number): string {
  const text = platform.cipher.blind('occasion-code', `${occasion.id}|${occasion.openedAt ?? ''}|${window}`)
  const number = createHash('sha256').update(text).digest().readUIntBE(0, 6) % 1_000_000
  return String(number).padStart(6, '0')
}

export function codeNow(platform: Platform, occasion: Occasion, now: Instant): { code: string; until: Instant } {
  const window = windowOf(now)
  const left = (window + 1) * codeMinutes * 60_000 - toMilliseconds(now)
  return { code: codeIn(platform, occasion, window), until: addMilliseconds(now, left) }
}

/** The code of the moment, or the one before it. */
export function codeHolds(platform: Platform, occasion: Occasion, now: Instant, code: string): boolean {
  const window = windowOf(now)
  return [window, window - 1].some((each) => codeIn(platform, occasion, each) === code)
}

/** Until when whoever held it confirms or records it. */
export function settleUntil(policy: PolicyReader, occasion: Occasion): Instant {
  return addDays(occasion.until, policy.number('delivery.settle-days', occasion.division))
}

function waitingOfOccasion(policy: PolicyReader, occasion: Occasion): Waiting[] {
  if (occasion.state !== 'open') return []
  return [
    {
      verb: occasion.kind === 'shift' ? 'settleShift' : 'recordActivity',
      permission: 'delivery.holdOccasion',
      division: occasion.division,
      organization: occasion.organization,
      person: occasion.person,
      number: shownOccasionNumber(occasion),
      title: occasion.title,
      due: settleUntil(policy, occasion),
    },
  ]
}

/** The day before everybody is reminded; when nobody confirms in time the codes alone count. */
function timersOfOccasion(policy: PolicyReader, occasion: Occasion, now: Instant): Timer[] {
  if (occasion.state !== 'open') return []
  const remind = addHours(occasion.from, -policy.number('delivery.remind-hours', occasion.division))
  return [
    ...(isAfter(remind, now) ? [{ handler: 'delivery.remindOccasion', due: remind }] : []),
    { handler: 'delivery.settleOccasion', due: addMilliseconds(settleUntil(policy, occasion), 1) },
  ]
}

/** The event of a verb. What waits and the clocks are set when it is planned and end with it. */
export function recordOccasion(
  act: Act,
  verb: OccasionVerb | 'planOccasion' | 'settleByCodes',
  before: Occasion | undefined,
  after: Occasion,
  data: Readonly<Record<string, unknown>> = {},
): void {
  const moves = before === undefined || before.state !== after.state
  act.record({
    name: `delivery.${verb}`,
    of: occasionRef(after),
    division: after.division,
    organization: after.organization,
    state: moves ? { from: before?.state, to: after.state } : undefined,
    links:
      before === undefined && after.contract !== undefined ? [{ kind: 'contract', id: after.contract }] : undefined,
    data: { kind: after.kind, ...data },
    ...(moves
      ? {
          waiting: waitingOfOccasion(act.policy, after),
          timers: timersOfOccasion(act.policy, after, act.now),
        }
      : {}),
  })
}

export function tellOfOccasion(
  act: Act,
  occasion: Occasion,
  persons: readonly string[],
  what: string,
  params: Readonly<Record<string, string | number>> = {},
): void {
  notify(act, {
    persons,
    kind: `delivery.${what}`,
    of: occasionRef(occasion),
    params: { occasion: `「${occasion.title}」`, ...params },
  })
}
