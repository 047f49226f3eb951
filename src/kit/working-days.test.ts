// Tests of working days over the bundled calendar: holidays, weekends worked in lieu, and years not yet published.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import file from '../../data/working-days.json' with { type: 'json' }
import { instant } from './instant.ts'
import { addDays, plainDateOf as d } from './plain-date.ts'
import {
  addWorkingDays,
  afterImport,
  calendarOf,
  dueAt,
  isWorkingDay,
  workingDaysBetween,
  workingDaysFile,
} from './working-days.ts'

const calendar = calendarOf(workingDaysFile.parse(file))
const none = new Map()
const anyDate = fc.integer({ min: 0, max: 9_000 }).map((days) => addDays(d('2004-01-01'), days))

describe('the bundled calendar', () => {
  it('covers 2004 to 2026', () => {
    expect([...calendar.keys()].sort()).toEqual(Array.from({ length: 23 }, (_, at) => 2004 + at))
  })

  it.each<[string, boolean, string]>([
    ['2026-02-17', false, 'Spring Festival'],
    ['2026-02-14', true, 'a Saturday worked before it'],
    ['2026-10-10', true, 'a Saturday worked after National Day'],
    ['2026-11-23', true, 'an ordinary Monday'],
    ['2026-11-22', false, 'an ordinary Sunday'],
  ])('%s is worked: %s (%s)', (date, worked) => {
    expect(isWorkingDay(d(date), calendar)).toBe(worked)
  })

  it('is refused with a day under the wrong year or a working weekend on a Monday', () => {
    const years = (holidays: string[], workingWeekends: string[]) =>
      workingDaysFile.parse({ source: 't', years: { 2027: { holidays, workingWeekends } } })
    expect(() => calendarOf(years(['2026-01-01'], []))).toThrow(RangeError)
    expect(() => calendarOf(years([], ['2027-01-04']))).toThrow(RangeError)
    expect(calendarOf(years(['2027-01-01'], ['2027-01-03'])).size).toBe(1)
  })
})

describe('counting working days', () => {
  it('starts on the day after, skips the holiday and counts the worked Saturday', () => {
    expect(addWorkingDays(d('2026-09-30'), 3, calendar)).toEqual({ date: '2026-10-10', provisional: false })
    expect(addWorkingDays(d('2026-11-20'), 1, calendar)).toEqual({ date: '2026-11-23', provisional: false })
    expect(addWorkingDays(d('2026-11-23'), -1, calendar)).toEqual({ date: '2026-11-20', provisional: false })
  })

  it('with none stays on a working day and leaves a day off for the next working one', () => {
    expect(addWorkingDays(d('2026-11-23'), 0, calendar).date).toBe('2026-11-23')
    expect(addWorkingDays(d('2026-11-21'), 0, calendar).date).toBe('2026-11-23')
  })

  it('over a year without a published calendar counts weekends only and says so', () => {
    expect(addWorkingDays(d('2026-12-31'), 1, calendar)).toEqual({ date: '2027-01-01', provisional: true })
    expect(addWorkingDays(d('2026-12-30'), 1, calendar)).toEqual({ date: '2026-12-31', provisional: false })
    expect(workingDaysBetween(d('2026-12-31'), d('2027-01-04'), calendar)).toEqual({ days: 2, provisional: true })
    expect(workingDaysBetween(d('2026-12-30'), d('2026-12-31'), calendar)).toEqual({ days: 1, provisional: false })
  })

  it('refuses fractions and numbers nobody means', () => {
    for (const n of [1.5, Number.NaN, 10_001, Number.POSITIVE_INFINITY]) {
      expect(() => addWorkingDays(d('2026-11-23'), n, calendar)).toThrow(RangeError)
    }
  })

  it('forward and back is its own inverse and always ends on a working day', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -60, max: 60 }), (date, n) => {
        for (const known of [calendar, none]) {
          const { date: reached } = addWorkingDays(date, n, known)
          expect(isWorkingDay(reached, known)).toBe(true)
          if (n !== 0) expect(workingDaysBetween(date, reached, known).days).toBe(n)
        }
      }),
    )
  })
})

describe('a period', () => {
  it('ends with the last day in Shanghai, whatever the hour it began', () => {
    const due = { date: '2026-11-30', provisional: false, at: '2026-11-30T15:59:59.999Z' }
    expect(dueAt(instant('2026-11-23T00:30:00+08:00'), 5, calendar)).toEqual(due)
    expect(dueAt(instant('2026-11-23T23:59:59+08:00'), 5, calendar)).toEqual(due)
  })

  it('that was promised is lengthened by an imported calendar, never shortened', () => {
    const promised = { date: d('2027-02-12'), provisional: true }
    const later = { date: d('2027-02-19'), provisional: false }
    const earlier = { date: d('2027-02-11'), provisional: false }
    expect(afterImport(promised, later)).toEqual(later)
    expect(afterImport(promised, earlier)).toEqual({ date: '2027-02-12', provisional: false })
    expect(afterImport({ ...promised, provisional: false }, later)).toEqual({ date: '2027-02-12', provisional: false })
  })
})
