// Made-up points of the demo's needs: the same place of a community always at the same point, somewhere in the county.
import { type Point, roundedPoint } from '../../kit/point.ts'

/** The middle of what is built up, and how far communities and places lie from it, in degrees. */
const middle = { lat: 31.31, long: 120.53 }
const reach = { community: 0.025, place: 0.004 }

/** Two numbers from -1 to 1 that depend on the words alone. */
function scattered(words: string): readonly [number, number] {
  let hash = 2_166_136_261
  for (const letter of words) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0
  const part = (shift: number) => ((hash >>> shift) % 1000) / 500 - 1
  return [part(0), part(13)]
}

/** Where a place is; undefined for doors: nobody shows a home on a map. */
export function pointOf(division: string, place: string): Point | undefined {
  if (/室|户|家里|家中/.test(place)) return undefined
  const [north, east] = scattered(division)
  const [up, right] = scattered(`${division}${place}`)
  return roundedPoint({
    lat: middle.lat + north * reach.community + up * reach.place,
    long: middle.long + east * reach.community + right * reach.place,
  })
}
