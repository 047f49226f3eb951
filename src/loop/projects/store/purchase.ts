// Projects: the SQL of the purchase catalogue and the counties' lists.
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { NegativeKind, purchaseClasses } from '../contract/purchase.ts'

export type PurchaseRow = {
  code: string
  class: (typeof purchaseClasses)[number]
  name: string
  name_en: string
  negative: NegativeKind | null
  listed: boolean
  since_year: number | null
}

const purchaseText = `
SELECT i.code, i.class, i.name, i.name_en, i.negative, l.item IS NOT NULL AS listed, l.since_year FROM projects.catalogue_item i
LEFT JOIN projects.purchase_list_item l ON l.jurisdiction = $1 AND l.item = i.code AND l.since_year <= $2 AND (l.until_year IS NULL OR l.until_year > $2)`

/** The catalogue (some dozens of items), and which of it a county's list of the year has. */
export function listPurchaseItems(tx: Tx, jurisdiction: string, year: number): Promise<PurchaseRow[]> {
  return rowsOf(tx, `${purchaseText} ORDER BY i.code`, [jurisdiction, year])
}

export function findPurchaseItem(
  tx: Tx,
  jurisdiction: string,
  year: number,
  code: string,
): Promise<PurchaseRow | undefined> {
  return rowOf(tx, `${purchaseText} WHERE i.code = $3`, [jurisdiction, year, code])
}

/** False when it stands on the list already. An item taken off in the same year comes back. */
export async function insertPurchaseListItem(
  tx: Tx,
  row: { jurisdiction: string; item: string; year: number; by: string },
): Promise<boolean> {
  const done = await rowOf(
    tx,
    `INSERT INTO projects.purchase_list_item AS l (jurisdiction, item, since_year, added_by) VALUES ($1, $2, $3, $4)
     ON CONFLICT (jurisdiction, item, since_year) DO UPDATE SET until_year = NULL, removed_by = NULL, added_by = $4 WHERE l.until_year IS NOT NULL
     RETURNING item`,
    [row.jurisdiction, row.item, row.year, row.by],
  )
  return done !== undefined
}

/** Takes an item off from `year` on; false when it did not stand on the list then. */
export async function savePurchaseRemoval(
  tx: Tx,
  row: { jurisdiction: string; item: string; year: number; by: string },
): Promise<boolean> {
  const done = await rowOf(
    tx,
    `UPDATE projects.purchase_list_item SET until_year = $3, removed_by = $4
     WHERE jurisdiction = $1 AND item = $2 AND since_year <= $3 AND (until_year IS NULL OR until_year > $3) RETURNING item`,
    [row.jurisdiction, row.item, row.year, row.by],
  )
  return done !== undefined
}
