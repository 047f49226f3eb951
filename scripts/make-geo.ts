// Makes data/geo/jiangsu-{cities,counties}.topo.json, simplified for overview maps, from GeoJSON boundaries kept outside the clone.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { feature, merge, quantize } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, quantile, simplify } from 'topojson-simplify'
import { z } from 'zod'
import { snapBorders } from './snap-borders.ts'

/** node scripts/make-geo.ts <folder with jiangsu-cities.geojson and jiangsu-counties.geojson> */
const source = process.argv[2]
if (source === undefined) throw new Error('say in which folder the GeoJSON files are')

/** The most a map may weigh: it is loaded with the first view of the cockpit. */
const MOST_BYTES = 60_000
const QUANTIZATION = 4_000
/** In degrees, some 400 m: less than a pixel of the province on a screen, more than neighbours' borders are apart. */
const SNAP_DISTANCE = 0.004

/**
 * The boundaries are older than the codes: Hai'an became a city in 2018, Haimen a district and Gangzha a part of Chongchuan
 * in 2020. The features carry no code for these three, so their names are translated here.
 */
const SUCCESSORS: Readonly<Record<string, { code: string; name: string }>> = {
  海安县: { code: '320685', name: '海安市' },
  海门市: { code: '320614', name: '海门区' },
  港闸区: { code: '320613', name: '崇川区' },
}

type Place = { code: string; name: string }
const sourceProperties = z.object({ code: z.string().nullish(), name: z.string() })

for (const level of ['cities', 'counties'] as const) {
  const text = readFileSync(join(source, `jiangsu-${level}.geojson`), 'utf8')
  const collection: FeatureCollection<Polygon | MultiPolygon> = JSON.parse(text)
  const divisions = mergedByCode(snapBorders(collection.features.map(withCode), SNAP_DISTANCE)).map(withoutIslets)
  let keep = 1
  let made = simplified(divisions, keep)
  while (Buffer.byteLength(made) > MOST_BYTES) {
    keep *= 0.85
    made = simplified(divisions, keep)
  }
  const target = join(import.meta.dirname, `../data/geo/jiangsu-${level}.topo.json`)
  writeFileSync(target, `${made}\n`)
  console.log(
    `${divisions.length} ${level}, ${Math.round(keep * 100)} % of the points, ${Buffer.byteLength(made)} bytes`,
  )
}

function withCode(shape: Feature<Polygon | MultiPolygon>): Feature<Polygon | MultiPolygon, Place> {
  const { code, name } = sourceProperties.parse(shape.properties)
  const place = typeof code === 'string' ? { code, name } : SUCCESSORS[name]
  if (place === undefined) throw new Error(`no code for ${name}`)
  return { type: 'Feature', properties: place, geometry: shape.geometry }
}

/** One feature per code in the order of the codes; parts that were merged since lose the border between them. */
function mergedByCode(
  shapes: readonly Feature<Polygon | MultiPolygon, Place>[],
): Feature<Polygon | MultiPolygon, Place>[] {
  const byCode = Map.groupBy(shapes, (shape) => shape.properties.code)
  return [...byCode.values()]
    .map((parts) => {
      const [first, ...others] = parts
      if (first === undefined) throw new Error('an empty group')
      if (others.length === 0) return first
      const whole = topology({ parts: { type: 'FeatureCollection', features: parts } }, 1_000_000)
      const object = whole.objects['parts']
      if (object?.type !== 'GeometryCollection') throw new Error('no collection')
      const polygons = object.geometries.filter((part) => part.type === 'Polygon' || part.type === 'MultiPolygon')
      return { ...first, geometry: merge(whole, polygons) }
    })
    .sort((a, b) => (a.properties.code < b.properties.code ? -1 : 1))
}

/** Without islets: of several polygons those that have at least a fiftieth of the largest one's area. */
function withoutIslets(shape: Feature<Polygon | MultiPolygon, Place>): Feature<Polygon | MultiPolygon, Place> {
  if (shape.geometry.type === 'Polygon') return shape
  const polygons = shape.geometry.coordinates.map((rings) => ({ rings, area: areaOf(rings[0] ?? []) }))
  const largest = Math.max(...polygons.map((polygon) => polygon.area))
  const kept = polygons.filter((polygon) => polygon.area * 50 >= largest).map((polygon) => polygon.rings)
  return { ...shape, geometry: { type: 'MultiPolygon', coordinates: kept } }
}

/** In square degrees, by the shoelace formula: only compared with each other. */
function areaOf(ring: readonly Position[]): number {
  const doubled = ring.reduce((total, [x = 0, y = 0], at) => {
    const [nextX = 0, nextY = 0] = ring[(at + 1) % ring.length] ?? []
    return total + x * nextY - nextX * y
  }, 0)
  return Math.abs(doubled) / 2
}

/** TopoJSON text with that share of the points. Throws when a division has shrunk to nothing. */
function simplified(divisions: Feature<Polygon | MultiPolygon, Place>[], keep: number): string {
  const whole = presimplify(topology({ divisions: { type: 'FeatureCollection', features: divisions } }))
  const made = quantize(simplify(whole, quantile(whole, keep)), QUANTIZATION)
  const object = made.objects['divisions']
  if (object?.type !== 'GeometryCollection') throw new Error('no collection')
  for (const { geometry, properties } of feature(made, object).features) {
    const outer = geometry.type === 'MultiPolygon' ? geometry.coordinates.map((rings) => rings[0] ?? []) : []
    if (geometry.type === 'Polygon') outer.push(geometry.coordinates[0] ?? [])
    if (!outer.some((ring) => areaOf(ring) > 0)) throw new Error(`nothing left of ${JSON.stringify(properties)}`)
  }
  return JSON.stringify(made)
}
