// Deliberation: the two directions along which residents' opinions differ most: principal components by power iteration. Pure.

/** One resident's opinions on the statements of a map, in their order: 1 agree, -1 disagree, 0 pass, undefined not asked yet. */
export type Votes = readonly (number | undefined)[]

export type Point = readonly [number, number]

/** What turns votes into a place: the mean vote of each statement and the two directions. */
export type Axes = {
  readonly means: readonly number[]
  readonly components: readonly [readonly number[], readonly number[]]
}

/** Rounds of the power iteration at most; a warm start ends far earlier. */
const mostRounds = 60
const closeEnough = 1e-10

function dot(left: readonly number[], right: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < left.length; index += 1) sum += (left[index] ?? 0) * (right[index] ?? 0)
  return sum
}

function unit(vector: readonly number[]): number[] | undefined {
  const length = Math.sqrt(dot(vector, vector))
  return length < 1e-12 ? undefined : vector.map((value) => value / length)
}

/** The part of a vector that is square to `other` (of length one). */
function without(vector: readonly number[], other: readonly number[] | undefined): number[] {
  if (other === undefined) return [...vector]
  const along = dot(vector, other)
  return vector.map((value, index) => value - along * (other[index] ?? 0))
}

/** Mean vote of each statement over those who gave an opinion on it; 0 where nobody did. */
function meansOf(rows: readonly Votes[], statements: number): number[] {
  return Array.from({ length: statements }, (_, column) => {
    let sum = 0
    let count = 0
    for (const row of rows) {
      const vote = row[column]
      if (vote === undefined) continue
      sum += vote
      count += 1
    }
    return count === 0 ? 0 : sum / count
  })
}

/** Votes less the mean; a missing vote counts as the mean and pulls nowhere. */
function centred(row: Votes, means: readonly number[]): number[] {
  return means.map((mean, column) => {
    const vote = row[column]
    return vote === undefined ? 0 : vote - mean
  })
}

/** X'X v without ever building X'X. */
function turned(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const out = new Array<number>(vector.length).fill(0)
  for (const row of matrix) {
    const along = dot(row, vector)
    if (along === 0) continue
    for (let column = 0; column < out.length; column += 1) out[column] = (out[column] ?? 0) + along * (row[column] ?? 0)
  }
  return out
}

/** Where the iteration begins: as it ended the last time, else the row that lies farthest from the middle. */
function beginning(
  matrix: readonly (readonly number[])[],
  first: readonly number[] | undefined,
  last: readonly number[] | undefined,
): number[] | undefined {
  const warm = last === undefined ? undefined : unit(without(last, first))
  if (warm !== undefined) return warm
  let best: number[] | undefined
  let longest = 1e-9
  for (const row of matrix) {
    const rest = without(row, first)
    const length = dot(rest, rest)
    if (length > longest * (1 + 1e-9)) {
      longest = length
      best = rest
    }
  }
  return best === undefined ? undefined : unit(best)
}

/** A direction has no natural sign: it keeps the one that it had, else its heaviest statement counts up. */
function signed(vector: readonly number[], last: readonly number[] | undefined): number[] {
  const along = last === undefined ? 0 : dot(vector, last)
  let flip = along < 0
  if (Math.abs(along) < 1e-6) {
    let heaviest = 0
    for (const value of vector) if (Math.abs(value) > Math.abs(heaviest) + 1e-9) heaviest = value
    flip = heaviest < 0
  }
  return flip ? vector.map((value) => -value) : [...vector]
}

function component(
  matrix: readonly (readonly number[])[],
  first: readonly number[] | undefined,
  last: readonly number[] | undefined,
  statements: number,
): number[] {
  let vector = beginning(matrix, first, last)
  if (vector === undefined) return new Array<number>(statements).fill(0)
  for (let round = 0; round < mostRounds; round += 1) {
    const next = unit(without(turned(matrix, vector), first))
    if (next === undefined) return new Array<number>(statements).fill(0)
    const moved = 1 - Math.abs(dot(vector, next))
    vector = next
    if (moved < closeEnough) break
  }
  return signed(vector, last)
}

/** The two directions in which the rows differ most. `last`: those of the map before, which the iteration starts from. */
export function axesOf(rows: readonly Votes[], statements: number, last?: Axes['components']): Axes {
  const means = meansOf(rows, statements)
  const matrix = rows.map((row) => centred(row, means))
  const first = component(matrix, undefined, last?.[0], statements)
  const second = component(matrix, unit(first), last?.[1], statements)
  return { means, components: [first, second] }
}

/** The place of one resident; whoever gave few opinions is not held near the middle for that alone. */
export function placeOf(row: Votes, axes: Axes): Point {
  const given = row.filter((vote) => vote !== undefined).length
  if (given === 0) return [0, 0]
  const scale = Math.sqrt(axes.means.length / given)
  const values = centred(row, axes.means)
  return [dot(values, axes.components[0]) * scale, dot(values, axes.components[1]) * scale]
}
