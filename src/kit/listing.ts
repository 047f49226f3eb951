// The anatomy of every list: bounded pages by cursor, a capped count, declared sorts.
import { z } from 'zod'

/** Largest page that a list gives out; exports walk pages of this size. */
export const largestPage = 100

/** Counts above this are told as "more than": a list never counts a whole table. */
export const countCap = 1000

/** Query fields that every list has. `sorts`: the orders that an index serves; the first is the default. */
export function listQuery<const S extends readonly [string, ...string[]], F extends z.ZodRawShape>(
  sorts: S,
  filters: F,
) {
  return z.object({
    ...filters,
    sort: z.enum(sorts).default(sorts[0] as S[number] as never),
    size: z.coerce.number().int().min(1).max(largestPage).default(20),
    /** Opaque; from `next` of the page before. */
    cursor: z.string().max(500).optional(),
  })
}

/** The answer of a list: one page, the cursor of the next one, and on the first page the capped count. */
export function pageOf<R extends z.ZodType>(row: R) {
  return z.object({
    rows: z.array(row),
    next: z.string().optional(),
    count: z.object({ n: z.number().int(), capped: z.boolean() }).optional(),
  })
}

/** The shape that questions answer with. */
export type Page<R> = { rows: R[]; next?: string; count?: { n: number; capped: boolean } }
