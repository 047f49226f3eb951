// Needs: a row of needs.need and the record that it is.
import { asDivision, type Id, joinId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import type { NeedRoute, NeedState } from '../contract.ts'
import type { CategoryCode } from '../contract/taxonomy.ts'
import type { Need, NeedTexts } from '../rules.ts'

/** A row of needs.need as the driver gives it. */
export type NeedRow = {
  jurisdiction: string
  id: string
  division: string
  grid: string | null
  state: NeedState
  version: number
  number_year: number | null
  number_value: bigint | null
  resident: string
  resident_masked: string
  resident_verified: boolean
  submitted_by: string | null
  visibility: Need['visibility']
  category: CategoryCode
  for_whom: Need['forWhom']
  urgency: Need['urgency']
  source: Need['source']
  texts: NeedTexts | null
  texts_sealed: Buffer | null
  files: Need['files']
  supports: number
  verified_supports: number
  holder: string | null
  holder_name: string | null
  route: NeedRoute | null
  route_hint: NeedRoute | null
  route_by_kind: string | null
  route_by_id: string | null
  department: string | null
  first_raised: string | null
  created_at: Instant
  submitted_at: Instant | null
  due_at: Instant | null
  paused_at: Instant | null
  responded_at: Instant | null
  decline_reason: Need['declineReason'] | null
  declined_by: string | null
  appeal_until: Instant | null
  appealed_at: Instant | null
  merged_into: string | null
  root: string
  end_reason: string | null
  answered_at: Instant | null
  answered_by: string | null
  verdict: Need['verdict'] | null
  rating: number | null
  verdict_verified: boolean
  verdict_until: Instant | null
  reopened_at: Instant | null
  raised: boolean
  escalated: boolean
  history: Need['history']
}

/** The columns of a need but for the words for search. */
export const columns = [
  'jurisdiction',
  'id',
  'division',
  'grid',
  'state',
  'version',
  'number_year',
  'number_value',
  'resident',
  'resident_masked',
  'resident_verified',
  'submitted_by',
  'visibility',
  'category',
  'for_whom',
  'urgency',
  'source',
  'texts',
  'texts_sealed',
  'files',
  'supports',
  'verified_supports',
  'holder',
  'holder_name',
  'route',
  'route_hint',
  'route_by_kind',
  'route_by_id',
  'department',
  'first_raised',
  'created_at',
  'submitted_at',
  'due_at',
  'paused_at',
  'responded_at',
  'decline_reason',
  'declined_by',
  'appeal_until',
  'appealed_at',
  'merged_into',
  'root',
  'end_reason',
  'answered_at',
  'answered_by',
  'verdict',
  'rating',
  'verdict_verified',
  'verdict_until',
  'reopened_at',
  'raised',
  'escalated',
  'history',
] as const

/** The columns of a need in a SELECT, without the words for search. */
export const needColumns = columns.map((column) => `n.${column}`).join(', ')

const some = <T>(value: T | null): T | undefined => value ?? undefined

/** The record of a row, its texts still as they lie there. */
export function needOf(row: NeedRow, texts: NeedTexts | undefined): Need {
  return {
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    grid: row.grid === null ? undefined : asDivision(row.grid),
    state: row.state,
    version: row.version,
    number:
      row.number_year === null || row.number_value === null
        ? undefined
        : { year: row.number_year, value: Number(row.number_value) },
    resident: row.resident as Id<'person'>,
    residentMasked: row.resident_masked,
    residentVerified: row.resident_verified,
    submittedBy: some(row.submitted_by) as Id<'person'> | undefined,
    visibility: row.visibility,
    category: row.category,
    forWhom: row.for_whom,
    urgency: row.urgency,
    source: row.source,
    texts,
    files: row.files,
    supports: row.supports,
    verifiedSupports: row.verified_supports,
    holder: row.holder === null ? undefined : { id: row.holder as Id<'person'>, name: row.holder_name ?? '' },
    route: some(row.route),
    routeHint: some(row.route_hint),
    routeBy:
      row.route_by_kind === null || row.route_by_id === null
        ? undefined
        : { kind: row.route_by_kind, id: row.route_by_id },
    department: some(row.department),
    firstRaised: row.first_raised === null ? undefined : plainDateOf(row.first_raised),
    createdAt: row.created_at,
    submittedAt: some(row.submitted_at),
    dueAt: some(row.due_at),
    pausedAt: some(row.paused_at),
    respondedAt: some(row.responded_at),
    declineReason: some(row.decline_reason),
    declinedBy: some(row.declined_by) as Id<'person'> | undefined,
    appealUntil: some(row.appeal_until),
    appealedAt: some(row.appealed_at),
    mergedInto: row.merged_into === null ? undefined : joinId(row.jurisdiction, row.merged_into),
    root: joinId(row.jurisdiction, row.root),
    endReason: some(row.end_reason),
    answeredAt: some(row.answered_at),
    answeredBy: some(row.answered_by) as Id<'person'> | undefined,
    verdict: some(row.verdict),
    rating: some(row.rating),
    verdictVerified: row.verdict_verified,
    verdictUntil: some(row.verdict_until),
    reopenedAt: some(row.reopened_at),
    raised: row.raised,
    escalated: row.escalated,
    history: row.history,
  }
}
