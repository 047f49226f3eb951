// Deliberation: points into groups: k-means with the number of groups chosen by silhouette, no group too small to be shown. Pure.
import type { Point } from './axes.ts'

export type Clusters = {
  /** Middle of each group. */
  readonly centers: readonly Point[]
  /** For each point the number of its group. */
  readonly of: readonly number[]
}

const mostGroups = 5
const mostRounds = 60
/** Points that the silhouette looks at: beyond that an even sample of them. */
const looked = 600
/** Below this the points hang together and count as one group. */
const leastSilhouette = 0.35

function squared(left: Point, right: Point): number {
  return (left[0] - right[0]) ** 2 + (left[1] - right[1]) ** 2
}

/** The nearest center's number; of equal ones the first. */
export function nearest(point: Point, centers: readonly Point[]): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, center] of centers.entries()) {
    const distance = squared(point, center)
    if (distance < least - 1e-12) {
      least = distance
      best = index
    }
  }
  return best
}

function settle(points: readonly Point[], start: readonly Point[]): Clusters {
  let centers = start
  let of = points.map((point) => nearest(point, centers))
  for (let round = 0; round < mostRounds; round += 1) {
    const sums = centers.map(() => [0, 0, 0] as [number, number, number])
    for (const [index, point] of points.entries()) {
      const sum = sums[of[index] ?? 0]
      if (sum === undefined) continue
      sum[0] += point[0]
      sum[1] += point[1]
      sum[2] += 1
    }
    centers = sums.map(([x, y, count], index) => (count === 0 ? (centers[index] ?? [0, 0]) : [x / count, y / count]))
    const next = points.map((point) => nearest(point, centers))
    const still = next.every((group, index) => group === of[index])
    of = next
    if (still) break
  }
  return { centers, of }
}

function inertia(points: readonly Point[], { centers, of }: Clusters): number {
  return points.reduce((sum, point, index) => sum + squared(point, centers[of[index] ?? 0] ?? [0, 0]), 0)
}

/** The point farthest from the middle, then always the one farthest from those taken. */
function farApart(points: readonly Point[], count: number): Point[] {
  const taken: Point[] = []
  const middle: Point = [0, 0]
  while (taken.length < count) {
    let best: Point | undefined
    let most = -1
    for (const point of points) {
      const distance =
        taken.length === 0 ? squared(point, middle) : Math.min(...taken.map((each) => squared(point, each)))
      if (distance > most + 1e-12) {
        most = distance
        best = point
      }
    }
    if (best === undefined) break
    taken.push(best)
  }
  return taken
}

/** Evenly along an axis. */
function along(points: readonly Point[], count: number, axis: 0 | 1): Point[] {
  const sorted = [...points].sort(
    (one, other) => one[axis] - other[axis] || one[(1 - axis) as 0 | 1] - other[(1 - axis) as 0 | 1],
  )
  return Array.from({ length: count }, (_, index) => {
    const point = sorted[Math.floor(((index + 0.5) * sorted.length) / count)]
    return point ?? [0, 0]
  })
}

/** Mean silhouette of at most `looked` points: 1 = far apart and dense, 0 = one cloud. */
function silhouette(points: readonly Point[], { centers, of }: Clusters): number {
  const step = Math.max(1, points.length / looked)
  const sample: number[] = []
  for (let at = 0; at < points.length; at += step) sample.push(Math.floor(at))
  let total = 0
  for (const index of sample) {
    const point = points[index] ?? [0, 0]
    const own = of[index] ?? 0
    const sums = centers.map(() => ({ distance: 0, count: 0 }))
    for (const other of sample) {
      if (other === index) continue
      const sum = sums[of[other] ?? 0]
      if (sum === undefined) continue
      sum.distance += Math.sqrt(squared(point, points[other] ?? [0, 0]))
      sum.count += 1
    }
    const means = sums.map((sum) => (sum.count === 0 ? undefined : sum.distance / sum.count))
    const inside = means[own] ?? 0
    const outside = Math.min(...means.flatMap((mean, group) => (group === own || mean === undefined ? [] : [mean])))
    if (!Number.isFinite(outside)) continue
    const larger = Math.max(inside, outside)
    total += larger === 0 ? 0 : (outside - inside) / larger
  }
  return sample.length === 0 ? 0 : total / sample.length
}

/** The best of several beginnings; the last map's is kept unless another is clearly better, so that groups keep their names. */
function bestOf(points: readonly Point[], count: number, last: readonly Point[] | undefined): Clusters | undefined {
  const cold = [farApart(points, count), along(points, count, 0), along(points, count, 1)]
    .filter((start) => start.length === count)
    .map((start) => settle(points, start))
  let best: Clusters | undefined
  for (const each of cold)
    if (best === undefined || inertia(points, each) < inertia(points, best) * (1 - 1e-9)) best = each
  if (last === undefined || last.length !== count) return best
  const warm = settle(points, last)
  return best === undefined || inertia(points, warm) <= inertia(points, best) * 1.02 ? warm : best
}

/** Larger groups first, then from left to right: the names A, B, C say nothing else. */
function ordered({ centers, of }: Clusters): Clusters {
  const sizes = centers.map((_, group) => of.filter((each) => each === group).length)
  const order = centers
    .map((_, group) => group)
    .sort(
      (one, other) =>
        (sizes[other] ?? 0) - (sizes[one] ?? 0) ||
        (centers[one]?.[0] ?? 0) - (centers[other]?.[0] ?? 0) ||
        (centers[one]?.[1] ?? 0) - (centers[other]?.[1] ?? 0),
    )
  return {
    centers: order.map((group) => centers[group] ?? [0, 0]),
    of: of.map((group) => order.indexOf(group)),
  }
}

/**
 * Groups of the points: of 2 to 5 the number with the best silhouette whose groups all have `least` points; one group when they hang
 * together or every division leaves somebody too few. `last`: the middles of the map before. `differ`: whether groups so divided think differently
 * in more than one thing; a few odd opinions on one statement make a cloud's edge, not a group.
 */
export function clustersOf(
  points: readonly Point[],
  least: number,
  last: readonly Point[] | undefined,
  differ: (of: readonly number[], groups: number) => boolean,
): Clusters {
  let chosen: { clusters: Clusters; value: number } | undefined
  for (let count = 2; count <= mostGroups && count * least <= points.length; count += 1) {
    const clusters = bestOf(points, count, last)
    if (clusters === undefined) continue
    const smallest = Math.min(
      ...clusters.centers.map((_, group) => clusters.of.filter((each) => each === group).length),
    )
    if (smallest < least || !differ(clusters.of, count)) continue
    const value = silhouette(points, clusters)
    if (value >= leastSilhouette && (chosen === undefined || value > chosen.value + 1e-9)) chosen = { clusters, value }
  }
  if (chosen === undefined) return settle(points, [[0, 0]])
  return last !== undefined && last.length === chosen.clusters.centers.length
    ? chosen.clusters
    : ordered(chosen.clusters)
}
