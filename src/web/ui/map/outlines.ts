// What the map shows without any tiles: counties with their names, borders, and a grid of kilometres over the county in question.
import { geoIdentity, geoPath } from 'd3-geo'
import { feature, mesh } from 'topojson-client'
import countiesUrl from '../../../../data/geo/jiangsu-counties.topo.json?url'
import type { Box } from '../../../kit/point.ts'
import { type Datum, drawnAt } from './datum.ts'

type Topology = Parameters<typeof feature>[0]
type Shapes = Extract<NonNullable<Parameters<typeof mesh>[1]>, { readonly type: 'GeometryCollection' }>
/** The file data/geo/jiangsu-counties.topo.json: shapes with `code` and `name`. */
type Counties = Topology & { readonly objects: { readonly divisions: Shapes } }

export type Outlines = {
  /** Areas of all counties: `code`, `name`, `own` for the one in question. */
  readonly counties: GeoJSON.FeatureCollection
  /** Borders between counties, and those of cities. */
  readonly borders: GeoJSON.FeatureCollection
  /** The middle of each county: `name`, `own`. */
  readonly names: GeoJSON.FeatureCollection
  readonly grid: GeoJSON.FeatureCollection
  /** The county (or the city, where it has no boundary), in WGS-84. */
  readonly area: { readonly name: string; readonly box: Box }
}

let topology: Promise<Counties> | undefined

async function read(): Promise<Counties> {
  const answer = await fetch(countiesUrl)
  if (!answer.ok) throw new Error('no outlines')
  return (await answer.json()) as Counties
}

type Nested = GeoJSON.Position | readonly Nested[]

function isPosition(nested: Nested): nested is GeoJSON.Position {
  return typeof nested[0] === 'number'
}

function moved(nested: Nested, datum: Datum): Nested {
  if (!isPosition(nested)) return nested.map((each) => moved(each, datum))
  const { lat, long } = drawnAt({ lat: nested[1] ?? 0, long: nested[0] ?? 0 }, datum)
  return [long, lat]
}

/** A shape where tiles of that system show it. */
function drawn<F extends GeoJSON.Feature>(shape: F, datum: Datum): F {
  if (datum === 'wgs84' || shape.geometry.type === 'GeometryCollection') return shape
  return { ...shape, geometry: { ...shape.geometry, coordinates: moved(shape.geometry.coordinates, datum) } }
}

const collected = (features: GeoJSON.Feature[], datum: Datum): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: features.map((each) => drawn(each, datum)),
})

const shaped = <G extends GeoJSON.Geometry>(
  geometry: G,
  properties: Record<string, unknown> = {},
): GeoJSON.Feature<G> => ({
  type: 'Feature',
  properties,
  geometry,
})

/** One kilometre in degrees: northwards everywhere, eastwards at a latitude. */
const north = 1 / 111.2
const east = (lat: number) => north / Math.cos((lat * Math.PI) / 180)

/** Lines a kilometre apart over a box. */
export function gridOver([west, south, right, top]: Box): GeoJSON.MultiLineString {
  const step = east((south + top) / 2)
  const lines: GeoJSON.Position[][] = []
  for (let lat = south; lat <= top; lat += north)
    lines.push([
      [west, lat],
      [right, lat],
    ])
  for (let long = west; long <= right; long += step)
    lines.push([
      [long, south],
      [long, top],
    ])
  return { type: 'MultiLineString', coordinates: lines }
}

/** A property of a shape, empty where it has none. */
function told(shape: { readonly properties?: unknown } | undefined, name: 'code' | 'name'): string {
  const properties: unknown = shape?.properties
  return typeof properties === 'object' && properties !== null && name in properties
    ? String((properties as Record<string, unknown>)[name])
    : ''
}
const codeOf = (shape: { readonly properties?: unknown }) => told(shape, 'code')

/** The outlines for a division, drawn in a system. Throws without a network when they were never loaded. */
export async function outlinesFor(division: string, datum: Datum): Promise<Outlines> {
  topology ??= read()
  let whole: Counties
  try {
    whole = await topology
  } catch (error) {
    topology = undefined
    throw error
  }
  const object = whole.objects.divisions
  const { features } = feature(whole, object)
  const flat = geoPath(geoIdentity())
  const county = features.filter((shape) => codeOf(shape) === division.slice(0, 6))
  // development zones have no boundary of their own: their city's counties
  const own = county.length > 0 ? county : features.filter((shape) => codeOf(shape).startsWith(division.slice(0, 4)))
  const [[west, south], [right, top]] = flat.bounds({ type: 'FeatureCollection', features: own })
  const box: Box = [west, south, right, top]
  const marked = features.map((shape) => ({
    ...shape,
    properties: { ...shape.properties, own: own.includes(shape) },
  }))
  const inner = mesh(whole, object, (one, other) => one !== other)
  const cities = mesh(
    whole,
    object,
    (one, other) => one === other || codeOf(one).slice(0, 4) !== codeOf(other).slice(0, 4),
  )
  return {
    counties: collected(marked, datum),
    borders: collected([shaped(inner, { city: false }), shaped(cities, { city: true })], datum),
    names: collected(
      marked.map((shape) => shaped({ type: 'Point', coordinates: flat.centroid(shape) }, shape.properties)),
      datum,
    ),
    grid: collected([shaped(gridOver(box))], datum),
    area: { name: county.length > 0 ? told(own[0], 'name') : '', box },
  }
}
