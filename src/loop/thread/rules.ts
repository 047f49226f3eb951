// How the line is drawn: which stations are done, now or next, and what money adds up to. Pure.
import type { Fen } from '../../kit/money.ts'
import { fen } from '../../kit/money.ts'
import { boardStates } from '../wishes/contract.ts'
import { moneyKinds, stations, type StationName } from './contract.ts'

export type StationState = 'done' | 'now' | 'next'
export type MoneyKind = (typeof moneyKinds)[number]

/** What of the records decides the line beside the stations reached. */
export type LineFacts = {
  readonly reached: ReadonlySet<StationName>
  /** States of the needs it answers and of its contracts. */
  readonly needStates: readonly string[]
  readonly contractStates: readonly string[]
  /** States of the wishes by which it is granted directly. */
  readonly wishStates?: readonly string[]
}

/** Whether every need of the line has its last word. */
export function isFinished(facts: LineFacts): boolean {
  return facts.needStates.length > 0 && facts.needStates.every((state) => state === 'closed')
}

/**
 * The state of each station of the line, in order. A station that was passed by is left out: not every need goes through a vote. While a
 * contract runs, delivery and payment go on side by side; a verdict that reopened its need is still to come.
 */
export function drawLine(facts: LineFacts): { station: StationName; state: StationState }[] {
  const finished = isFinished(facts)
  const answered =
    facts.needStates.length > 0 && facts.needStates.every((state) => state === 'answered' || state === 'closed')
  const reached = new Set(facts.reached)
  if (!answered) reached.delete('verdict')
  else reached.add('verdict')
  // Money that only moves between a pool and a township pays for nothing yet.
  if (reached.size === 1 && reached.has('payment')) return []
  const furthest = Math.max(-1, ...stations.map((station, at) => (reached.has(station) ? at : -1)))
  const running = facts.contractStates.includes('active') && !reached.has('evaluation') && !reached.has('verdict')
  // A wish on the board needs no project and moves no money: what lies ahead of it is its delivery and the verdict.
  const short = boardStates.some((open) => facts.wishStates?.includes(open) === true)
  const line: { station: StationName; state: StationState }[] = []
  for (const [at, station] of stations.entries()) {
    if (reached.has(station)) {
      const now = !finished && (at === furthest || (running && station === 'delivery'))
      line.push({ station, state: now ? 'now' : 'done' })
    } else if (at > furthest && (!short || station === 'delivery' || station === 'verdict'))
      line.push({ station, state: 'next' })
  }
  return line
}

/** One amount of a station, in time order. */
export type MoneyEntry = { readonly kind: MoneyKind; readonly amount: bigint }

/**
 * Money by kind: a budget or award is the last one said of each record and stands once; what is encumbered, paid and refunded adds up; what is
 * due is what was not paid since.
 */
export function sumMoney(
  entries: readonly (MoneyEntry & { readonly of: string })[],
): { kind: MoneyKind; amount: Fen }[] {
  const said = new Map<string, MoneyEntry>()
  const sums = new Map<MoneyKind, bigint>()
  for (const entry of entries) {
    if (entry.kind === 'budget' || entry.kind === 'award') said.set(`${entry.kind} ${entry.of}`, entry)
    else sums.set(entry.kind, (sums.get(entry.kind) ?? 0n) + entry.amount)
  }
  for (const { kind, amount } of said.values()) sums.set(kind, (sums.get(kind) ?? 0n) + amount)
  const due = sums.get('due')
  if (due !== undefined) {
    const left = due - (sums.get('paid') ?? 0n)
    if (left > 0n) sums.set('due', left)
    else sums.delete('due')
  }
  return moneyKinds.flatMap((kind) => {
    const amount = sums.get(kind)
    return amount === undefined || amount === 0n ? [] : [{ kind, amount: fen(amount) }]
  })
}
