// A point on the earth and the box around a place. Degrees of WGS-84, as browsers and Open311 give them.
import { z } from 'zod'

/** North and east are positive. Kept to six decimals: a tenth of a metre, finer than anybody points. */
export const point = z.object({ lat: z.number().min(-90).max(90), long: z.number().min(-180).max(180) })
export type Point = { readonly lat: number; readonly long: number }

/** West, south, east, north. */
export type Box = readonly [west: number, south: number, east: number, north: number]

const decimals = 6

/** The point as it is kept and shown. */
export function roundedPoint({ lat, long }: Point): Point {
  // plus nought: no negative zero
  return { lat: Number(lat.toFixed(decimals)) + 0, long: Number(long.toFixed(decimals)) + 0 }
}

/** Whether a point lies in a box that is widened by `margin` degrees on every side. */
export function isInBox({ lat, long }: Point, [west, south, east, north]: Box, margin = 0): boolean {
  return lat >= south - margin && lat <= north + margin && long >= west - margin && long <= east + margin
}
