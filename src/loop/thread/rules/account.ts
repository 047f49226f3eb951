// The public account of a project: which sentences are printed, and what the needs came to. Pure.
import { mostSentences, type Outcome, outcomes } from '../contract/account.ts'

type Asked = {
  readonly number?: string
  readonly title?: string
  readonly visibility: 'public' | 'private'
  readonly supports: number
  readonly verdict?: Exclude<Outcome, 'waiting'>
  /** Everybody may read it: neither private nor withdrawn. */
  readonly open: boolean
}

function outcomeOf({ verdict }: Pick<Asked, 'verdict'>): Outcome {
  return verdict ?? 'waiting'
}

/** The sentences to print, most supported first (then by number, so that the page is the same each time), and counts of the others. */
export function askedOf(needs: readonly Asked[]) {
  const open = needs
    .flatMap((need) => (need.open && need.title !== undefined ? [{ ...need, sentence: need.title }] : []))
    .toSorted((a, b) => b.supports - a.supports || ((a.number ?? '') < (b.number ?? '') ? -1 : 1))
  const hidden = needs.filter((need) => need.visibility === 'private').length
  return {
    sentences: open.slice(0, mostSentences).map((need) => ({
      number: need.number,
      sentence: need.sentence,
      supports: need.supports,
      outcome: outcomeOf(need),
    })),
    more: needs.length - hidden - Math.min(open.length, mostSentences),
    private: hidden,
    supports: needs.reduce((sum, need) => sum + need.supports, 0),
  }
}

/** Needs by what their residents said of the answer. "Unconfirmed" is counted apart from satisfied. */
export function outcomesOf(needs: readonly Pick<Asked, 'verdict'>[]): Record<Outcome, number> {
  const of = (outcome: Outcome) => needs.filter((need) => outcomeOf(need) === outcome).length
  const [met, partly, notMet, unconfirmed, waiting] = outcomes.map(of)
  return {
    met: met ?? 0,
    partly: partly ?? 0,
    'not-met': notMet ?? 0,
    unconfirmed: unconfirmed ?? 0,
    waiting: waiting ?? 0,
  }
}
