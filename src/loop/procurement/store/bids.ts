// Procurement: the SQL of bids and scoring sheets.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { Fen } from '../../../kit/money.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { BidFault } from '../contract.ts'
import type { Bid, Tender } from '../rules.ts'
import type { Sheet } from '../rules/scoring.ts'

export type BidRow = {
  jurisdiction: string
  id: string
  tender: string
  lot: number
  organization: string
  organization_name: string
  price: bigint
  proposal: string
  received_at: Instant
  entered_at: Instant
  entered_by: string
  faults: BidFault[]
  hash: string
}

/** The columns of a bid in a SELECT. */
export const bidColumns = `b.jurisdiction, b.id, b.tender, b.lot, b.organization, b.organization_name, b.price, b.proposal, b.received_at, b.entered_at,
  b.entered_by, b.faults, b.hash`

export function bidOf(row: BidRow): Bid {
  return {
    id: joinId(row.jurisdiction, row.id),
    tender: joinId(row.jurisdiction, row.tender),
    lot: row.lot,
    organization: row.organization,
    organizationName: row.organization_name,
    price: row.price as Fen,
    proposal: row.proposal,
    receivedAt: row.received_at,
    enteredAt: row.entered_at,
    enteredBy: row.entered_by,
    faults: row.faults,
    hash: row.hash,
  }
}

/** Bids of a tender in the order of their entry; bounded by the organizations and lots there are, at most 1,000. */
export async function listBids(tx: Tx, tender: string): Promise<Bid[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<BidRow>(
    tx,
    `SELECT ${bidColumns} FROM procurement.bid b WHERE b.jurisdiction = $1 AND b.tender = $2 ORDER BY b.id LIMIT 1000`,
    [jurisdiction, uuid],
  )
  return rows.map(bidOf)
}

export async function insertBid(tx: Tx, bid: Bid): Promise<void> {
  const { jurisdiction, uuid } = splitId(bid.id)
  await rowOf(
    tx,
    `INSERT INTO procurement.bid (jurisdiction, id, tender, organization, organization_name, price, proposal, received_at, entered_at, entered_by, faults, hash, lot)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      jurisdiction,
      uuid,
      splitId(bid.tender).uuid,
      bid.organization,
      bid.organizationName,
      bid.price,
      bid.proposal,
      bid.receivedAt,
      bid.enteredAt,
      bid.enteredBy,
      bid.faults,
      bid.hash,
      bid.lot ?? 1,
    ],
  )
}

/** Sheets of the present round of scoring. */
export async function listSheets(tx: Tx, tender: Tender): Promise<Sheet[]> {
  const { jurisdiction, uuid } = splitId(tender.id)
  const rows = await rowsOf<{ jurisdiction: string; bid: string; panelist: string; points: number[] }>(
    tx,
    'SELECT s.jurisdiction, s.bid, s.panelist, s.points FROM procurement.sheet s WHERE s.jurisdiction = $1 AND s.tender = $2 AND s.round = $3',
    [jurisdiction, uuid, tender.round],
  )
  return rows.map((row) => ({ bid: joinId(row.jurisdiction, row.bid), panelist: row.panelist, points: row.points }))
}

export async function insertSheet(
  tx: Tx,
  tender: Tender,
  sheet: Sheet & { note?: string; at: Instant },
): Promise<void> {
  const { jurisdiction, uuid } = splitId(tender.id)
  await rowOf(
    tx,
    'INSERT INTO procurement.sheet (jurisdiction, tender, round, bid, panelist, points, note, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [
      jurisdiction,
      uuid,
      tender.round,
      splitId(sheet.bid).uuid,
      sheet.panelist,
      sheet.points,
      sheet.note ?? null,
      sheet.at,
    ],
  )
}
