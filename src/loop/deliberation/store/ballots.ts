// Deliberation: the SQL of ballots: under way (sealed) and counted.
import { joinId, splitId } from '../../../kit/id.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { Choice } from '../contract/ballots.ts'

/** A ballot under way: known by the keyed hash of its token, all else sealed. */
export type SealedBallot = { readonly mark: string; readonly sealed: Buffer }

/**
 * Puts a ballot into the inbox; the sealed ballot of this token that is there already, if any. The inbox is locked by a statement of its
 * own before: what is looked at next is as it stands after a mixing, and no ballot is on its way from the inbox to the box meanwhile.
 */
export async function insertCast(tx: Tx, vote: string, ballot: SealedBallot): Promise<Buffer | undefined> {
  const { jurisdiction, uuid } = splitId(vote)
  await rowsOf(tx, 'LOCK TABLE deliberation.ballot_inbox IN ROW EXCLUSIVE MODE')
  const row = await rowOf<{ put: boolean }>(
    tx,
    `INSERT INTO deliberation.ballot_inbox (jurisdiction, vote, mark, sealed)
     SELECT $1::text, $2::uuid, $3::text, $4::bytea
     WHERE NOT EXISTS (SELECT 1 FROM deliberation.ballot_box b WHERE b.jurisdiction = $1 AND b.vote = $2 AND b.mark = $3)
     ON CONFLICT DO NOTHING RETURNING true AS put`,
    [jurisdiction, uuid, ballot.mark, ballot.sealed],
  )
  if (row !== undefined) return undefined
  const found = await rowOf<{ sealed: Buffer }>(
    tx,
    `SELECT sealed FROM deliberation.ballot_inbox WHERE jurisdiction = $1 AND vote = $2 AND mark = $3
     UNION ALL SELECT sealed FROM deliberation.ballot_box WHERE jurisdiction = $1 AND vote = $2 AND mark = $3`,
    [jurisdiction, uuid, ballot.mark],
  )
  return found?.sealed
}

/** Votes whose inbox holds at least `least` ballots, at most a hundred. */
export async function listFullInboxes(tx: Tx, least: number): Promise<string[]> {
  const rows = await rowsOf<{ jurisdiction: string; vote: string }>(
    tx,
    `SELECT jurisdiction, vote FROM deliberation.ballot_inbox GROUP BY jurisdiction, vote HAVING count(*) >= $1
     ORDER BY jurisdiction, vote LIMIT 100`,
    [least],
  )
  return rows.map((row) => joinId(row.jurisdiction, row.vote))
}

/**
 * Moves a vote's ballots from the inbox to the box in the order of their marks: what came first is no longer seen. Casting waits for it: a table
 * lock is queued in turn, while a row lock would starve behind ten thousand voters who share the vote's row.
 */
export async function saveMixed(tx: Tx, vote: string): Promise<number> {
  const { jurisdiction, uuid } = splitId(vote)
  await rowsOf(tx, 'LOCK TABLE deliberation.ballot_inbox IN SHARE ROW EXCLUSIVE MODE')
  const row = await rowOf<{ n: number }>(
    tx,
    `WITH taken AS (
       DELETE FROM deliberation.ballot_inbox WHERE jurisdiction = $1 AND vote = $2 RETURNING mark, sealed
     ), put AS (
       INSERT INTO deliberation.ballot_box (jurisdiction, vote, mark, sealed)
       SELECT $1::text, $2::uuid, mark, sealed FROM taken ORDER BY mark RETURNING 1
     ) SELECT count(*)::int AS n FROM put`,
    [jurisdiction, uuid],
  )
  return row?.n ?? 0
}

/** Writes what is left in the inbox anew, in the order of its marks, and throws the old pages away: they still knew the order. At most `most` rows. */
export async function saveSwept(tx: Tx, most: number): Promise<void> {
  await rowsOf(tx, "SET LOCAL lock_timeout = '500ms'")
  await rowsOf(tx, 'LOCK TABLE deliberation.ballot_inbox IN ACCESS EXCLUSIVE MODE')
  const rows = await rowsOf<{ jurisdiction: string; vote: string; mark: string; sealed: Buffer }>(
    tx,
    'SELECT jurisdiction, vote, mark, sealed FROM deliberation.ballot_inbox LIMIT $1',
    [most + 1],
  )
  if (rows.length > most) return
  await rowsOf(tx, 'TRUNCATE deliberation.ballot_inbox')
  if (rows.length === 0) return
  await rowsOf(
    tx,
    `INSERT INTO deliberation.ballot_inbox (jurisdiction, vote, mark, sealed)
     SELECT x.jurisdiction, x.vote, x.mark, x.sealed
     FROM unnest($1::text[], $2::uuid[], $3::text[], $4::bytea[]) AS x(jurisdiction, vote, mark, sealed) ORDER BY x.mark`,
    [
      rows.map((row) => row.jurisdiction),
      rows.map((row) => row.vote),
      rows.map((row) => row.mark),
      rows.map((row) => row.sealed),
    ],
  )
}

/** Takes all ballots of a locked vote out of inbox and box, sealed as they are. */
export async function removeSealed(tx: Tx, vote: string): Promise<SealedBallot[]> {
  const { jurisdiction, uuid } = splitId(vote)
  return rowsOf<SealedBallot>(
    tx,
    `WITH a AS (DELETE FROM deliberation.ballot_inbox WHERE jurisdiction = $1 AND vote = $2 RETURNING mark, sealed),
     b AS (DELETE FROM deliberation.ballot_box WHERE jurisdiction = $1 AND vote = $2 RETURNING mark, sealed)
     SELECT mark, sealed FROM a UNION ALL SELECT mark, sealed FROM b`,
    [jurisdiction, uuid],
  )
}

/** A ballot as everybody may see it. */
export type Ballot = {
  readonly token: Buffer
  readonly signature: Buffer
  readonly choice: Choice
  readonly proof: Buffer
}

/** Writes counted ballots, already in the order of their tokens. */
export async function insertBallots(tx: Tx, vote: string, ballots: readonly Ballot[]): Promise<void> {
  const { jurisdiction, uuid } = splitId(vote)
  await rowsOf(
    tx,
    `INSERT INTO deliberation.ballot (jurisdiction, vote, token, signature, choice, proof)
     SELECT $1::text, $2::uuid, x.token, x.signature, x.choice, x.proof
     FROM unnest($3::bytea[], $4::bytea[], $5::text[], $6::bytea[]) AS x(token, signature, choice, proof) ORDER BY x.token`,
    [
      jurisdiction,
      uuid,
      ballots.map((ballot) => ballot.token),
      ballots.map((ballot) => ballot.signature),
      ballots.map((ballot) => ballot.choice),
      ballots.map((ballot) => ballot.proof),
    ],
  )
}

/** Counted ballots in the order of their tokens, behind `after`. */
export async function listBallotsOf(tx: Tx, vote: string, after: Buffer | undefined, size: number): Promise<Ballot[]> {
  const { jurisdiction, uuid } = splitId(vote)
  return rowsOf<Ballot>(
    tx,
    `SELECT token, signature, choice, proof FROM deliberation.ballot
     WHERE jurisdiction = $1 AND vote = $2 AND token > $3::bytea ORDER BY token LIMIT $4`,
    [jurisdiction, uuid, after ?? Buffer.alloc(0), size],
  )
}
