// Deliberation: the SQL of statements and of what residents think of them.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { opinions, sides } from '../contract.ts'
import type { removalReasons } from '../contract/statements.ts'

type RemovalReason = (typeof removalReasons)[number]

export type Statement = {
  readonly id: string
  readonly motion: string
  readonly person: string
  readonly side: (typeof sides)[number]
  readonly words: string
  readonly agrees: number
  readonly disagrees: number
  readonly passes: number
  readonly removedReason?: RemovalReason
  /** Why, in the worker's sentence. */
  readonly removedWords?: string
  readonly createdAt: Instant
}

type StatementRow = {
  jurisdiction: string
  id: string
  motion: string
  person: string
  side: Statement['side']
  words: string
  agrees: number
  disagrees: number
  passes: number
  removed_reason: RemovalReason | null
  removed_words: string | null
  created_at: Instant
}

const columns =
  's.jurisdiction, s.id, s.motion, s.person, s.side, s.words, s.agrees, s.disagrees, s.passes, s.removed_reason, s.removed_words, s.created_at'

function statementOf(row: StatementRow): Statement {
  return {
    id: joinId(row.jurisdiction, row.id),
    motion: joinId(row.jurisdiction, row.motion),
    person: row.person,
    side: row.side,
    words: row.words,
    agrees: row.agrees,
    disagrees: row.disagrees,
    passes: row.passes,
    removedReason: row.removed_reason ?? undefined,
    removedWords: row.removed_words ?? undefined,
    createdAt: row.created_at,
  }
}

/** Adds a statement unless the person has `most` on this motion already; false then. The motion is locked by the caller. */
export async function insertStatement(
  tx: Tx,
  statement: Omit<Statement, 'agrees' | 'disagrees' | 'passes'>,
  most: number,
): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(statement.id)
  const row = await rowOf(
    tx,
    `INSERT INTO deliberation.statement (jurisdiction, id, motion, person, side, words, created_at)
     SELECT $1::text, $2::uuid, $3::uuid, $4::text, $5::text, $6::text, $7::timestamptz WHERE (SELECT count(*) FROM deliberation.statement o WHERE o.jurisdiction = $1 AND o.motion = $3 AND o.person = $4) < $8
     RETURNING id`,
    [
      jurisdiction,
      uuid,
      splitId(statement.motion).uuid,
      statement.person,
      statement.side,
      statement.words,
      statement.createdAt,
      most,
    ],
  )
  return row !== undefined
}

export async function findStatementForUpdate(tx: Tx, motion: string, id: string): Promise<Statement | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<StatementRow>(
    tx,
    `SELECT ${columns} FROM deliberation.statement s WHERE s.jurisdiction = $1 AND s.id = $2 AND s.motion = $3 FOR UPDATE`,
    [jurisdiction, uuid, splitId(motion).uuid],
  )
  return row === undefined ? undefined : statementOf(row)
}

/** Puts a person's opinion in the place of an earlier one and counts anew; the statement is locked. */
export async function saveOpinion(
  tx: Tx,
  statement: string,
  person: string,
  opinion: (typeof opinions)[number],
  now: Instant,
): Promise<{ agrees: number; disagrees: number; passes: number }> {
  const { jurisdiction, uuid } = splitId(statement)
  const row = await rowOf<{ agrees: number; disagrees: number; passes: number }>(
    tx,
    `WITH before AS (SELECT opinion FROM deliberation.opinion WHERE jurisdiction = $1 AND statement = $2 AND person = $3),
     given AS (INSERT INTO deliberation.opinion (jurisdiction, statement, person, opinion, at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (jurisdiction, statement, person) DO UPDATE SET opinion = EXCLUDED.opinion, at = EXCLUDED.at RETURNING opinion)
     UPDATE deliberation.statement s SET
       agrees = s.agrees + (g.opinion = 'agree')::int - coalesce((SELECT (b.opinion = 'agree')::int FROM before b), 0),
       disagrees = s.disagrees + (g.opinion = 'disagree')::int - coalesce((SELECT (b.opinion = 'disagree')::int FROM before b), 0),
       passes = s.passes + (g.opinion = 'pass')::int - coalesce((SELECT (b.opinion = 'pass')::int FROM before b), 0)
     FROM given g WHERE s.jurisdiction = $1 AND s.id = $2 RETURNING s.agrees, s.disagrees, s.passes`,
    [jurisdiction, uuid, person, opinion, now],
  )
  if (row === undefined) throw new Error('no such statement')
  return row
}

/** Those of a motion's statements, locked; unknown ids are left out. */
export async function listStatementsForUpdate(tx: Tx, motion: string, ids: readonly string[]): Promise<Statement[]> {
  const { jurisdiction, uuid } = splitId(motion)
  const rows = await rowsOf<StatementRow>(
    tx,
    `SELECT ${columns} FROM deliberation.statement s WHERE s.jurisdiction = $1 AND s.motion = $2 AND s.id = ANY($3) ORDER BY s.id FOR UPDATE`,
    [jurisdiction, uuid, [...new Set(ids.map((id) => splitId(id).uuid))]],
  )
  return rows.map(statementOf)
}

/** Takes statements off; their words stay in the table for the record and are shown to nobody. */
export async function saveRemovals(
  tx: Tx,
  motion: string,
  statements: readonly Statement[],
  why: { readonly reason: string; readonly words: string; readonly by: string },
  now: Instant,
): Promise<void> {
  const { jurisdiction } = splitId(motion)
  await rowOf(
    tx,
    `UPDATE deliberation.statement SET removed_reason = $3, removed_words = $4, removed_by = $5, removed_at = $6
     WHERE jurisdiction = $1 AND id = ANY($2)`,
    [jurisdiction, statements.map((statement) => splitId(statement.id).uuid), why.reason, why.words, why.by, now],
  )
}

export type SeenStatement = Statement & { readonly opinion?: (typeof opinions)[number] }

type StatementFilter = {
  readonly motion: string
  readonly sort: 'agrees' | 'newest'
  readonly side?: string
  readonly removed?: 'yes' | 'no'
  readonly person?: string
  readonly size: number
  /** Agrees and id of the last one seen. */
  readonly after?: readonly [number, string]
}

const orders = {
  agrees: { after: '(s.agrees, s.id) < ($5::integer, $6::uuid)', by: 's.agrees DESC, s.id DESC' },
  newest: { after: '$5::integer IS NOT NULL AND s.id < $6::uuid', by: 's.id DESC' },
} as const

/** Statements of a motion in the order asked for, with what `person` thinks of each. */
export async function listStatementsOf(tx: Tx, filter: StatementFilter): Promise<SeenStatement[]> {
  const { jurisdiction, uuid } = splitId(filter.motion)
  const order = orders[filter.sort]
  const rows = await rowsOf<StatementRow & { opinion: SeenStatement['opinion'] | null }>(
    tx,
    `SELECT ${columns}, o.opinion FROM deliberation.statement s
     LEFT JOIN deliberation.opinion o ON o.jurisdiction = s.jurisdiction AND o.statement = s.id AND o.person = $3
     WHERE s.jurisdiction = $1 AND s.motion = $2 AND ($4::text IS NULL OR s.side = $4)
       AND ($8::text IS NULL OR (s.removed_reason IS NOT NULL) = ($8 = 'yes'))
       AND ($5::integer IS NULL OR (${order.after}))
     ORDER BY ${order.by} LIMIT $7`,
    [
      jurisdiction,
      uuid,
      filter.person ?? null,
      filter.side ?? null,
      filter.after?.[0] ?? null,
      filter.after?.[1] ?? null,
      filter.size,
      filter.removed ?? null,
    ],
  )
  return rows.map((row) => ({ ...statementOf(row), opinion: row.opinion ?? undefined }))
}
