// Needs: the SQL of single needs.
import { asDivision, type DivisionCode, type Id, joinId, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import type { NeedRoute, NeedState } from './contract.ts'
import type { CategoryCode } from './contract/taxonomy.ts'
import type { Need, NeedTexts } from './rules.ts'

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

const columns = [
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

const bornWith: readonly string[] = [
  'jurisdiction',
  'id',
  'resident',
  'resident_masked',
  'resident_verified',
  'submitted_by',
  'source',
  'created_at',
  'supports',
  'verified_supports',
]
const changing = columns.filter((column) => !bornWith.includes(column))

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

const place = (uuid: string) => ({ table: 'needs.need', column: 'texts', row: uuid })

/** The texts of a row, opened where they are sealed; undefined when the resident's key was destroyed. */
export async function textsOf(
  tx: Tx,
  cipher: Cipher,
  row: Pick<NeedRow, 'id' | 'resident' | 'texts' | 'texts_sealed'>,
): Promise<NeedTexts | undefined> {
  if (row.texts_sealed === null) return row.texts ?? undefined
  const text = await cipher.open(tx, row.resident, place(row.id), row.texts_sealed)
  return text === undefined ? undefined : (JSON.parse(text) as NeedTexts)
}

const selectNeed = `SELECT ${needColumns} FROM needs.need n WHERE n.jurisdiction = $1 AND n.id = $2`

export async function findNeedForUpdate(tx: Tx, cipher: Cipher, id: string): Promise<Need | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<NeedRow>(tx, `${selectNeed} FOR UPDATE`, [jurisdiction, uuid])
  return row === undefined ? undefined : needOf(row, await textsOf(tx, cipher, row))
}

const selectSeenNeed = `
SELECT ${needColumns}, $3::text IS NOT NULL AND EXISTS (
  SELECT 1 FROM needs.support s WHERE s.jurisdiction = n.jurisdiction AND s.need = n.id AND s.person = $3) AS supported
FROM needs.need n WHERE n.jurisdiction = $1 AND n.id = $2`

/** A need and whether `person` supports it, in one statement. The caller opens the texts when the reader may read them. */
export async function findSeenNeed(
  tx: Tx,
  id: string,
  person: string | undefined,
): Promise<(NeedRow & { supported: boolean }) | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  return rowOf(tx, selectSeenNeed, [jurisdiction, uuid, person ?? null])
}

/** Locks several needs in the order of their ids, so that two acts over the same needs wait and never block each other. */
export async function listNeedsForUpdate(tx: Tx, cipher: Cipher, ids: readonly string[]): Promise<Need[]> {
  const rows = await rowsOf<NeedRow>(
    tx,
    `SELECT ${needColumns} FROM needs.need n WHERE n.jurisdiction = ANY($1) AND n.id = ANY($2) ORDER BY n.id FOR UPDATE`,
    keysOf(ids),
  )
  return Promise.all(rows.map(async (row) => needOf(row, await textsOf(tx, cipher, row))))
}

/** Every need of the clusters in which the given needs are, locked in the order of their ids. */
export async function listClusterForUpdate(tx: Tx, cipher: Cipher, ids: readonly string[]): Promise<Need[]> {
  const rows = await rowsOf<NeedRow>(
    tx,
    `SELECT ${needColumns} FROM needs.need n WHERE n.jurisdiction = ANY($1) AND n.root IN (
       SELECT m.root FROM needs.need m WHERE m.jurisdiction = ANY($1) AND m.id = ANY($2)) ORDER BY n.id FOR UPDATE`,
    keysOf(ids),
  )
  return Promise.all(rows.map(async (row) => needOf(row, await textsOf(tx, cipher, row))))
}

/** Rows for cards; texts of private needs stay sealed. */
export async function listNeedRows(tx: Tx, ids: readonly string[]): Promise<NeedRow[]> {
  if (ids.length === 0) return []
  return rowsOf(
    tx,
    `SELECT ${needColumns} FROM needs.need n WHERE n.jurisdiction = ANY($1) AND n.id = ANY($2)`,
    keysOf(ids),
  )
}

/** Ids as jurisdictions and uuids, for conditions over several. */
export function keysOf(ids: readonly string[]): [string[], string[]] {
  const keys = ids.map(splitId)
  return [[...new Set(keys.map((key) => key.jurisdiction as string))], keys.map((key) => key.uuid)]
}

async function valuesOf(
  tx: Tx,
  cipher: Cipher,
  need: Need,
  reseal: boolean,
): Promise<Record<(typeof columns)[number], unknown>> {
  const { jurisdiction, uuid } = splitId(need.id)
  const isPrivate = need.visibility === 'private'
  const sealed =
    isPrivate && reseal && need.texts !== undefined
      ? await cipher.seal(tx, need.resident, place(uuid), JSON.stringify(need.texts))
      : null
  return {
    jurisdiction,
    id: uuid,
    division: need.division,
    grid: need.grid ?? null,
    state: need.state,
    version: need.version,
    number_year: need.number?.year ?? null,
    number_value: need.number?.value ?? null,
    resident: need.resident,
    resident_masked: need.residentMasked,
    resident_verified: need.residentVerified,
    submitted_by: need.submittedBy ?? null,
    visibility: need.visibility,
    category: need.category,
    for_whom: need.forWhom,
    urgency: need.urgency,
    source: need.source,
    texts: isPrivate || need.texts === undefined ? null : JSON.stringify(need.texts),
    texts_sealed: sealed,
    files: JSON.stringify(need.files),
    supports: need.supports,
    verified_supports: need.verifiedSupports,
    holder: need.holder?.id ?? null,
    holder_name: need.holder?.name ?? null,
    route: need.route ?? null,
    route_hint: need.routeHint ?? null,
    route_by_kind: need.routeBy?.kind ?? null,
    route_by_id: need.routeBy?.id ?? null,
    department: need.department ?? null,
    created_at: need.createdAt,
    submitted_at: need.submittedAt ?? null,
    due_at: need.dueAt ?? null,
    paused_at: need.pausedAt ?? null,
    responded_at: need.respondedAt ?? null,
    decline_reason: need.declineReason ?? null,
    declined_by: need.declinedBy ?? null,
    appeal_until: need.appealUntil ?? null,
    appealed_at: need.appealedAt ?? null,
    merged_into: need.mergedInto === undefined ? null : splitId(need.mergedInto).uuid,
    root: splitId(need.root).uuid,
    end_reason: need.endReason ?? null,
    answered_at: need.answeredAt ?? null,
    answered_by: need.answeredBy ?? null,
    verdict: need.verdict ?? null,
    rating: need.rating ?? null,
    verdict_verified: need.verdictVerified,
    verdict_until: need.verdictUntil ?? null,
    reopened_at: need.reopenedAt ?? null,
    raised: need.raised,
    escalated: need.escalated,
    history: JSON.stringify(need.history),
  }
}

const insertText = `
INSERT INTO needs.need (${columns.join(', ')}, updated_at, search)
VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}, $${columns.length + 1}, to_tsvector('simple', $${columns.length + 2}::text))`

/** `search`: the words by which an open need is found; undefined for private ones and drafts. */
export async function insertNeed(
  tx: Tx,
  cipher: Cipher,
  need: Need,
  now: Instant,
  search: string | undefined,
): Promise<void> {
  const values = await valuesOf(tx, cipher, need, true)
  await rowOf(tx, insertText, [...columns.map((column) => values[column]), now, search ?? null])
}

// A private need's texts are sealed anew only when they changed; supports have statements of their own.
const saveText = `
UPDATE needs.need SET ${changing
  .map((column, index) =>
    column === 'texts_sealed'
      ? `texts_sealed = CASE WHEN $${changing.indexOf('visibility') + 3} = 'private' THEN coalesce($${index + 3}, texts_sealed) END`
      : `${column} = $${index + 3}`,
  )
  .join(', ')}, updated_at = $${changing.length + 3},
  search = CASE WHEN $${changing.indexOf('visibility') + 3} = 'private' THEN NULL
    WHEN $${changing.length + 4}::text IS NULL THEN search ELSE to_tsvector('simple', $${changing.length + 4}::text) END
WHERE jurisdiction = $1 AND id = $2`

/** Saves a locked need. `before`: what was read, so that unchanged sealed texts stay as they are. */
export async function saveNeed(
  tx: Tx,
  cipher: Cipher,
  need: Need,
  before: Need,
  now: Instant,
  search?: string,
): Promise<void> {
  const values = await valuesOf(tx, cipher, need, need.texts !== before.texts || need.visibility !== before.visibility)
  await rowOf(tx, saveText, [
    values.jurisdiction,
    values.id,
    ...changing.map((column) => values[column]),
    now,
    search ?? null,
  ])
}

/** Drafts that a resident keeps. */
export async function listDraftIds(tx: Tx, resident: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    "SELECT id FROM needs.need WHERE resident = $1 AND state = 'draft' LIMIT 20",
    [resident],
  )
  return rows.map((row) => row.id)
}

/** The division as the range of its prefix: at or above the first, below the second. */
export function prefixRange(division: DivisionCode): [string, string] {
  const last = division.charCodeAt(division.length - 1)
  return [division, `${division.slice(0, -1)}${String.fromCharCode(last + 1)}`]
}
