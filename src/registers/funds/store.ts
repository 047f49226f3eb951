// All SQL of the funds: accounts and balances, proposals, transfers.
import { type ExpressionBuilder, sql } from 'kysely'
import type { Scopes } from '../../kit/actor.ts'
import { asDivision, type DivisionCode, joinId, splitId } from '../../kit/id.ts'
import { instant, type Instant } from '../../kit/instant.ts'
import { countCap } from '../../kit/listing.ts'
import { type Fen, fen } from '../../kit/money.ts'
import { cursorOf, endOfPrefix, readCursor } from '../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import {
  type AccountId, type Source, sources, type Stage, stages, type TransferId, type TransferPurpose, transferPurposes, type TransferState, transferStates,
} from './contract.ts'
import type { Account, Transfer } from './rules.ts'
import type * as tables from './tables.ts'

type DB = { [Table in keyof tables.DB]: tables.DB[Table] }

/** A text of the database that a CHECK holds to one of these values. */
function oneOf<T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value === text)
  if (found === undefined) throw new Error(`not one of ${values.join(', ')}`)
  return found
}

type AccountRow = {
  jurisdiction: string; id: string; division: string; source: string; earmark: string; stage: string
  organization: string | null; project: string | null; contract: string | null; may_go_negative: boolean; amount: bigint; pending: bigint
}

function accountOf(row: AccountRow): Account {
  return {
    id: joinId(row.jurisdiction, row.id), division: asDivision(row.division), source: oneOf(sources, row.source), earmark: row.earmark,
    stage: oneOf(stages, row.stage), organization: row.organization ?? undefined, project: row.project ?? undefined, contract: row.contract ?? undefined,
    mayGoNegative: row.may_go_negative, balance: fen(row.amount), pending: fen(row.pending),
  }
}

const pendingOf = `coalesce((SELECT sum(p.amount) FROM funds.proposal p
  WHERE p.from_jurisdiction = a.jurisdiction AND p.from_account = a.id AND p.state = 'proposed'), 0)::bigint AS pending`
const accountColumns = `a.jurisdiction, a.id, a.division, a.source, a.earmark, a.stage, a.organization, a.project, a.contract, a.may_go_negative, b.amount`
const accountTables = 'funds.account a JOIN funds.balance b ON b.jurisdiction = a.jurisdiction AND b.account = a.id'

const accountById = `SELECT ${accountColumns}, ${pendingOf} FROM ${accountTables} WHERE a.jurisdiction = $1 AND a.id = $2`

export async function findAccount(tx: Tx, id: string): Promise<Account | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<AccountRow>(tx, accountById, [jurisdiction, uuid])
  return row === undefined ? undefined : accountOf(row)
}

/** Several accounts locked in order of account, so that no two transfers wait for each other in a ring; balances as they stand now. */
const accountsForUpdate = `
SELECT ${accountColumns}, 0::bigint AS pending FROM ${accountTables}
JOIN jsonb_to_recordset($1::jsonb) AS x(jurisdiction text, id uuid) ON a.jurisdiction = x.jurisdiction AND a.id = x.id
ORDER BY b.jurisdiction, b.account FOR UPDATE OF b`

/** Reads without `pending` (0): for approvals, which ask only for what stands there. */
export async function getAccountsForUpdate(tx: Tx, ids: readonly AccountId[]): Promise<Map<string, Account>> {
  const keys = ids.map((id) => ({ jurisdiction: splitId(id).jurisdiction, id: splitId(id).uuid }))
  const rows = await rowsOf<AccountRow>(tx, accountsForUpdate, [JSON.stringify(keys)])
  return new Map(rows.map((row) => [joinId<'account'>(row.jurisdiction, row.id), accountOf(row)]))
}

const accountsOfPlace = `SELECT ${accountColumns}, ${pendingOf} FROM ${accountTables}
WHERE a.division = $1 AND a.source = $2 AND a.stage = $3 AND a.organization IS NULL AND a.contract IS NULL ORDER BY a.id LIMIT 100`

/** The accounts of a place at one stage for one source: one per earmark. */
export async function listAccountsOfPlace(tx: Tx, division: DivisionCode, source: Source, stage: Stage): Promise<Account[]> {
  return (await rowsOf<AccountRow>(tx, accountsOfPlace, [division, source, stage])).map(accountOf)
}

const accountsOfContract = `SELECT ${accountColumns}, ${pendingOf} FROM ${accountTables} WHERE a.contract = $1 AND a.stage = 'encumbered' ORDER BY a.id LIMIT 100`

export async function listAccountsOfContract(tx: Tx, contract: string): Promise<Account[]> {
  return (await rowsOf<AccountRow>(tx, accountsOfContract, [contract])).map(accountOf)
}

const accountByKey = `SELECT ${accountColumns}, 0::bigint AS pending FROM ${accountTables}
WHERE a.jurisdiction = $1 AND a.division = $2 AND a.source = $3 AND a.earmark = $4 AND a.stage = $5
  AND a.organization IS NOT DISTINCT FROM $6 AND a.project IS NOT DISTINCT FROM $7 AND a.contract IS NOT DISTINCT FROM $8`

const makeAccount = `
WITH made AS (
  INSERT INTO funds.account (jurisdiction, id, division, source, earmark, stage, organization, project, contract, may_go_negative, opened_at)
  VALUES ($1, $9, $2, $3, $4, $5, $6, $7, $8, $5 = 'source', $10)
  ON CONFLICT DO NOTHING RETURNING jurisdiction, id, may_go_negative
)
INSERT INTO funds.balance (jurisdiction, account, amount, may_go_negative) SELECT jurisdiction, id, 0, may_go_negative FROM made`

export type AccountKey = {
  readonly division: DivisionCode
  readonly source: Source
  readonly earmark: string
  readonly stage: Stage
  readonly organization?: string
  readonly project?: string
  readonly contract?: string
}

/** The account of a key, opened under `id` when there is none yet: one statement when it exists, three the first time. */
export async function openAccount(tx: Tx, key: AccountKey, id: AccountId, now: Instant): Promise<Account> {
  const { jurisdiction, uuid } = splitId(id)
  const values = [jurisdiction, key.division, key.source, key.earmark, key.stage, key.organization ?? null, key.project ?? null, key.contract ?? null]
  const known = await rowOf<AccountRow>(tx, accountByKey, values)
  if (known !== undefined) return accountOf(known)
  await rowsOf(tx, makeAccount, [...values, uuid, now])
  const row = await rowOf<AccountRow>(tx, accountByKey, values)
  if (row === undefined) throw new Error('account was not opened')
  return accountOf(row)
}

type ProposalRow = {
  jurisdiction: string; id: string; division: string; state: string; version: number; number_year: number; number_value: bigint; purpose: string
  source: string; earmark: string; from_jurisdiction: string; from_account: string; to_jurisdiction: string; to_account: string; amount: bigint
  organization: string | null; project: string | null; contract: string | null; milestone: string | null; document: string | null; reason: string | null
  reverses: string | null; reversed_purpose: string | null; accepters: string[]; proposed_by: string; decided_by: string | null
  due: string | null; decided_at: string | null; reversed_at: string | null; created_at: string
}

function transferOf(row: ProposalRow): Transfer {
  return {
    id: joinId(row.jurisdiction, row.id), division: asDivision(row.division), state: oneOf(transferStates, row.state), version: row.version,
    number: { year: row.number_year, value: Number(row.number_value) }, purpose: oneOf(transferPurposes, row.purpose),
    source: oneOf(sources, row.source), earmark: row.earmark, from: joinId(row.from_jurisdiction, row.from_account),
    to: joinId(row.to_jurisdiction, row.to_account), amount: fen(row.amount), organization: row.organization ?? undefined,
    project: row.project ?? undefined, contract: row.contract ?? undefined, milestone: row.milestone ?? undefined,
    document: row.document ?? undefined, reason: row.reason ?? undefined,
    reverses: row.reverses === null ? undefined : joinId(row.jurisdiction, row.reverses),
    reversedPurpose: row.reversed_purpose === null ? undefined : oneOf(transferPurposes, row.reversed_purpose),
    accepters: row.accepters, proposedBy: row.proposed_by, proposedAt: instant(row.created_at), decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at === null ? undefined : instant(row.decided_at), reversedAt: row.reversed_at === null ? undefined : instant(row.reversed_at),
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

/** A new transfer as proposed (or, for encumbrances and refunds, at once decided; post it then). */
export async function insertTransfer(tx: Tx, transfer: Transfer): Promise<void> {
  const id = splitId(transfer.id)
  const from = splitId(transfer.from)
  const to = splitId(transfer.to)
  await rowsOf(tx, insertProposal, [
    id.jurisdiction, id.uuid, transfer.division, transfer.state, transfer.version, transfer.number.year, transfer.number.value, transfer.purpose,
    transfer.source, transfer.earmark, from.jurisdiction, from.uuid, to.jurisdiction, to.uuid, transfer.amount, transfer.organization ?? null,
    transfer.project ?? null, transfer.contract ?? null, transfer.milestone ?? null, transfer.document ?? null, transfer.reason ?? null,
    transfer.reverses === undefined ? null : splitId(transfer.reverses).uuid, transfer.reversedPurpose ?? null, [...transfer.accepters],
    transfer.proposedBy, transfer.decidedBy ?? null, transfer.due ?? null, transfer.decidedAt ?? null, transfer.proposedAt,
  ])
}

/** Saves what a decision changes: state, decision, reason; the version rises. Answers the new version. */
export async function saveTransfer(tx: Tx, transfer: Transfer, now: Instant): Promise<number> {
  const { jurisdiction, uuid } = splitId(transfer.id)
  const row = await rowOf<{ version: number }>(
    tx,
    `UPDATE funds.proposal SET state = $3, decided_by = $4, decided_at = $5, reason = $6, reversed_at = $7, updated_at = $8, version = version + 1
     WHERE jurisdiction = $1 AND id = $2 RETURNING version`,
    [jurisdiction, uuid, transfer.state, transfer.decidedBy ?? null, transfer.decidedAt ?? null, transfer.reason ?? null, transfer.reversedAt ?? null, now],
  )
  if (row === undefined) throw new Error('no such transfer')
  return row.version
}

const post = `
WITH moved AS (
  UPDATE funds.balance SET amount = amount + CASE WHEN jurisdiction = $4 AND account = $5 THEN -$8::bigint ELSE $8::bigint END
  WHERE (jurisdiction = $4 AND account = $5) OR (jurisdiction = $6 AND account = $7) RETURNING account
)
INSERT INTO funds.transfer (jurisdiction, id, division, from_jurisdiction, from_account, to_jurisdiction, to_account, amount, purpose, reversed_purpose,
  organization, project, contract, milestone, proposed_by, approved_by, reverses, posted_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18 WHERE (SELECT count(*) FROM moved) = 2 RETURNING id`

/** Moves the money: both balances and the posting in one statement. The balances are locked already (getAccountsForUpdate). */
export async function insertPosting(tx: Tx, transfer: Transfer): Promise<void> {
  const id = splitId(transfer.id)
  const from = splitId(transfer.from)
  const to = splitId(transfer.to)
  const row = await rowOf(tx, post, [
    id.jurisdiction, id.uuid, transfer.division, from.jurisdiction, from.uuid, to.jurisdiction, to.uuid, transfer.amount, transfer.purpose,
    transfer.reversedPurpose ?? null, transfer.organization ?? null, transfer.project ?? null, transfer.contract ?? null, transfer.milestone ?? null,
    transfer.proposedBy, transfer.decidedBy ?? null, transfer.reverses === undefined ? null : splitId(transfer.reverses).uuid, transfer.decidedAt,
  ])
  if (row === undefined) throw new Error('the posting did not move two balances')
}

const statementOf = `
SELECT t.jurisdiction, t.id, p.number_year, p.number_value, t.posted_at, t.purpose, t.contract, t.milestone,
  CASE WHEN t.to_jurisdiction = $1 AND t.to_account = $2 THEN t.amount ELSE -t.amount END AS change,
  o.jurisdiction AS other_jurisdiction, o.id AS other_id, o.division AS other_division, o.stage AS other_stage, o.organization AS other_organization
FROM (
  (SELECT * FROM funds.transfer WHERE from_jurisdiction = $1 AND from_account = $2 ORDER BY id DESC LIMIT 100)
  UNION ALL
  (SELECT * FROM funds.transfer WHERE to_jurisdiction = $1 AND to_account = $2 ORDER BY id DESC LIMIT 100)
) t
JOIN funds.proposal p ON p.jurisdiction = t.jurisdiction AND p.id = t.id
JOIN funds.account o ON CASE WHEN t.to_jurisdiction = $1 AND t.to_account = $2 THEN o.jurisdiction = t.from_jurisdiction AND o.id = t.from_account
  ELSE o.jurisdiction = t.to_jurisdiction AND o.id = t.to_account END
ORDER BY t.id DESC LIMIT 100`

export type StatementLine = {
  readonly transfer: TransferId
  readonly number: { readonly year: number; readonly value: number }
  readonly at: Instant
  readonly purpose: TransferPurpose
  readonly change: Fen
  readonly contract?: string
  readonly milestone?: string
  readonly other: { readonly id: AccountId; readonly division: DivisionCode; readonly stage: Stage; readonly organization?: string }
}

type StatementRow = {
  jurisdiction: string; id: string; number_year: number; number_value: bigint; posted_at: string; purpose: string; contract: string | null; milestone: string | null
  change: bigint; other_jurisdiction: string; other_id: string; other_division: string; other_stage: string; other_organization: string | null
}

/** The newest 100 postings of an account. */
export async function listStatement(tx: Tx, account: AccountId): Promise<StatementLine[]> {
  const { jurisdiction, uuid } = splitId(account)
  const rows = await rowsOf<StatementRow>(tx, statementOf, [jurisdiction, uuid])
  return rows.map((row) => ({
    transfer: joinId(row.jurisdiction, row.id), number: { year: row.number_year, value: Number(row.number_value) }, at: instant(row.posted_at),
    purpose: oneOf(transferPurposes, row.purpose), change: fen(row.change), contract: row.contract ?? undefined, milestone: row.milestone ?? undefined,
    other: {
      id: joinId(row.other_jurisdiction, row.other_id), division: asDivision(row.other_division), stage: oneOf(stages, row.other_stage),
      organization: row.other_organization ?? undefined,
    },
  }))
}

/** What a person may see of a table with division and organization: within a place or of an organization. */
function inScopes<Table extends 'funds.account' | 'funds.proposal'>(scopes: Scopes) {
  return (e: ExpressionBuilder<DB, Table>) => {
    const place = sql.ref<string>('division')
    const organization = sql.ref<string | null>('organization')
    return e.or([
      ...scopes.divisions.map((division) => sql<boolean>`(${place} >= ${division} AND ${place} < ${endOfPrefix(division)})`),
      ...(scopes.organizations.length === 0 ? [] : [sql<boolean>`${organization} = ANY(${[...scopes.organizations]})`]),
    ])
  }
}

export type Paging = { readonly size: number; readonly cursor?: string }
type Found<R> = { rows: R[]; next?: string; count?: { n: number; capped: boolean } }

/** The first page's count, from at most countCap + 1 rows. */
function capped(rows: readonly unknown[]): { n: number; capped: boolean } {
  return { n: Math.min(rows.length, countCap), capped: rows.length > countCap }
}

export type AccountFilter = Paging & { readonly division?: DivisionCode; readonly source?: Source; readonly stage?: Stage }

/** Accounts in the order of the tree. */
export async function listAccounts(tx: Tx, scopes: Scopes, filter: AccountFilter): Promise<Found<Account>> {
  let query = tx.withTables<DB>().selectFrom('funds.account').where(inScopes<'funds.account'>(scopes))
  if (filter.division !== undefined) query = query.where('division', '>=', filter.division).where('division', '<', endOfPrefix(filter.division))
  if (filter.source !== undefined) query = query.where('source', '=', filter.source)
  if (filter.stage !== undefined) query = query.where('stage', '=', filter.stage)
  const after = readCursor(filter.cursor, 5)
  const order = sql`division, source COLLATE "C", earmark, stage_rank, id`
  let page = query
  if (after !== undefined) {
    const [division, source, earmark, rank, id] = after
    page = page.where(sql<boolean>`(division, source COLLATE "C", earmark, stage_rank, id) > (${division}, ${source}, ${earmark}, ${rank}::smallint, ${id}::uuid)`)
  }
  const rows = await page
    .innerJoin('funds.balance', (join) => join.onRef('funds.balance.jurisdiction', '=', 'funds.account.jurisdiction').onRef('funds.balance.account', '=', 'funds.account.id'))
    .select(['funds.account.jurisdiction', 'id', 'division', 'source', 'earmark', 'stage', 'organization', 'project', 'contract', 'funds.account.may_go_negative', 'amount', 'stage_rank'])
    .orderBy(order).limit(filter.size + 1).execute()
  const shown = rows.slice(0, filter.size)
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => accountOf({ ...row, pending: 0n })),
    next: rows.length > filter.size && last !== undefined ? cursorOf([last.division, last.source, last.earmark, String(last.stage_rank), last.id]) : undefined,
    count: after === undefined ? capped(await query.select(sql`1`.as('one')).limit(countCap + 1).execute()) : undefined,
  }
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
  let query = tx.withTables<DB>().selectFrom('funds.proposal').where(inScopes<'funds.proposal'>(scopes))
  if (filter.division !== undefined) query = query.where('division', '>=', filter.division).where('division', '<', endOfPrefix(filter.division))
  for (const column of ['purpose', 'state', 'source', 'contract', 'organization'] as const satisfies readonly (keyof tables.FundsProposal)[]) {
    const value = filter[column]
    if (value !== undefined) query = query.where(column, '=', value)
  }
  const after = readCursor(filter.cursor, 1)
  let page = query
  if (after !== undefined) page = page.where(sql<boolean>`id < ${after[0]}::uuid`)
  const rows = await page.selectAll().orderBy('id', 'desc').limit(filter.size + 1).execute()
  const shown = rows.slice(0, filter.size)
  const last = shown.at(-1)
  return {
    rows: shown.map(transferOf),
    next: rows.length > filter.size && last !== undefined ? cursorOf([last.id]) : undefined,
    count: after === undefined ? capped(await query.select(sql`1`.as('one')).limit(countCap + 1).execute()) : undefined,
  }
}

const moneyOfRecords = `
SELECT coalesce(sum(amount) FILTER (WHERE purpose = 'encumbrance'), 0)::bigint AS encumbered,
  coalesce(sum(CASE WHEN purpose = 'reversal' THEN -amount ELSE amount END) FILTER (WHERE purpose = 'payment' OR reversed_purpose = 'payment'), 0)::bigint AS paid,
  coalesce(sum(amount) FILTER (WHERE purpose = 'refund'), 0)::bigint AS refunded
FROM funds.transfer WHERE contract = ANY($1) OR project = ANY($2) OR organization = ANY($3)`

/** What was encumbered, paid and refunded for any of these records; a transfer that several name counts once. */
export async function sumMoney(
  tx: Tx, contracts: readonly string[], projects: readonly string[], organizations: readonly string[],
): Promise<{ encumbered: Fen; paid: Fen; refunded: Fen }> {
  const row = await rowOf<{ encumbered: bigint; paid: bigint; refunded: bigint }>(tx, moneyOfRecords, [[...contracts], [...projects], [...organizations]])
  if (row === undefined) throw new Error('a sum has a row')
  return { encumbered: fen(row.encumbered), paid: fen(row.paid), refunded: fen(row.refunded) }
}

const check = `
WITH moves AS (
  SELECT to_jurisdiction AS jurisdiction, to_account AS account, amount FROM funds.transfer
  UNION ALL SELECT from_jurisdiction, from_account, -amount FROM funds.transfer
), sums AS (SELECT jurisdiction, account, sum(amount)::bigint AS amount FROM moves GROUP BY 1, 2),
wrong AS (
  SELECT b.jurisdiction, b.account, b.amount AS balance, coalesce(s.amount, 0) AS postings
  FROM funds.balance b LEFT JOIN sums s ON s.jurisdiction = b.jurisdiction AND s.account = b.account WHERE b.amount <> coalesce(s.amount, 0)
)
SELECT (SELECT coalesce(sum(amount), 0)::bigint FROM funds.balance) AS total, (SELECT count(*) FROM funds.balance)::int AS accounts,
  (SELECT count(*) FROM funds.transfer)::int AS transfers,
  (SELECT coalesce(json_agg(json_build_object('account', jurisdiction || '-' || account, 'balance', balance::text, 'postings', postings::text)), '[]')
   FROM (SELECT * FROM wrong LIMIT 20) AS w) AS wrong`

export type BooksCheck = {
  readonly total: Fen
  readonly accounts: number
  readonly transfers: number
  readonly wrong: readonly { readonly account: string; readonly balance: Fen; readonly postings: Fen }[]
}

/** Recounts all books from the postings, in one snapshot. */
export async function checkBooks(tx: Tx): Promise<BooksCheck> {
  type Row = { total: bigint; accounts: number; transfers: number; wrong: { account: string; balance: string; postings: string }[] }
  const row = await rowOf<Row>(tx, check)
  if (row === undefined) throw new Error('a sum has a row')
  return {
    total: fen(row.total), accounts: row.accounts, transfers: row.transfers,
    wrong: row.wrong.map((line) => ({ account: line.account, balance: fen(BigInt(line.balance)), postings: fen(BigInt(line.postings)) })),
  }
}
