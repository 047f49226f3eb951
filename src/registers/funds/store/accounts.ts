// SQL of accounts, their balances and statements.
import type { Scopes } from '../../../kit/actor.ts'
import { asDivision, type DivisionCode, joinId, splitId } from '../../../kit/id.ts'
import { instant, type Instant } from '../../../kit/instant.ts'
import { type Fen, fen } from '../../../kit/money.ts'
import { Conditions, under } from '../../../platform/conditions.ts'
import { readCursor } from '../../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { countUpToCap, paged } from '../../../platform/pages.ts'
import type { Statement } from '../../../platform/together.ts'
import {
  type AccountId,
  type Source,
  sources,
  type Stage,
  stages,
  type TransferId,
  type TransferPurpose,
  transferPurposes,
} from '../contract.ts'
import type { Account } from '../rules.ts'
import type { FundsAccount } from '../tables.ts'
import { type Found, inScopes, oneOf, type Paging } from './rows.ts'

type AccountRow = Omit<FundsAccount, 'earmark' | 'stage_rank' | 'opened_at'> & {
  earmark: string
  amount: bigint
  pending: bigint
}

function accountOf(row: AccountRow): Account {
  return {
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    source: oneOf(sources, row.source),
    earmark: row.earmark,
    stage: oneOf(stages, row.stage),
    organization: row.organization ?? undefined,
    project: row.project ?? undefined,
    contract: row.contract ?? undefined,
    mayGoNegative: row.may_go_negative,
    balance: fen(row.amount),
    pending: fen(row.pending),
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

const accountsToEncumber = `SELECT ${accountColumns}, ${pendingOf} FROM ${accountTables}
WHERE (a.division = $1 AND a.source = $2 AND a.stage = $3 AND a.organization IS NULL AND a.contract IS NULL) OR (a.contract = $4 AND a.stage = 'encumbered')
ORDER BY b.jurisdiction, b.account LIMIT 100 FOR UPDATE OF b`

/**
 * The accounts of a place at one stage for one source, one per earmark, and what is set aside for the contract already; all locked, in order of
 * account.
 */
export async function listAccountsToEncumber(
  tx: Tx,
  payer: { readonly division: DivisionCode; readonly stage: Stage },
  source: Source,
  contract: string,
): Promise<{ ofPlace: Account[]; ofContract: Account[] }> {
  const rows = await rowsOf<AccountRow>(tx, accountsToEncumber, [payer.division, source, payer.stage, contract])
  const accounts = rows.map(accountOf)
  return {
    ofPlace: accounts.filter((account) => account.contract === undefined),
    ofContract: accounts.filter((account) => account.contract === contract),
  }
}

const accountsOfContract = `SELECT ${accountColumns}, ${pendingOf} FROM ${accountTables} WHERE a.contract = $1 AND a.stage = 'encumbered' ORDER BY a.id LIMIT 100`

export async function listAccountsOfContract(tx: Tx, contract: string): Promise<Account[]> {
  return (await rowsOf<AccountRow>(tx, accountsOfContract, [contract])).map(accountOf)
}

const accountByKey = `SELECT ${accountColumns}, 0::bigint AS pending FROM ${accountTables}
WHERE a.jurisdiction = $1 AND a.division = $2 AND a.source = $3 AND a.earmark = $4 AND a.stage = $5
  AND a.organization IS NOT DISTINCT FROM $6 AND a.project IS NOT DISTINCT FROM $7 AND a.contract IS NOT DISTINCT FROM $8`

const makeAccount = `
INSERT INTO funds.account (jurisdiction, id, division, source, earmark, stage, organization, project, contract, may_go_negative, opened_at)
VALUES ($1, $9, $2, $3, $4, $5, $6, $7, $8, $5 = 'source', $10)`
const made =
  'RETURNING jurisdiction, id, division, source, earmark, stage, organization, project, contract, may_go_negative'

// One that another act opened meanwhile was waited for by the INSERT, yet the SELECT does not see it: asked for again then.
const findOrMake = `
WITH made AS (${makeAccount} ON CONFLICT DO NOTHING ${made}), balanced AS (
  INSERT INTO funds.balance (jurisdiction, account, amount, may_go_negative) SELECT jurisdiction, id, 0, may_go_negative FROM made RETURNING amount
)
${accountByKey} UNION ALL SELECT made.*, balanced.amount, 0::bigint AS pending FROM made, balanced`

export type AccountKey = {
  readonly division: DivisionCode
  readonly source: Source
  readonly earmark: string
  readonly stage: Stage
  readonly organization?: string
  readonly project?: string
  readonly contract?: string
}

function keyValues(key: AccountKey, id: AccountId): unknown[] {
  return [
    splitId(id).jurisdiction,
    key.division,
    key.source,
    key.earmark,
    key.stage,
    key.organization ?? null,
    key.project ?? null,
    key.contract ?? null,
  ]
}

/** The account of a key, opened under `id` when there is none yet; one statement. */
export async function openAccount(tx: Tx, key: AccountKey, id: AccountId, now: Instant): Promise<Account> {
  const values = keyValues(key, id)
  const row =
    (await rowOf<AccountRow>(tx, findOrMake, [...values, splitId(id).uuid, now])) ??
    (await rowOf<AccountRow>(tx, accountByKey, values))
  if (row === undefined) throw new Error('account was not opened')
  return accountOf(row)
}

/** How an account of which the caller knows that it is new is opened, with what is put on it in the same statement. */
export function accountOpened(account: Account, amount: Fen, now: Instant): Statement[] {
  const values = keyValues(account, account.id)
  return [
    { as: 'made', text: `${makeAccount} ${made}`, values: [...values, splitId(account.id).uuid, now] },
    {
      text: 'INSERT INTO funds.balance (jurisdiction, account, amount, may_go_negative) SELECT jurisdiction, id, $1::bigint, may_go_negative FROM made',
      values: [amount],
    },
  ]
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
  readonly other: {
    readonly id: AccountId
    readonly division: DivisionCode
    readonly stage: Stage
    readonly organization?: string
  }
}

type StatementRow = {
  jurisdiction: string
  id: string
  number_year: number
  number_value: bigint
  posted_at: string
  purpose: string
  contract: string | null
  milestone: string | null
  change: bigint
  other_jurisdiction: string
  other_id: string
  other_division: string
  other_stage: string
  other_organization: string | null
}

/** The newest 100 postings of an account. */
export async function listStatement(tx: Tx, account: AccountId): Promise<StatementLine[]> {
  const { jurisdiction, uuid } = splitId(account)
  const rows = await rowsOf<StatementRow>(tx, statementOf, [jurisdiction, uuid])
  return rows.map((row) => ({
    transfer: joinId(row.jurisdiction, row.id),
    number: { year: row.number_year, value: Number(row.number_value) },
    at: instant(row.posted_at),
    purpose: oneOf(transferPurposes, row.purpose),
    change: fen(row.change),
    contract: row.contract ?? undefined,
    milestone: row.milestone ?? undefined,
    other: {
      id: joinId(row.other_jurisdiction, row.other_id),
      division: asDivision(row.other_division),
      stage: oneOf(stages, row.other_stage),
      organization: row.other_organization ?? undefined,
    },
  }))
}

export type AccountFilter = Paging & {
  readonly division?: DivisionCode
  readonly source?: Source
  readonly stage?: Stage
}

/** Accounts in the order of the tree. */
export async function listAccounts(tx: Tx, scopes: Scopes, filter: AccountFilter): Promise<Found<Account>> {
  const conditionsOf = (): Conditions => {
    const conditions = new Conditions().anyOf(inScopes('a', scopes))
    if (filter.division !== undefined) conditions.add(...under('a.division', filter.division))
    if (filter.source !== undefined) conditions.add('a.source = ?', filter.source)
    if (filter.stage !== undefined) conditions.add('a.stage = ?', filter.stage)
    return conditions
  }
  const page = conditionsOf()
  const after = readCursor(filter.cursor, 5)
  const order = 'a.division, a.source COLLATE "C", a.earmark, a.stage_rank, a.id'
  if (after !== undefined) page.add(`(${order}) > (?, ?, ?, ?::smallint, ?::uuid)`, ...after)
  const { where, next, values } = page
  const found = await rowsOf<AccountRow & { stage_rank: number }>(
    tx,
    `SELECT ${accountColumns}, 0::bigint AS pending, a.stage_rank FROM ${accountTables} WHERE ${where} ORDER BY ${order} LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  const shown = paged(found, filter.size, (last) => [
    last.division,
    last.source,
    last.earmark,
    String(last.stage_rank),
    last.id,
  ])
  return {
    rows: shown.rows.map(accountOf),
    next: shown.next,
    count: after === undefined ? await countUpToCap(tx, 'funds.account a', conditionsOf()) : undefined,
  }
}
