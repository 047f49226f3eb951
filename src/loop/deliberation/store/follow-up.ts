// Deliberation: the SQL of progress notes.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { Motion } from '../rules.ts'

export type Progress = {
  readonly id: string
  readonly motion: string
  readonly person: string
  readonly words: string
  readonly percent?: number
  readonly milestone?: string
  readonly files: Motion['files']
  readonly at: Instant
}

export async function insertProgress(tx: Tx, note: Progress): Promise<void> {
  const { jurisdiction, uuid } = splitId(note.id)
  await rowOf(
    tx,
    `INSERT INTO deliberation.progress (jurisdiction, id, motion, person, words, percent, milestone, files, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      jurisdiction,
      uuid,
      splitId(note.motion).uuid,
      note.person,
      note.words,
      note.percent ?? null,
      note.milestone ?? null,
      JSON.stringify(note.files),
      note.at,
    ],
  )
}

type ProgressRow = {
  jurisdiction: string
  id: string
  words: string
  percent: number | null
  milestone: string | null
  files: Motion['files']
  at: Instant
}

/** Notes of a motion, newest first; `after`: uuid of the last one seen. */
export async function listProgressOf(
  tx: Tx,
  motion: string,
  size: number,
  after: string | undefined,
): Promise<Omit<Progress, 'motion' | 'person'>[]> {
  const { jurisdiction, uuid } = splitId(motion)
  const rows = await rowsOf<ProgressRow>(
    tx,
    `SELECT jurisdiction, id, words, percent, milestone, files, at FROM deliberation.progress
     WHERE jurisdiction = $1 AND motion = $2 AND ($3::uuid IS NULL OR id < $3::uuid) ORDER BY id DESC LIMIT $4`,
    [jurisdiction, uuid, after ?? null, size],
  )
  return rows.map((row) => ({
    id: joinId(row.jurisdiction, row.id),
    words: row.words,
    percent: row.percent ?? undefined,
    milestone: row.milestone ?? undefined,
    files: row.files,
    at: row.at,
  }))
}
