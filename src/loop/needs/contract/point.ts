// Needs: a point on the map as it travels. It must lie within the county (rules/point.ts) and is hidden where the need's text is.
import { z } from 'zod'

/** Degrees of WGS-84, north and east positive; kept to six decimals. */
export const point = z.object({ lat: z.number().min(-90).max(90), long: z.number().min(-180).max(180) })

/** A place that several needs name; `point`: the middle of the points that they carry. */
export const namedPlace = z.object({ place: z.string(), needs: z.number().int(), point: point.optional() })
