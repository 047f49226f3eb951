// Procurement: the SQL of what a tender's rows are held against: its sealed events, and sheets with their notes.
import { joinId, splitId } from '../../../kit/id.ts'
import { rowsOf, type Tx } from '../../../platform/database.ts'
import type { KeptEvent, KeptSheet } from '../rules/verification.ts'

/** Events that say what was bid, drawn, scored and awarded. */
const names = ['publishTender', 'enterBid', 'openBid', 'confirmOpening', 'appointPanel', 'scoreBid', 'proposeAward']

type Row = {
  name: string
  record_kind: string
  record_id: string
  actor: string | null
  organization: string | null
  amount: bigint | null
  data: Record<string, unknown>
}

/** Those events of the tender and of the bids, oldest first; at most 5,000. */
export async function listKeptEvents(tx: Tx, tender: string, bids: readonly string[]): Promise<KeptEvent[]> {
  const rows = await rowsOf<Row>(
    tx,
    `SELECT e.name, e.record_kind, e.record_id, e.actor, e.organization, e.amount, e.data
     FROM jsonb_to_recordset($2::jsonb) AS x(kind text, id text)
     JOIN platform.event e ON e.jurisdiction = $1 AND e.record_kind = x.kind AND e.record_id = x.id
     WHERE e.name = ANY ($3) ORDER BY e.at, e.id LIMIT 5000`,
    [
      splitId(tender).jurisdiction,
      JSON.stringify([{ kind: 'tender', id: tender }, ...bids.map((id) => ({ kind: 'bid', id }))]),
      names.map((name) => `procurement.${name}`),
    ],
  )
  return rows.map((row) => ({
    name: row.name,
    of: { kind: row.record_kind, id: row.record_id },
    actor: row.actor ?? undefined,
    organization: row.organization ?? undefined,
    amount: row.amount ?? undefined,
    data: row.data,
  }))
}

/** Sheets of all rounds; at most 5,000. */
export async function listKeptSheets(tx: Tx, tender: string): Promise<KeptSheet[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<{ bid: string; panelist: string; points: number[]; round: number; note: string | null }>(
    tx,
    `SELECT s.bid, s.panelist, s.points, s.round, s.note FROM procurement.sheet s WHERE s.jurisdiction = $1 AND s.tender = $2
     ORDER BY s.round, s.bid, s.panelist LIMIT 5000`,
    [jurisdiction, uuid],
  )
  return rows.map((row) => ({ ...row, bid: joinId(jurisdiction, row.bid), note: row.note ?? undefined }))
}
