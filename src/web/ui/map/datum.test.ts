// The shift between WGS-84 and GCJ-02: vectors computed by a separate program from the published formula, and there and back again.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { drawnAt, pointedAt } from './datum.ts'

// lat, long in WGS-84; lat, long in GCJ-02
const vectors = [
  ['Suzhou', 31.2989, 120.5853, 31.2967153, 120.58947742],
  ['Nanjing', 32.0603, 118.7969, 32.0582243, 118.80208356],
  ['Xuzhou', 34.2044, 117.2859, 34.20311182, 117.29165661],
  ['Lianyungang', 34.5967, 119.2216, 34.59566515, 119.22713173],
  ['Nantong', 31.9802, 120.8943, 31.97803016, 120.89851566],
  ['Tiananmen', 39.90733, 116.39123, 39.90873124, 116.39747112],
] as const

it.each(vectors)(
  '%s is drawn where the formula says, and found again from there',
  (_name, lat, long, gcjLat, gcjLong) => {
    const drawn = drawnAt({ lat, long }, 'gcj02')
    expect(drawn.lat).toBeCloseTo(gcjLat, 7)
    expect(drawn.long).toBeCloseTo(gcjLong, 7)
    const back = pointedAt({ lat: gcjLat, long: gcjLong }, 'gcj02')
    expect(back.lat).toBeCloseTo(lat, 6)
    expect(back.long).toBeCloseTo(long, 6)
  },
)

it('tiles in WGS-84 need no shift, and nothing outside China is shifted', () => {
  const here = { lat: 31.2989, long: 120.5853 }
  expect(drawnAt(here, 'wgs84')).toEqual(here)
  expect(pointedAt(here, 'wgs84')).toEqual(here)
  for (const point of [
    { lat: 48.85, long: 2.35 },
    { lat: -31.3, long: 120.6 },
    { lat: 35.6, long: 139.7 },
  ])
    expect(drawnAt(point, 'gcj02')).toEqual(point)
})

it('in Jiangsu the shift is some hundred metres and comes back to a millimetre', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 30.7, max: 35.2, noNaN: true }),
      fc.double({ min: 116.3, max: 122, noNaN: true }),
      (lat, long) => {
        const drawn = drawnAt({ lat, long }, 'gcj02')
        const metres = Math.hypot((drawn.lat - lat) * 111_000, (drawn.long - long) * 94_000)
        expect(metres).toBeGreaterThan(300)
        expect(metres).toBeLessThan(800)
        const back = pointedAt(drawn, 'gcj02')
        expect(Math.abs(back.lat - lat)).toBeLessThan(1e-8)
        expect(Math.abs(back.long - long)).toBeLessThan(1e-8)
      },
    ),
  )
})
