// Periods, levels, buckets and small cells by cases and properties.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDivision } from '../../kit/id.ts'
import { instant } from '../../kit/instant.ts'
import {
  bucketBounds,
  bucketOf,
  daysOf,
  divisionsOf,
  hiddenCells,
  medianOf,
  type Period,
  parsePeriod,
  periodsOf,
  rankOf,
  ratioOf,
  rowsOfEvent,
  shiftPeriod,
  smallCell,
} from './rules.ts'

describe('periods', () => {
  it('a moment late on New Year’s Eve in UTC belongs to the next year in Shanghai', () => {
    expect(periodsOf(instant('2026-12-31T16:30:00Z'))).toEqual(['2027-01-01', '2027-01', '2027-Q1', '2027'])
  })

  it.each([
    ['2026-01-01', -1, '2025-12-31'],
    ['2024-03-01', -1, '2024-02-29'],
    ['2026-01', -1, '2025-12'],
    ['2026-12', 1, '2027-01'],
    ['2026-Q1', -1, '2025-Q4'],
    ['2026-Q4', 1, '2027-Q1'],
    ['2026', -1, '2025'],
  ])('%s shifted by %i is %s', (period, steps, wanted) => {
    expect(shiftPeriod(period as Period, steps)).toBe(wanted)
  })

  it.each(['2026-13', '2026-Q5', '2026-02-30', '26', '2026-1', ''])('%s is no period', (text) => {
    expect(parsePeriod(text)).toBeUndefined()
  })

  it('the days of a period follow each other without a gap', () => {
    expect(daysOf('2026-Q4' as Period)).toEqual({ from: '2026-10-01', before: '2027-01-01' })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.constantFrom(0, 1, 2, 3), (day, which) => {
        const period = periodsOf(instant(day * 86_400_000))[which] ?? ('2026' as Period)
        expect(daysOf(period).before).toBe(daysOf(shiftPeriod(period, 1)).from)
        expect(shiftPeriod(shiftPeriod(period, 7), -7)).toBe(period)
      }),
    )
  })
})

describe('rows', () => {
  it('something in a grid counts in its community and every level above', () => {
    expect(divisionsOf(asDivision('320505001001001'))).toEqual(['32', '3205', '320505', '320505001', '320505001001'])
    expect(divisionsOf(asDivision('3205'))).toEqual(['32', '3205'])
  })

  it('adds to at most five levels times four periods, in the county that contributes', () => {
    const { figures, seen } = rowsOfEvent(
      { at: instant('2026-11-23T03:40:00Z'), division: asDivision('320505001001') },
      [
        { name: 'needs.raised', kind: 'count', entries: [{}] },
        { name: 'needs.voices', kind: 'distinct', entries: [{ person: 'p' }, { person: 'p' }] },
      ],
    )
    expect(figures).toHaveLength(20)
    expect(new Set(figures.map((row) => row.jurisdiction))).toEqual(new Set(['320505']))
    expect(seen).toHaveLength(20)
    expect(seen.find((row) => row.division === '3205')?.jurisdiction).toBe('320500')
  })
})

describe('durations', () => {
  it('the median about equals the true one within its bucket', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 * 86_400_000 }), { minLength: 1, maxLength: 60 }),
        (durations) => {
          const buckets = new Map<number, number>()
          for (const ms of durations) buckets.set(bucketOf(ms), (buckets.get(bucketOf(ms)) ?? 0) + 1)
          const sorted = durations.toSorted((a, b) => a - b)
          const middle = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
          const about = medianOf(buckets) ?? -1
          const bucket = bucketOf(middle)
          expect(about).toBeGreaterThanOrEqual(bucket === 0 ? 0 : (bucketBounds[bucket - 1] ?? 0))
          expect(about).toBeLessThanOrEqual(bucketBounds[bucket] ?? Infinity)
        },
      ),
    )
    expect(medianOf(new Map())).toBeUndefined()
  })
})

describe('small cells', () => {
  it('no cell of 1 to 4 persons is told, and a lone hidden one never follows from the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 12 }), (values) => {
        const hidden = hiddenCells(values)
        values.forEach((value, at) => {
          if (value > 0 && value < smallCell) expect(hidden[at]).toBe(true)
          if (value === 0) expect(hidden[at]).toBe(false)
        })
        const others = values.filter((value) => value > 0).length
        if (hidden.some(Boolean) && others > 1) expect(hidden.filter(Boolean).length).toBeGreaterThan(1)
      }),
    )
  })
})

it('ratios have one decimal and need a whole; equal figures share a rank', () => {
  expect(ratioOf(1n, 3n)).toBe(33.3)
  expect(ratioOf(0n, 0n)).toBeUndefined()
  expect(rankOf(5, [9, 5, 5, 1])).toBe(2)
})
