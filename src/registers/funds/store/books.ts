// SQL of sums over the books: the money of records, and whether everything balances.
import { type Fen, fen } from '../../../kit/money.ts'
import { rowOf, type Tx } from '../../../platform/database.ts'

const moneyOfRecords = `
SELECT coalesce(sum(amount) FILTER (WHERE purpose = 'encumbrance'), 0)::bigint AS encumbered,
  coalesce(sum(CASE WHEN purpose = 'reversal' THEN -amount ELSE amount END) FILTER (WHERE purpose = 'payment' OR reversed_purpose = 'payment'), 0)::bigint AS paid,
  coalesce(sum(amount) FILTER (WHERE purpose = 'refund'), 0)::bigint AS refunded
FROM funds.transfer WHERE contract = ANY($1) OR project = ANY($2) OR organization = ANY($3)`

/** What was encumbered, paid and refunded for any of these records; a transfer that several name counts once. */
export async function sumMoney(
  tx: Tx,
  contracts: readonly string[],
  projects: readonly string[],
  organizations: readonly string[],
): Promise<{ encumbered: Fen; paid: Fen; refunded: Fen }> {
  const row = await rowOf<{ encumbered: bigint; paid: bigint; refunded: bigint }>(tx, moneyOfRecords, [
    [...contracts],
    [...projects],
    [...organizations],
  ])
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
  type Row = {
    total: bigint
    accounts: number
    transfers: number
    wrong: { account: string; balance: string; postings: string }[]
  }
  const row = await rowOf<Row>(tx, check)
  if (row === undefined) throw new Error('a sum has a row')
  return {
    total: fen(row.total),
    accounts: row.accounts,
    transfers: row.transfers,
    wrong: row.wrong.map((line) => ({
      account: line.account,
      balance: fen(BigInt(line.balance)),
      postings: fen(BigInt(line.postings)),
    })),
  }
}
