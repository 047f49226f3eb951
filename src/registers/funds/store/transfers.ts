// SQL of proposals and the transfers that they become.
import type { Scopes } from '../../../kit/actor.ts'
import { asDivision, type DivisionCode, joinId, splitId } from '../../../kit/id.ts'
import { instant, type Instant } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import { behind, Conditions, under } from '../../../platform/conditions.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { countUpToCap, paged } from '../../../platform/pages.ts'
import { recordFinder } from '../../../platform/search/record-finder.ts'
import { type Statement, together } from '../../../platform/together.ts'
import {
  type Source,
  sources,
  type TransferId,
  type TransferPurpose,
  transferPurposes,
  type TransferState,
  transferStates,
} from '../contract.ts'
import type { Transfer } from '../rules.ts'
import { type Found, inScopes, oneOf, type Paging } from './rows.ts'

type ProposalRow = {
  jurisdiction: string
  id: string
  division: string
  state: string
  version: number
  number_year: number
  number_value: bigint
  purpose: string
  source: string
  earmark: string
  from_jurisdiction: string
  from_account: string
  to_jurisdiction: string
  to_account: string
  amount: bigint
  organization: string | null
  project: string | null
  contract: string | null
  milestone: string | null
  document: string | null
  reason: string | null
  reverses: string | null
  reversed_purpose: string | null
  accepters: string[]
  proposed_by: string
  decided_by: string | null
  due: string | null
  decided_at: string | null
  reversed_at: string | null
  created_at: string
}

function transferOf(row: ProposalRow): Transfer {
  return {
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    state: oneOf(transferStates, row.state),
    version: row.version,
    number: { year: row.number_year, value: Number(row.number_value) },
    purpose: oneOf(transferPurposes, row.purpose),
    source: oneOf(sources, row.source),
    earmark: row.earmark,
    from: joinId(row.from_jurisdiction, row.from_account),
    to: joinId(row.to_jurisdiction, row.to_account),
    amount: fen(row.amount),
    organization: row.organization ?? undefined,
    project: row.project ?? undefined,
    contract: row.contract ?? undefined,
    milestone: row.milestone ?? undefined,
    document: row.document ?? undefined,
    reason: row.reason ?? undefined,
    reverses: row.reverses === null ? undefined : joinId(row.jurisdiction, row.reverses),
    reversedPurpose: row.reversed_purpose === null ? undefined : oneOf(transferPurposes, row.reversed_purpose),
    accepters: row.accepters,
    proposedBy: row.proposed_by,
    proposedAt: instant(row.created_at),
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at === null ? undefined : instant(row.decided_at),
    reversedAt: row.reversed_at === null ? undefined : instant(row.reversed_at),
    due: row.due === null ? undefined : instant(row.due),
  }
}

const proposalById = 'SELECT * FROM funds.proposal WHERE jurisdiction = $1 AND id = $2'

export async function findTransfer(tx: Tx, id: string): Promise<Transfer | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<ProposalRow>(tx, proposalById, [jurisdiction, uuid])
  return row === undefined ? undefined : transferOf(row)
}

export async function findTransferForUpdate(tx: Tx, id: string): Promise<Transfer | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<ProposalRow>(tx, `${proposalById} FOR UPDATE`, [jurisdiction, uuid])
  return row === undefined ? undefined : transferOf(row)
}

/** Transfers by their ids, for cards; unknown ones are left out. */
export async function listTransfersById(tx: Tx, ids: readonly string[]): Promise<Transfer[]> {
  const keys = ids.map((id) => ({ jurisdiction: splitId(id).jurisdiction, id: splitId(id).uuid }))
  const rows = await rowsOf<ProposalRow>(
    tx,
    'SELECT p.* FROM funds.proposal p JOIN jsonb_to_recordset($1::jsonb) AS x(jurisdiction text, id uuid) ON p.jurisdiction = x.jurisdiction AND p.id = x.id',
    [JSON.stringify(keys)],
  )
  return rows.map(transferOf)
}

const underway = `SELECT 1 FROM funds.proposal WHERE jurisdiction = $1 AND reverses = $2 AND state <> 'refused'`

/** Whether a reversal of the transfer is proposed or posted. */
export async function findReversal(tx: Tx, id: TransferId): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(id)
  return (await rowOf(tx, underway, [jurisdiction, uuid])) !== undefined
}

const insertProposal = `
INSERT INTO funds.proposal (jurisdiction, id, division, state, version, number_year, number_value, purpose, source, earmark, from_jurisdiction, from_account,
  to_jurisdiction, to_account, amount, organization, project, contract, milestone, document, reason, reverses, reversed_purpose, accepters, proposed_by,
  decided_by, due, decided_at, created_at, updated_at)
VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$29)`

/** A new transfer as proposed. */
export async function insertTransfer(tx: Tx, transfer: Transfer): Promise<void> {
  await together(tx, [transferInserted(transfer)])
}

/** How a new transfer is written: proposed or, for encumbrances and refunds, at once decided (post it then). */
function transferInserted(transfer: Transfer): Statement {
  const id = splitId(transfer.id)
  const from = splitId(transfer.from)
  const to = splitId(transfer.to)
  const values = [
    id.jurisdiction,
    id.uuid,
    transfer.division,
    transfer.state,
    transfer.version,
    transfer.number.year,
    transfer.number.value,
    transfer.purpose,
    transfer.source,
    transfer.earmark,
    from.jurisdiction,
    from.uuid,
    to.jurisdiction,
    to.uuid,
    transfer.amount,
    transfer.organization ?? null,
    transfer.project ?? null,
    transfer.contract ?? null,
    transfer.milestone ?? null,
    transfer.document ?? null,
    transfer.reason ?? null,
    transfer.reverses === undefined ? null : splitId(transfer.reverses).uuid,
    transfer.reversedPurpose ?? null,
    [...transfer.accepters],
    transfer.proposedBy,
    transfer.decidedBy ?? null,
    transfer.due ?? null,
    transfer.decidedAt ?? null,
    transfer.proposedAt,
  ]
  return { text: insertProposal, values }
}

/** Saves what a decision changes: state, decision, reason; the version rises. Answers the new version. */
export async function saveTransfer(tx: Tx, transfer: Transfer, now: Instant): Promise<number> {
  const { jurisdiction, uuid } = splitId(transfer.id)
  const row = await rowOf<{ version: number }>(
    tx,
    `UPDATE funds.proposal SET state = $3, decided_by = $4, decided_at = $5, reason = $6, reversed_at = $7, updated_at = $8, version = version + 1
     WHERE jurisdiction = $1 AND id = $2 RETURNING version`,
    [
      jurisdiction,
      uuid,
      transfer.state,
      transfer.decidedBy ?? null,
      transfer.decidedAt ?? null,
      transfer.reason ?? null,
      transfer.reversedAt ?? null,
      now,
    ],
  )
  if (row === undefined) throw new Error('no such transfer')
  return row.version
}

const move = `
UPDATE funds.balance SET amount = amount + CASE WHEN jurisdiction = $1 AND account = $2 THEN -$5::bigint ELSE $5::bigint END
WHERE (jurisdiction = $1 AND account = $2) OR (jurisdiction = $3 AND account = $4) RETURNING account`
const post = `
INSERT INTO funds.transfer (jurisdiction, id, division, from_jurisdiction, from_account, to_jurisdiction, to_account, amount, purpose, reversed_purpose,
  organization, project, contract, milestone, proposed_by, approved_by, reverses, posted_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18 WHERE (SELECT count(*) FROM moved) = $19::integer RETURNING id`

/** Moves the money: both balances and the posting in one statement. The balances are locked already (getAccountsForUpdate). */
export async function insertPosting(tx: Tx, transfer: Transfer): Promise<void> {
  await posted(tx, postingOf(transfer, 2))
}

/** Writes a transfer that is decided at once and moves its money, in one statement; `opened`: how the account that gets it is opened, if it is new. */
export async function insertPosted(tx: Tx, transfer: Transfer, opened: readonly Statement[] = []): Promise<void> {
  await posted(tx, [...opened, transferInserted(transfer), ...postingOf(transfer, opened.length > 0 ? 1 : 2)])
}

async function posted(tx: Tx, statements: readonly Statement[]): Promise<void> {
  const [row] = await together(tx, statements)
  if (row === undefined) throw new Error('the posting did not move the balances')
}

/** `balances`: how many stand already and are moved. A new account is opened with its amount. */
function postingOf(transfer: Transfer, balances: 1 | 2): Statement[] {
  const id = splitId(transfer.id)
  const from = splitId(transfer.from)
  const to = splitId(transfer.to)
  const values = [
    id.jurisdiction,
    id.uuid,
    transfer.division,
    from.jurisdiction,
    from.uuid,
    to.jurisdiction,
    to.uuid,
    transfer.amount,
    transfer.purpose,
    transfer.reversedPurpose ?? null,
    transfer.organization ?? null,
    transfer.project ?? null,
    transfer.contract ?? null,
    transfer.milestone ?? null,
    transfer.proposedBy,
    transfer.decidedBy ?? null,
    transfer.reverses === undefined ? null : splitId(transfer.reverses).uuid,
    transfer.decidedAt,
    balances,
  ]
  return [
    { as: 'moved', text: move, values: [from.jurisdiction, from.uuid, to.jurisdiction, to.uuid, transfer.amount] },
    { text: post, values },
  ]
}

export type TransferFilter = Paging & {
  readonly division?: DivisionCode
  readonly purpose?: TransferPurpose
  readonly state?: TransferState
  readonly source?: Source
  readonly contract?: string
  readonly organization?: string
}

/** Transfers, the newest first (their ids grow with time). */
export async function listTransfers(tx: Tx, scopes: Scopes, filter: TransferFilter): Promise<Found<Transfer>> {
  const conditionsOf = (): Conditions => {
    const conditions = new Conditions().anyOf(inScopes('p', scopes))
    if (filter.division !== undefined) conditions.add(...under('p.division', filter.division))
    for (const column of ['purpose', 'state', 'source', 'contract', 'organization'] as const) {
      const value = filter[column]
      if (value !== undefined) conditions.add(`p.${column} = ?`, value)
    }
    return conditions
  }
  const { where, next, values } = conditionsOf().all(behind('p', filter.cursor))
  const rows = await rowsOf<ProposalRow>(
    tx,
    `SELECT p.* FROM funds.proposal p WHERE ${where} ORDER BY p.id DESC LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  return {
    ...paged(rows.map(transferOf), filter.size),
    count: filter.cursor === undefined ? await countUpToCap(tx, 'funds.proposal p', conditionsOf()) : undefined,
  }
}

/** By number alone; the organization paid and whoever reads the books of the place find them. */
export const listFoundTransfers = recordFinder({ table: 'funds.proposal', organization: 'r.organization' })
