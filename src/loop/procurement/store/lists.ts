// Procurement: the SQL of lists and cards.
import { Conditions, under, within } from '../../../platform/conditions.ts'
import { type DivisionCode, jurisdictionOf, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowsOf, rowOf, type Tx } from '../../../platform/database.ts'
import { recordFinder } from '../../../platform/search/record-finder.ts'
import type { TenderState } from '../contract.ts'
import type { Bid, Tender } from '../rules.ts'
import type { Fit } from '../rules/scoring.ts'
import { tenderColumns, tenderOf, type TenderRow } from '../store.ts'
import { bidColumns, bidOf, type BidRow } from './bids.ts'

export type TenderFilter = {
  /** Prefixes, any of them; undefined: everywhere. */
  readonly divisions?: readonly DivisionCode[]
  readonly division?: DivisionCode
  readonly publishedOnly: boolean
  readonly state?: TenderState
  /** Only those found to look like one purchase split in several. */
  readonly split?: boolean
  /** Only those that take bids and for which an organization with these bounds qualifies. */
  readonly fit?: Fit
  /** Drawn to score it. */
  readonly panelist?: string
}

function conditions(filter: TenderFilter): Conditions {
  const found = new Conditions().add('true')
  const { division, divisions = division === undefined ? undefined : [division] } = filter
  if (divisions !== undefined) found.anyOf(within('t', { divisions, organizations: [] }, division))
  if (filter.publishedOnly) found.add('t.published_at IS NOT NULL')
  if (filter.state !== undefined) found.add('t.state = ?', filter.state)
  if (filter.split === true) found.add("(t.split -> 'found') IS NOT NULL")
  if (filter.fit !== undefined) {
    // Narrowed to those that take bids by the index of the state; of these there are few enough to look at what they ask.
    const { categories, rating, certificates } = filter.fit
    found
      .add("t.state = 'published'")
      .add('t.categories <@ ?::text[]', categories)
      .add("coalesce(t.requirements ->> 'minimumRating', '') <= ?", rating)
      .add("(t.requirements ->> 'certificates')::int <= ?", certificates)
  }
  if (filter.panelist !== undefined) found.add('t.panel @> ARRAY[?]::text[]', filter.panelist)
  return found
}

/** Newest first; `after`: the uuid behind which the page begins. */
export async function listTenderRows(
  tx: Tx,
  filter: TenderFilter,
  size: number,
  after: string | undefined,
): Promise<Tender[]> {
  const found = conditions(filter)
  if (after !== undefined) found.add('t.id < ?', after)
  const { where, next, values } = found
  const rows = await rowsOf<TenderRow>(
    tx,
    `SELECT ${tenderColumns} FROM procurement.tender t WHERE ${where} ORDER BY t.id DESC LIMIT ${next}`,
    [...values, size],
  )
  return rows.map(tenderOf)
}

/** How many there are, counted up to `cap` + 1. */
export async function listTenderCount(tx: Tx, filter: TenderFilter, cap: number): Promise<number> {
  const { where, next, values } = conditions(filter)
  const row = await rowOf<{ n: bigint }>(
    tx,
    `SELECT count(*) AS n FROM (SELECT 1 FROM procurement.tender t WHERE ${where} LIMIT ${next}) AS bounded`,
    [...values, cap + 1],
  )
  return Number(row?.n ?? 0n)
}

function keysOf(ids: readonly string[]): [string[], string[]] {
  const keys = ids.map(splitId)
  return [[...new Set(keys.map((key) => key.jurisdiction as string))], keys.map((key) => key.uuid)]
}

export async function listTendersById(tx: Tx, ids: readonly string[]): Promise<Tender[]> {
  if (ids.length === 0) return []
  const rows = await rowsOf<TenderRow>(
    tx,
    `SELECT ${tenderColumns} FROM procurement.tender t WHERE t.jurisdiction = ANY($1) AND t.id = ANY($2)`,
    keysOf(ids),
  )
  return rows.map(tenderOf)
}

/** Most purchases of one item that a buyer is shown beside another; a year has fewer. */
const mostPurchases = 100

/** Tenders of the same item, buyer (a township with its communities) and calendar year, oldest first. `since`, `until`: the year's bounds. */
export async function listPurchases(
  tx: Tx,
  { item, buyer }: { readonly item: string; readonly buyer: DivisionCode },
  since: Instant,
  until: Instant,
): Promise<Tender[]> {
  const found = new Conditions()
    .add('t.jurisdiction = ?', jurisdictionOf(buyer))
    .add('t.item = ?', item)
    .add(...under('t.division', buyer))
    .add('t.created_at >= ?', since)
    .add('t.created_at <= ?', until)
  const { where, values } = found
  const rows = await rowsOf<TenderRow>(
    tx,
    `SELECT ${tenderColumns} FROM procurement.tender t WHERE ${where} ORDER BY t.created_at LIMIT ${mostPurchases}`,
    values,
  )
  return rows.map(tenderOf)
}

export type BidCardRow = {
  readonly bid: Bid
  readonly division: string
  readonly panel: readonly string[]
  readonly title: string
}

export async function listBidCards(tx: Tx, ids: readonly string[]): Promise<BidCardRow[]> {
  if (ids.length === 0) return []
  const rows = await rowsOf<BidRow & { tender_division: string; tender_panel: string[]; tender_title: string }>(
    tx,
    `SELECT ${bidColumns}, t.division AS tender_division, t.panel AS tender_panel, t.title AS tender_title FROM procurement.bid b
     JOIN procurement.tender t ON t.jurisdiction = b.jurisdiction AND t.id = b.tender WHERE b.jurisdiction = ANY($1) AND b.id = ANY($2)`,
    keysOf(ids),
  )
  return rows.map((row) => ({
    bid: bidOf(row),
    division: row.tender_division,
    panel: row.tender_panel,
    title: row.tender_title,
  }))
}

/** Bids of some organizations, newest first. */
export async function listBidsOf(
  tx: Tx,
  organizations: readonly string[],
  size: number,
  after: string | undefined,
): Promise<Bid[]> {
  if (organizations.length === 0) return []
  const rows = await rowsOf<BidRow>(
    tx,
    `SELECT ${bidColumns} FROM procurement.bid b WHERE b.organization = ANY($1) AND ($2::uuid IS NULL OR b.id < $2) ORDER BY b.id DESC LIMIT $3`,
    [organizations, after ?? null, size],
  )
  return rows.map(bidOf)
}

/** Published ones everybody finds; before that, the desks of the place. */
export const listFoundTenders = recordFinder({
  table: 'procurement.tender',
  words: 'r.search',
  open: 'r.published_at IS NOT NULL',
})
