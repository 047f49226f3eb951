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
  ageSteps,
  ages,
  anyAge,
  asked,
  atAge,
  lookUpBy,
  queryOf,
  queryOfWhole,
  unseen,
  usualShare,
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
 * A word that so large a share of the needs has is frequent: a page of them is found sooner by reading the list, for so many rows, than by looking up who has the
 * word. `inSteps`: where it can be looked up step by step.
 */
const frequentShare = { atOnce: 0.04, inSteps: 0.2 }
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

type Bind = (value: unknown) => string

/** The words of a county, or of a smaller place in it, as a query for need_words_near. */
function queryNear(place: DivisionCode, words: Words, bind: Bind): string {
  const county = jurisdictionOf(place)
  const at = place.length === 6 ? '' : ` & '@${place.slice(0, 12)}'`
  return lookUpBy(bind(`${queryOfWhole(words, county)}${at}`), bind(`${queryOf(words, county)}${at}`))
}

/** Where all that have the words stand: those of the county, or, where the place is larger than that, of fifty days after fifty days. */
function lookUp(place: DivisionCode, words: Words, bind: Bind): string {
  if (place.length >= 6) return `needs.need n WHERE ${wordsNear('n')} @@ (${queryNear(place, words, bind)})::tsquery`
  const query = lookUpBy(bind(queryOfWhole(words, anyAge)), bind(queryOf(words, anyAge)))
  return `${ages} CROSS JOIN LATERAL (SELECT e.* FROM needs.need e WHERE ${wordsOfAge('e')} @@ ${atAge(query, 'ages.mark')} OFFSET 0) AS n WHERE true`
}

/** What the steps are made of: query and county as parameters, the conditions on a row `n`, and how many rows fill a page. */
type Steps = { readonly query: string; readonly county: string; readonly met: string; readonly most: number }

/**
 * The steps of a list: `soon`, of what has a date due all that have the words, where the list is by that date; `later`, the others by fifty days, until a page
 * is full. Each runs only where that is the way.
 */
function stepsText({ query, county, met, most }: Steps, filter: DeskFilter): string {
  const due = filter.sort === 'due'
  const among = (marks: string) =>
    `SELECT n.jurisdiction, n.id, n.due_at FROM needs.need n WHERE ${wordsNear('n')} @@ (${query} || ' & (' || ${marks} || ')')::tsquery AND ${met}`
  const soon = due
    ? `SELECT s.* FROM (SELECT 1 FROM enough WHERE way = 'steps') AS e CROSS JOIN LATERAL (${among(`'''' || ${county}::text || '!'''`)} OFFSET 0) AS s`
    : 'SELECT m.jurisdiction, m.id, m.due_at FROM list m WHERE false'
  return `soon AS MATERIALIZED (${soon}
), later AS MATERIALIZED (
  SELECT l.* FROM (SELECT 1 FROM enough WHERE way = 'steps' AND (SELECT count(*) FROM soon) < ${most}) AS e
  CROSS JOIN LATERAL ${ageSteps(county, due ? 'oldest' : 'newest')}
  CROSS JOIN LATERAL (SELECT n.* FROM (${among('steps.among')}${due ? ' AND n.due_at IS NULL' : ''} OFFSET 0) AS n ORDER BY ${due ? 'n.id' : 'n.id DESC'} LIMIT ${most}) AS l LIMIT ${most}
)`
}

/** The parts of a list that has no steps. */
const noSteps =
  'soon AS (SELECT jurisdiction, id, due_at FROM list WHERE false), later AS (SELECT jurisdiction, id, due_at FROM list WHERE false)'

/**
 * The list of those that have the words, in one statement, by one of three ways. `read`: where all of them are frequent, the list is read from its beginning, for `mostRead` rows; in a
 * community, which holds few more, for the beginning of a word as well. `steps`: where they are usual in a county, they are looked up step by step until a page is full; a
 * smaller place holds too few for that. `all`: where reading fills no page, and for rare words at once, all that have the words are looked up and sorted. Each is a part of its own that runs
 * only when it is needed, and row by row; the planner has nothing to choose.
 */
async function listDeskWords(tx: Tx, filter: DeskFilter, words: Words): Promise<DeskPage> {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  // Written into the text: a number that it does not know the planner takes for a tenth of the table.
  const most = Math.min(filter.size, largestPage) + 1
  const [whole, begun] = wholeAndBegun(words)
  const known = asked(bind(whole), bind(begun))
  const inSteps = filter.place.length === 6
  const all = lookUp(filter.place, words, bind)
  // Only open needs have words (need_private_is_sealed), so that what the reader may read of private ones does not matter.
  const filters = addFilters(new Conditions(values), { ...filter, privates: 'all' }).where
  const has = `n.search @@ ${bind(queryOf(words))}::tsquery`
  const met = `${filters}${words.begun ? ` AND (NOT (SELECT by_whole FROM asked) OR ${has})` : ''}`
  const list = addCursor(new Conditions(values).add(...atPlace('e', filter.place)), filter, 'e').where
  const behind = (alias: string) => addCursor(new Conditions(values).add('true'), filter, alias).where
  const reads =
    words.begun && filter.place.length >= 12
      ? 'true'
      : `share >= ${inSteps ? frequentShare.inSteps : frequentShare.atOnce}`
  const query = inSteps ? queryNear(filter.place, words, bind) : ''
  const steps = inSteps
    ? stepsText({ query, county: bind(jurisdictionOf(filter.place)), met: `${met} AND ${behind('n')}`, most }, filter)
    : noSteps
  const rows = await rowsOf<ListedNeed & { total: number; more: boolean }>(
    tx,
    unseen(`WITH ${known}, list AS MATERIALIZED (
  SELECT n.jurisdiction, n.id, n.due_at, coalesce(${has}, false) AND ${filters} AS met
  FROM (SELECT e.* FROM needs.need e WHERE ${list} ORDER BY ${orderOf(filter, 'e')} LIMIT ${mostRead}) AS n
), read AS MATERIALIZED (
  SELECT count(*) AS n, count(*) FILTER (WHERE met) AS met FROM list WHERE (SELECT ${reads} FROM asked)
), enough AS MATERIALIZED (
  SELECT CASE WHEN met >= ${most} OR n BETWEEN 1 AND ${mostRead - 1} THEN 'read'
      WHEN (SELECT ${inSteps ? `share >= ${usualShare}` : 'false'} FROM asked) THEN 'steps' ELSE 'all' END AS way,
    met >= ${most} AND n = ${mostRead} AS more, met FROM read
), ${steps}, matched AS MATERIALIZED (
  SELECT n.jurisdiction, n.id, n.due_at FROM ${all} AND ${met}
), page AS MATERIALIZED (
  (SELECT jurisdiction, id, due_at FROM list m WHERE (SELECT way = 'read' FROM enough) AND m.met ORDER BY ${orderOf(filter, 'm')} LIMIT ${most})
  UNION ALL
  (SELECT jurisdiction, id, due_at FROM (SELECT * FROM soon UNION ALL SELECT * FROM later) AS m ORDER BY ${orderOf(filter, 'm')} LIMIT ${most})
  UNION ALL
  (SELECT jurisdiction, id, due_at FROM matched m WHERE (SELECT way = 'all' FROM enough) AND ${behind('m')} ORDER BY ${orderOf(filter, 'm')} LIMIT ${most})
)
SELECT ${listed}, e.more OR e.way = 'steps' AS more, CASE e.way WHEN 'read' THEN e.met
  WHEN 'steps' THEN (SELECT count(*) FROM soon) + (SELECT count(*) FROM later)
  ELSE ${filter.cursor === undefined ? `(SELECT count(*) FROM (SELECT 1 FROM matched LIMIT ${countCap + 1}) AS counted)` : '0'} END::integer AS total
FROM enough e CROSS JOIN page p JOIN needs.need n ON n.jurisdiction = p.jurisdiction AND n.id = p.id ORDER BY ${orderOf(filter, 'n')}`),
    values,
  )
  const page = pageOf(rows, filter)
  if (filter.cursor !== undefined) return page
  const { total, more } = rows[0] ?? { total: 0, more: false }
  // Where reading on was enough, or some of the steps, there are more than those that were seen.
  return {
    ...page,
    count: more && page.next !== undefined ? { n: Math.min(total - 1, countCap), capped: true } : upToCap(total),
  }
}
