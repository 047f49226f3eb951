// Needs: which category is proposed for a text, from how likely each is: the kind where it is sure enough, else its class, else none. Pure.
import { type CategoryCode, categoryCodes } from '../contract/taxonomy.ts'

export type Likely = { readonly label: string; readonly probability: number }

/** How sure a proposal is, as people are told it. */
export const confidences = ['sure', 'likely'] as const
export type Confidence = (typeof confidences)[number]

export type Proposal = {
  readonly category: CategoryCode
  /** Whole percent. */
  readonly percent: number
  readonly confidence: Confidence
}

/** From this probability on a proposal is called sure. */
const sureFrom = 0.8

const isCategory = (code: string): code is CategoryCode => categoryCodes.some((known) => known === code)

/**
 * `classes`: the classes, likeliest first; `kinds`: the kinds of the likeliest class, given that class, likeliest first (none: the class has
 * no kinds). `threshold` in percent: what is less likely is not proposed, for a wrong proposal costs more than none.
 */
export function proposalOf(
  classes: readonly Likely[],
  kinds: readonly Likely[],
  threshold: number,
): Proposal | undefined {
  const [best] = classes
  if (best === undefined) return undefined
  const [kind] = kinds
  const candidates = [
    ...(kind === undefined ? [] : [{ label: kind.label, probability: best.probability * kind.probability }]),
    best,
  ]
  for (const { label, probability } of candidates) {
    if (probability * 100 >= threshold && isCategory(label))
      return {
        category: label,
        percent: Math.round(probability * 100),
        confidence: probability >= sureFrom ? 'sure' : 'likely',
      }
  }
  return undefined
}
