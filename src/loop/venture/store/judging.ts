// Venture calls: the SQL of votes and score sheets.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { Proposal } from '../rules.ts'
import type { Sheet } from '../rules/award.ts'
import { proposalColumns, type ProposalDbRow, proposalOf } from './proposals.ts'

/** False when the person voted for the proposal before. */
export async function insertVote(
  tx: Tx,
  vote: { call: string; proposal: string; person: string; at: Instant },
): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(vote.proposal)
  const row = await rowOf(
    tx,
    `INSERT INTO venture.vote (jurisdiction, call, proposal, person, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING person`,
    [jurisdiction, splitId(vote.call).uuid, uuid, vote.person, vote.at],
  )
  return row !== undefined
}

const voterText = `
INSERT INTO venture.voter AS v (jurisdiction, call, person, used) VALUES ($1, $2, $3, 1)
ON CONFLICT (jurisdiction, call, person) DO UPDATE SET used = v.used + 1 WHERE v.used < $4 RETURNING used`

/** One vote more of a person in a call; undefined when all were used, however many come at once. */
export async function saveVoter(tx: Tx, call: string, person: string, most: number): Promise<number | undefined> {
  const { jurisdiction, uuid } = splitId(call)
  return (await rowOf<{ used: number }>(tx, voterText, [jurisdiction, uuid, person, most]))?.used
}

/** The proposals for which a person voted in a call. */
export async function listVotesOf(tx: Tx, call: string, person: string): Promise<string[]> {
  const { jurisdiction, uuid } = splitId(call)
  const rows = await rowsOf<{ proposal: string }>(
    tx,
    'SELECT v.proposal FROM venture.vote v WHERE v.jurisdiction = $1 AND v.call = $2 AND v.person = $3 LIMIT 100',
    [jurisdiction, uuid, person],
  )
  return rows.map((row) => joinId(jurisdiction, row.proposal))
}

const countText = `
UPDATE venture.proposal p SET state = 'voted', version = p.version + 1, updated_at = $3,
  votes = (SELECT count(*) FROM venture.vote v WHERE v.jurisdiction = $1 AND v.proposal = p.id),
  history = p.history || jsonb_build_array(jsonb_build_object('state', 'voted', 'at', $4::text))
WHERE p.jurisdiction = $1 AND p.call = $2 AND p.state = 'admitted'`

/** The vote is over: every admitted proposal gets its figure, which nobody is shown before the announcement. */
export async function saveVotesCounted(tx: Tx, call: string, now: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(call)
  await rowOf(tx, countText, [jurisdiction, uuid, now, now])
}

/** False when the panelist scored the proposal before. */
export async function insertSheet(
  tx: Tx,
  call: string,
  sheet: Sheet & { readonly note?: string; readonly at: Instant },
): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(sheet.proposal)
  const row = await rowOf(
    tx,
    `INSERT INTO venture.sheet (jurisdiction, call, proposal, panelist, points, note, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT DO NOTHING RETURNING panelist`,
    [jurisdiction, splitId(call).uuid, uuid, sheet.panelist, [...sheet.points], sheet.note ?? null, sheet.at],
  )
  return row !== undefined
}

export type SheetRow = Sheet & { readonly note?: string }

const scoredText = `
SELECT ${proposalColumns}, (SELECT coalesce(jsonb_agg(jsonb_build_object('panelist', s.panelist, 'points', s.points)), '[]')
  FROM venture.sheet s WHERE s.jurisdiction = p.jurisdiction AND s.proposal = p.id) AS sheets
FROM venture.proposal p WHERE p.jurisdiction = $1 AND p.call = $2 AND p.state NOT IN ('draft', 'withdrawn') ORDER BY p.id LIMIT 200`

/** The proposals of a call that were handed in, and all sheets on them, in one statement. */
export async function listScored(tx: Tx, call: string): Promise<{ proposals: Proposal[]; sheets: Sheet[] }> {
  const { jurisdiction, uuid } = splitId(call)
  const rows = await rowsOf<ProposalDbRow & { sheets: { panelist: string; points: number[] }[] }>(tx, scoredText, [
    jurisdiction,
    uuid,
  ])
  const proposals = rows.map(proposalOf)
  return {
    proposals,
    sheets: rows.flatMap((row) =>
      row.sheets.map((sheet) => ({ ...sheet, proposal: joinId<'venture-proposal'>(jurisdiction, row.id) })),
    ),
  }
}

/** All sheets of a call: at most the panel times its proposals. */
export async function listSheets(tx: Tx, call: string): Promise<SheetRow[]> {
  const { jurisdiction, uuid } = splitId(call)
  const rows = await rowsOf<{ proposal: string; panelist: string; points: number[]; note: string | null }>(
    tx,
    'SELECT s.proposal, s.panelist, s.points, s.note FROM venture.sheet s WHERE s.jurisdiction = $1 AND s.call = $2 LIMIT 2000',
    [jurisdiction, uuid],
  )
  return rows.map(({ proposal, panelist, points, note }) => ({
    proposal: joinId(jurisdiction, proposal),
    panelist,
    points,
    note: note ?? undefined,
  }))
}
