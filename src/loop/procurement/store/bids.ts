// Procurement: the SQL of bids, scoring sheets and objections.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { Fen } from '../../../kit/money.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { BidFault, ObjectionTarget } from '../contract.ts'
import type { Bid, Objection, Tender } from '../rules.ts'
import type { Sheet } from '../rules/scoring.ts'

const some = <T>(value: T | null): T | undefined => value ?? undefined

export type BidRow = {
  jurisdiction: string
  id: string
  tender: string
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
export const bidColumns = `b.jurisdiction, b.id, b.tender, b.organization, b.organization_name, b.price, b.proposal, b.received_at, b.entered_at,
  b.entered_by, b.faults, b.hash`

export function bidOf(row: BidRow): Bid {
  return {
    id: joinId(row.jurisdiction, row.id),
    tender: joinId(row.jurisdiction, row.tender),
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

/** Bids of a tender in the order of their entry; bounded by the organizations there are, at most 200. */
export async function listBids(tx: Tx, tender: string): Promise<Bid[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<BidRow>(
    tx,
    `SELECT ${bidColumns} FROM procurement.bid b WHERE b.jurisdiction = $1 AND b.tender = $2 ORDER BY b.id LIMIT 200`,
    [jurisdiction, uuid],
  )
  return rows.map(bidOf)
}

export async function insertBid(tx: Tx, bid: Bid): Promise<void> {
  const { jurisdiction, uuid } = splitId(bid.id)
  await rowOf(
    tx,
    `INSERT INTO procurement.bid (jurisdiction, id, tender, organization, organization_name, price, proposal, received_at, entered_at, entered_by, faults, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
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

type ObjectionRow = {
  jurisdiction: string
  id: string
  organization: string
  organization_name: string
  person: string
  against: ObjectionTarget
  argument: string
  asked: string
  at: Instant
  due: Instant
  state: Objection['state']
  decision: string | null
  decided_by: string | null
  decided_at: Instant | null
}

/** Objections to a tender, oldest first, at most 100. */
export async function listObjections(tx: Tx, tender: string): Promise<Objection[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<ObjectionRow>(
    tx,
    `SELECT o.jurisdiction, o.id, o.organization, o.organization_name, o.person, o.against, o.argument, o.asked, o.at, o.due, o.state, o.decision,
       o.decided_by, o.decided_at FROM procurement.objection o WHERE o.jurisdiction = $1 AND o.tender = $2 ORDER BY o.id LIMIT 100`,
    [jurisdiction, uuid],
  )
  return rows.map((row) => ({
    id: joinId(row.jurisdiction, row.id),
    organization: row.organization,
    organizationName: row.organization_name,
    person: row.person,
    against: row.against,
    argument: row.argument,
    asked: row.asked,
    at: row.at,
    due: row.due,
    state: row.state,
    decision: some(row.decision),
    decidedBy: some(row.decided_by),
    decidedAt: some(row.decided_at),
  }))
}

export async function insertObjection(tx: Tx, tender: string, objection: Objection): Promise<void> {
  const { jurisdiction, uuid } = splitId(objection.id)
  await rowOf(
    tx,
    `INSERT INTO procurement.objection (jurisdiction, id, tender, organization, organization_name, person, against, argument, asked, at, due, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      jurisdiction,
      uuid,
      splitId(tender).uuid,
      objection.organization,
      objection.organizationName,
      objection.person,
      objection.against,
      objection.argument,
      objection.asked,
      objection.at,
      objection.due,
      objection.state,
    ],
  )
}

export async function saveObjection(tx: Tx, objection: Objection): Promise<void> {
  const { jurisdiction, uuid } = splitId(objection.id)
  await rowOf(
    tx,
    'UPDATE procurement.objection SET state = $3, decision = $4, decided_by = $5, decided_at = $6 WHERE jurisdiction = $1 AND id = $2',
    [
      jurisdiction,
      uuid,
      objection.state,
      objection.decision ?? null,
      objection.decidedBy ?? null,
      objection.decidedAt ?? null,
    ],
  )
}
