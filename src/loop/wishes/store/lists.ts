// Wishes: the SQL of lists: board, mine, desk, ranking. Every one is bounded and served by an index of its own.
import { type DivisionCode, jurisdictionOf, splitId } from '../../../kit/id.ts'
import { atPlace, behind, Conditions } from '../../../platform/conditions.ts'
import { cursorOf } from '../../../platform/cursor.ts'
import { rowsOf, type Tx } from '../../../platform/database.ts'
import { recordFinder } from '../../../platform/search/record-finder.ts'
import { boardStates, type GiverKind } from '../contract.ts'
import type { Wish } from '../rules.ts'
import { wishColumns, wishOf, type WishRow } from '../store.ts'

type Paged = { readonly size: number; readonly cursor?: string }
export type WishPage = { readonly rows: Wish[]; readonly next?: string }

const onBoard = `w.state IN (${boardStates.map((state) => `'${state}'`).join(', ')})`

async function pageOf(tx: Tx, conditions: Conditions, { size }: Paged): Promise<WishPage> {
  const rows = await rowsOf<WishRow>(
    tx,
    `SELECT ${wishColumns} FROM wishes.wish w WHERE ${conditions.where} ORDER BY w.id DESC LIMIT $${conditions.values.length + 1}`,
    [...conditions.values, size + 1],
  )
  const page = rows.slice(0, size).map(wishOf)
  const last = page[page.length - 1]
  return { rows: page, next: rows.length > size && last !== undefined ? cursorOf([splitId(last.id).uuid]) : undefined }
}

export type WishFilter = Paged & {
  readonly place: DivisionCode
  readonly state?: string
  readonly category?: string
  /** From tsqueryText. */
  readonly query?: string
  /** Wishes off the board too. */
  readonly all?: boolean
}

/** Wishes of a place, newest first. */
export function listWishesOf(tx: Tx, filter: WishFilter): Promise<WishPage> {
  const conditions = new Conditions().add(...atPlace('w', filter.place))
  if (filter.state !== undefined) conditions.add('w.state = ?', filter.state)
  else if (filter.all !== true) conditions.add(onBoard)
  // A class stands for its kinds.
  if (filter.category !== undefined) conditions.add("w.category LIKE ? || '%'", filter.category)
  if (filter.query !== undefined) conditions.add("w.search @@ to_tsquery('simple', ?)", filter.query)
  return pageOf(tx, conditions.all(behind('w', filter.cursor)), filter)
}

/** Wishes that a person claimed and still has, or of their own needs. */
export function listWishesOfPerson(
  tx: Tx,
  filter: Paged & { readonly person: string; readonly side: 'claimed' | 'wished' },
): Promise<WishPage> {
  const column = filter.side === 'claimed' ? 'w.claimed_by' : 'w.resident'
  return pageOf(tx, new Conditions().add(`${column} = ?`, filter.person).all(behind('w', filter.cursor)), filter)
}

export type Standing = {
  readonly giver: string
  readonly kind: GiverKind
  readonly name?: string
  readonly helped: number
}

/** Givers of a place in a year, most residents helped first, behind the one that `after` names. */
export async function listStandings(
  tx: Tx,
  filter: {
    readonly place: DivisionCode
    readonly year: number
    readonly size: number
    readonly after?: { readonly helped: number; readonly giver: string }
  },
): Promise<Standing[]> {
  const { place, year, size, after } = filter
  const rows = await rowsOf<{ giver: string; giver_kind: GiverKind; name: string | null; helped: number }>(
    tx,
    `SELECT s.giver, s.giver_kind, s.name, s.helped FROM wishes.standing s
     WHERE s.jurisdiction = $1 AND s.place = $2 AND s.year = $3
       AND ($4::integer IS NULL OR s.helped < $4::integer OR (s.helped = $4::integer AND s.giver > $5::text))
     ORDER BY s.helped DESC, s.giver LIMIT $6`,
    [jurisdictionOf(place), place, year, after?.helped ?? null, after?.giver ?? null, size],
  )
  return rows.map((row) => ({
    giver: row.giver,
    kind: row.giver_kind,
    name: row.name ?? undefined,
    helped: row.helped,
  }))
}

/** On the board everybody finds them; off it those who may read them. */
export const listFoundWishes = recordFinder({
  table: 'wishes.wish',
  words: 'r.search',
  open: `r.state IN (${boardStates.map((state) => `'${state}'`).join(', ')})`,
  person: 'ANY(ARRAY[r.resident, r.claimed_by])',
})
