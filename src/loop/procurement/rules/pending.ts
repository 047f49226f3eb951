// Procurement: what waits on a tender beside its straight path: open questions, objections, complaints, and terms that must change. Pure.
import type { Instant } from '../../../kit/instant.ts'

/** `of`: the question or objection. */
export type Pending = {
  readonly verb: 'answerQuestion' | 'decideObjection' | 'decideComplaint' | 'changeTerms'
  readonly of: string
  readonly due: Instant
}

/** Everything but questions stops the clock. */
export function stops(pending: readonly Pending[]): boolean {
  return pending.some((each) => each.verb !== 'answerQuestion')
}

/** Without what waited about a question or objection. */
export function without(pending: readonly Pending[], of: string): Pending[] {
  return pending.filter((each) => each.of !== of)
}

/** What an end without award leaves: whoever objected is still owed an answer; nothing else waits, and no clock stands. */
export function leftAtEnd(pending: readonly Pending[]): { pending: Pending[]; stoppedAt: undefined } {
  return {
    pending: pending.filter((each) => each.verb === 'decideObjection' || each.verb === 'decideComplaint'),
    stoppedAt: undefined,
  }
}
