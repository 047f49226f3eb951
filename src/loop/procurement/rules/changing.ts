// Procurement: terms that change while a tender is published, and what that means for bids already handed in. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { type Instant, isAfter, max } from '../../../kit/instant.ts'
import type { PlainDate } from '../../../kit/plain-date.ts'
import { allow, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt, endOfDay } from '../../../kit/working-days.ts'
import { type ChangedPart, mostChanges } from '../contract/matters.ts'
import type { EnvelopeState } from '../contract/sealing.ts'
import { moved, type PolicyTerms, run, standing, type Tender } from '../rules.ts'
import { checkTerms } from './bidding.ts'
import { runsOn } from './objecting.ts'
import type { Evidence } from './objecting.ts'

/** Terms as they stood from `at` on; the first ones at publication. Never changed afterwards. */
export type TermsVersion = {
  readonly number: number
  readonly at: Instant
  readonly by: string
  readonly reason?: string
  readonly changed: readonly ChangedPart[]
  readonly binding: boolean
  readonly terms: Pick<Tender, 'description' | 'criteria' | 'requirements'> & { readonly files: readonly Evidence[] }
  readonly deadline: Instant
}

export type Change = Partial<Pick<Tender, 'description' | 'criteria' | 'requirements'>> & {
  readonly lastDay?: PlainDate
  readonly files: readonly string[]
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** What the change changes, in the order of the list. */
export function partsChanged(tender: Tender, change: Change): ChangedPart[] {
  const { description = tender.description, criteria = tender.criteria, requirements = tender.requirements } = change
  const parts: ChangedPart[] = []
  if (description !== tender.description) parts.push('description')
  const plain = (all: Tender['criteria']) => all.map(({ name, kind, weight, note }) => [name, kind, weight, note ?? ''])
  if (!same(plain(criteria), plain(tender.criteria))) parts.push('criteria')
  const asked = (each: Tender['requirements']) => [each.minimumRating ?? '', each.certificates]
  if (!same(asked(requirements), asked(tender.requirements))) parts.push('requirements')
  if (change.files.length > 0) parts.push('files')
  return parts
}

/**
 * The terms as changed. At least the working days of `changeDays` remain from now; the deadline never comes earlier. Whatever is not only the
 * deadline is what bids answer to: bids handed in before must be replaced or confirmed. An upheld objection that asked for it is met.
 */
export function changeTerms(
  tender: Tender,
  actor: Actor,
  now: Instant,
  change: Change,
  policy: PolicyTerms,
): Ruling<{ readonly tender: Tender; readonly changed: ChangedPart[]; readonly binding: boolean }> {
  const state = standing(tender, 'changeTerms', actor, now)
  if (!state.ok) return state
  const { deadline, terms } = tender
  if (deadline === undefined || terms === undefined) throw new Error('a published tender has a deadline')
  const { description = tender.description, criteria = tender.criteria, requirements = tender.requirements } = change
  const fault = checkTerms({ criteria, procedure: tender.procedure }, policy)
  if (fault !== undefined) return fault
  const asked = change.lastDay === undefined ? undefined : endOfDay(change.lastDay)
  if (asked !== undefined && !isAfter(asked, deadline))
    return invalid([{ path: 'body.lastDay', code: 'deadline-only-later' }])
  const parts = partsChanged(tender, change)
  if (parts.length === 0 && asked === undefined) return refuse('nothing-changed')
  if (tender.termsNumber > mostChanges) return refuse('too-many-changes', { most: mostChanges })
  const pending = tender.pending.filter((each) => each.verb !== 'changeTerms')
  const clock = runsOn(tender, now, pending, policy.calendar)
  const next = max(clock.deadline ?? deadline, dueAt(now, terms.changeDays, policy.calendar).at, asked ?? deadline)
  const binding = parts.length > 0
  const number = tender.termsNumber + 1
  return allow({
    changed: next === deadline ? parts : [...parts, 'deadline'],
    binding,
    tender: moved(tender, state.value, now, {
      ...run(tender, actor),
      ...clock,
      description,
      criteria,
      requirements,
      deadline: next,
      termsNumber: number,
      ...(binding ? { bindingNumber: number, bindingAt: now } : {}),
    }),
  })
}

/** Whether a bid made under this version of the terms lapses at the deadline. */
export function isOutdated(tender: Pick<Tender, 'bindingNumber'>, terms: number): boolean {
  return terms < tender.bindingNumber
}

/** Answered to terms that stand: not to older ones, nor to ones that do not exist. */
export function answersTo(tender: Pick<Tender, 'bindingNumber' | 'termsNumber'>, terms: number): boolean {
  return terms <= tender.termsNumber && !isOutdated(tender, terms)
}

/** A bidder upholds its bid as it lies there, knowing the terms of today. */
export function confirmBid(
  tender: Tender,
  actor: Actor,
  now: Instant,
  terms: number,
  held: { readonly state: EnvelopeState; readonly terms: number } | undefined,
): Ruling<true> {
  if (tender.sealing === undefined) return refuse('not-sealed')
  const state = standing(tender, 'confirmBid', actor, now)
  if (!state.ok) return state
  if (held?.state !== 'held') return refuse('no-bid-held')
  if (!isOutdated(tender, held.terms)) return refuse('bid-stands')
  return terms === tender.termsNumber ? allow(true) : refuse('terms-changed')
}
