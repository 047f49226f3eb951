// Finds records of one table by number or words, among those that somebody may see: the SQL behind every kind's `find`.
import type { Scopes } from '../../kit/actor.ts'
import { joinId } from '../../kit/id.ts'
import { rowsOf } from '../database.ts'
import type { RecordFinder } from '../declarations.ts'
import { tsqueryText } from './tokens.ts'

/** Where a kind of record lies. All texts are ours, written in a store; nothing of a request gets into them. The row is called `r`. */
export type FoundIn = {
  /** `<schema>.<table>` with jurisdiction, id, number_year and number_value. */
  readonly table: string
  /** The tsvector column of the words; without one, the kind is found by number alone. */
  readonly words?: string
  /** Condition under which anyone finds the row; without one only those within scope do. */
  readonly open?: string
  /** Condition that holds of every row that is ever found. */
  readonly always?: string
  /** The place by which scopes reach it; `r.division` unless named. */
  readonly place?: string
  /** The organization's id by which its staff reach it. */
  readonly organization?: string
  /** What a person whom it concerns is equal to: `r.evaluator`, `ANY(r.panel)`. */
  readonly person?: string
}

/** Of a very frequent word so many rows are looked at: the newest among them are answered. */
const looked = 500

/** The condition of what the scopes may see, and the values that it takes, from $2 on. */
function visible(spec: FoundIn): {
  readonly condition: string
  readonly values: readonly ((scopes: Scopes) => unknown)[]
} {
  const values: ((scopes: Scopes) => unknown)[] = []
  const bind = (value: (scopes: Scopes) => unknown) => `$${values.push(value) + 1}`
  const places = bind((scopes) => [...scopes.divisions])
  const ways = [
    `EXISTS (SELECT 1 FROM unnest(${places}::text[]) AS scope(code) WHERE starts_with(${spec.place ?? 'r.division'}::text, scope.code))`,
  ]
  if (spec.open !== undefined) ways.unshift(`(${spec.open})`)
  if (spec.organization !== undefined)
    ways.push(`${spec.organization} = ANY(${bind((scopes) => [...scopes.organizations])}::text[])`)
  if (spec.person !== undefined) ways.push(`${bind((scopes) => scopes.personId ?? null)}::text = ${spec.person}`)
  const seen = `(${ways.join(' OR ')})`
  return { condition: spec.always === undefined ? seen : `(${spec.always}) AND ${seen}`, values }
}

/**
 * The `find` of a kind: ids, newest first, at most `limit`, in one statement served by the index of its number or of its words; no statement
 * where nothing could be found. What it answers is still judged record by record by whoever shows it: the scopes here only keep what is
 * hidden from crowding out what is not.
 */
export function recordFinder(spec: FoundIn): RecordFinder {
  const seen = visible(spec)
  const newest = (condition: string, more: number) =>
    `SELECT f.jurisdiction, f.id FROM (SELECT r.jurisdiction, r.id FROM ${spec.table} r WHERE ${condition} AND ${seen.condition} LIMIT ${looked}) AS f
     ORDER BY f.id DESC LIMIT $${seen.values.length + more}`
  const byWords = newest(`${spec.words ?? ''} @@ to_tsquery('simple', $1)`, 2)
  const byNumber = newest(`r.number_value = $1::bigint AND r.number_year = $${seen.values.length + 2}::integer`, 3)
  return async (tx, { text, number, scopes }, limit) => {
    const nowhere = scopes.divisions.length === 0 && scopes.organizations.length === 0 && scopes.personId === undefined
    if (spec.open === undefined && nowhere) return []
    const mine = seen.values.map((value) => value(scopes))
    const idsOf = async (sql: string, values: readonly unknown[]) =>
      (await rowsOf<{ jurisdiction: string; id: string }>(tx, sql, values)).map((row) =>
        joinId(row.jurisdiction, row.id),
      )
    if (number !== undefined) return idsOf(byNumber, [number.value, ...mine, number.year, limit])
    const words = spec.words === undefined ? undefined : tsqueryText(text)
    return words === undefined ? [] : idsOf(byWords, [words, ...mine, limit])
  }
}
