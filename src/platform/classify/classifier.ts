// A text classifier: vocabulary, weights, calibrated confidence. Strength and temperature are chosen by folds inside the given rows alone.
import { featuresInside, type Features, featuresOf, wordsOf } from './features.ts'
import { fitLogistic, type Linear, scoresOf, softmax, type SparseRow } from './linear.ts'
import { macroF1, stratifiedFolds } from './measures.ts'

export type Labelled = { readonly text: string; readonly label: string; readonly aside?: boolean }

/** What is learned: positions of features, how telling each is, weights, and how much the scores must be cooled. */
export type Classifier = {
  readonly labels: readonly string[]
  readonly positions: ReadonlyMap<string, number>
  readonly idf: Float64Array
  readonly linear: Linear
  readonly temperature: number
}

/** Strengths of the pull towards zero among which the inner folds choose, strongest first: each fit starts where the one before ended. */
export const strengths = [8e-4, 2e-4, 5e-5] as const

/** A text's features with its label. `aside`: teaches (a word of a list) but is no text that anybody would write, so nothing is judged by it. */
export type Row = { readonly features: Features; readonly label: string; readonly aside?: boolean }
type Vocabulary = Pick<Classifier, 'positions' | 'idf'>

/** Features of at least `least` rows with their inverse document frequency; the most frequent ones when there are more than `most`. */
function vocabularyOf(rows: readonly Row[], least: number, most: number): Vocabulary {
  const counts = new Map<string, number>()
  for (const { features } of rows)
    for (const feature of features.keys()) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const kept = [...counts]
    .filter(([, count]) => count >= least)
    .sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1))
    .slice(0, most)
  return {
    positions: new Map(kept.map(([feature], position) => [feature, position])),
    idf: Float64Array.from(kept, ([, count]) => Math.log((1 + rows.length) / (1 + count)) + 1),
  }
}

/** A text's row: damped counts times idf, words and character runs each of length one, so that neither drowns the other. */
function rowOf(vocabulary: Vocabulary, features: Features): SparseRow {
  const entries: [number, number, boolean][] = []
  for (const [feature, count] of features) {
    const position = vocabulary.positions.get(feature)
    if (position !== undefined)
      entries.push([position, (1 + Math.log(count)) * (vocabulary.idf[position] ?? 0), feature.startsWith('=')])
  }
  entries.sort(([one], [other]) => one - other)
  const lengthOf = (word: boolean) =>
    Math.sqrt(entries.reduce((sum, [, value, is]) => (is === word ? sum + value * value : sum), 0)) || 1
  const [words, grams] = [lengthOf(true), lengthOf(false)]
  return {
    at: Int32Array.from(entries, ([position]) => position),
    values: Float64Array.from(entries, ([, value, word]) => value / (word ? words : grams)),
  }
}

export type Limits = {
  /** Features in fewer rows are left out. */
  readonly leastRows?: number
  readonly mostFeatures?: number
}

type Parts = {
  readonly vocabulary: Vocabulary
  readonly labels: readonly string[]
  readonly rows: readonly SparseRow[]
  readonly truths: readonly number[]
}

function partsOf(rows: readonly Row[], limits: Limits): Parts {
  const labels = [...new Set(rows.map(({ label }) => label))].sort()
  const vocabulary = vocabularyOf(rows, limits.leastRows ?? 2, limits.mostFeatures ?? 40_000)
  return {
    vocabulary,
    labels,
    rows: rows.map(({ features }) => rowOf(vocabulary, features)),
    truths: rows.map(({ label }) => labels.indexOf(label)),
  }
}

/** The fits of one training set, strongest pull first. */
function fitsOf(parts: Parts, pulls: readonly number[]): Linear[] {
  const fits: Linear[] = []
  for (const l2 of pulls)
    fits.push(
      fitLogistic(parts.rows, parts.truths, parts.labels.length, parts.vocabulary.positions.size, {
        l2,
        start: fits.at(-1),
      }),
    )
  return fits
}

type Outside = { readonly truth: string; readonly scores: Float64Array; readonly labels: readonly string[] }

/** The temperature at which the scores of rows that were not trained on are least surprised by the truth (golden section on its logarithm). */
export function fitTemperature(outside: readonly Outside[]): number {
  const lossAt = (log: number) => {
    let loss = 0
    for (const { truth, scores, labels } of outside) {
      const probability = softmax(scores, Math.exp(log))[labels.indexOf(truth)] ?? 0
      loss -= Math.log(Math.max(probability, 1e-12))
    }
    return loss
  }
  const ratio = (Math.sqrt(5) - 1) / 2
  let [low, high] = [Math.log(0.02), Math.log(20)]
  while (high - low > 1e-3) {
    const [one, other] = [high - ratio * (high - low), low + ratio * (high - low)]
    if (lossAt(one) < lossAt(other)) high = other
    else low = one
  }
  return Math.exp((low + high) / 2)
}

/** The position of the largest. */
const largest = (values: Float64Array): number => values.indexOf(Math.max(...values))

const innerFolds = 4

/** Chooses the pull by macro-F1 over inner folds, and the temperature from the same rows' scores outside of their training. */
function choose(rows: readonly Row[], limits: Limits, seed: number): { l2: number; temperature: number } {
  const folds = stratifiedFolds(
    rows.map(({ label, aside }) => (aside ? '' : label)),
    innerFolds,
    seed,
  )
  const outside = strengths.map((): Outside[] => [])
  for (let fold = 0; fold < innerFolds; fold += 1) {
    const parts = partsOf(
      rows.filter(({ aside }, index) => aside || folds[index] !== fold),
      limits,
    )
    for (const [at, linear] of fitsOf(parts, strengths).entries()) {
      for (const [index, { features, label, aside }] of rows.entries()) {
        if (aside || folds[index] !== fold) continue
        const scores = scoresOf(linear, rowOf(parts.vocabulary, features))
        outside[at]?.push({ truth: label, scores, labels: parts.labels })
      }
    }
  }
  const marks = outside.map((list) =>
    macroF1(list.map(({ truth, scores, labels }) => ({ truth, said: labels[largest(scores)] ?? '', probability: 0 }))),
  )
  const best = marks.indexOf(Math.max(...marks))
  return { l2: strengths[best] ?? strengths[0], temperature: fitTemperature(outside[best] ?? []) }
}

/** Trains on labelled texts; the same rows in the same order give the same classifier. */
export function train(rows: readonly Labelled[], limits: Limits = {}, seed = 1): Classifier {
  return trainOnFeatures(
    rows.map(({ text, ...row }) => ({ ...row, features: featuresOf(text) })),
    limits,
    seed,
  )
}

/** Like train, for texts whose features are known already (the folds of a measurement share them). */
export function trainOnFeatures(rows: readonly Row[], limits: Limits = {}, seed = 1): Classifier {
  const { l2, temperature } = choose(rows, limits, seed)
  const parts = partsOf(rows, limits)
  const linear = fitsOf(
    parts,
    strengths.filter((strength) => strength >= l2),
  ).at(-1)
  if (linear === undefined) throw new Error('no strength to train with')
  return { labels: parts.labels, ...parts.vocabulary, linear, temperature }
}

export type Likely = { readonly label: string; readonly probability: number }

/** Every label with its probability, likeliest first. A text without a known feature is as likely as the classes are frequent. */
export function classify(classifier: Classifier, features: Features): Likely[] {
  const probabilities = softmax(scoresOf(classifier.linear, rowOf(classifier, features)), classifier.temperature)
  return classifier.labels
    .map((label, c) => ({ label, probability: probabilities[c] ?? 0 }))
    .sort((one, other) => other.probability - one.probability || (one.label < other.label ? -1 : 1))
}

/**
 * The words of a text that speak most for a label, against the mean of all labels: a word's own weight and those of the character runs inside
 * it. Words of two characters or more; none that speaks against it.
 */
export function explain(classifier: Classifier, text: string, label: string, most = 5): string[] {
  const { classes, weights } = classifier.linear
  const c = classifier.labels.indexOf(label)
  if (c < 0) return []
  const row = rowOf(classifier, featuresOf(text))
  const values = new Map(Array.from(row.at, (position, i) => [position, row.values[i] ?? 0]))
  const contribution = (feature: string): number => {
    const position = classifier.positions.get(feature)
    if (position === undefined) return 0
    let mean = 0
    for (let each = 0; each < classes; each += 1) mean += (weights[position * classes + each] ?? 0) / classes
    return (values.get(position) ?? 0) * ((weights[position * classes + c] ?? 0) - mean)
  }
  const found = wordsOf(text)
    .filter((word) => [...word].length >= 2)
    .map((word) => ({ word, weight: featuresInside(word).reduce((sum, feature) => sum + contribution(feature), 0) }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
  // A long word says what the short ones inside it say.
  const kept: string[] = []
  for (const { word } of found) {
    if (kept.length >= most) break
    if (!kept.some((other) => other.includes(word) || word.includes(other))) kept.push(word)
  }
  return kept
}
