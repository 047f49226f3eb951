// What a classifier is measured by: macro-F1, calibration error; and stratified folds.

/** One judged row: what was said, how surely, and what is true. */
export type Judged = { readonly truth: string; readonly said: string; readonly probability: number }

/** F1 of each class that is true of a row. */
export function f1ByClass(judged: readonly Judged[]): Map<string, number> {
  const classes = [...new Set(judged.map(({ truth }) => truth))].sort()
  return new Map(
    classes.map((name) => {
      const hit = judged.filter(({ truth, said }) => truth === name && said === name).length
      const truths = judged.filter(({ truth }) => truth === name).length
      const saids = judged.filter(({ said }) => said === name).length
      return [name, (2 * hit) / (truths + saids)]
    }),
  )
}

/** The mean of the classes' F1: a rare class counts as much as a frequent one. */
export function macroF1(judged: readonly Judged[]): number {
  const scores = [...f1ByClass(judged).values()]
  return scores.reduce((one, other) => one + other, 0) / Math.max(1, scores.length)
}

export function accuracy(judged: readonly Judged[]): number {
  return judged.filter(({ truth, said }) => truth === said).length / Math.max(1, judged.length)
}

/** Expected calibration error over ten equal bins of confidence: how far, on the average, "80 % sure" is from right in 80 % of cases. */
export function calibrationError(judged: readonly Judged[], bins = 10): number {
  const byBin = Map.groupBy(judged, ({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)))
  let sum = 0
  for (const group of byBin.values()) {
    const sure = group.reduce((one, { probability }) => one + probability, 0) / group.length
    sum += (group.length / judged.length) * Math.abs(accuracy(group) - sure)
  }
  return sum
}

/** A small generator of pseudo-random numbers in [0, 1) (mulberry32), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The fold (0 … folds − 1) of each row, every class spread evenly over the folds; the same for the same seed. */
export function stratifiedFolds(labels: readonly string[], folds: number, seed: number): number[] {
  const chance = seeded(seed)
  const fold = new Array<number>(labels.length).fill(0)
  let next = 0
  for (const [, positions] of [...Map.groupBy(labels.keys(), (index) => labels[index] ?? '')].sort(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    const order = positions.map((position) => ({ position, key: chance() })).sort((one, other) => one.key - other.key)
    for (const { position } of order) {
      fold[position] = next % folds
      next += 1
    }
  }
  return fold
}
