// A point on the earth and the box around a place. Degrees of WGS-84, as browsers and Open311 give them.

/** North and east are positive. */
export type Point = { readonly lat: number; readonly long: number }

/** West, south, east, north. */
export type Box = readonly [west: number, south: number, east: number, north: number]

/** A tenth of a metre: finer than anybody points. */
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
