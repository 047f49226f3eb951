// Makes data/geo/jiangsu-boxes.json from the two boundary files beside it: the box around the province, each city and each county.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'

const folder = join(import.meta.dirname, '../data/geo')

type Box = [west: number, south: number, east: number, north: number]
type Nested = number | readonly Nested[]

/** The positions of a geometry, however deep they lie. */
function positionsOf(nested: readonly Nested[]): [number, number][] {
  const [x, y] = nested
  if (typeof x === 'number' && typeof y === 'number') return [[x, y]]
  return nested.flatMap((each) => (typeof each === 'number' ? [] : positionsOf(each)))
}

function boxOf(positions: readonly (readonly [number, number])[]): Box {
  const [longs, lats] = [positions.map(([x]) => x), positions.map(([, y]) => y)]
  const outward = (value: number, up: boolean) => (up ? Math.ceil(value * 1e4) : Math.floor(value * 1e4)) / 1e4
  return [
    outward(Math.min(...longs), false),
    outward(Math.min(...lats), false),
    outward(Math.max(...longs), true),
    outward(Math.max(...lats), true),
  ]
}

const boxes = ['cities', 'counties'].flatMap((level) => {
  const topology: Topology = JSON.parse(readFileSync(join(folder, `jiangsu-${level}.topo.json`), 'utf8'))
  const object = topology.objects['divisions']
  if (object?.type !== 'GeometryCollection') throw new Error('no collection')
  return feature(topology, object).features.map(({ geometry, properties }): [string, Box] => {
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') throw new Error('no area')
    return [String(properties?.['code']), boxOf(positionsOf(geometry.coordinates))]
  })
})
const corners = boxes.flatMap(([, [west, south, east, north]]): [number, number][] => [
  [west, south],
  [east, north],
])
const [first = ''] = boxes.map(([code]) => code.slice(0, 2))
const all = [[first, boxOf(corners)] as const, ...boxes].sort(([one], [other]) => (one < other ? -1 : 1))
const lines = all.map(([code, box]) => `  ${JSON.stringify(code)}: ${JSON.stringify(box).replaceAll(',', ', ')}`)
writeFileSync(join(folder, 'jiangsu-boxes.json'), `{\n${lines.join(',\n')}\n}\n`)
console.log(`${all.length} boxes`)
