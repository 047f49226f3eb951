// Decisions on money: what may be booked, allotted, encumbered, paid, refunded and taken back, and by whom. Pure.
import { type Actor, grantFor, type Judged, may, type Reach } from '../../kit/actor.ts'
import { type DivisionCode, levelOf, type RecordRef, within } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import { type Fen, fen, formatYuan } from '../../kit/money.ts'
import { allow, forbid, invalid, refuse, type Ruling } from '../../kit/ruling.ts'
import {
  type AccountId,
  generalEarmark,
  type Source,
  type Stage,
  type TransferId,
  transferNumberPrefix,
  type TransferPurpose,
  type TransferState,
} from './contract.ts'

export type Account = {
  readonly id: AccountId
  readonly division: DivisionCode
  readonly source: Source
  readonly earmark: string
  readonly stage: Stage
  readonly organization?: string
  readonly project?: string
  readonly contract?: string
  readonly mayGoNegative: boolean
  readonly balance: Fen
  /** What proposals that wait would take from it. */
  readonly pending: Fen
}

export type Transfer = {
  readonly id: TransferId
  readonly division: DivisionCode
  readonly state: TransferState
  readonly version: number
  readonly number: { readonly year: number; readonly value: number }
  readonly purpose: TransferPurpose
  readonly source: Source
  readonly earmark: string
  readonly from: AccountId
  readonly to: AccountId
  readonly amount: Fen
  readonly organization?: string
  readonly project?: string
  readonly contract?: string
  readonly milestone?: string
  readonly document?: string
  readonly reason?: string
  readonly reverses?: TransferId
  readonly reversedPurpose?: TransferPurpose
  /** Persons who accepted what is paid for. */
  readonly accepters: readonly string[]
  readonly proposedBy: string
  readonly proposedAt: Instant
  readonly decidedBy?: string
  readonly decidedAt?: Instant
  readonly reversedAt?: Instant
  readonly due?: Instant
}

export type TransferVerb = 'approveTransfer' | 'refuseTransfer' | 'reverseTransfer' | 'takeBack'

/** `reverseTransfer` proposes the opposite transfer; `takeBack` happens to the first one when that is approved. */
export const transferLifecycle = {
  proposed: { approveTransfer: 'posted', refuseTransfer: 'refused' },
  posted: { reverseTransfer: 'posted', takeBack: 'reversed' },
  refused: {},
  reversed: {},
} as const satisfies Lifecycle<TransferState, TransferVerb>

const lifecycle: Lifecycle<TransferState, TransferVerb> = transferLifecycle

/** What may be taken back. An encumbrance is released by a refund, and a reversal is final. */
const reversible: readonly TransferPurpose[] = ['booking', 'allotment', 'payment']

export function reachOfTransfer(transfer: Transfer): Reach {
  return {
    division: transfer.division,
    organizations: transfer.organization === undefined ? [] : [transfer.organization],
  }
}

/** Place, version and the history that counts for separation of duties: the transfer's own, the contract's, the project's. */
export function judgedTransfer(transfer: Transfer): Judged {
  const lineage: RecordRef[] = [{ kind: 'transfer', id: transfer.id }]
  if (transfer.contract !== undefined) lineage.push({ kind: 'contract', id: transfer.contract })
  if (transfer.project !== undefined) lineage.push({ kind: 'project', id: transfer.project })
  return { reach: reachOfTransfer(transfer), version: transfer.version, lineage }
}

/** The number that people see: 资2026-0012. */
export function numberText(number: Transfer['number']): string {
  return `${transferNumberPrefix}${number.year}-${String(number.value).padStart(4, '0')}`
}

export function numberOfTransfer(transfer: Transfer): string {
  return numberText(transfer.number)
}

/** The rule's answer for the record page: without the permission at the transfer's place it is not even asked. */
export function permitted<T>(actor: Actor, permission: string, transfer: Transfer, rule: () => Ruling<T>): Ruling<T> {
  return may(actor, permission, reachOfTransfer(transfer)) ? rule() : forbid('forbidden')
}

/** The person who acts and, by delegation, the one in whose place; the program itself by its name. */
export function personsOf(actor: Actor, permission: string, reach: Reach): readonly string[] {
  if (actor.kind === 'system') return [`system:${actor.name}`]
  if (actor.kind === 'anonymous') return []
  const giver = grantFor(actor, permission, reach)?.delegatedFrom
  return giver === undefined ? [actor.personId] : [actor.personId, giver]
}

function short(needed: Fen, available: Fen) {
  return refuse('funds-short', {
    needed: formatYuan(needed),
    available: formatYuan(available < 0n ? fen(0n) : available),
  })
}

/** What may still be promised from an account. */
function free(account: Account): Fen {
  return fen(account.balance - account.pending)
}

function positive(amount: Fen): Ruling<Fen> {
  return amount > 0n ? allow(amount) : invalid([{ path: 'body.amount', code: 'amount-not-positive' }])
}

/** Money arrives at a finance level (county, city, province). Welfare-lottery money needs an earmark of the policy's list. */
export function bookSource(
  wish: { readonly division: DivisionCode; readonly source: Source; readonly earmark: string; readonly amount: Fen },
  welfareEarmarks: readonly string[],
): Ruling<Fen> {
  if (!['county', 'city', 'province'].includes(levelOf(wish.division))) {
    return invalid([{ path: 'body.division', code: 'not-a-finance-level' }])
  }
  if (wish.source === 'welfare-lottery' && !welfareEarmarks.some((earmark) => wish.earmark.startsWith(earmark))) {
    return refuse('earmark-needed', { earmarks: welfareEarmarks.join('、') })
  }
  return positive(wish.amount)
}

/** Pooled money goes to a township, a city's also to a county below; the source and the earmark stay. Answers the stage it reaches. */
export function allot(pool: Account, division: DivisionCode, amount: Fen): Ruling<'pool' | 'township'> {
  const amountRuling = positive(amount)
  if (!amountRuling.ok) return amountRuling
  if (pool.stage !== 'pool') return refuse('not-a-pool')
  const level = levelOf(division)
  if (division === pool.division || !within(division, pool.division) || !['city', 'county', 'township'].includes(level))
    return refuse('not-below')
  if (free(pool) < amount) return short(amount, free(pool))
  return allow(level === 'township' ? 'township' : 'pool')
}

/** Whether earmarked money may be spent on services of these classes. */
export function earmarkFits(earmark: string, categories: readonly string[]): boolean {
  return earmark === generalEarmark || categories.some((category) => category.startsWith(earmark))
}

/**
 * The account that gives: earmarked money that fits before general money, so that what is free stays free; refused with the largest sum
 * at hand when none holds enough. One encumbrance comes from one account.
 */
export function chooseAccount(
  accounts: readonly Account[],
  amount: Fen,
  categories: readonly string[] = [],
): Ruling<Account> {
  const amountRuling = positive(amount)
  if (!amountRuling.ok) return amountRuling
  const fitting = accounts
    .filter((account) => earmarkFits(account.earmark, categories))
    .toSorted(
      (a, b) => Number(a.earmark === generalEarmark) - Number(b.earmark === generalEarmark) || (a.id < b.id ? -1 : 1),
    )
  const chosen = fitting.find((account) => free(account) >= amount)
  if (chosen !== undefined) return allow(chosen)
  return short(amount, fen(fitting.reduce((most, account) => (free(account) > most ? free(account) : most), 0n)))
}

/** Whether an account of a contract is the one on which money of `from` is set aside for a project. */
export function setAsideFrom(account: Account, from: Account, project: string): boolean {
  return (
    account.division === from.division &&
    account.source === from.source &&
    account.earmark === from.earmark &&
    account.project === project &&
    account.organization === undefined
  )
}

/** Of the contract's encumbered money; earmarks were kept when it was encumbered. */
export function chooseEncumbered(accounts: readonly Account[], amount: Fen): Ruling<Account> {
  return chooseAccount(
    accounts,
    amount,
    accounts.map((account) => account.earmark),
  )
}

/** Who accepts does not pay (design/access.md): nobody who accepted may propose the payment, through delegation neither. */
export function proposePayment(
  accounts: readonly Account[],
  amount: Fen,
  accepters: readonly string[],
  proposers: readonly string[],
): Ruling<Account> {
  if (proposers.some((person) => accepters.includes(person)))
    return forbid('duties-separated', { duty: 'accepter-pays' })
  return chooseEncumbered(accounts, amount)
}

/**
 * The second person approves and the money moves: not who proposed, not who accepted, and never more than stands on the account. For a
 * reversal `original` is the transfer that is taken back.
 */
export function approveTransfer(
  transfer: Transfer,
  actor: Actor,
  now: Instant,
  from: Account,
  original?: Transfer,
): Ruling<Transfer> {
  const state = nextState(lifecycle, transfer.state, 'approveTransfer')
  if (!state.ok) return state
  const persons = personsOf(actor, 'funds.approve', reachOfTransfer(transfer))
  if (persons.includes(transfer.proposedBy)) return forbid('duties-separated', { duty: 'proposer-approves' })
  if (persons.some((person) => transfer.accepters.includes(person)))
    return forbid('duties-separated', { duty: 'accepter-pays' })
  if (original !== undefined && original.state !== 'posted') return refuse('already-reversed')
  if (!from.mayGoNegative && from.balance < transfer.amount) return short(transfer.amount, from.balance)
  return allow({ ...transfer, state: state.value, decidedBy: persons[0], decidedAt: now })
}

/** Refused by another, or withdrawn by who proposed it: no money moved. */
export function refuseTransfer(transfer: Transfer, actor: Actor, now: Instant, reason: string): Ruling<Transfer> {
  const state = nextState(lifecycle, transfer.state, 'refuseTransfer')
  if (!state.ok) return state
  return allow({
    ...transfer,
    state: state.value,
    decidedBy: personsOf(actor, 'funds.refuse', reachOfTransfer(transfer))[0],
    decidedAt: now,
    reason,
  })
}

/** Once, and only what stands on the account that received it. `underway`: a reversal of it is proposed or posted. */
export function reverseTransfer(transfer: Transfer, receiver: Account, underway: boolean): Ruling<Transfer> {
  const state = nextState(lifecycle, transfer.state, 'reverseTransfer')
  if (!state.ok) return state
  if (!reversible.includes(transfer.purpose)) return refuse('not-reversible')
  if (underway) return refuse('already-reversed')
  if (!receiver.mayGoNegative && free(receiver) < transfer.amount) return short(transfer.amount, free(receiver))
  return allow(transfer)
}

/** The first transfer after its reversal was approved. */
export function takeBack(transfer: Transfer, now: Instant): Ruling<Transfer> {
  const state = nextState(lifecycle, transfer.state, 'takeBack')
  return state.ok ? allow({ ...transfer, state: state.value, reversedAt: now }) : state
}
