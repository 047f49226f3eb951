// Deliberation: the SQL of who was given a ballot: tokens, deposits and paper, by name. Nothing of any choice.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { BallotState } from '../contract/ballots.ts'
import type { Issue, Vote } from '../rules/ballots.ts'
import { voteColumns, voteOf, type VoteRow } from './votes.ts'

/** How a person stands to a vote: what was issued (locked), and the household that named them. One statement. */
export async function findVoterForUpdate(
  tx: Tx,
  vote: Pick<Vote, 'id' | 'motion'>,
  voter: string,
): Promise<{ earlier?: Issue; household?: string }> {
  const { jurisdiction, uuid } = splitId(vote.id)
  const row = await rowOf<{
    blinded: Buffer | null
    signature: Buffer | null
    paper: boolean | null
    at: Instant | null
    household: string | null
  }>(
    tx,
    `WITH mine AS (
       SELECT blinded, signature, paper_at IS NOT NULL AS paper, coalesce(paper_at, issued_at, asked_at) AS at
       FROM deliberation.ballot_issue WHERE jurisdiction = $1 AND vote = $2 AND voter = $4 FOR UPDATE
     ) SELECT m.blinded, m.signature, m.paper, m.at,
       (SELECT l.household FROM deliberation.roll_line l WHERE l.jurisdiction = $1 AND l.motion = $3 AND l.voter = $4) AS household
     FROM (SELECT 1) one LEFT JOIN mine m ON true`,
    [jurisdiction, uuid, splitId(vote.motion).uuid, voter],
  )
  const household = row?.household ?? undefined
  if (row === undefined || row.at === null) return { household }
  const { blinded, signature, paper, at } = row
  return {
    household,
    earlier: { blinded: blinded ?? undefined, signature: signature ?? undefined, paper: paper ?? false, at },
  }
}

export type NewIssue = { readonly blinded: Uint8Array; readonly signature?: Uint8Array; readonly household?: string }

/** Puts a token on the roll, or its signature behind a deposit; false when another request for this person or household was faster. */
export async function saveIssue(tx: Tx, vote: string, voter: string, issue: NewIssue, now: Instant): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(vote)
  const row = await rowOf(
    tx,
    `WITH put AS (
       INSERT INTO deliberation.ballot_issue (jurisdiction, vote, voter, blinded, signature, asked_at, issued_at, household)
       VALUES ($1, $2, $3, $4, $5::bytea, $6::timestamptz, CASE WHEN $5::bytea IS NULL THEN NULL ELSE $6::timestamptz END, $7)
       ON CONFLICT DO NOTHING RETURNING voter
     ), signed AS (
       UPDATE deliberation.ballot_issue i SET signature = $5::bytea, issued_at = $6::timestamptz
       WHERE i.jurisdiction = $1 AND i.vote = $2 AND i.voter = $3 AND i.signature IS NULL AND i.blinded = $4 AND $5::bytea IS NOT NULL
       RETURNING voter
     ) SELECT voter FROM put UNION ALL SELECT voter FROM signed`,
    [jurisdiction, uuid, voter, issue.blinded, issue.signature ?? null, now, issue.household ?? null],
  )
  return row !== undefined
}

export type Handed = { readonly by: string; readonly household?: string }

/** Marks a paper ballot on the roll, in place of a token that was only deposited; false when the person or household has a ballot already. */
export async function savePaper(tx: Tx, vote: string, voter: string, handed: Handed, now: Instant): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(vote)
  const row = await rowOf(
    tx,
    `WITH put AS (
       INSERT INTO deliberation.ballot_issue (jurisdiction, vote, voter, asked_at, paper_at, handed_by, household)
       VALUES ($1, $2, $3, $4, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING voter
     ), turned AS (
       UPDATE deliberation.ballot_issue i SET blinded = NULL, paper_at = $4, handed_by = $5
       WHERE i.jurisdiction = $1 AND i.vote = $2 AND i.voter = $3 AND i.signature IS NULL AND i.paper_at IS NULL
       RETURNING voter
     ) SELECT voter FROM put UNION ALL SELECT voter FROM turned`,
    [jurisdiction, uuid, voter, now, handed.by, handed.household ?? null],
  )
  return row !== undefined
}

/** How many tokens were issued and paper ballots handed out. */
export async function countIssued(tx: Tx, vote: string): Promise<{ issued: number; papers: number }> {
  const { jurisdiction, uuid } = splitId(vote)
  const row = await rowOf<{ issued: number; papers: number }>(
    tx,
    `SELECT count(*) FILTER (WHERE signature IS NOT NULL)::int AS issued, count(*) FILTER (WHERE paper_at IS NOT NULL)::int AS papers
     FROM deliberation.ballot_issue WHERE jurisdiction = $1 AND vote = $2`,
    [jurisdiction, uuid],
  )
  return row ?? { issued: 0, papers: 0 }
}

/** Tokens of open votes that a person deposited and nobody signed, at most twenty, the newest votes first. */
export async function listDeposits(tx: Tx, voter: string): Promise<string[]> {
  const rows = await rowsOf<{ jurisdiction: string; vote: string }>(
    tx,
    `SELECT i.jurisdiction, i.vote FROM deliberation.ballot_issue i
     JOIN deliberation.vote v ON v.jurisdiction = i.jurisdiction AND v.id = i.vote AND v.state = 'open'
     WHERE i.voter = $1 AND i.signature IS NULL AND i.blinded IS NOT NULL ORDER BY i.vote DESC LIMIT 20`,
    [voter],
  )
  return rows.map((row) => joinId(row.jurisdiction, row.vote))
}

// What a line of the roll says of the ballot.
const stateOf = `CASE WHEN i.paper_at IS NOT NULL THEN 'paper' WHEN i.signature IS NOT NULL THEN 'issued' ELSE 'deposited' END`

export type IssuedRow = { voter: string; state: BallotState; at: Instant }

/** The roll of a vote in the order of the persons' ids, behind `after`. */
export async function listIssues(tx: Tx, vote: string, after: string | undefined, size: number): Promise<IssuedRow[]> {
  const { jurisdiction, uuid } = splitId(vote)
  return rowsOf<IssuedRow>(
    tx,
    `SELECT i.voter, ${stateOf} AS state, coalesce(i.paper_at, i.issued_at, i.asked_at) AS at FROM deliberation.ballot_issue i
     WHERE i.jurisdiction = $1 AND i.vote = $2 AND i.voter > $3 ORDER BY i.voter LIMIT $4`,
    [jurisdiction, uuid, after ?? '', size],
  )
}

export type OwnIssue = { vote: Vote; state: BallotState; at: Instant }

/** Votes in which a ballot was asked for by a person or handed to them, newest first, behind the vote `after` (its uuid). */
export async function listIssuesOf(
  tx: Tx,
  voter: string,
  after: string | undefined,
  size: number,
): Promise<OwnIssue[]> {
  const rows = await rowsOf<VoteRow & { ballot: BallotState; at: Instant }>(
    tx,
    `SELECT ${voteColumns}, ${stateOf} AS ballot, coalesce(i.paper_at, i.issued_at, i.asked_at) AS at
     FROM deliberation.ballot_issue i JOIN deliberation.vote v ON v.jurisdiction = i.jurisdiction AND v.id = i.vote
     WHERE i.voter = $1 AND i.vote < $2::uuid ORDER BY i.vote DESC LIMIT $3`,
    [voter, after ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff', size],
  )
  return rows.map((row) => ({ vote: voteOf(row), state: row.ballot, at: row.at }))
}
