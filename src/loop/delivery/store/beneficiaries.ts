// Delivery: the SQL of who was served under a contract: members who came to a session, and people whose case had one. Sealed as they are.
import { joinId, splitId } from '../../../kit/id.ts'
import { rowsOf, type Tx } from '../../../platform/database.ts'

export type SealedMember = { readonly group: string; readonly member: string; readonly who: Buffer }
export type SealedClient = { readonly case: string; readonly beneficiary: Buffer; readonly underFourteen: boolean }

/** Members of a contract's groups who came to a session at least once; at most 10,000. */
export async function listServedMembers(tx: Tx, contract: string): Promise<SealedMember[]> {
  const { jurisdiction, uuid } = splitId(contract)
  const rows = await rowsOf<{ group_id: string; id: string; who: Buffer }>(
    tx,
    `SELECT m.group_id, m.id, m.who FROM delivery.social_group g
     JOIN delivery.group_member m ON m.jurisdiction = g.jurisdiction AND m.group_id = g.id
     WHERE g.jurisdiction = $1 AND g.contract = $2
       AND EXISTS (SELECT 1 FROM delivery.session_attendance a WHERE a.jurisdiction = m.jurisdiction AND a.member_id = m.id)
     ORDER BY m.id LIMIT 10000`,
    [jurisdiction, uuid],
  )
  return rows.map((row) => ({
    group: joinId(jurisdiction, row.group_id),
    member: joinId(jurisdiction, row.id),
    who: row.who,
  }))
}

/** People of a contract's cases with consent on record and at least one session; at most 10,000. */
export async function listServedClients(tx: Tx, contract: string): Promise<SealedClient[]> {
  const { jurisdiction, uuid } = splitId(contract)
  const rows = await rowsOf<{ id: string; beneficiary: Buffer; under_fourteen: boolean }>(
    tx,
    `SELECT c.id, c.beneficiary, c.under_fourteen FROM delivery.social_case c
     WHERE c.jurisdiction = $1 AND c.contract = $2 AND c.sessions > 0 AND c.consent IS NOT NULL AND c.consent->>'withdrawnOn' IS NULL AND c.destroyed_at IS NULL
     ORDER BY c.id LIMIT 10000`,
    [jurisdiction, uuid],
  )
  return rows.map((row) => ({
    case: joinId(jurisdiction, row.id),
    beneficiary: row.beneficiary,
    underFourteen: row.under_fourteen,
  }))
}
