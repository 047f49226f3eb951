// The baseline of the messages: multinomial naive Bayes over runs of one to three characters, its smoothing chosen inside the training rows.
import type { Likely } from '../src/platform/classify/classifier.ts'
import { softmax } from '../src/platform/classify/linear.ts'
import { type Judged, macroF1, stratifiedFolds } from '../src/platform/classify/measures.ts'

export type Counted = { readonly counts: ReadonlyMap<string, number>; readonly label: string }

function bayesOf(rows: readonly Counted[], smoothing: number): (counts: ReadonlyMap<string, number>) => Likely[] {
  const vocabulary = new Set(rows.flatMap(({ counts }) => [...counts.keys()]))
  const classes = [...Map.groupBy(rows, ({ label }) => label)].map(([label, group]) => {
    const sums = new Map<string, number>()
    for (const { counts } of group)
      for (const [feature, count] of counts) sums.set(feature, (sums.get(feature) ?? 0) + count)
    const total = [...sums.values()].reduce((one, other) => one + other, 0) + smoothing * vocabulary.size
    return { label, prior: Math.log(group.length / rows.length), sums, total }
  })
  return (counts) => {
    const scores = classes.map(({ prior, sums, total }) => {
      let score = prior
      for (const [feature, count] of counts)
        if (vocabulary.has(feature)) score += count * Math.log(((sums.get(feature) ?? 0) + smoothing) / total)
      return score
    })
    const probabilities = softmax(scores)
    return classes
      .map(({ label }, c) => ({ label, probability: probabilities[c] ?? 0 }))
      .sort((one, other) => other.probability - one.probability)
  }
}

/** A row with the likeliest of what was said of it. */
export const judged = (truth: string, [best]: readonly Likely[]): Judged => ({
  truth,
  said: best?.label ?? '',
  probability: best?.probability ?? 0,
})

/** The baseline's smoothing is chosen inside the training rows too, by the same kind of folds. */
export function trainedBayes(
  rows: readonly Counted[],
  seed: number,
): (counts: ReadonlyMap<string, number>) => Likely[] {
  const inner = stratifiedFolds(
    rows.map(({ label }) => label),
    4,
    seed,
  )
  const marks = [0.01, 0.1, 0.5, 1].map((smoothing) => {
    const said = [0, 1, 2, 3].flatMap((fold) => {
      const bayes = bayesOf(
        rows.filter((_, index) => inner[index] !== fold),
        smoothing,
      )
      return rows.flatMap(({ counts, label }, index) => (inner[index] === fold ? [judged(label, bayes(counts))] : []))
    })
    return { smoothing, mark: macroF1(said) }
  })
  const best = marks.reduce((one, other) => (other.mark > one.mark ? other : one))
  return bayesOf(rows, best.smoothing)
}
