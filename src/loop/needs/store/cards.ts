// Needs: the SQL of cards: what threads, search, notices and my work show of a need, without the rest of its row.
import { asDivision, type Id, joinId } from '../../../kit/id.ts'
import { rowsOf, type Tx } from '../../../platform/database.ts'
import type { Need } from '../rules.ts'
import { keysOf } from '../store.ts'
import type { NeedRow } from './rows.ts'

type Row = Pick<
  NeedRow,
  | 'jurisdiction'
  | 'id'
  | 'division'
  | 'state'
  | 'visibility'
  | 'number_year'
  | 'number_value'
  | 'resident'
  | 'route'
  | 'department'
> & { title: string | null }

/** What a card is made of. `title`: of open needs only, those of private ones are sealed. */
export type NeedCard = Pick<
  Need,
  'id' | 'division' | 'state' | 'visibility' | 'number' | 'resident' | 'route' | 'department'
> & { readonly title?: string }

/** Needs of many ids, in no order; unknown ones are left out. */
export async function listNeedCards(tx: Tx, ids: readonly string[]): Promise<NeedCard[]> {
  if (ids.length === 0) return []
  const rows = await rowsOf<Row>(
    tx,
    `SELECT n.jurisdiction, n.id, n.division, n.state, n.visibility, n.number_year, n.number_value, n.resident, n.route, n.department, n.texts->>'title' AS title
     FROM needs.need n WHERE n.jurisdiction = ANY($1) AND n.id = ANY($2)`,
    keysOf(ids),
  )
  return rows.map((row) => ({
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    state: row.state,
    visibility: row.visibility,
    number:
      row.number_year === null || row.number_value === null
        ? undefined
        : { year: row.number_year, value: Number(row.number_value) },
    resident: row.resident as Id<'person'>,
    route: row.route ?? undefined,
    department: row.department ?? undefined,
    title: row.visibility === 'public' ? (row.title ?? undefined) : undefined,
  }))
}
