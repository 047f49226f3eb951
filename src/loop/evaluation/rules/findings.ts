// Evaluation: findings of inspections: put on record, put right, verified on the spot. Pure.
import type { Judged, Reach } from '../../../kit/actor.ts'
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { type Instant, isAfter } from '../../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../../kit/lifecycle.ts'
import { allow, type Ruling } from '../../../kit/ruling.ts'
import { dueAt, type WorkingDayCalendar } from '../../../kit/working-days.ts'
import type { FindingKind, FindingState } from '../contract.ts'

export type Finding = {
  readonly id: Id<'finding'>
  readonly division: DivisionCode
  readonly state: FindingState
  readonly version: number
  readonly contract: string
  readonly project: string
  readonly organization: string
  /** Of the contract. */
  readonly number: string
  readonly title: string
  readonly kind: FindingKind
  readonly serious: boolean
  readonly words: string
  readonly foundBy: string
  /** The visit that made it. */
  readonly inspection?: string
  readonly rectifyUntil: Instant
  readonly rectification?: string
  readonly rectifiedAt?: Instant
  readonly remarks?: string
  readonly verifiedAt?: Instant
  readonly createdAt: Instant
  readonly history: readonly { readonly state: FindingState; readonly at: Instant }[]
}

export const findingLifecycle = {
  open: { rectifyFinding: 'rectified' },
  rectified: { verifyFinding: 'verified', reopenFinding: 'open' },
  verified: {},
} as const satisfies Lifecycle<FindingState, string>

type VerbsOf<T> = T extends unknown ? keyof T : never
export type FindingVerb = VerbsOf<(typeof findingLifecycle)[FindingState]> & string
const lifecycle: Lifecycle<FindingState, FindingVerb> = findingLifecycle

export function reachOfFinding(finding: Pick<Finding, 'division' | 'organization' | 'foundBy'>): Reach {
  return { division: finding.division, organizations: [finding.organization], persons: [finding.foundBy] }
}

export function judgedFinding(finding: Finding): Judged {
  return { reach: reachOfFinding(finding), version: finding.version, lineage: [{ kind: 'finding', id: finding.id }] }
}

export function findingStanding(finding: Finding, verb: FindingVerb): Ruling<FindingState> {
  return nextState(lifecycle, finding.state, verb)
}

function decide(finding: Finding, verb: FindingVerb, now: Instant, changes: Partial<Finding>): Ruling<Finding> {
  const state = findingStanding(finding, verb)
  if (!state.ok) return state
  return allow({
    ...finding,
    ...changes,
    state: state.value,
    version: finding.version + 1,
    history: [...finding.history, { state: state.value, at: now }],
  })
}

export function rectifyFinding(finding: Finding, now: Instant, words: string): Ruling<Finding> {
  return decide(finding, 'rectifyFinding', now, { rectification: words, rectifiedAt: now, remarks: undefined })
}

export function verifyFinding(finding: Finding, now: Instant): Ruling<Finding> {
  return decide(finding, 'verifyFinding', now, { verifiedAt: now })
}

/** Back to the undertaker, with its working days anew. */
export function reopenFinding(
  finding: Finding,
  now: Instant,
  words: string,
  terms: { rectifyDays: number; calendar: WorkingDayCalendar },
): Ruling<Finding> {
  return decide(finding, 'reopenFinding', now, {
    remarks: words,
    rectifiedAt: undefined,
    rectifyUntil: dueAt(now, terms.rectifyDays, terms.calendar).at,
  })
}

export function isFindingOverdue(finding: Finding, now: Instant): boolean {
  return finding.state === 'open' && isAfter(now, finding.rectifyUntil)
}

export const findingVerbPermissions = {
  rectifyFinding: 'evaluation.rectifyFinding',
  verifyFinding: 'evaluation.verifyFinding',
  reopenFinding: 'evaluation.verifyFinding',
} as const satisfies Record<FindingVerb, string>
