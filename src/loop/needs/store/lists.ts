// Needs: the SQL of lists: board, mine, and what every list is made of. Every one is bounded and served by an index of its own.
import type { DivisionCode } from '../../../kit/id.ts'
import { largestPage } from '../../../kit/listing.ts'
import type { Point } from '../../../kit/point.ts'
import { Conditions } from '../../../platform/conditions.ts'
import { rowsOf, type Tx } from '../../../platform/database.ts'
import { boardStates, type NeedState } from '../contract.ts'
import { needColumns, type NeedRow } from './rows.ts'

/** A list row: without the long texts and the history, the title apart. */
export type ListedNeed = NeedRow & { title: string | null }

// The long texts and the history stay in the table: a page carries titles and states only.
export const listed = needColumns
  .replace('n.texts, n.texts_sealed', "NULL::jsonb AS texts, n.texts_sealed, n.texts->>'title' AS title")
  .replace('n.history', "'[]'::jsonb AS history")

/** The place in a list where the next page begins: sort value and id of the last row. */
type Cursor = readonly [string | number | null, string]

export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(value) &&
      value.length === 2 &&
      /^[0-9a-f-]{36}$/.test(String(value[1])) &&
      isSortValue(value[0])
      ? [value[0], String(value[1])]
      : undefined
  } catch {
    return undefined
  }
}

function isSortValue(value: unknown): value is string | number | null {
  return (
    value === null ||
    (typeof value === 'number' && Number.isSafeInteger(value)) ||
    (typeof value === 'string' && !Number.isNaN(Date.parse(value)))
  )
}

export type Paged = { readonly size: number; readonly cursor?: string }
export type ListedPage = { readonly rows: ListedNeed[]; readonly next?: string }

/** Cuts the row too many off and names where the next page begins. */
export function paged(
  rows: ListedNeed[],
  size: number,
  sortValue: (row: ListedNeed) => string | number | null,
): ListedPage {
  if (rows.length <= size) return { rows }
  const page = rows.slice(0, size)
  const last = page[page.length - 1]
  return {
    rows: page,
    next:
      last === undefined ? undefined : Buffer.from(JSON.stringify([sortValue(last), last.id])).toString('base64url'),
  }
}

const onBoard = `n.state IN (${boardStates.map((state) => `'${state}'`).join(', ')})`

export type BoardFilter = Paged & {
  readonly division: DivisionCode
  readonly state?: NeedState
  readonly category?: string
  readonly sort: string
}

/** Open needs of one community, newest or most supported first. */
export async function listBoard(tx: Tx, filter: BoardFilter): Promise<ListedPage> {
  const conditions = new Conditions().add("n.visibility = 'public' AND n.division = ?", filter.division)
  if (filter.state === undefined) conditions.add(onBoard)
  else conditions.add('n.state = ?', filter.state)
  // A class stands for its kinds.
  if (filter.category !== undefined) conditions.add("n.category LIKE ? || '%'", filter.category)
  const after = readCursor(filter.cursor)
  if (filter.sort === 'supports') {
    if (after !== undefined) conditions.add('(n.supports, n.id) < (?::integer, ?::uuid)', after[0], after[1])
  } else if (after !== undefined) conditions.add('n.id < ?::uuid', after[1])
  const order = filter.sort === 'supports' ? 'n.supports DESC, n.id DESC' : 'n.id DESC'
  const rows = await rowsOf<ListedNeed>(
    tx,
    `SELECT ${listed} FROM needs.need n WHERE ${conditions.where} ORDER BY ${order} LIMIT $${conditions.values.length + 1}`,
    [...conditions.values, Math.min(filter.size, largestPage) + 1],
  )
  return paged(rows, filter.size, (row) => (filter.sort === 'supports' ? row.supports : null))
}

const placesNamed = `
SELECT place, count(*)::integer AS needs, round(avg(lat), 6)::float8 AS lat, round(avg(long), 6)::float8 AS long FROM (
  SELECT n.texts->>'place' AS place, (n.texts->'point'->>'lat')::numeric AS lat, (n.texts->'point'->>'long')::numeric AS long
  FROM needs.need n
  WHERE n.visibility = 'public' AND n.division = $1 AND ${onBoard} ORDER BY n.id DESC LIMIT 300
) AS newest WHERE place <> '' GROUP BY place HAVING count(*) > 1 ORDER BY needs DESC, place LIMIT 12`

/**
 * Places that more than one of a community's newest 300 open needs names: what one person wrote alone may be a door number. With the middle of
 * the points that those needs carry.
 */
export async function listNamedPlaces(
  tx: Tx,
  division: DivisionCode,
): Promise<{ readonly place: string; readonly needs: number; readonly point?: Point }[]> {
  const rows = await rowsOf<{ place: string; needs: number; lat: number | null; long: number | null }>(
    tx,
    placesNamed,
    [division],
  )
  return rows.map(({ place, needs, lat, long }) =>
    lat === null || long === null ? { place, needs } : { place, needs, point: { lat, long } },
  )
}

/** Everything that a resident raised, newest first. */
export async function listMine(tx: Tx, resident: string, filter: Paged): Promise<ListedPage> {
  const conditions = new Conditions().add('n.resident = ?', resident)
  const after = readCursor(filter.cursor)
  if (after !== undefined) conditions.add('n.id < ?::uuid', after[1])
  const rows = await rowsOf<ListedNeed>(
    tx,
    `SELECT ${listed} FROM needs.need n WHERE ${conditions.where} ORDER BY n.id DESC LIMIT $${conditions.values.length + 1}`,
    [...conditions.values, filter.size + 1],
  )
  return paged(rows, filter.size, () => null)
}
