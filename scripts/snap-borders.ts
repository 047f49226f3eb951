// Makes neighbours share their border exactly: lines drawn twice, a little apart, are pulled onto one net of points.
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson'

/**
 * The same features with every ring led over shared points that are at least `distance` degrees apart. Two drawings of
 * one border come to run through the same points, so that topojson finds the border once. Rings that shrink to nothing go.
 */
export function snapBorders<P>(
  shapes: readonly Feature<Polygon | MultiPolygon, P>[],
  distance: number,
): Feature<MultiPolygon, P>[] {
  const net = pointNet(distance)
  const polygonsOf = (shape: Feature<Polygon | MultiPolygon, P>) =>
    shape.geometry.type === 'Polygon' ? [shape.geometry.coordinates] : shape.geometry.coordinates
  // All corners first: a point of the net should be a corner that somebody drew, not a step between two.
  for (const position of shapes.flatMap(polygonsOf).flat(2)) net.add(position)
  return shapes.map((shape) => {
    const polygons = polygonsOf(shape).map((rings) => rings.map((ring) => snapRing(ring, net, distance / 3)))
    const kept = polygons.map((rings) => rings.filter((ring) => ring.length > 3)).filter((rings) => rings.length > 0)
    return { ...shape, geometry: { type: 'MultiPolygon', coordinates: kept } }
  })
}

type PointNet = { add(position: Position): void; nearest(position: Position): Position | undefined }

/** Points at least `distance` apart, kept in square cells of that size so that neighbours are found at once. */
function pointNet(distance: number): PointNet {
  const cells = new Map<string, Position[]>()
  const cellOf = (x: number, y: number) => `${Math.floor(x / distance)}:${Math.floor(y / distance)}`
  function nearest([x = 0, y = 0]: Position): Position | undefined {
    let best: Position | undefined
    let bestSquare = distance * distance
    for (const dx of [-distance, 0, distance]) {
      for (const dy of [-distance, 0, distance]) {
        for (const point of cells.get(cellOf(x + dx, y + dy)) ?? []) {
          const square = (x - (point[0] ?? 0)) ** 2 + (y - (point[1] ?? 0)) ** 2
          if (square < bestSquare) [best, bestSquare] = [point, square]
        }
      }
    }
    return best
  }
  function add(position: Position): void {
    if (nearest(position) !== undefined) return
    const cell = cellOf(position[0] ?? 0, position[1] ?? 0)
    cells.set(cell, [...(cells.get(cell) ?? []), position])
  }
  return { add, nearest }
}

/** Walks the ring in short steps and notes each point of the net it comes nearest to; ways there and back are dropped. */
function snapRing(ring: readonly Position[], net: PointNet, step: number): Position[] {
  const way: Position[] = []
  for (const [at, [x = 0, y = 0]] of ring.slice(0, -1).entries()) {
    const [nextX = 0, nextY = 0] = ring[at + 1] ?? []
    const steps = Math.max(1, Math.ceil(Math.hypot(nextX - x, nextY - y) / step))
    for (let taken = 0; taken < steps; taken += 1) {
      const share = taken / steps
      const point = net.nearest([x + (nextX - x) * share, y + (nextY - y) * share])
      if (point === undefined || point === way.at(-1)) continue
      if (point === way.at(-2)) way.pop()
      else way.push(point)
    }
  }
  while (way.length > 1 && (way.at(0) === way.at(-1) || way.at(1) === way.at(-1))) {
    if (way.at(0) === way.at(-1)) way.pop()
    else way.shift()
  }
  const [first] = way
  return first === undefined ? [] : [...way, first]
}
