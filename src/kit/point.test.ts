// Points are kept to six decimals and lie in a box or outside it.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Box, isInBox, roundedPoint } from './point.ts'

const box: Box = [120.2, 31.1, 120.6, 31.5]

it.each([
  [{ lat: 31.3, long: 120.4 }, 0, true],
  [{ lat: 31.1, long: 120.2 }, 0, true],
  [{ lat: 31.5, long: 120.6 }, 0, true],
  [{ lat: 31.51, long: 120.4 }, 0, false],
  [{ lat: 31.09, long: 120.4 }, 0, false],
  [{ lat: 31.3, long: 120.61 }, 0, false],
  [{ lat: 31.3, long: 120.19 }, 0, false],
  [{ lat: 31.51, long: 120.19 }, 0.02, true],
])('%j with a margin of %d: %s', (place, margin, inside) => {
  expect(isInBox(place, box, margin)).toBe(inside)
})

it('a kept point is within a tenth of a metre of the one that was given', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (lat, long) => {
        const kept = roundedPoint({ lat, long })
        expect(Math.abs(kept.lat - lat)).toBeLessThanOrEqual(0.5000001e-6)
        expect(Math.abs(kept.long - long)).toBeLessThanOrEqual(0.5000001e-6)
        expect(roundedPoint(kept)).toEqual(kept)
      },
    ),
  )
})
