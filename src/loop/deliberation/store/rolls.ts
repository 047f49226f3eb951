// Deliberation: the SQL of rolls of households.
import { splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { BallotState } from '../contract/ballots.ts'
import type { RollLine } from '../rules/rolls.ts'

/** How many households stand on the roll, and how many of them named a voter. */
export async function countRoll(tx: Tx, motion: string): Promise<{ households: number; named: number }> {
  const { jurisdiction, uuid } = splitId(motion)
  const row = await rowOf<{ households: number; named: number }>(
    tx,
    `SELECT count(*)::int AS households, count(voter)::int AS named FROM deliberation.roll_line WHERE jurisdiction = $1 AND motion = $2`,
    [jurisdiction, uuid],
  )
  return row ?? { households: 0, named: 0 }
}

/** The lines of these households (by key) and of these voters. */
export async function listRollAmong(
  tx: Tx,
  motion: string,
  households: readonly string[],
  voters: readonly string[],
): Promise<RollLine[]> {
  const { jurisdiction, uuid } = splitId(motion)
  const rows = await rowsOf<{ line: number; household: string; voter: string | null }>(
    tx,
    `SELECT line, household, voter FROM deliberation.roll_line
     WHERE jurisdiction = $1 AND motion = $2 AND (household = ANY($3::text[]) OR voter = ANY($4::text[]))`,
    [jurisdiction, uuid, [...households], [...voters]],
  )
  return rows.map((row) => ({ ...row, voter: row.voter ?? undefined }))
}

export type NewLine = { readonly household: string; readonly address: Buffer; readonly voter?: string }

/**
 * Puts households on a locked motion's roll, behind those that stand there, or another voter to them; answers the lines. Whoever is named twice is a
 * fault of the caller: the roll's own index refuses it.
 */
export async function saveRollLines(
  tx: Tx,
  motion: string,
  lines: readonly NewLine[],
  by: string,
  now: Instant,
): Promise<number[]> {
  const { jurisdiction, uuid } = splitId(motion)
  const rows = await rowsOf<{ line: number }>(
    tx,
    `INSERT INTO deliberation.roll_line AS l (jurisdiction, motion, household, line, address, voter, set_by, set_at)
     SELECT $1::text, $2::uuid, x.household,
       (SELECT coalesce(max(b.line), 0) FROM deliberation.roll_line b WHERE b.jurisdiction = $1 AND b.motion = $2) + x.at,
       x.address, x.voter, $6, $7::timestamptz
     FROM unnest($3::text[], $4::bytea[], $5::text[]) WITH ORDINALITY AS x(household, address, voter, at) ORDER BY x.at
     ON CONFLICT (jurisdiction, motion, household) DO UPDATE SET voter = EXCLUDED.voter, set_by = EXCLUDED.set_by, set_at = EXCLUDED.set_at
     RETURNING l.line`,
    [
      jurisdiction,
      uuid,
      lines.map((line) => line.household),
      lines.map((line) => line.address),
      lines.map((line) => line.voter ?? null),
      by,
      now,
    ],
  )
  return rows.map((row) => row.line)
}

/** Takes a household off a locked motion's roll; answers who was its voter. */
export async function removeRollLine(
  tx: Tx,
  motion: string,
  line: number,
): Promise<{ voter: string | null } | undefined> {
  const { jurisdiction, uuid } = splitId(motion)
  return rowOf<{ voter: string | null }>(
    tx,
    'DELETE FROM deliberation.roll_line WHERE jurisdiction = $1 AND motion = $2 AND line = $3 RETURNING voter',
    [jurisdiction, uuid, line],
  )
}

export type ShownLine = {
  readonly line: number
  readonly household: string
  readonly address: Buffer
  readonly voter: string | null
  readonly state: BallotState | 'none'
}

const shown = `SELECT l.line, l.household, l.address, l.voter,
  CASE WHEN i.paper_at IS NOT NULL THEN 'paper' WHEN i.signature IS NOT NULL THEN 'issued' WHEN i.blinded IS NOT NULL THEN 'deposited' ELSE 'none' END AS state
  FROM deliberation.roll_line l
  LEFT JOIN deliberation.ballot_issue i ON i.jurisdiction = l.jurisdiction AND i.vote = $3 AND i.household = l.household
  WHERE l.jurisdiction = $1 AND l.motion = $2`

/** The roll in the order of its lines, behind line `after`; `vote`: whose ballots are shown. */
export async function listRollLines(
  tx: Tx,
  motion: string,
  vote: string | undefined,
  find: { readonly after: number; readonly unnamed: boolean; readonly size: number },
): Promise<ShownLine[]> {
  const { jurisdiction, uuid } = splitId(motion)
  return rowsOf<ShownLine>(
    tx,
    `${shown} AND l.line > $4${find.unnamed ? ' AND l.voter IS NULL' : ''} ORDER BY l.line LIMIT $5`,
    [jurisdiction, uuid, vote === undefined ? null : splitId(vote).uuid, find.after, find.size],
  )
}

/** The line of one household, by its key. */
export async function findRollLine(
  tx: Tx,
  motion: string,
  vote: string | undefined,
  household: string,
): Promise<ShownLine | undefined> {
  const { jurisdiction, uuid } = splitId(motion)
  return rowOf<ShownLine>(tx, `${shown} AND l.household = $4`, [
    jurisdiction,
    uuid,
    vote === undefined ? null : splitId(vote).uuid,
    household,
  ])
}
