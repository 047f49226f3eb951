// Evaluation: visits on the spot: what makes one a record, with findings or without. Pure.
import type { Reach } from '../../../kit/actor.ts'
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { type Instant, isAfter } from '../../../kit/instant.ts'
import { allow, type FieldFault, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import type { InspectionResult } from '../contract/inspections.ts'

/** A visit. It is put on record once and stays as it is; what it found goes its own way. */
export type Inspection = {
  readonly id: Id<'inspection'>
  readonly division: DivisionCode
  readonly contract: string
  readonly project: string
  readonly organization: string
  /** Of the contract. */
  readonly number: string
  readonly title: string
  readonly visitedAt: Instant
  readonly announced: boolean
  readonly place: string
  readonly looked: string
  readonly words: string
  /** How many it made. */
  readonly findings: number
  readonly inspector: string
  readonly createdAt: Instant
}

export const resultOf = ({ findings }: Pick<Inspection, 'findings'>): InspectionResult =>
  findings === 0 ? 'nothing-found' : 'found'

/** Those of its place, the undertaker, who made it, and the evaluators of its contract: to them it is evidence. */
export function reachOfInspection(
  inspection: Pick<Inspection, 'division' | 'organization' | 'inspector'> & { readonly evaluators: readonly string[] },
): Reach {
  const { division, organization, inspector, evaluators } = inspection
  return { division, organizations: [organization], persons: [inspector, ...evaluators] }
}

/** Only what runs is visited; the visit lies behind; what is said of it agrees with the findings that are put down. All faults at once. */
export function recordInspection(
  contract: { readonly state: string },
  now: Instant,
  given: { readonly visitedAt: Instant; readonly result: InspectionResult; readonly findings: readonly unknown[] },
): Ruling<void> {
  if (contract.state !== 'active') return refuse('contract-not-active', { state: contract.state })
  const faults: FieldFault[] = []
  if (isAfter(given.visitedAt, now)) faults.push({ path: 'body.visitedAt', code: 'visit-in-future' })
  if (given.result === 'found' && given.findings.length === 0)
    faults.push({ path: 'body.findings', code: 'findings-missing' })
  if (given.result === 'nothing-found' && given.findings.length > 0)
    faults.push({ path: 'body.result', code: 'findings-contradict', params: { count: given.findings.length } })
  return faults.length > 0 ? invalid(faults) : allow(undefined)
}
