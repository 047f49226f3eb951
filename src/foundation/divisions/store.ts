// All SQL of divisions.
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'

export type DivisionRecord = {
  code: string
  name: string
  level: number
  parent: string | null
  pinyin: string
  valid_to: string | null
  successors: string[] | null
}

const columns = `d.code, d.name, d.level, d.parent, d.pinyin, d.valid_to,
  (SELECT array_agg(s.successor::text ORDER BY s.successor) FROM divisions.successor s WHERE s.code = d.code) AS successors`

/** Every division, in order of code: read once into memory (some tens of thousands of small rows). */
export function listAllDivisions(tx: Tx): Promise<DivisionRecord[]> {
  return rowsOf(tx, `SELECT ${columns} FROM divisions.division d ORDER BY d.code`)
}

export function findDivisionForUpdate(tx: Tx, code: string): Promise<DivisionRecord | undefined> {
  return rowOf(tx, `SELECT ${columns} FROM divisions.division d WHERE d.code = $1 FOR UPDATE OF d`, [code])
}

export async function saveSuccession(tx: Tx, code: string, successor: string, since: string): Promise<void> {
  await rowOf(tx, 'UPDATE divisions.division SET valid_to = $2 WHERE code = $1 RETURNING code', [code, since])
  await rowOf(tx, 'INSERT INTO divisions.successor (code, successor, since) VALUES ($1, $2, $3) RETURNING code', [
    code,
    successor,
    since,
  ])
}
