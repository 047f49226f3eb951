// Deliberation: the SQL of motions, supports, statements and opinions.
import { asDivision, type DivisionCode, type Id, joinId, jurisdictionOf, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import { recordReader } from '../../platform/records.ts'
import { type Statement, together } from '../../platform/together.ts'
import { recordFinder } from '../../platform/search/record-finder.ts'
import type { MotionState } from './contract.ts'
import type { Motion } from './rules.ts'

type MotionRow = {
  jurisdiction: string
  id: string
  division: string
  state: MotionState
  version: number
  number_year: number
  number_value: bigint
  title: string
  body: string
  origin: Motion['origin']
  proposer: string
  organization: string | null
  needs: readonly string[]
  supports: number
  verified_supports: number
  admit_at: number
  meeting: Motion['meeting'] | null
  past_meetings: Motion['pastMeetings']
  vote: Motion['vote'] | null
  result: Motion['result'] | null
  decided_at: Instant | null
  notice_until: Instant | null
  objections: Motion['objections']
  declined: string | null
  report: string | null
  files: Motion['files']
  history: Motion['history']
  created_at: Instant
}

const columns = [
  'jurisdiction',
  'id',
  'division',
  'state',
  'version',
  'number_year',
  'number_value',
  'title',
  'body',
  'origin',
  'proposer',
  'organization',
  'needs',
  'supports',
  'verified_supports',
  'admit_at',
  'meeting',
  'past_meetings',
  'vote',
  'result',
  'decided_at',
  'notice_until',
  'objections',
  'declined',
  'report',
  'files',
  'history',
  'created_at',
] as const
const selected = columns.map((column) => `m.${column}`).join(', ')
const changing = [
  'state',
  'version',
  'meeting',
  'past_meetings',
  'vote',
  'result',
  'decided_at',
  'notice_until',
  'objections',
  'declined',
  'report',
  'files',
  'history',
] as const

const some = <T>(value: T | null): T | undefined => value ?? undefined

function motionOf(row: MotionRow): Motion {
  return {
    id: joinId(row.jurisdiction, row.id),
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    title: row.title,
    text: row.body,
    origin: row.origin,
    proposer: row.proposer as Id<'person'>,
    organization: some(row.organization),
    needs: row.needs,
    supports: row.supports,
    verifiedSupports: row.verified_supports,
    admitAt: row.admit_at,
    createdAt: row.created_at,
    meeting: some(row.meeting),
    pastMeetings: row.past_meetings,
    vote: some(row.vote),
    result: some(row.result),
    decidedAt: some(row.decided_at),
    noticeUntil: some(row.notice_until),
    objections: row.objections,
    declined: some(row.declined),
    report: some(row.report),
    files: row.files,
    history: row.history,
  }
}

function valuesOf(motion: Motion): Record<(typeof columns)[number], unknown> {
  const { jurisdiction, uuid } = splitId(motion.id)
  return {
    jurisdiction,
    id: uuid,
    division: motion.division,
    state: motion.state,
    version: motion.version,
    number_year: motion.number.year,
    number_value: motion.number.value,
    title: motion.title,
    body: motion.text,
    origin: motion.origin,
    proposer: motion.proposer,
    organization: motion.organization ?? null,
    needs: JSON.stringify(motion.needs),
    supports: motion.supports,
    verified_supports: motion.verifiedSupports,
    admit_at: motion.admitAt,
    meeting: motion.meeting === undefined ? null : JSON.stringify(motion.meeting),
    past_meetings: JSON.stringify(motion.pastMeetings),
    vote: motion.vote === undefined ? null : JSON.stringify(motion.vote),
    result: motion.result ?? null,
    decided_at: motion.decidedAt ?? null,
    notice_until: motion.noticeUntil ?? null,
    objections: JSON.stringify(motion.objections),
    declined: motion.declined ?? null,
    report: motion.report ?? null,
    files: JSON.stringify(motion.files),
    history: JSON.stringify(motion.history),
    created_at: motion.createdAt,
  }
}

/** One, one to be changed, many. */
export const {
  find: findMotion,
  findForUpdate: findMotionForUpdate,
  list: listMotionsByIds,
} = recordReader<MotionRow, Motion>(selected, 'deliberation.motion m', motionOf)

/** A motion and whether `person` supports it. */
export async function findSeenMotion(
  tx: Tx,
  id: string,
  person: string | undefined,
): Promise<{ motion: Motion; supported: boolean } | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<MotionRow & { supported: boolean }>(
    tx,
    `SELECT ${selected}, $3::text IS NOT NULL AND EXISTS (SELECT 1 FROM deliberation.support s
       WHERE s.jurisdiction = m.jurisdiction AND s.motion = m.id AND s.person = $3) AS supported
     FROM deliberation.motion m WHERE m.jurisdiction = $1 AND m.id = $2`,
    [jurisdiction, uuid, person ?? null],
  )
  return row === undefined ? undefined : { motion: motionOf(row), supported: row.supported }
}

const given = columns.filter((column) => column !== 'number_value')
const insertText = `
INSERT INTO deliberation.motion (${given.join(', ')}, updated_at, search, number_value)
VALUES (${given.map((_, index) => `$${index + 1}`).join(', ')}, $${given.length + 1}, to_tsvector('simple', $${given.length + 2}::text),
  (SELECT value FROM number))
RETURNING number_value AS value`

/** Inserts a motion in one statement with the taking of its number, named `number`. Answers the number. */
export async function insertMotion(tx: Tx, motion: Motion, search: string, number: Statement): Promise<number> {
  const values = valuesOf(motion)
  const [row] = await together<{ value: bigint }>(tx, [
    number,
    { text: insertText, values: [...given.map((column) => values[column]), motion.createdAt, search] },
  ])
  return Number(row?.value)
}

/** Saves a locked motion; supports have a statement of their own. */
export async function saveMotion(tx: Tx, motion: Motion, now: Instant): Promise<void> {
  const values = valuesOf(motion)
  await rowOf(
    tx,
    `UPDATE deliberation.motion SET ${changing.map((column, index) => `${column} = $${index + 3}`).join(', ')}, updated_at = $${changing.length + 3}
     WHERE jurisdiction = $1 AND id = $2`,
    [values.jurisdiction, values.id, ...changing.map((column) => values[column]), now],
  )
}

/** Adds a support to a locked motion; undefined when the person supports it already. */
export async function insertSupport(
  tx: Tx,
  motion: Motion,
  person: string,
  verified: boolean,
  now: Instant,
): Promise<{ supports: number; verifiedSupports: number } | undefined> {
  const { jurisdiction, uuid } = splitId(motion.id)
  const row = await rowOf<{ supports: number; verified_supports: number }>(
    tx,
    `WITH given AS (
       INSERT INTO deliberation.support (jurisdiction, motion, person, verified, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING verified)
     UPDATE deliberation.motion m SET supports = m.supports + 1, verified_supports = m.verified_supports + g.verified::int, updated_at = $5
     FROM given g WHERE m.jurisdiction = $1 AND m.id = $2 RETURNING m.supports, m.verified_supports`,
    [jurisdiction, uuid, person, verified, now],
  )
  return row === undefined ? undefined : { supports: row.supports, verifiedSupports: row.verified_supports }
}

export type MotionFilter = {
  readonly division: DivisionCode
  readonly state?: string
  readonly query?: string
  readonly size: number
  readonly cursor?: string
}

/** Motions of a place (a prefix), newest first, one more than asked. */
export async function listMotionsOf(tx: Tx, filter: MotionFilter): Promise<{ rows: Motion[]; next?: string }> {
  const last = filter.division.charCodeAt(filter.division.length - 1)
  const upper = `${filter.division.slice(0, -1)}${String.fromCharCode(last + 1)}`
  const after = filter.cursor !== undefined && /^[0-9a-f-]{36}$/.test(filter.cursor) ? filter.cursor : undefined
  const place =
    filter.division.length >= 12 ? 'm.division = $1 AND $2::text IS NOT NULL' : 'm.division >= $1 AND m.division < $2'
  const values: unknown[] =
    filter.division.length >= 12 ? [filter.division.slice(0, 12), upper] : [filter.division, upper]
  const conditions = [place]
  const add = (text: string, value: unknown) => {
    values.push(value)
    conditions.push(text.replace('?', `$${values.length}`))
  }
  if (filter.division.length >= 6 && filter.division.length < 12)
    add('m.jurisdiction = ?', jurisdictionOf(filter.division))
  if (filter.state !== undefined) add('m.state = ?', filter.state)
  if (filter.query !== undefined) add("m.search @@ to_tsquery('simple', ?)", filter.query)
  if (after !== undefined) add('m.id < ?::uuid', after)
  const rows = await rowsOf<MotionRow>(
    tx,
    `SELECT ${selected} FROM deliberation.motion m WHERE ${conditions.join(' AND ')} ORDER BY m.id DESC LIMIT $${values.length + 1}`,
    [...values, filter.size + 1],
  )
  const page = rows.slice(0, filter.size)
  return { rows: page.map(motionOf), next: rows.length > filter.size ? page[page.length - 1]?.id : undefined }
}

/** Motions are open from the first day: everybody finds them. */
export const listFoundMotions = recordFinder({ table: 'deliberation.motion', words: 'r.search', open: 'true' })
