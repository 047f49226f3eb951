// What other domains may ask of the funds: encumber at award, propose a payment, give back what is left, and the money of records.
import { ancestorAt, type DivisionCode, levelOf, type RecordRef } from '../../kit/id.ts'
import { type Fen, ZERO_FEN } from '../../kit/money.ts'
import { allow, type Ruling } from '../../kit/ruling.ts'
import type { Act } from '../../platform/action.ts'
import type { Tx } from '../../platform/database.ts'
import { doerOf, type Draft, newAccountId, postAtOnce, postLocked, proposeTransfer } from './actions/propose.ts'
import type { Source, TransferId } from './contract.ts'
import * as rules from './rules.ts'
import * as accountStore from './store/accounts.ts'
import * as bookStore from './store/books.ts'

export type Encumbrance = {
  readonly division: DivisionCode
  readonly source: Source
  readonly project: RecordRef
  readonly contract: RecordRef
  readonly amount: Fen
  /** Service classes of the project: earmarked money (welfare lottery, restricted donations) is only taken when it fits one of them. */
  readonly categories?: readonly string[]
  /** Who drafted the contract, where it is another person than the one whose act makes it active. */
  readonly proposedBy?: string
}

/** The place whose money is used: the township of a community or township, else the county's, city's or province's pool. */
function payerOf(division: DivisionCode): { division: DivisionCode; stage: 'township' | 'pool' } {
  const township = ancestorAt(division, 'township')
  return township === undefined ? { division, stage: 'pool' } : { division: township, stage: 'township' }
}

/**
 * Sets money aside for a contract: township (or pool) -> encumbered. Refuses 'funds-short' {needed, available} when no single account of
 * that source holds enough free money whose earmark fits. Records event 'funds.encumber' of the transfer, with the amount.
 */
export async function encumber(act: Act, wish: Encumbrance): Promise<Ruling<TransferId>> {
  const payer = payerOf(wish.division)
  const accounts = await accountStore.listAccountsToEncumber(act.tx, payer, wish.source, wish.contract.id)
  const chosen = rules.chooseAccount(accounts.ofPlace, wish.amount, wish.categories)
  if (!chosen.ok) return chosen
  const from = chosen.value
  const known = accounts.ofContract.find((account) => rules.setAsideFrom(account, from, wish.project.id))
  const to: rules.Account = known ?? {
    id: newAccountId(act, from.division),
    division: from.division,
    source: from.source,
    earmark: from.earmark,
    stage: 'encumbered',
    project: wish.project.id,
    contract: wish.contract.id,
    mayGoNegative: false,
    balance: ZERO_FEN,
    pending: ZERO_FEN,
  }
  const draft: Draft = {
    purpose: 'encumbrance',
    division: from.division,
    from,
    to,
    amount: wish.amount,
    proposedBy: wish.proposedBy ?? doerOf(act),
    project: wish.project.id,
    contract: wish.contract.id,
  }
  // The caller holds the contract: nobody else opens an account of it meanwhile.
  return postLocked(
    act,
    'funds.encumber',
    draft,
    known === undefined ? accountStore.accountOpened(to, wish.amount, act.now) : [],
  )
}

export type Payment = {
  readonly contract: RecordRef
  readonly milestone: string
  readonly division: DivisionCode
  readonly organization: string
  readonly amount: Fen
  /** Persons who accepted the milestone: they may neither propose nor approve. */
  readonly accepters: readonly string[]
}

/**
 * Proposes to pay an accepted milestone: encumbered -> paid. Refuses 'duties-separated' to an accepter, 'funds-short', and 'payment-exists'
 * while a proposal or payment for the milestone stands. Records 'funds.proposePayment'; the money moves at endpoint approveTransfer.
 */
export async function proposePayment(act: Act, wish: Payment): Promise<Ruling<TransferId>> {
  const accounts = await accountStore.listAccountsOfContract(act.tx, wish.contract.id)
  const proposers = rules.personsOf(act.actor, 'funds.approve', { division: wish.division })
  const chosen = rules.proposePayment(accounts, wish.amount, wish.accepters, [doerOf(act), ...proposers])
  if (!chosen.ok) return chosen
  const from = chosen.value
  const to = await accountStore.openAccount(
    act.tx,
    {
      division: from.division,
      source: from.source,
      earmark: from.earmark,
      stage: 'paid',
      organization: wish.organization,
    },
    newAccountId(act, from.division),
    act.now,
  )
  const ruling = await proposeTransfer(act, 'funds.proposePayment', {
    purpose: 'payment',
    division: from.division,
    from,
    to,
    amount: wish.amount,
    proposedBy: doerOf(act),
    project: from.project,
    contract: wish.contract.id,
    milestone: wish.milestone,
    organization: wish.organization,
    accepters: wish.accepters,
  })
  return ruling.ok ? allow(ruling.value.id) : ruling
}

export type Release = { readonly contract: RecordRef; readonly division: DivisionCode; readonly amount: Fen }

/**
 * Gives encumbered money that is not needed back to the pool of its source: encumbered -> pool of the county (or of the payer above it).
 * Refuses 'funds-short' when less is left, or promised to a payment that waits. Records event 'funds.refund'.
 */
export async function releaseEncumbrance(act: Act, wish: Release): Promise<Ruling<TransferId>> {
  const chosen = rules.chooseEncumbered(
    await accountStore.listAccountsOfContract(act.tx, wish.contract.id),
    wish.amount,
  )
  if (!chosen.ok) return chosen
  const from = chosen.value
  const division =
    levelOf(from.division) === 'township' ? (ancestorAt(from.division, 'county') ?? from.division) : from.division
  const to = await accountStore.openAccount(
    act.tx,
    { division, source: from.source, earmark: from.earmark, stage: 'pool' },
    newAccountId(act, division),
    act.now,
  )
  return postAtOnce(act, 'funds.refund', {
    purpose: 'refund',
    division: from.division,
    from,
    to,
    amount: wish.amount,
    proposedBy: doerOf(act),
    project: from.project,
    contract: wish.contract.id,
  })
}

/** Sums over records: set aside in all, paid in all (reversals taken off), given back in all. */
export type Money = { readonly encumbered: Fen; readonly paid: Fen; readonly refunded: Fen }

/** The money of contracts, projects or organizations (kinds 'contract', 'project', 'organization'); others add nothing. */
export async function moneyOf(tx: Tx, refs: readonly RecordRef[]): Promise<Money> {
  const ids = (kind: string) => refs.filter((ref) => ref.kind === kind).map((ref) => ref.id)
  return bookStore.sumMoney(tx, ids('contract'), ids('project'), ids('organization'))
}
