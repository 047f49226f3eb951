// Working days: counting over a calendar of published holidays and in-lieu working weekends; other years are provisional.
import { z } from 'zod'
import { type Instant, instant } from './instant.ts'
import { addDays, isAfter, type PlainDate, plainDate, today, weekday, yearOf } from './plain-date.ts'

/** What the State Council's notice says of one year: days off (weekends among them too) and weekends worked in lieu. */
export type WorkingDayYear = {
  readonly holidays: ReadonlySet<PlainDate>
  readonly workingWeekends: ReadonlySet<PlainDate>
}

/** Published years by calendar year. A year that is absent has no published calendar yet. */
export type WorkingDayCalendar = ReadonlyMap<number, WorkingDayYear>

/** A date found by counting; provisional when a year without a published calendar was counted by its weekends only. */
export type CountedDate = { readonly date: PlainDate; readonly provisional: boolean }

/** The file data/working-days.json, also the form in which one more year is imported. */
export const workingDaysFile = z.object({
  source: z.string(),
  years: z.record(
    z.string().regex(/^\d{4}$/),
    z.object({ holidays: z.array(plainDate), workingWeekends: z.array(plainDate) }),
  ),
})
export type WorkingDaysFile = z.output<typeof workingDaysFile>

/** The furthest anyone counts: some 40 years. A larger number is a mistake and would keep the server busy. */
const MOST_DAYS = 10_000

/**
 * The calendar of a file or of rows in the same form. Throws a RangeError on a day listed under another year and on a
 * working weekend that is no weekend: the count would silently be wrong.
 */
export function calendarOf(file: WorkingDaysFile): WorkingDayCalendar {
  return new Map(
    Object.entries(file.years).map(([year, days]) => {
      for (const date of [...days.holidays, ...days.workingWeekends]) {
        if (yearOf(date) !== Number(year)) throw new RangeError(`${date} is listed under ${year}`)
      }
      for (const date of days.workingWeekends) {
        if (!isWeekend(date)) throw new RangeError(`${date} is listed as a working weekend and is none`)
      }
      return [Number(year), { holidays: new Set(days.holidays), workingWeekends: new Set(days.workingWeekends) }]
    }),
  )
}

/** Whether people work on that day: the published calendar of its year, or Monday to Friday where there is none. */
export function isWorkingDay(date: PlainDate, calendar: WorkingDayCalendar): boolean {
  const published = calendar.get(yearOf(date))
  if (published === undefined) return !isWeekend(date)
  if (published.workingWeekends.has(date)) return true
  return !isWeekend(date) && !published.holidays.has(date)
}

/**
 * The n-th working day after a date; the date itself is not counted (Civil Code Art. 201: a period by days starts on the
 * next day). n = 0: the date itself if it is a working day, else the next one. n < 0: the n-th working day before it.
 * Throws a RangeError when n is no integer or beyond 10,000.
 */
export function addWorkingDays(date: PlainDate, n: number, calendar: WorkingDayCalendar): CountedDate {
  if (!Number.isInteger(n) || Math.abs(n) > MOST_DAYS) throw new RangeError(`cannot count ${n} working days`)
  const step = n < 0 ? -1 : 1
  let provisional = isUnpublished(date, calendar)
  let reached = date
  if (n === 0) {
    while (!isWorkingDay(reached, calendar)) {
      reached = addDays(reached, 1)
      provisional ||= isUnpublished(reached, calendar)
    }
    return { date: reached, provisional }
  }
  for (let left = Math.abs(n); left > 0; ) {
    reached = addDays(reached, step)
    provisional ||= isUnpublished(reached, calendar)
    if (isWorkingDay(reached, calendar)) left -= 1
  }
  return { date: reached, provisional }
}

/**
 * Working days after `from` up to and with `to`: the inverse of addWorkingDays. Negative when `to` is earlier, 0 on the
 * same day.
 */
export function workingDaysBetween(
  from: PlainDate,
  to: PlainDate,
  calendar: WorkingDayCalendar,
): { readonly days: number; readonly provisional: boolean } {
  if (isAfter(from, to)) {
    // Counting backwards leaves `from` out and takes `to` in, like addWorkingDays with a negative number.
    return countInside(to, addDays(from, -1), -1, calendar)
  }
  return countInside(addDays(from, 1), to, 1, calendar)
}

/**
 * When a period of so many working days ends that starts with an event at `start`: the last millisecond of the last
 * working day in Asia/Shanghai (23:59:59.999+08:00), so that the whole last day counts (Civil Code Art. 203). Office hours
 * are not a ground to shorten it: acts here are electronic.
 */
export function dueAt(
  start: Instant,
  days: number,
  calendar: WorkingDayCalendar,
): CountedDate & { readonly at: Instant } {
  const counted = addWorkingDays(today(start), days, calendar)
  return { ...counted, at: endOfDay(counted.date) }
}

/** The last millisecond of a day in Asia/Shanghai. */
export function endOfDay(date: PlainDate): Instant {
  return instant(`${date}T23:59:59.999+08:00`)
}

/** The first millisecond of a day in Asia/Shanghai. */
export function startOfDay(date: PlainDate): Instant {
  return instant(`${date}T00:00:00.000+08:00`)
}

/**
 * The date that stands when a year's calendar is imported and a provisional date is counted again: a period in which
 * somebody may still act is never shortened, so the later of the two; it is settled once the new count is.
 */
export function afterImport(promised: CountedDate, recounted: CountedDate): CountedDate {
  if (!promised.provisional) return promised
  return isAfter(promised.date, recounted.date) ? { ...recounted, date: promised.date } : recounted
}

function countInside(
  first: PlainDate,
  last: PlainDate,
  sign: 1 | -1,
  calendar: WorkingDayCalendar,
): { days: number; provisional: boolean } {
  let days = 0
  let provisional = false
  for (let date = first; !isAfter(date, last); date = addDays(date, 1)) {
    provisional ||= isUnpublished(date, calendar)
    if (isWorkingDay(date, calendar)) days += sign
  }
  return { days, provisional }
}

function isUnpublished(date: PlainDate, calendar: WorkingDayCalendar): boolean {
  return !calendar.has(yearOf(date))
}

function isWeekend(date: PlainDate): boolean {
  const day = weekday(date)
  return day === 0 || day === 6
}
