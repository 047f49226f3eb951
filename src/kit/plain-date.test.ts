// Tests of plain dates: the day in Shanghai, moving by days, months and years, and age.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { instant } from './instant.ts'
import {
  addDays,
  addMonths,
  addYears,
  ageOn,
  compare,
  daysBetween,
  parsePlainDate,
  plainDate,
  plainDateOf as d,
  today,
  weekday,
  yearOf,
} from './plain-date.ts'

const anyDate = fc
  .date({ min: new Date('1800-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
  .map((date) => d(date.toISOString().slice(0, 10)))

describe('a plain date', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00',
    '',
    '0000-01-01',
    '２０２６-01-01',
  ])('is not %j', (text) => {
    expect(parsePlainDate(text)).toBeUndefined()
    expect(plainDate.safeParse(text).success).toBe(false)
    expect(() => d(text)).toThrow(RangeError)
  })

  it('is the leap day of a leap year', () => {
    expect(plainDate.parse('2028-02-29')).toBe('2028-02-29')
    expect(z.toJSONSchema(plainDate, { io: 'input' })).toMatchObject({ type: 'string', format: 'date' })
  })

  it('changes at midnight in Shanghai, not in Greenwich', () => {
    expect(today(instant('2026-11-23T15:59:59.999Z'))).toBe('2026-11-23')
    expect(today(instant('2026-11-23T16:00:00Z'))).toBe('2026-11-24')
    expect(today(instant('2026-11-23T16:00:00Z'), 'UTC')).toBe('2026-11-23')
  })

  it('moves by days and back, and the distance is what it moved', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -50_000, max: 50_000 }), (date, days) => {
        const moved = addDays(date, days)
        expect(daysBetween(date, moved)).toBe(days)
        expect(addDays(moved, -days)).toBe(date)
        expect(compare(date, moved)).toBe(Math.sign(-days) + 0)
        expect(weekday(moved)).toBe((((weekday(date) + days) % 7) + 7) % 7)
      }),
    )
  })

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
    ['2026-05-31', 0, '2026-05-31'],
  ])('%s and %s months is %s', (from, months, to) => {
    expect(addMonths(d(from), months)).toBe(to)
  })

  it('moves by years and stays in February', () => {
    expect(addYears(d('2024-02-29'), 1)).toBe('2025-02-28')
    expect(addYears(d('2024-02-29'), 4)).toBe('2028-02-29')
    expect(yearOf(d('0987-02-28'))).toBe(987)
  })

  it.each([
    ['1950-06-15', '2026-06-14', 75],
    ['1950-06-15', '2026-06-15', 76],
    ['2000-02-29', '2026-02-28', 25],
    ['2000-02-29', '2026-03-01', 26],
    ['2026-11-23', '2026-11-23', 0],
    ['2026-11-24', '2026-11-23', -1],
  ])('someone born on %s is on %s %s years old', (birth, on, age) => {
    expect(ageOn(d(birth), d(on))).toBe(age)
  })
})
