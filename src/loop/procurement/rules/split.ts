// Procurement: finding one purchase that was split to stay below the open-tender threshold. Pure.
import { type Fen, fen, sum } from '../../../kit/money.ts'
import type { TenderState } from '../contract.ts'
import type { Procedure } from '../contract/terms.ts'

/** A purchase of the same item by the same buyer in the same calendar year. */
export type Purchase = {
  readonly id: string
  readonly number: string
  readonly title: string
  /** The whole of what was tendered, all lots together. */
  readonly budget: Fen
  /** What of it was not bought: ceilings of lots that failed. They count with the tender that buys them after all. */
  readonly failed: Fen
  readonly procedure: Procedure
  readonly state: TenderState
}

/** What was found, as it is kept: the other tenders by id; sum and threshold in fen, as text. */
export type FoundSplit = { readonly tenders: readonly string[]; readonly sum: string; readonly threshold: string }

/** What comes to nothing is no purchase. */
const ended: readonly TenderState[] = ['cancelled', 'failed']

/**
 * The purchases that together look like one split in several, the given one among them: same item, buyer and year (the caller's part), none by
 * open tender (an open tender evades nothing: implementing rules of the Procurement Law, Art. 28 [memory]), each below the threshold and all of
 * them together at or above it. What was tendered as a whole above the threshold hid nothing, whatever of it failed afterwards. Undefined where
 * there is nothing to ask.
 */
export function splitOf(
  purchase: Purchase,
  others: readonly Purchase[],
  threshold: Fen,
): { readonly tenders: readonly Purchase[]; readonly sum: Fen } | undefined {
  const counts = (each: Purchase) => each.procedure !== 'open' && each.budget < threshold && !ended.includes(each.state)
  if (!counts(purchase)) return undefined
  const tenders = others.filter((each) => each.id !== purchase.id && counts(each))
  const total = sum([purchase, ...tenders].map((each) => fen(each.budget - each.failed)))
  return tenders.length > 0 && total >= threshold ? { tenders, sum: total } : undefined
}
