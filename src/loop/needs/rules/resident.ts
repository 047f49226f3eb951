// Needs: the decisions of residents: what they write, withdrawing, appealing, replying, the verdict. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { findPersonalNumbers } from '../../../kit/chinese-ids.ts'
import { type DivisionCode, levelOf, within } from '../../../kit/id.ts'
import { addMilliseconds, type Instant, max } from '../../../kit/instant.ts'
import { today } from '../../../kit/plain-date.ts'
import type { Point } from '../../../kit/point.ts'
import { allow, type FieldFault, invalid, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import { dueAt, workingDaysBetween } from '../../../kit/working-days.ts'
import type { verdicts, visibilities } from '../contract.ts'
import { decide, type Need, type NeedTerms, withTexts } from '../rules.ts'
import { isPointOf, type PointArea } from './point.ts'

export type NeedContent = {
  readonly title?: string
  readonly text: string
  readonly division: DivisionCode
  readonly grid?: DivisionCode
  readonly place?: string
  readonly point?: Point
  readonly answers?: readonly { readonly answer: string }[]
  readonly visibility: (typeof visibilities)[number]
}

/**
 * Faults of what was written: the place must be a community (and the grid inside it), a point must lie in its county (`area`); an open text
 * carries no phone or identity number, since everybody reads it.
 */
export function checkContent(content: NeedContent, area: PointArea | undefined): Refusal<'invalid-input'> | undefined {
  const faults: FieldFault[] = []
  if (levelOf(content.division) !== 'community') faults.push({ path: 'body.division', code: 'not-a-community' })
  if (content.grid !== undefined && (levelOf(content.grid) !== 'grid' || !within(content.grid, content.division))) {
    faults.push({ path: 'body.grid', code: 'grid-elsewhere' })
  }
  if (content.point !== undefined && area !== undefined && !isPointOf(area, content.point)) {
    faults.push({ path: 'body.point', code: 'point-elsewhere', params: { place: area.name } })
  }
  if (content.visibility === 'public') {
    for (const [field, text] of [
      ['title', content.title],
      ['text', content.text],
      ['place', content.place],
      ...(content.answers ?? []).map(({ answer }, at) => [`answers.${at}.answer`, answer] as const),
    ] as const) {
      const found = text === undefined ? undefined : findPersonalNumbers(text)[0]
      if (found !== undefined)
        faults.push({ path: `body.${field}`, code: found.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' })
    }
  }
  return faults.length === 0 ? undefined : invalid(faults)
}

/** The title as given, else the first clause of the text, at most 24 characters. */
export function titleOf(content: { readonly title?: string; readonly text: string }): string {
  if (content.title !== undefined) return content.title
  const clause = content.text.split(/[。!?;\n\uff01\uff1f\uff1b]/)[0]?.trim() ?? ''
  const short = clause.length <= 24 ? clause : (clause.slice(0, 24).split(/[,、\uff0c](?=[^,、\uff0c]*$)/)[0] ?? '')
  return short.length >= 4 ? short : clause.slice(0, 24) || content.text.slice(0, 24)
}

/** A draft, or a new need, becomes submitted: the clock of the first response starts. */
export function submitDraft(need: Need, actor: Actor, now: Instant, terms: NeedTerms): Ruling<Need> {
  return decide(need, 'submitDraft', actor, now, () => ({
    submittedAt: now,
    dueAt: dueAt(now, terms.respondDays, terms.calendar).at,
  }))
}

export function withdrawNeed(need: Need, actor: Actor, now: Instant): Ruling<Need> {
  return decide(need, 'withdrawNeed', actor, now, () => ({ pausedAt: undefined, dueAt: undefined }))
}

/** Once only; the response clock starts anew. */
export function appealNeed(
  need: Need,
  actor: Actor,
  now: Instant,
  body: { words: string },
  terms: NeedTerms,
): Ruling<Need> {
  return decide(need, 'appealNeed', actor, now, () => ({
    ...withTexts(need, { appeal: body.words }),
    appealedAt: now,
    holder: undefined,
    escalated: false,
    dueAt: dueAt(now, terms.respondDays, terms.calendar).at,
  }))
}

/** The clock runs on with the working days that were left when it stopped, at least one. */
export function replyToQuestion(
  need: Need,
  actor: Actor,
  now: Instant,
  body: { words: string },
  terms: NeedTerms,
): Ruling<Need> {
  return decide(need, 'replyToQuestion', actor, now, () => ({
    ...withTexts(need, { talk: [...(need.texts?.talk ?? []), { by: 'resident', at: now, words: body.words }] }),
    pausedAt: undefined,
    dueAt: resumed(need, now, terms),
  }))
}

/** The due after a pause. Never earlier than it was. */
export function resumed(need: Need, now: Instant, terms: NeedTerms): Instant | undefined {
  if (need.dueAt === undefined || need.pausedAt === undefined) return need.dueAt
  const left = Math.max(
    1,
    workingDaysBetween(today(need.pausedAt), today(addMilliseconds(need.dueAt, -1)), terms.calendar).days,
  )
  return max(need.dueAt, dueAt(now, left, terms.calendar).at)
}

export type VerdictBody = {
  readonly verdict: (typeof verdicts)[number]
  readonly rating: number
  readonly words?: string
}

/** The resident's word closes the need; the first "not met" reopens it once and raises it to the township. */
export function giveVerdict(
  need: Need,
  actor: Actor,
  now: Instant,
  body: VerdictBody,
  terms: NeedTerms,
): Ruling<{ readonly need: Need; readonly verb: 'giveVerdict' | 'reopenNeed' }> {
  const fault =
    need.visibility === 'public' && body.words !== undefined ? findPersonalNumbers(body.words)[0] : undefined
  if (fault !== undefined)
    return invalid([{ path: 'body.words', code: fault.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' }])
  const verb = body.verdict === 'not-met' && need.reopenedAt === undefined ? 'reopenNeed' : 'giveVerdict'
  const ruling = decide(need, verb, actor, now, () => ({
    ...withTexts(need, { verdict: body.words }),
    verdict: body.verdict,
    rating: body.rating,
    verdictVerified: actor.kind === 'person' && actor.verified,
    verdictUntil: undefined,
    ...(verb === 'reopenNeed'
      ? { reopenedAt: now, raised: true, escalated: false, dueAt: dueAt(now, terms.resolveDays, terms.calendar).at }
      : { dueAt: undefined }),
  }))
  return ruling.ok ? allow({ need: ruling.value, verb }) : ruling
}

/** A supporter counts towards thresholds when verified and living in the community of the need. */
export function countsAsVerified(need: Need, actor: Actor): boolean {
  return (
    actor.kind === 'person' && actor.verified && actor.residence !== undefined && within(actor.residence, need.division)
  )
}
