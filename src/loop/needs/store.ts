// Needs: the SQL of single needs.
import { type DivisionCode, type Jurisdiction, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import type { PlainDate } from '../../kit/plain-date.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import type { Statement } from '../../platform/together.ts'
import type { Need, NeedTexts } from './rules.ts'
import { columns, needColumns, needOf, type NeedRow } from './store/rows.ts'

const bornWith: readonly string[] = [
  'jurisdiction',
  'id',
  'resident',
  'resident_masked',
  'resident_verified',
  'submitted_by',
  'source',
  'first_raised',
  'created_at',
  'supports',
  'verified_supports',
]
const changing = columns.filter((column) => !bornWith.includes(column))

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
  SELECT 1 FROM needs.support s WHERE s.jurisdiction = n.jurisdiction AND s.need = n.id AND s.person = $3) AS supported,
  (SELECT a.until FROM needs.absence a
   WHERE a.jurisdiction = n.jurisdiction AND a.person = n.holder AND a.since <= $4 AND a.until >= $4) AS holder_away_until
FROM needs.need n WHERE n.jurisdiction = $1 AND n.id = $2`

/** A need, whether `person` supports it and until when its holder is away on `day`, in one statement. The caller opens the texts when the reader may read them. */
export async function findSeenNeed(
  tx: Tx,
  id: string,
  person: string | undefined,
  day: PlainDate,
): Promise<(NeedRow & { supported: boolean; holder_away_until: string | null }) | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  return rowOf(tx, selectSeenNeed, [jurisdiction, uuid, person ?? null, day])
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

/** A need as the columns of its row; `reseal`: the texts of a private one are sealed. */
export async function valuesOf(
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
    first_raised: need.firstRaised ?? null,
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

// Texts are sealed anew only where they changed; the words for search belong to the texts and stay.
const saveAllText = `
UPDATE needs.need n SET ${changing
  .map((column) =>
    column === 'texts_sealed'
      ? "texts_sealed = CASE WHEN x.visibility = 'private' THEN coalesce(x.texts_sealed, n.texts_sealed) END"
      : `${column} = x.${column}`,
  )
  .join(', ')}, updated_at = $2
FROM jsonb_populate_recordset(NULL::needs.need, $3::jsonb) AS x
WHERE n.jurisdiction = $1 AND n.jurisdiction = x.jurisdiction AND n.id = x.id`

type ChangedNeed = { readonly after: Need; readonly before: Need }

/** How several locked needs whose visibility did not change are saved: one statement for each government, not one per need. */
export async function needsSaved(
  tx: Tx,
  cipher: Cipher,
  changed: readonly ChangedNeed[],
  now: Instant,
): Promise<{ readonly jurisdiction: Jurisdiction; readonly statement: Statement }[]> {
  const rows = await Promise.all(
    changed.map(async ({ after, before }) => {
      const values = await valuesOf(tx, cipher, after, after.texts !== before.texts)
      const parsed = { texts: after.visibility === 'private' ? null : (after.texts ?? null), files: after.files }
      const sealed = values.texts_sealed instanceof Buffer ? `\\x${values.texts_sealed.toString('hex')}` : null
      return { ...values, ...parsed, history: after.history, texts_sealed: sealed }
    }),
  )
  return [...Map.groupBy(rows, (row) => row.jurisdiction as Jurisdiction)].map(([jurisdiction, group]) => ({
    jurisdiction,
    statement: { text: saveAllText, values: [jurisdiction, now, JSON.stringify(group)] },
  }))
}

/** Saves them at once. */
export async function saveNeeds(tx: Tx, cipher: Cipher, changed: readonly ChangedNeed[], now: Instant): Promise<void> {
  for (const { statement } of await needsSaved(tx, cipher, changed, now))
    await rowOf(tx, statement.text, statement.values)
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
