// Multinomial logistic regression over sparse rows by L-BFGS. Convex and started at a fixed point: the same rows give the same weights.
import { rotate, type SparseRow } from './rotation.ts'

/** Weights of `classes` × `features`: the weight of feature f for class c stands at f * classes + c. */
export type Linear = { readonly classes: number; readonly weights: Float64Array; readonly bias: Float64Array }

/** The score of each class for a row. */
export function scoresOf(model: Linear, row: SparseRow): Float64Array {
  const { classes, weights } = model
  const scores = Float64Array.from(model.bias)
  for (let i = 0; i < row.at.length; i += 1) {
    const offset = (row.at[i] ?? 0) * classes
    const value = row.values[i] ?? 0
    for (let c = 0; c < classes; c += 1) scores[c] = (scores[c] ?? 0) + value * (weights[offset + c] ?? 0)
  }
  return scores
}

/** Probabilities of scores at a temperature: above 1 less sure, below 1 surer than the scores say. */
export function softmax(scores: ArrayLike<number>, temperature = 1): Float64Array {
  const values = Float64Array.from(scores, (score) => score / temperature)
  const most = Math.max(...values)
  let sum = 0
  for (let c = 0; c < values.length; c += 1) {
    values[c] = Math.exp((values[c] ?? 0) - most)
    sum += values[c] ?? 0
  }
  return values.map((value) => value / sum)
}

/** Inner product. */
const dot = (one: Float64Array, other: Float64Array) => {
  let sum = 0
  for (let i = 0; i < one.length; i += 1) sum += (one[i] ?? 0) * (other[i] ?? 0)
  return sum
}

const addScaled = (to: Float64Array, from: Float64Array, factor: number) => {
  for (let i = 0; i < to.length; i += 1) to[i] = (to[i] ?? 0) + factor * (from[i] ?? 0)
}

/** Loss (mean cross-entropy by row weight, plus l2/2 · |w|² without the bias) and its gradient, the bias behind the weights. */
function lossOf(
  rows: readonly SparseRow[],
  labels: readonly number[],
  rowWeights: Float64Array,
  classes: number,
  l2: number,
  point: Float64Array,
): { loss: number; gradient: Float64Array } {
  const size = point.length - classes
  const gradient = new Float64Array(point.length)
  const model = { classes, weights: point.subarray(0, size), bias: point.subarray(size) }
  let loss = 0
  for (const [index, row] of rows.entries()) {
    const weight = rowWeights[index] ?? 0
    const errors = softmax(scoresOf(model, row))
    const label = labels[index] ?? 0
    loss -= weight * Math.log(Math.max(errors[label] ?? 0, 1e-300))
    errors[label] = (errors[label] ?? 0) - 1
    for (let c = 0; c < classes; c += 1) {
      errors[c] = weight * (errors[c] ?? 0)
      gradient[size + c] = (gradient[size + c] ?? 0) + (errors[c] ?? 0)
    }
    for (let i = 0; i < row.at.length; i += 1) {
      const offset = (row.at[i] ?? 0) * classes
      const value = row.values[i] ?? 0
      for (let c = 0; c < classes; c += 1) gradient[offset + c] = (gradient[offset + c] ?? 0) + value * (errors[c] ?? 0)
    }
  }
  loss += (l2 / 2) * dot(model.weights, model.weights)
  for (let i = 0; i < size; i += 1) gradient[i] = (gradient[i] ?? 0) + l2 * (point[i] ?? 0)
  return { loss, gradient }
}

type Step = { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number }

/** The direction of L-BFGS (two loops over the kept steps). */
function directionOf(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = Float64Array.from(gradient, (value) => -value)
  const alphas: number[] = []
  for (const step of steps.toReversed()) {
    const alpha = step.rho * dot(step.s, direction)
    alphas.push(alpha)
    addScaled(direction, step.y, -alpha)
  }
  const last = steps.at(-1)
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y))
    for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) * scale
  }
  for (const [index, step] of steps.entries())
    addScaled(direction, step.s, (alphas[steps.length - 1 - index] ?? 0) - step.rho * dot(step.y, direction))
  return direction
}

const keptSteps = 8
const mostIterations = 100
/** Against 0.3 or so at the start: beyond it no probability moves any more in the second decimal. */
const smallGradient = 3e-4

/** Minimises a smooth convex function from `start`; stops when the gradient is small. */
export function minimise(
  start: Float64Array,
  lossAt: (point: Float64Array) => { loss: number; gradient: Float64Array },
): Float64Array {
  let point = start
  let here = lossAt(point)
  const steps: Step[] = []
  for (let iteration = 0; iteration < mostIterations; iteration += 1) {
    if (Math.sqrt(dot(here.gradient, here.gradient)) <= smallGradient) break
    const direction = directionOf(here.gradient, steps)
    const slope = dot(here.gradient, direction)
    let length = steps.length === 0 ? 1 / Math.max(1, Math.sqrt(dot(direction, direction))) : 1
    let next = point
    let there = here
    for (let tries = 0; tries < 30; tries += 1) {
      next = Float64Array.from(point)
      addScaled(next, direction, length)
      there = lossAt(next)
      if (there.loss <= here.loss + 1e-4 * length * slope) break
      length /= 2
    }
    if (there.loss >= here.loss) break
    const s = next.map((value, i) => value - (point[i] ?? 0))
    const y = there.gradient.map((value, i) => value - (here.gradient[i] ?? 0))
    const curve = dot(s, y)
    if (curve > 1e-12) steps.push({ s, y, rho: 1 / curve })
    if (steps.length > keptSteps) steps.shift()
    point = next
    here = there
  }
  return point
}

/** Weights half-way between every row and every class counting alike (square root of the balance); their sum is 1. */
function rowWeightsOf(labels: readonly number[], classes: number): Float64Array {
  const counts = new Float64Array(classes)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  const raw = labels.map((label) => Math.sqrt(labels.length / (classes * (counts[label] ?? 1))))
  const sum = raw.reduce((one, other) => one + other, 0)
  return Float64Array.from(raw, (weight) => weight / sum)
}

/** Whether turning the rows first is the shorter way: few rows, each with many features. */
function worthTurning(rows: readonly SparseRow[], features: number): boolean {
  const entries = rows.reduce((sum, { at }) => sum + at.length, 0)
  return rows.length ** 2 < entries + 10 * features
}

/**
 * Multinomial logistic regression, once for each strength of the pull towards zero (`pulls`, for the mean loss), strongest first: each fit
 * starts where the one before ended.
 */
export function fitPath(
  rows: readonly SparseRow[],
  labels: readonly number[],
  classes: number,
  features: number,
  pulls: readonly number[],
  turn = worthTurning(rows, features),
): Linear[] {
  const turned = turn ? rotate(rows, features) : undefined
  const [inner, size] = turned === undefined ? [rows, features] : [turned.rows, rows.length]
  const rowWeights = rowWeightsOf(labels, classes)
  let point = new Float64Array(size * classes + classes)
  return pulls.map((l2) => {
    point = Float64Array.from(minimise(point, (at) => lossOf(inner, labels, rowWeights, classes, l2, at)))
    const weights = point.slice(0, size * classes)
    return {
      classes,
      weights: turned === undefined ? weights : turned.back(weights, classes),
      bias: point.slice(size * classes),
    }
  })
}
