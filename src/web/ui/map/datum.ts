// From WGS-84 to the shifted system of Chinese web maps (GCJ-02) and back: points are kept in WGS-84, tiles may be drawn in the other. Pure.
import type { Point } from '../../../kit/point.ts'

/** Systems in which tiles are drawn. */
export type Datum = 'wgs84' | 'gcj02'

/** The ellipsoid of Krasovsky on which the shift is defined: half the long axis in metres, and the square of the eccentricity. */
const axis = 6_378_245
const eccentricity = 0.006693421622965943

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** A wave with its half and its sixth, which both directions of the shift share. */
const ripple = (value: number) => ((20 * Math.sin(6 * value * Math.PI) + 20 * Math.sin(2 * value * Math.PI)) * 2) / 3

function northwards(x: number, y: number): number {
  return (
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    ripple(x) +
    ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3 +
    ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y / 30) * Math.PI)) * 2) / 3
  )
}

function eastwards(x: number, y: number): number {
  return (
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    ripple(x) +
    ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3 +
    ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3
  )
}

/** The rectangle in which maps are shifted at all. */
function isShifted({ lat, long }: Point): boolean {
  return lat > 0.8293 && lat < 55.8271 && long > 72.004 && long < 137.8347
}

function shifted(point: Point): Point {
  if (!isShifted(point)) return point
  const { lat, long } = point
  const [x, y] = [long - 105, lat - 35]
  const flat = 1 - eccentricity * Math.sin(radians(lat)) ** 2
  // metres become degrees by the two radii of curvature at this latitude
  const metresNorth = (axis * (1 - eccentricity)) / (flat * Math.sqrt(flat))
  const metresEast = (axis / Math.sqrt(flat)) * Math.cos(radians(lat))
  return {
    lat: lat + ((northwards(x, y) / metresNorth) * 180) / Math.PI,
    long: long + ((eastwards(x, y) / metresEast) * 180) / Math.PI,
  }
}

/** Where a WGS-84 point is drawn on tiles of a system. */
export function drawnAt(point: Point, datum: Datum): Point {
  return datum === 'wgs84' ? point : shifted(point)
}

/** The WGS-84 point that is drawn there; exact to a millimetre (the shift has no closed inverse: it is approached). */
export function pointedAt(drawn: Point, datum: Datum): Point {
  if (datum === 'wgs84') return drawn
  let guess = drawn
  for (let round = 0; round < 6; round++) {
    const there = shifted(guess)
    guess = { lat: guess.lat + drawn.lat - there.lat, long: guess.long + drawn.long - there.long }
  }
  return guess
}
