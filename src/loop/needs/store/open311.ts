// Needs: the SQL of Open311: what everybody may read of open needs, and the tokens that lead to them.
import { asDivision, type DivisionCode, joinId, jurisdictionOf, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { Point } from '../../../kit/point.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { NeedState } from '../contract.ts'
import { mostRequests } from '../contract/open311.ts'
import { prefixRange } from '../store.ts'

/** An open need as Open311 shows it: nothing of its resident, holder or talk is read at all. */
export type RequestRow = {
  readonly id: string
  readonly division: DivisionCode
  readonly state: NeedState
  readonly category: string
  readonly text: string | undefined
  readonly place: string | undefined
  readonly point: Point | undefined
  readonly answer: string | undefined
  readonly declineReason: string | undefined
  readonly submittedAt: Instant
  readonly updatedAt: Instant
  /** Left out while the resident's reply is awaited. */
  readonly dueAt: Instant | undefined
  readonly mergedInto: string | undefined
  readonly history: readonly { readonly state: NeedState; readonly at: Instant }[]
}

type Row = {
  jurisdiction: string
  id: string
  division: string
  state: NeedState
  category: string
  text: string | null
  place: string | null
  point: Point | null
  answer: string | null
  decline_reason: string | null
  submitted_at: Instant
  updated_at: Instant
  due_at: Instant | null
  merged_into: string | null
  history: RequestRow['history']
}

const columns = `n.jurisdiction, n.id, n.division, n.state, n.category, n.texts->>'text' AS text, n.texts->>'place' AS place,
  n.texts->'point' AS point, n.texts->>'answer' AS answer, n.decline_reason, n.submitted_at, n.updated_at,
  CASE WHEN n.paused_at IS NULL THEN n.due_at END AS due_at, n.merged_into, n.history`
// The very conditions of the index: private needs and drafts are not in it.
const open = "n.visibility = 'public' AND n.submitted_at IS NOT NULL"

function requestOf(row: Row): RequestRow {
  return {
    id: joinId<'need'>(row.jurisdiction, row.id),
    division: asDivision(row.division),
    state: row.state,
    category: row.category,
    text: row.text ?? undefined,
    place: row.place ?? undefined,
    point: row.point ?? undefined,
    answer: row.answer ?? undefined,
    declineReason: row.decline_reason ?? undefined,
    submittedAt: row.submitted_at,
    updatedAt: row.updated_at,
    dueAt: row.due_at ?? undefined,
    mergedInto: row.merged_into === null ? undefined : joinId<'need'>(row.jurisdiction, row.merged_into),
    history: row.history,
  }
}

export type RequestsOfTime = {
  readonly place: DivisionCode
  readonly from: Instant
  readonly to: Instant
  readonly states: readonly NeedState[]
  readonly categories?: readonly string[]
}

const ofTime = `
SELECT ${columns} FROM needs.need n
WHERE n.jurisdiction = $1 AND ${open} AND n.submitted_at >= $2 AND n.submitted_at <= $3 AND n.state = ANY($4)
  AND n.division >= $5 AND n.division < $6 AND ($7::text[] IS NULL OR n.category = ANY($7))
ORDER BY n.submitted_at DESC, n.id DESC LIMIT ${mostRequests}`

/** Open needs that were requested within a time, the newest first, at most a thousand. */
export async function listRequests(tx: Tx, asked: RequestsOfTime): Promise<RequestRow[]> {
  const rows = await rowsOf<Row>(tx, ofTime, [
    jurisdictionOf(asked.place),
    asked.from,
    asked.to,
    [...asked.states],
    ...prefixRange(asked.place),
    asked.categories === undefined ? null : [...asked.categories],
  ])
  return rows.map(requestOf)
}

const byIds = `
SELECT ${columns} FROM needs.need n
WHERE n.jurisdiction = $1 AND n.id = ANY($2) AND ${open} AND n.state = ANY($3) AND n.division >= $4 AND n.division < $5
ORDER BY n.submitted_at DESC, n.id DESC LIMIT ${mostRequests}`

/** Open needs of these ids in the place that was asked for; others are left out. */
export async function listRequestsById(
  tx: Tx,
  place: DivisionCode,
  ids: readonly string[],
  states: readonly NeedState[],
): Promise<RequestRow[]> {
  const jurisdiction = jurisdictionOf(place)
  const own = ids.map(splitId).filter((key) => key.jurisdiction === jurisdiction)
  if (own.length === 0) return []
  const rows = await rowsOf<Row>(tx, byIds, [
    jurisdiction,
    own.map((key) => key.uuid),
    [...states],
    ...prefixRange(place),
  ])
  return rows.map(requestOf)
}

/** The token that leads to a new need. */
export async function insertToken(tx: Tx, token: string, need: string, now: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(token)
  await rowOf(
    tx,
    'INSERT INTO needs.service_token (jurisdiction, token, need, created_at) VALUES ($1, $2, $3, $4) RETURNING token',
    [jurisdiction, uuid, splitId(need).uuid, now],
  )
}

/** The need that a token leads to. */
export async function findNeedOfToken(tx: Tx, token: string): Promise<string | undefined> {
  const { jurisdiction, uuid } = splitId(token)
  const row = await rowOf<{ need: string }>(
    tx,
    'SELECT need FROM needs.service_token WHERE jurisdiction = $1 AND token = $2',
    [jurisdiction, uuid],
  )
  return row === undefined ? undefined : joinId<'need'>(jurisdiction, row.need)
}
