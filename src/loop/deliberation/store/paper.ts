// Deliberation: the SQL of two officers' counts of a vote's paper ballots.
import { splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { PaperCount } from '../rules/meeting-day.ts'

export type PaperEntry = PaperCount & { readonly person: string }

/** The counts of one attempt, at most two. */
export async function listPaperEntries(tx: Tx, vote: string, attempt: number): Promise<PaperEntry[]> {
  const { jurisdiction, uuid } = splitId(vote)
  const rows = await rowsOf<{ person: string; in_favour: number; against: number; abstain: number; invalid: number }>(
    tx,
    `SELECT person, in_favour, against, abstain, invalid FROM deliberation.vote_paper
     WHERE jurisdiction = $1 AND vote = $2 AND attempt = $3 ORDER BY person LIMIT 2`,
    [jurisdiction, uuid, attempt],
  )
  return rows.map(({ person, in_favour, against, abstain, invalid }) => ({
    person,
    for: in_favour,
    against,
    abstain,
    invalid,
  }))
}

export async function insertPaperEntry(
  tx: Tx,
  vote: string,
  attempt: number,
  entry: PaperEntry,
  now: Instant,
): Promise<void> {
  const { jurisdiction, uuid } = splitId(vote)
  await rowOf(
    tx,
    `INSERT INTO deliberation.vote_paper (jurisdiction, vote, attempt, person, in_favour, against, abstain, invalid, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [jurisdiction, uuid, attempt, entry.person, entry.for, entry.against, entry.abstain, entry.invalid, now],
  )
}

/** Removes all officers' counts of a vote that is counted: of fewer than five ballots they would tell what the few said. */
export async function removePaperEntries(tx: Tx, vote: string): Promise<void> {
  const { jurisdiction, uuid } = splitId(vote)
  await rowsOf(tx, 'DELETE FROM deliberation.vote_paper WHERE jurisdiction = $1 AND vote = $2', [jurisdiction, uuid])
}
