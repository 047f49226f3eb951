// A text classifier: vocabulary, weights, calibrated confidence. View, strength and temperature are chosen by folds inside the given rows alone.
import { type Block, blockOf, blocks, type Features, featuresOf, type Topics } from './features.ts'
import { fitPath, type Linear, scoresOf, softmax } from './linear.ts'
import { macroF1, stratifiedFolds } from './measures.ts'
import type { SparseRow } from './rotation.ts'

export type Labelled = { readonly text: string; readonly label: string; readonly aside?: boolean }

/** What is learned: positions of features, how telling each is, weights, and how much the scores must be cooled. */
export type Classifier = {
  readonly labels: readonly string[]
  readonly positions: ReadonlyMap<string, number>
  readonly idf: Float64Array
  /** The kind of each feature, as its place in `blocks`. */
  readonly kinds: Uint8Array
  readonly view: View
  readonly linear: Linear
  readonly temperature: number
}

/** What a classifier looks at: the weight of each kind of feature; 0 leaves it out. */
export type View = Readonly<Record<Block, number>>

/** Views among which the inner folds choose, simplest first. Set down before anything was measured with them. */
export const views: readonly View[] = [
  { words: 1, runs: 1, opening: 0, topics: 0 },
  { words: 1, runs: 1, opening: 1, topics: 0 },
  { words: 1, runs: 1, opening: 0, topics: 1 },
  { words: 1, runs: 1, opening: 1, topics: 1 },
]

/** Strengths of the pull towards zero among which the inner folds choose, strongest first: each fit starts where the one before ended. */
export const strengths = [8e-4, 2e-4, 5e-5] as const

/** A text's features with its label. `aside`: teaches (a word of a list) but is no text that anybody would write, so nothing is judged by it. */
export type Row = { readonly features: Features; readonly label: string; readonly aside?: boolean }
type Vocabulary = Pick<Classifier, 'positions' | 'idf' | 'kinds' | 'view'>

/** A row whose features are numbers: the folds of one training work with these, strings would be most of the time. */
type Numbered = {
  readonly ids: Int32Array
  readonly damped: Float64Array
  readonly label: string
  readonly aside: boolean
}
type Numbers = { readonly names: readonly string[]; readonly kinds: Uint8Array; readonly rows: readonly Numbered[] }

const damp = (count: number) => 1 + Math.log(count)

function numbersOf(rows: readonly Row[]): Numbers {
  const ids = new Map<string, number>()
  const numbered = rows.map(({ features, label, aside = false }): Numbered => {
    const own = new Int32Array(features.size)
    let place = 0
    for (const feature of features.keys()) {
      const id = ids.get(feature) ?? ids.size
      ids.set(feature, id)
      own[place] = id
      place += 1
    }
    return { ids: own, damped: Float64Array.from(features.values(), damp), label, aside }
  })
  const names = [...ids.keys()]
  return { names, kinds: Uint8Array.from(names, blockOf), rows: numbered }
}

const weightOf = (view: View, kind: number | undefined) => view[blocks[kind ?? 0] ?? 'runs']

/** Features of the view in at least `least` rows with their inverse document frequency; the most frequent ones when there are more than `most`. */
function vocabularyOf(
  { names, kinds }: Numbers,
  rows: readonly Numbered[],
  view: View,
  least: number,
  most: number,
): Vocabulary & { readonly places: Int32Array } {
  const counts = new Int32Array(names.length)
  for (const { ids } of rows) for (const id of ids) counts[id] = (counts[id] ?? 0) + 1
  const countOf = (id: number) => counts[id] ?? 0
  const nameOf = (id: number) => names[id] ?? ''
  const kept = [...names.keys()]
    .filter((id) => countOf(id) >= least && weightOf(view, kinds[id]) > 0)
    .sort((one, other) => countOf(other) - countOf(one) || (nameOf(one) < nameOf(other) ? -1 : 1))
    .slice(0, most)
  const places = new Int32Array(names.length).fill(-1)
  for (const [place, id] of kept.entries()) places[id] = place
  return {
    positions: new Map(kept.map((id, place) => [nameOf(id), place])),
    idf: Float64Array.from(kept, (id) => Math.log((1 + rows.length) / (1 + countOf(id))) + 1),
    kinds: Uint8Array.from(kept, (id) => kinds[id] ?? 0),
    places,
    view,
  }
}

/** Damped counts times idf at positions (-1: unknown); each kind of feature has the length of its weight, so that none drowns another. */
function weigh({ idf, kinds, view }: Vocabulary, positions: ArrayLike<number>, damped: ArrayLike<number>): SparseRow {
  let known = 0
  for (let i = 0; i < positions.length; i += 1) if ((positions[i] ?? -1) >= 0) known += 1
  const at = new Int32Array(known)
  const values = new Float64Array(known)
  const squares = new Float64Array(blocks.length)
  let next = 0
  for (let i = 0; i < positions.length; i += 1) {
    const position = positions[i] ?? -1
    if (position < 0) continue
    const value = (damped[i] ?? 0) * (idf[position] ?? 0)
    const kind = kinds[position] ?? 0
    squares[kind] = (squares[kind] ?? 0) + value * value
    at[next] = position
    values[next] = value
    next += 1
  }
  const factors = Float64Array.from(squares, (square, kind) => weightOf(view, kind) / (Math.sqrt(square) || 1))
  for (let i = 0; i < known; i += 1) values[i] = (values[i] ?? 0) * (factors[kinds[at[i] ?? 0] ?? 0] ?? 0)
  return { at, values }
}

/** A text's features as a row of the vocabulary. */
export function rowOf(vocabulary: Vocabulary, features: Features): SparseRow {
  const positions = Int32Array.from(features.keys(), (feature) => vocabulary.positions.get(feature) ?? -1)
  return weigh(vocabulary, positions, Float64Array.from(features.values(), damp))
}

export type Limits = {
  /** Features in fewer rows are left out. */
  readonly leastRows?: number
  readonly mostFeatures?: number
  /** The views to choose from; all of them when left out. */
  readonly views?: readonly View[]
}

type Parts = {
  readonly vocabulary: Vocabulary
  readonly labels: readonly string[]
  readonly rows: readonly SparseRow[]
  readonly truths: readonly number[]
  /** A row outside of the training in the same vocabulary. */
  readonly seen: (row: Numbered) => SparseRow
}

function partsOf(numbers: Numbers, rows: readonly Numbered[], view: View, limits: Limits): Parts {
  const labels = [...new Set(rows.map(({ label }) => label))].sort()
  const { places, ...vocabulary } = vocabularyOf(
    numbers,
    rows,
    view,
    limits.leastRows ?? 2,
    limits.mostFeatures ?? 40_000,
  )
  const seen = ({ ids, damped }: Numbered) =>
    weigh(
      vocabulary,
      ids.map((id) => places[id] ?? -1),
      damped,
    )
  return { vocabulary, labels, rows: rows.map(seen), truths: rows.map(({ label }) => labels.indexOf(label)), seen }
}

/** The fits of one training set, strongest pull first. */
function fitsOf({ rows, truths, labels, vocabulary }: Parts, pulls: readonly number[]): Linear[] {
  return fitPath(rows, truths, labels.length, vocabulary.positions.size, pulls)
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

/** What could be trained: a view and a pull, with what it said of every row by folds that it was not trained on. */
type Candidate = { readonly view: View; readonly l2: number; readonly outside: readonly Outside[] }

/** Training rows with all that could be trained on them, judged by inner folds of these rows alone. */
export type Prepared = {
  readonly numbers: Numbers
  readonly candidates: readonly Candidate[]
  readonly limits: Limits
}

/** Judges every view and pull by inner folds. */
export function prepare(given: readonly Row[], limits: Limits = {}, seed = 1): Prepared {
  const numbers = numbersOf(given)
  const { rows } = numbers
  const folds = stratifiedFolds(
    rows.map(({ label, aside }) => (aside ? '' : label)),
    innerFolds,
    seed,
  )
  const judgedViews = (limits.views ?? views).map((view) => ({ view, outside: strengths.map((): Outside[] => []) }))
  for (let fold = 0; fold < innerFolds; fold += 1) {
    const inside = rows.filter(({ aside }, index) => aside || folds[index] !== fold)
    const held = rows.filter(({ aside }, index) => !aside && folds[index] === fold)
    for (const { view, outside } of judgedViews) {
      const parts = partsOf(numbers, inside, view, limits)
      const seen = held.map((row) => ({ row: parts.seen(row), truth: row.label }))
      for (const [at, linear] of fitsOf(parts, strengths).entries())
        for (const { row, truth } of seen)
          outside[at]?.push({ truth, scores: scoresOf(linear, row), labels: parts.labels })
    }
  }
  const candidates = judgedViews.flatMap(({ view, outside }) =>
    outside.map((list, at) => ({ view, l2: strengths[at] ?? strengths[0], outside: list })),
  )
  return { numbers, candidates, limits }
}

/** Trains the candidate with the best macro-F1 of the inner folds (the earlier on a draw), its temperature from the same folds. */
export function trainBest(
  { numbers, candidates, limits }: Prepared,
  allowed: (view: View) => boolean = () => true,
): Classifier {
  const [best] = candidates
    .filter(({ view }) => allowed(view))
    .map((candidate) => ({ ...candidate, mark: markOf(candidate.outside) }))
    .sort((one, other) => other.mark - one.mark)
  if (best === undefined) throw new Error('no view to train with')
  const parts = partsOf(numbers, numbers.rows, best.view, limits)
  const pulls = strengths.filter((strength) => strength >= best.l2)
  const linear = fitsOf(parts, pulls).at(-1)
  if (linear === undefined) throw new Error('no strength to train with')
  return { labels: parts.labels, ...parts.vocabulary, linear, temperature: fitTemperature(best.outside) }
}

const markOf = (list: readonly Outside[]) =>
  macroF1(list.map(({ truth, scores, labels }) => ({ truth, said: labels[largest(scores)] ?? '', probability: 0 })))

/** Trains on labelled texts; the same rows in the same order give the same classifier. */
export function train(
  rows: readonly Labelled[],
  limits: Limits = {},
  seed = 1,
  topics: Topics = new Map(),
): Classifier {
  const seen = rows.map(({ text, ...row }) => ({ ...row, features: featuresOf(text, topics) }))
  return trainBest(prepare(seen, limits, seed))
}

export type Likely = { readonly label: string; readonly probability: number }

/** Every label with its probability, likeliest first. A text without a known feature is as likely as the classes are frequent. */
export function classify(classifier: Classifier, features: Features): Likely[] {
  const probabilities = softmax(scoresOf(classifier.linear, rowOf(classifier, features)), classifier.temperature)
  return classifier.labels
    .map((label, c) => ({ label, probability: probabilities[c] ?? 0 }))
    .sort((one, other) => other.probability - one.probability || (one.label < other.label ? -1 : 1))
}
