// All SQL of the inbox: notices, the unread count, kinds opted out of.
import type { RecordRef } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'

export type FreshNotice = {
  readonly id: string
  readonly person: string
  readonly kind: string
  readonly of: RecordRef
  readonly params: Readonly<Record<string, string | number>>
}

export type NoticeRow = {
  id: string
  kind: string
  record_kind: string
  record_id: string
  params: Record<string, string | number>
  at: Instant
  read_at: Instant | null
}

// Ordered by person, so that two acts that tell the same people wait for each other instead of locking each other out.
const insertSql = `
WITH told AS (
  SELECT x.* FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, person text, kind text, record_kind text, record_id text, params jsonb)
  WHERE NOT EXISTS (SELECT 1 FROM notices.preference p WHERE p.jurisdiction = left(x.person, 6) AND p.person = x.person AND p.kind = x.kind AND p.muted)
), n AS (
  INSERT INTO notices.notice (jurisdiction, id, person, kind, record_kind, record_id, params, at)
  SELECT left(person, 6), id, person, kind, record_kind, record_id, params, $2 FROM told
), u AS (
  INSERT INTO notices.unread AS c (jurisdiction, person, n)
  SELECT left(person, 6), person, count(*) FROM told GROUP BY person ORDER BY person COLLATE "C"
  ON CONFLICT (jurisdiction, person) DO UPDATE SET n = c.n + excluded.n
)
SELECT id FROM told`

/** Notices for those persons who have not opted out of their kind, with their unread counts; answers what was written. One statement. */
export async function insertNotices(tx: Tx, fresh: readonly FreshNotice[], at: Instant): Promise<FreshNotice[]> {
  const rows = await rowsOf<{ id: string }>(tx, insertSql, [
    JSON.stringify(fresh.map(({ of, ...notice }) => ({ ...notice, record_kind: of.kind, record_id: of.id }))),
    at,
  ])
  const written = new Set(rows.map((row) => row.id))
  return fresh.filter((notice) => written.has(notice.id))
}

const inboxSql = `
SELECT id, kind, record_kind, record_id, params, at, read_at FROM notices.notice
WHERE jurisdiction = $1 AND person = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`
const unreadSql = inboxSql.replace('ORDER BY', 'AND read_at IS NULL ORDER BY')

/** A page of a person's inbox, newest first. */
export function listNotices(
  tx: Tx,
  person: string,
  page: { unread: boolean; after?: string; limit: number },
): Promise<NoticeRow[]> {
  return rowsOf(tx, page.unread ? unreadSql : inboxSql, [person.slice(0, 6), person, page.after ?? null, page.limit])
}

/** How many notices the person has not read. */
export async function getUnread(tx: Tx, person: string): Promise<number> {
  const row = await rowOf<{ n: number }>(tx, 'SELECT n FROM notices.unread WHERE jurisdiction = $1 AND person = $2', [
    person.slice(0, 6),
    person,
  ])
  return row?.n ?? 0
}

// greatest: a reading that meets a fresh notice half-way must not fail on the check.
const saveReadSql = `
WITH r AS (
  UPDATE notices.notice SET read_at = $3 WHERE jurisdiction = $1 AND person = $2 AND read_at IS NULL AND ($4::uuid IS NULL OR id = $4) RETURNING id
), u AS (
  UPDATE notices.unread SET n = greatest(n - (SELECT count(*)::int FROM r), 0) WHERE jurisdiction = $1 AND person = $2 AND EXISTS (SELECT 1 FROM r) RETURNING n
)
SELECT coalesce((SELECT n FROM u), (SELECT n FROM notices.unread WHERE jurisdiction = $1 AND person = $2), 0) AS n,
  EXISTS (SELECT 1 FROM notices.notice WHERE jurisdiction = $1 AND person = $2 AND id = $4) AS found`

/** Marks one notice of the person, or all, as read; answers how many stay unread and whether the one was theirs. Doing it again changes nothing. */
export async function saveRead(
  tx: Tx,
  person: string,
  now: Instant,
  id?: string,
): Promise<{ unread: number; found: boolean }> {
  const row = await rowOf<{ n: number; found: boolean }>(tx, saveReadSql, [person.slice(0, 6), person, now, id ?? null])
  return { unread: row?.n ?? 0, found: row?.found ?? false }
}

const kindsSql = `
SELECT kind, bool_or(muted) AS muted FROM (
  SELECT kind, muted FROM notices.preference WHERE jurisdiction = $1 AND person = $2
  UNION ALL
  SELECT kind, false FROM (SELECT kind FROM notices.notice WHERE jurisdiction = $1 AND person = $2 ORDER BY id DESC LIMIT 200) AS newest
) AS known GROUP BY kind ORDER BY kind LIMIT 100`

/** The kinds that a person was told lately or has set a preference for. */
export function listKinds(tx: Tx, person: string): Promise<{ kind: string; muted: boolean }[]> {
  return rowsOf(tx, kindsSql, [person.slice(0, 6), person])
}

/** Opts a person out of a kind, or in again. */
export async function savePreference(tx: Tx, person: string, kind: string, muted: boolean): Promise<void> {
  await rowOf(
    tx,
    `INSERT INTO notices.preference (jurisdiction, person, kind, muted) VALUES ($1, $2, $3, $4)
     ON CONFLICT (jurisdiction, person, kind) DO UPDATE SET muted = excluded.muted`,
    [person.slice(0, 6), person, kind, muted],
  )
}
