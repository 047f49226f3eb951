// Deliberation: the SQL of secret votes: the vote, the roll of tokens, ballots under way and counted ballots.
import { asDivision, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { MotionResult } from '../contract.ts'
import type { Choice } from '../contract/ballots.ts'
import type { Issue, Vote } from '../rules/ballots.ts'

type VoteRow = {
  jurisdiction: string
  id: string
  motion: string
  division: string
  state: Vote['state']
  version: number
  form: Vote['form']
  question: string
  eligible: number
  quorum_percent: number
  majority_percent: number
  issue_until: Instant
  cast_until: Instant
  public_key: Buffer
  private_key: Buffer | null
  opened_at: Instant
  frozen_at: Instant | null
  ended_at: Instant | null
  issued: number | null
  in_favour: number | null
  against: number | null
  abstained: number | null
  result: MotionResult | null
  digest: string | null
  cancelled: string | null
}

const columns = [
  'jurisdiction',
  'id',
  'motion',
  'division',
  'state',
  'version',
  'form',
  'question',
  'eligible',
  'quorum_percent',
  'majority_percent',
  'issue_until',
  'cast_until',
  'public_key',
  'private_key',
  'opened_at',
  'frozen_at',
  'ended_at',
  'issued',
  'in_favour',
  'against',
  'abstained',
  'result',
  'digest',
  'cancelled',
] as const
const selected = columns.map((column) => `v.${column}`).join(', ')
/** What never changes once the vote is opened. */
const fixed: readonly string[] = ['jurisdiction', 'id', 'motion', 'division', 'form', 'public_key', 'opened_at']
const changing = columns.filter((column) => !fixed.includes(column))

function voteOf(row: VoteRow): Vote {
  const { issued, in_favour: inFavour, against, abstained } = row
  return {
    id: joinId(row.jurisdiction, row.id),
    motion: joinId(row.jurisdiction, row.motion),
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    form: row.form,
    question: row.question,
    eligible: row.eligible,
    quorumPercent: row.quorum_percent,
    majorityPercent: row.majority_percent,
    issueUntil: row.issue_until,
    castUntil: row.cast_until,
    publicKey: row.public_key,
    privateKey: row.private_key ?? undefined,
    openedAt: row.opened_at,
    frozenAt: row.frozen_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    tally:
      issued === null || inFavour === null || against === null || abstained === null
        ? undefined
        : { issued, cast: inFavour + against + abstained, for: inFavour, against, abstain: abstained },
    result: row.result ?? undefined,
    digest: row.digest ?? undefined,
    cancelled: row.cancelled ?? undefined,
  }
}

function valuesOf(vote: Vote): Record<(typeof columns)[number], unknown> {
  const { jurisdiction, uuid } = splitId(vote.id)
  return {
    jurisdiction,
    id: uuid,
    motion: splitId(vote.motion).uuid,
    division: vote.division,
    state: vote.state,
    version: vote.version,
    form: vote.form,
    question: vote.question,
    eligible: vote.eligible,
    quorum_percent: vote.quorumPercent,
    majority_percent: vote.majorityPercent,
    issue_until: vote.issueUntil,
    cast_until: vote.castUntil,
    public_key: vote.publicKey,
    private_key: vote.privateKey ?? null,
    opened_at: vote.openedAt,
    frozen_at: vote.frozenAt ?? null,
    ended_at: vote.endedAt ?? null,
    issued: vote.tally?.issued ?? null,
    in_favour: vote.tally?.for ?? null,
    against: vote.tally?.against ?? null,
    abstained: vote.tally?.abstain ?? null,
    result: vote.result ?? null,
    digest: vote.digest ?? null,
    cancelled: vote.cancelled ?? null,
  }
}

const selectVote = `SELECT ${selected} FROM deliberation.vote v WHERE v.jurisdiction = $1 AND v.id = $2`
const locks = { none: '', shared: ' FOR SHARE', update: ' FOR UPDATE' } as const

/** The vote. `shared`: it does not end while this transaction runs, others may share it; `update`: alone. */
export async function findVote(tx: Tx, id: string, lock: keyof typeof locks = 'none'): Promise<Vote | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<VoteRow>(tx, `${selectVote}${locks[lock]}`, [jurisdiction, uuid])
  return row === undefined ? undefined : voteOf(row)
}

/** The vote with how many tokens were issued, and what this person asked for. */
export async function findSeenVote(
  tx: Tx,
  id: string,
  person: string | undefined,
): Promise<{ vote: Vote; issued: number; mine?: Issue } | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<
    VoteRow & { issued_now: number; mine: Buffer | null; mine_signed: Buffer | null; mine_at: Instant | null }
  >(
    tx,
    `SELECT ${selected}, i.blinded AS mine, i.signature AS mine_signed, coalesce(i.issued_at, i.asked_at) AS mine_at,
       coalesce(v.issued, (SELECT count(*)::int FROM deliberation.ballot_issue n
         WHERE n.jurisdiction = v.jurisdiction AND n.vote = v.id AND n.signature IS NOT NULL)) AS issued_now
     FROM deliberation.vote v
     LEFT JOIN deliberation.ballot_issue i ON i.jurisdiction = v.jurisdiction AND i.vote = v.id AND i.voter = $3
     WHERE v.jurisdiction = $1 AND v.id = $2`,
    [jurisdiction, uuid, person ?? ''],
  )
  if (row === undefined) return undefined
  const mine =
    row.mine === null || row.mine_at === null
      ? undefined
      : { blinded: row.mine, signature: row.mine_signed ?? undefined, at: row.mine_at }
  return { vote: voteOf(row), issued: row.issued_now, mine }
}

export async function insertVote(tx: Tx, vote: Vote): Promise<void> {
  const values = valuesOf(vote)
  await rowOf(
    tx,
    `INSERT INTO deliberation.vote (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    columns.map((column) => values[column]),
  )
}

/** Saves a locked vote. */
export async function saveVote(tx: Tx, vote: Vote): Promise<void> {
  const values = valuesOf(vote)
  await rowOf(
    tx,
    `UPDATE deliberation.vote SET ${changing.map((column, index) => `${column} = $${index + 3}`).join(', ')} WHERE jurisdiction = $1 AND id = $2`,
    [values.jurisdiction, values.id, ...changing.map((column) => values[column])],
  )
}

export async function findIssueForUpdate(tx: Tx, vote: string, voter: string): Promise<Issue | undefined> {
  const { jurisdiction, uuid } = splitId(vote)
  const row = await rowOf<{ blinded: Buffer; signature: Buffer | null; at: Instant }>(
    tx,
    `SELECT blinded, signature, coalesce(issued_at, asked_at) AS at FROM deliberation.ballot_issue
     WHERE jurisdiction = $1 AND vote = $2 AND voter = $3 FOR UPDATE`,
    [jurisdiction, uuid, voter],
  )
  return row === undefined ? undefined : { blinded: row.blinded, signature: row.signature ?? undefined, at: row.at }
}

/** Puts a token on the roll, or its signature behind a deposit; false when another request of this person was faster. */
export async function saveIssue(
  tx: Tx,
  vote: string,
  voter: string,
  issue: Omit<Issue, 'at'>,
  now: Instant,
): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(vote)
  const row = await rowOf(
    tx,
    `INSERT INTO deliberation.ballot_issue AS i (jurisdiction, vote, voter, blinded, signature, asked_at, issued_at)
     VALUES ($1, $2, $3, $4, $5::bytea, $6::timestamptz, CASE WHEN $5::bytea IS NULL THEN NULL ELSE $6::timestamptz END)
     ON CONFLICT (jurisdiction, vote, voter) DO UPDATE SET signature = EXCLUDED.signature, issued_at = EXCLUDED.issued_at
       WHERE i.signature IS NULL AND i.blinded = EXCLUDED.blinded
     RETURNING voter`,
    [jurisdiction, uuid, voter, issue.blinded, issue.signature ?? null, now],
  )
  return row !== undefined
}

/** How many tokens were issued. */
export async function countIssued(tx: Tx, vote: string): Promise<number> {
  const { jurisdiction, uuid } = splitId(vote)
  const row = await rowOf<{ n: number }>(
    tx,
    'SELECT count(*)::int AS n FROM deliberation.ballot_issue WHERE jurisdiction = $1 AND vote = $2 AND signature IS NOT NULL',
    [jurisdiction, uuid],
  )
  return row?.n ?? 0
}

export type IssuedRow = { voter: string; issued: boolean; at: Instant }

/** The roll of a vote in the order of the persons' ids, behind `after`. */
export async function listIssues(tx: Tx, vote: string, after: string | undefined, size: number): Promise<IssuedRow[]> {
  const { jurisdiction, uuid } = splitId(vote)
  return rowsOf<IssuedRow>(
    tx,
    `SELECT voter, signature IS NOT NULL AS issued, coalesce(issued_at, asked_at) AS at FROM deliberation.ballot_issue
     WHERE jurisdiction = $1 AND vote = $2 AND voter > $3 ORDER BY voter LIMIT $4`,
    [jurisdiction, uuid, after ?? '', size],
  )
}

export type OwnIssue = { vote: Vote; issued: boolean; at: Instant }

/** Votes in which a person asked for a token, newest first, behind the vote `after` (its uuid). */
export async function listIssuesOf(
  tx: Tx,
  voter: string,
  after: string | undefined,
  size: number,
): Promise<OwnIssue[]> {
  const rows = await rowsOf<VoteRow & { signed: boolean; at: Instant }>(
    tx,
    `SELECT ${selected}, i.signature IS NOT NULL AS signed, coalesce(i.issued_at, i.asked_at) AS at
     FROM deliberation.ballot_issue i JOIN deliberation.vote v ON v.jurisdiction = i.jurisdiction AND v.id = i.vote
     WHERE i.voter = $1 AND i.vote < $2::uuid ORDER BY i.vote DESC LIMIT $3`,
    [voter, after ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff', size],
  )
  return rows.map((row) => ({ vote: voteOf(row), issued: row.signed, at: row.at }))
}

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
