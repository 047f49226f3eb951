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

/** The condition of what the scopes may see, and the values that it takes, from the first parameter on ($2). */
export function visible(
  spec: Omit<FoundIn, 'table'>,
  first = 2,
): {
  readonly condition: string
  readonly values: readonly ((scopes: Scopes) => unknown)[]
} {
  const values: ((scopes: Scopes) => unknown)[] = []
  const bind = (value: (scopes: Scopes) => unknown) => `$${values.push(value) + first - 1}`
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
 * The `find` of a kind: ids, those near to the asker first, then the newest, at most `limit`, in one statement served by the index of its
 * number, of its words or of its age; no statement where nothing could be found. What it answers is still judged record by record by
 * whoever shows it: the scopes here only keep what is hidden from crowding out what is not.
 */
export function recordFinder(spec: FoundIn): RecordFinder {
  const seen = visible(spec)
  const near = `$${seen.values.length + 2}::text`
  const most = `$${seen.values.length + 3}`
  const newest = (condition: string) => {
    const branch = (rank: number, place: string) =>
      `(SELECT r.jurisdiction, r.id, ${rank} AS near FROM ${spec.table} r WHERE ${condition} AND ${seen.condition} AND ${place} ORDER BY r.id DESC LIMIT ${most})`
    return `SELECT f.jurisdiction, f.id FROM (${branch(1, `r.jurisdiction = ${near}`)} UNION ALL ${branch(0, `r.jurisdiction <> ${near}`)}) AS f
     ORDER BY f.near DESC, f.id DESC LIMIT ${most}`
  }
  const byWords = newest(`${spec.words ?? ''} @@ to_tsquery('simple', $1)`)
  const byNumber = newest(`r.number_value = $1::bigint AND r.number_year = $${seen.values.length + 4}::integer`)
  return async (tx, query, limit) => {
    const { number, scopes } = query
    const nowhere = scopes.divisions.length === 0 && scopes.organizations.length === 0 && scopes.personId === undefined
    if (spec.open === undefined && nowhere) return []
    const rest = [...seen.values.map((value) => value(scopes)), query.near ?? '', limit]
    const idsOf = async (sql: string, values: readonly unknown[]) => {
      const rows = await rowsOf<{ jurisdiction: string; id: string }>(tx, sql, values)
      return rows.map((row) => joinId(row.jurisdiction, row.id))
    }
    if (number !== undefined) return idsOf(byNumber, [number.value, ...rest, number.year])
    const words = spec.words === undefined ? undefined : tsqueryText(query.text)
    return words === undefined ? [] : idsOf(byWords, [words, ...rest])
  }
}
