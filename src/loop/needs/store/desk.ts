// Needs: the SQL of the desk's list, by place and by the words that were typed.
import { type DivisionCode, jurisdictionOf } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { countCap, largestPage } from '../../../kit/listing.ts'
import { atPlace, Conditions } from '../../../platform/conditions.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { type Count, upToCap } from '../../../platform/pages.ts'
import type { NeedState } from '../contract.ts'
import { listed, type ListedNeed, type ListedPage, type Paged, paged, readCursor } from './lists.ts'
import {
  ages,
  anyAge,
  asked,
  atAge,
  lookUpBy,
  queryOf,
  queryOfWhole,
  unseen,
  wholeAndBegun,
  type Words,
  wordsNear,
  wordsOfAge,
} from './words.ts'

export type DeskFilter = Paged & {
  readonly place: DivisionCode
  /** Only what was referred to these departments. */
  readonly departments: readonly string[]
  /** Which private needs the reader may read: those of the place, only raised ones, or none. */
  readonly privates: 'all' | 'raised' | 'none'
  readonly state?: NeedState
  readonly category?: string
  readonly holder?: string
  /** Open needs that one of these holds. */
  readonly heldBy?: readonly string[]
  readonly overdueAt?: Instant
  /** What was typed. */
  readonly words?: Words
  readonly sort: string
}

/** What the filter asks beside place and words. */
function addFilters(conditions: Conditions, filter: DeskFilter): Conditions {
  if (filter.departments.length > 0) conditions.add('n.department = ANY(?::text[])', filter.departments)
  if (filter.privates !== 'all')
    conditions.add(filter.privates === 'raised' ? "(n.visibility = 'public' OR n.raised)" : "n.visibility = 'public'")
  if (filter.state === undefined) conditions.add("n.state NOT IN ('draft', 'withdrawn')")
  else conditions.add("n.state = ? AND n.state <> 'draft'", filter.state)
  if (filter.category !== undefined) conditions.add("n.category LIKE ? || '%'", filter.category)
  if (filter.holder === 'nobody') conditions.add('n.holder IS NULL')
  else if (filter.holder !== undefined) conditions.add('n.holder = ?', filter.holder)
  if (filter.heldBy !== undefined)
    conditions.add("n.holder = ANY(?::text[]) AND n.state IN ('submitted', 'accepted', 'responding')", filter.heldBy)
  if (filter.overdueAt !== undefined) {
    conditions.add(
      "n.due_at < ?::timestamptz AND n.paused_at IS NULL AND n.state IN ('submitted', 'accepted', 'responding')",
      filter.overdueAt,
    )
  }
  return conditions
}

/** Behind the row that the cursor names, as conditions on the columns due_at and id. */
function addCursor(conditions: Conditions, filter: DeskFilter, alias: string): Conditions {
  const after = readCursor(filter.cursor)
  if (after === undefined) return conditions
  if (filter.sort !== 'due') return conditions.add(`${alias}.id < ?::uuid`, after[1])
  if (after[0] === null) return conditions.add(`${alias}.due_at IS NULL AND ${alias}.id > ?::uuid`, after[1])
  return conditions.add(
    `(${alias}.due_at > ?::timestamptz OR (${alias}.due_at = ?::timestamptz AND ${alias}.id > ?::uuid) OR ${alias}.due_at IS NULL)`,
    after[0],
    after[0],
    after[1],
  )
}

const orderOf = (filter: DeskFilter, alias: string) =>
  filter.sort === 'due' ? `${alias}.due_at, ${alias}.id` : `${alias}.id DESC`

const pageOf = (rows: ListedNeed[], filter: DeskFilter) =>
  paged(rows, filter.size, (row) => (filter.sort === 'due' ? row.due_at : null))

/**
 * A word that so large a share of the needs has is frequent: a page of them is found sooner by reading the list, for so many rows, than by looking up all of a
 * county that have the word.
 */
const frequentShare = 0.04
const mostRead = 600

export type DeskPage = ListedPage & { readonly count?: Count }

/** The desk's list: what is due first, or newest first; on its first page with how many rows the filter has, counted up to countCap. */
export async function listDesk(tx: Tx, filter: DeskFilter): Promise<DeskPage> {
  return filter.words === undefined ? listDeskPlace(tx, filter) : listDeskWords(tx, filter, filter.words)
}

async function listDeskPlace(tx: Tx, filter: DeskFilter): Promise<DeskPage> {
  const conditions = addFilters(new Conditions().add(...atPlace('n', filter.place)), filter)
  const every = { where: conditions.where, next: conditions.next, values: [...conditions.values] }
  addCursor(conditions, filter, 'n')
  const rows = await rowsOf<ListedNeed>(
    tx,
    `SELECT ${listed} FROM needs.need n WHERE ${conditions.where} ORDER BY ${orderOf(filter, 'n')} LIMIT ${conditions.next}`,
    [...conditions.values, filter.size + 1],
  )
  const page = pageOf(rows, filter)
  if (filter.cursor !== undefined) return page
  // A first page that no other follows is all there is.
  if (page.next === undefined) return { ...page, count: upToCap(rows.length) }
  // In the order of the index, which ends at the cap instead of reading the county.
  const row = await rowOf<{ n: number }>(
    tx,
    `SELECT count(*)::integer AS n FROM (SELECT 1 FROM needs.need n WHERE ${every.where} ORDER BY n.due_at, n.id LIMIT ${every.next}) AS found`,
    [...every.values, countCap + 1],
  )
  return { ...page, count: upToCap(row?.n ?? 0) }
}

/** Where all that have the words stand: those of the county, or, where the place is larger than that, of fifty days after fifty days. */
function lookUp(place: DivisionCode, words: Words, bind: (value: unknown) => string): string {
  if (place.length < 6) {
    const query = lookUpBy(bind(queryOfWhole(words, anyAge)), bind(queryOf(words, anyAge)))
    return `${ages} CROSS JOIN LATERAL (SELECT e.* FROM needs.need e WHERE ${wordsOfAge('e')} @@ ${atAge(query, 'ages.mark')} OFFSET 0) AS n WHERE true`
  }
  const county = jurisdictionOf(place)
  const at = place.length === 6 ? '' : ` & '@${place.slice(0, 12)}'`
  const query = lookUpBy(bind(`${queryOfWhole(words, county)}${at}`), bind(`${queryOf(words, county)}${at}`))
  return `needs.need n WHERE ${wordsNear('n')} @@ (${query})::tsquery`
}

/**
 * The list of those that have the words, in one statement. Where all of these are frequent, the list is read from its beginning, for `mostRead` rows; in a
 * community, which holds few more, for the beginning of a word as well. Where that fills no page, and for rare words at once, all that have the
 * words are looked up and sorted. Each is a step of its own that runs only when it is needed, and row by row; the planner has nothing to choose.
 */
async function listDeskWords(tx: Tx, filter: DeskFilter, words: Words): Promise<DeskPage> {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  // Written into the text: a number that it does not know the planner takes for a tenth of the table.
  const most = Math.min(filter.size, largestPage) + 1
  const [whole, begun] = wholeAndBegun(words)
  const known = asked(bind(whole), bind(begun))
  const all = lookUp(filter.place, words, bind)
  // Only open needs have words (need_private_is_sealed), so that what the reader may read of private ones does not matter.
  const filters = addFilters(new Conditions(values), { ...filter, privates: 'all' }).where
  const has = `n.search @@ ${bind(queryOf(words))}::tsquery`
  const list = addCursor(new Conditions(values).add(...atPlace('e', filter.place)), filter, 'e').where
  const behind = addCursor(new Conditions(values).add('true'), filter, 'm').where
  const reads = words.begun && filter.place.length >= 12 ? 'true' : `share >= ${frequentShare}`
  const rows = await rowsOf<ListedNeed & { total: number; more: boolean }>(
    tx,
    unseen(`WITH ${known}, list AS MATERIALIZED (
  SELECT n.jurisdiction, n.id, n.due_at, coalesce(${has}, false) AND ${filters} AS met
  FROM (SELECT e.* FROM needs.need e WHERE ${list} ORDER BY ${orderOf(filter, 'e')} LIMIT ${mostRead}) AS n
), read AS MATERIALIZED (
  SELECT count(*) AS n, count(*) FILTER (WHERE met) AS met FROM list WHERE (SELECT ${reads} FROM asked)
), enough AS MATERIALIZED (
  SELECT met >= ${most} OR n BETWEEN 1 AND ${mostRead - 1} AS read,
    met >= ${most} AND n = ${mostRead} AS more, met FROM read
), matched AS MATERIALIZED (
  SELECT n.jurisdiction, n.id, n.due_at FROM ${all}${words.begun ? ` AND (NOT (SELECT by_whole FROM asked) OR ${has})` : ''} AND ${filters}
), page AS MATERIALIZED (
  (SELECT jurisdiction, id, due_at FROM list m WHERE (SELECT read FROM enough) AND m.met ORDER BY ${orderOf(filter, 'm')} LIMIT ${most})
  UNION ALL
  (SELECT jurisdiction, id, due_at FROM matched m WHERE NOT (SELECT read FROM enough) AND ${behind} ORDER BY ${orderOf(filter, 'm')} LIMIT ${most})
)
SELECT ${listed}, e.more, CASE WHEN e.read THEN e.met ELSE ${filter.cursor === undefined ? `(SELECT count(*) FROM (SELECT 1 FROM matched LIMIT ${countCap + 1}) AS counted)` : '0'} END::integer AS total
FROM enough e CROSS JOIN page p JOIN needs.need n ON n.jurisdiction = p.jurisdiction AND n.id = p.id ORDER BY ${orderOf(filter, 'n')}`),
    values,
  )
  const page = pageOf(rows, filter)
  if (filter.cursor !== undefined) return page
  const { total, more } = rows[0] ?? { total: 0, more: false }
  // Where reading on was enough, there are more than those that were read.
  return {
    ...page,
    count: more && page.next !== undefined ? { n: Math.min(total - 1, countCap), capped: true } : upToCap(total),
  }
}
