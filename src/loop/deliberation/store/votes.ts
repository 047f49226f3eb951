// Deliberation: the SQL of secret votes themselves: rules, dates, numbers.
import { asDivision, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, type Tx } from '../../../platform/database.ts'
import type { MotionResult } from '../contract.ts'
import type { Issue, Vote } from '../rules/ballots.ts'
import type { PaperRows } from '../rules/paper.ts'

export type VoteRow = {
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
  roll_size: number | null
  papers: number | null
  paper_attempt: number
  paper_rows: PaperRows | null
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
  'roll_size',
  'papers',
  'paper_attempt',
  'paper_rows',
] as const
/** The columns of a vote under the alias v. */
export const voteColumns = columns.map((column) => `v.${column}`).join(', ')
/** What never changes once the vote is opened. */
const fixed: readonly string[] = ['jurisdiction', 'id', 'motion', 'division', 'public_key', 'opened_at']
const changing = columns.filter((column) => !fixed.includes(column))

export function voteOf(row: VoteRow): Vote {
  const { issued, papers, in_favour: inFavour, against, abstained } = row
  const counted = (inFavour ?? 0) + (against ?? 0) + (abstained ?? 0)
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
      issued === null || papers === null || inFavour === null || against === null || abstained === null
        ? undefined
        : { issued, papers, cast: counted, counted, for: inFavour, against, abstain: abstained },
    result: row.result ?? undefined,
    digest: row.digest ?? undefined,
    cancelled: row.cancelled ?? undefined,
    rollSize: row.roll_size ?? undefined,
    paperAttempt: row.paper_attempt,
    paperRows: row.paper_rows ?? undefined,
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
    roll_size: vote.rollSize ?? null,
    papers: vote.tally?.papers ?? null,
    paper_attempt: vote.paperAttempt,
    paper_rows: vote.paperRows === undefined ? null : JSON.stringify(vote.paperRows),
  }
}

const selectVote = `SELECT ${voteColumns} FROM deliberation.vote v WHERE v.jurisdiction = $1 AND v.id = $2`
const locks = { none: '', shared: ' FOR SHARE', update: ' FOR UPDATE' } as const

/** The vote. `shared`: it does not end while this transaction runs, others may share it; `update`: alone. */
export async function findVote(tx: Tx, id: string, lock: keyof typeof locks = 'none'): Promise<Vote | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<VoteRow>(tx, `${selectVote}${locks[lock]}`, [jurisdiction, uuid])
  return row === undefined ? undefined : voteOf(row)
}

export type SeenVote = {
  readonly vote: Vote
  readonly issued: number
  readonly papers: number
  /** Households that named a voter, in a vote by households. */
  readonly roll: number
  /** What this person asked for or was handed. */
  readonly mine?: Issue
  /** The person is the voter of a household on the roll. */
  readonly named: boolean
}

/** The vote with how many tokens and paper ballots were given, its roll, and how this person stands to it. */
export async function findSeenVote(tx: Tx, id: string, person: string | undefined): Promise<SeenVote | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<
    VoteRow & {
      issued_now: number
      papers_now: number
      roll_now: number
      named: boolean
      mine_at: Instant | null
      mine_blinded: Buffer | null
      mine_signed: Buffer | null
      mine_paper: boolean
    }
  >(
    tx,
    `SELECT ${voteColumns}, i.blinded AS mine_blinded, i.signature AS mine_signed, i.paper_at IS NOT NULL AS mine_paper,
       coalesce(i.paper_at, i.issued_at, i.asked_at) AS mine_at,
       coalesce(v.issued, (SELECT count(*)::int FROM deliberation.ballot_issue n
         WHERE n.jurisdiction = v.jurisdiction AND n.vote = v.id AND n.signature IS NOT NULL)) AS issued_now,
       coalesce(v.papers, (SELECT count(*)::int FROM deliberation.ballot_issue n
         WHERE n.jurisdiction = v.jurisdiction AND n.vote = v.id AND n.paper_at IS NOT NULL)) AS papers_now,
       CASE WHEN v.form <> 'households' THEN 0 ELSE coalesce(v.roll_size, (SELECT count(*)::int FROM deliberation.roll_line l
         WHERE l.jurisdiction = v.jurisdiction AND l.motion = v.motion AND l.voter IS NOT NULL)) END AS roll_now,
       (i.household IS NOT NULL OR EXISTS (SELECT 1 FROM deliberation.roll_line l
         WHERE l.jurisdiction = v.jurisdiction AND l.motion = v.motion AND l.voter = $3)) AS named
     FROM deliberation.vote v
     LEFT JOIN deliberation.ballot_issue i ON i.jurisdiction = v.jurisdiction AND i.vote = v.id AND i.voter = $3
     WHERE v.jurisdiction = $1 AND v.id = $2`,
    [jurisdiction, uuid, person ?? ''],
  )
  if (row === undefined) return undefined
  const mine =
    row.mine_at === null
      ? undefined
      : {
          blinded: row.mine_blinded ?? undefined,
          signature: row.mine_signed ?? undefined,
          paper: row.mine_paper,
          at: row.mine_at,
        }
  const { issued_now: issued, papers_now: papers, roll_now: roll, named } = row
  return { vote: voteOf(row), issued, papers, roll, mine, named }
}

/** Opens a vote. */
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

/** The first token or paper ballot freezes the rules of a locked vote, and the roll's size with them. */
export async function saveFrozen(tx: Tx, vote: string, now: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(vote)
  await rowOf(
    tx,
    `UPDATE deliberation.vote v SET frozen_at = $3, roll_size = CASE WHEN v.form = 'households' THEN
       (SELECT count(*)::int FROM deliberation.roll_line l WHERE l.jurisdiction = $1 AND l.motion = v.motion AND l.voter IS NOT NULL) END
     WHERE v.jurisdiction = $1 AND v.id = $2`,
    [jurisdiction, uuid, now],
  )
}
