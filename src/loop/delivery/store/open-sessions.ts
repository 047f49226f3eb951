// Delivery: the SQL that asks whether somebody is at a session of a group right now. Nothing but SQL.
import { joinId, type Jurisdiction, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'

export type OpenSession = { readonly id: string; readonly group: string }

/** Sessions of a county at which people check in at a moment; at most 200, by their own index. */
export async function listOpenSessions(tx: Tx, jurisdiction: Jurisdiction, now: Instant): Promise<OpenSession[]> {
  const rows = await rowsOf<{ id: string; group_id: string }>(
    tx,
    `SELECT s.id, s.group_id FROM delivery.group_session s
     WHERE s.jurisdiction = $1 AND s.state = 'planned' AND s.opened_at <= $2 AND s.ends > $2 ORDER BY s.ends LIMIT 200`,
    [jurisdiction, now],
  )
  return rows.map((row) => ({ id: joinId(jurisdiction, row.id), group: joinId(jurisdiction, row.group_id) }))
}

/** Whether somebody with one of the marks checked in at one of these sessions; marks are different for each group. */
export async function findAttended(
  tx: Tx,
  jurisdiction: Jurisdiction,
  sessions: readonly { readonly id: string; readonly mark: string }[],
): Promise<boolean> {
  const row = await rowOf<{ session_id: string }>(
    tx,
    `SELECT a.session_id FROM jsonb_to_recordset($2::jsonb) AS x(session uuid, mark text)
     JOIN delivery.session_attendance a ON a.jurisdiction = $1 AND a.session_id = x.session AND a.by_code
     JOIN delivery.group_member m ON m.jurisdiction = $1 AND m.id = a.member_id AND m.mark = x.mark LIMIT 1`,
    [jurisdiction, JSON.stringify(sessions.map(({ id, mark }) => ({ session: splitId(id).uuid, mark })))],
  )
  return row !== undefined
}
