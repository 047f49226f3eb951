// Delivery: the SQL of calendars: secret addresses by their hash, and what a worker has planned. Nothing but SQL.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'

export type Feed = { readonly person: string; readonly organization: string; readonly createdAt: Instant }

export async function findFeed(tx: Tx, person: string): Promise<Feed | undefined> {
  return rowOf<Feed>(
    tx,
    'SELECT person, organization, created_at AS "createdAt" FROM delivery.calendar_feed WHERE jurisdiction = $1 AND person = $2',
    [splitId(person).jurisdiction, person],
  )
}

/** By the jurisdiction that the address begins with, and the hash of all of it. */
export async function findFeedByToken(tx: Tx, jurisdiction: string, hash: string): Promise<Feed | undefined> {
  return rowOf<Feed>(
    tx,
    'SELECT person, organization, created_at AS "createdAt" FROM delivery.calendar_feed WHERE jurisdiction = $1 AND token_hash = $2',
    [jurisdiction, hash],
  )
}

/** One address for each person: a new one takes the place of the former. */
export async function saveFeed(tx: Tx, feed: Feed, hash: string): Promise<void> {
  await rowOf(
    tx,
    `INSERT INTO delivery.calendar_feed (jurisdiction, person, token_hash, organization, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (jurisdiction, person) DO UPDATE SET token_hash = $3, organization = $4, created_at = $5`,
    [splitId(feed.person).jurisdiction, feed.person, hash, feed.organization, feed.createdAt],
  )
}

/** Whether there was one. */
export async function removeFeed(tx: Tx, person: string): Promise<boolean> {
  const row = await rowOf(
    tx,
    'DELETE FROM delivery.calendar_feed WHERE jurisdiction = $1 AND person = $2 RETURNING person',
    [splitId(person).jurisdiction, person],
  )
  return row !== undefined
}

type Whose = { readonly person: string; readonly organization: string; readonly from: Instant; readonly until: Instant }

export type PlannedSession = {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly position: number
  readonly place: string
  readonly from: Instant
  readonly until: Instant
  readonly state: 'planned' | 'held' | 'dropped'
}

/** At most 500 sessions of a leader's groups within a time, in its order. */
export async function listPlannedSessions(tx: Tx, whose: Whose): Promise<PlannedSession[]> {
  const rows = await rowsOf<PlannedSession & { jurisdiction: string }>(
    tx,
    `SELECT s.jurisdiction, s.id, g.id AS group, g.title, s.position, g.place, s.starts AS from, s.ends AS until, s.state
     FROM delivery.social_group g JOIN delivery.group_session s ON s.jurisdiction = g.jurisdiction AND s.group_id = g.id
     WHERE g.person = $1 AND g.organization = $2 AND g.state <> 'cancelled' AND s.starts >= $3 AND s.starts < $4 ORDER BY s.starts LIMIT 500`,
    [whose.person, whose.organization, whose.from, whose.until],
  )
  return rows.map(({ jurisdiction, ...row }) => ({
    ...row,
    id: joinId(jurisdiction, row.id),
    group: joinId(jurisdiction, row.group),
  }))
}

/** At most 500 appointments of a worker's cases within a time: when, and of which case; nothing of whom. */
export async function listCaseAppointments(
  tx: Tx,
  whose: Whose,
): Promise<{ readonly id: string; readonly at: Instant }[]> {
  const rows = await rowsOf<{ jurisdiction: string; id: string; at: Instant }>(
    tx,
    `SELECT c.jurisdiction, c.id, c.next_at AS at FROM delivery.social_case c
     WHERE c.worker_person = $1 AND c.organization = $2 AND c.next_at >= $3 AND c.next_at < $4 ORDER BY c.next_at LIMIT 500`,
    [whose.person, whose.organization, whose.from, whose.until],
  )
  return rows.map((row) => ({ id: joinId(row.jurisdiction, row.id), at: row.at }))
}
