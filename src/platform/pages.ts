// Pages of a list: the row too many cut off and turned into a cursor, and how many rows a filter has, counted up to the cap.
import { splitId } from '../kit/id.ts'
import { countCap } from '../kit/listing.ts'
import type { Conditions } from './conditions.ts'
import { cursorOf } from './cursor.ts'
import { rowOf, type Tx } from './database.ts'

/** Of rows asked for with one too many: those of the page, and where the next one begins. By id unless `keyOf` names other sort values. */
export function paged<R extends { readonly id: string }>(
  found: readonly R[],
  size: number,
  keyOf: (last: R) => readonly string[] = (last) => [splitId(last.id).uuid],
): { rows: R[]; next?: string } {
  const rows = found.slice(0, size)
  const last = rows.at(-1)
  return { rows, next: found.length > size && last !== undefined ? cursorOf(keyOf(last)) : undefined }
}

export type Count = { readonly n: number; readonly capped: boolean }

/** A count that was made up to countCap + 1. */
export const upToCap = (n: number): Count => ({ n: Math.min(n, countCap), capped: n > countCap })

/**
 * How many rows of `from` (a table with its alias, written in a store) the conditions find; beyond countCap only that there are more. `order`: that of the
 * list, for a very large table: its index is then walked only as far as is counted, instead of gathering all that lies at the place.
 */
export async function countUpToCap(
  tx: Tx,
  from: string,
  { where, next, values }: Conditions,
  order?: string,
): Promise<Count> {
  const row = await rowOf<{ n: number }>(
    tx,
    `SELECT count(*)::integer AS n FROM (SELECT 1 FROM ${from} WHERE ${where}${order === undefined ? '' : ` ORDER BY ${order}`} LIMIT ${next}) AS counted`,
    [...values, countCap + 1],
  )
  return upToCap(row?.n ?? 0)
}
