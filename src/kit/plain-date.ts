// PlainDate: a day of the calendar without time or zone, as 'YYYY-MM-DD' text, comparable as text.
import { z } from 'zod'
import type { Instant } from './instant.ts'

/** E.g. '2026-11-23'. Years 0001–9999, always a day that exists. */
export type PlainDate = string & { readonly __brand: 'plain-date' }

/** The one time zone of the platform's business: all of China keeps it, eight hours ahead of UTC. */
export const BUSINESS_ZONE = 'Asia/Shanghai'

const DATE_PATTERN = /^\d{4}-\d{2}-\d{2}$/
const DAY_IN_MS = 86_400_000

/** Reads 'YYYY-MM-DD'; undefined for any other form and for days that do not exist (2026-02-29). */
export function parsePlainDate(text: string): PlainDate | undefined {
  if (!DATE_PATTERN.test(text) || text.startsWith('0000')) return undefined
  const midnight = new Date(`${text}T00:00:00Z`)
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(text)) return undefined
  return text as PlainDate
}

/** Like parsePlainDate for dates written in code or read from our own database: throws a RangeError where that gives undefined. */
export function plainDateOf(text: string): PlainDate {
  const date = parsePlainDate(text)
  if (date === undefined) throw new RangeError(`not a date YYYY-MM-DD: ${text}`)
  return date
}

// The day of the hour that was last asked for.
let [lastHour, lastDay] = ['', '' as PlainDate]

/** The day it is at that moment where the platform does its business (Asia/Shanghai unless said otherwise). */
export function today(now: Instant, zone: string = BUSINESS_ZONE): PlainDate {
  // Since 1992 the business zone keeps eight hours all year: every request asks for the day, so it is computed, not formatted.
  if (zone === BUSINESS_ZONE && now >= '1992' && now < '9999') {
    // From the hour alone, which every request of that hour shares.
    const hour = now.slice(0, 13)
    if (hour !== lastHour) {
      lastDay = new Date(Date.parse(`${hour}:00Z`) + 8 * 3_600_000).toISOString().slice(0, 10) as PlainDate
      lastHour = hour
    }
    return lastDay
  }
  // The Swedish locale writes year-month-day with hyphens and leading zeros.
  return plainDateOf(dayFormat(zone).format(new Date(now)).padStart(10, '0'))
}

/** The date so many days later (earlier when negative). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return written(midnightOf(date) + days * DAY_IN_MS)
}

/**
 * The same day of the month so many months later; where that month is shorter, its last day (31 January + 1 month is
 * 28 or 29 February).
 */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { year, month, day } = parts(date)
  const target = year * 12 + (month - 1) + months
  const lastDay = new Date(Date.UTC(Math.floor(target / 12), (((target % 12) + 12) % 12) + 1, 0)).getUTCDate()
  return written(Date.UTC(Math.floor(target / 12), ((target % 12) + 12) % 12, Math.min(day, lastDay)))
}

/** addMonths by years: 29 February becomes 28 February in a common year. */
export function addYears(date: PlainDate, years: number): PlainDate {
  return addMonths(date, years * 12)
}

/** Days from one date to another; negative when the second is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((midnightOf(to) - midnightOf(from)) / DAY_IN_MS)
}

/** -1, 0 or 1, for sorting. */
export function compare(left: PlainDate, right: PlainDate): -1 | 0 | 1 {
  if (left === right) return 0
  return left < right ? -1 : 1
}

export function isBefore(left: PlainDate, right: PlainDate): boolean {
  return left < right
}

export function isAfter(left: PlainDate, right: PlainDate): boolean {
  return left > right
}

/** 0 is Sunday, 6 is Saturday. */
export function weekday(date: PlainDate): number {
  return new Date(midnightOf(date)).getUTCDay()
}

/** The calendar year, 1–9999. */
export function yearOf(date: PlainDate): number {
  return parts(date).year
}

/**
 * Full years (周岁) on a day: the age rises on the birthday itself; someone born on 29 February gets older on 1 March in
 * common years. Negative before the birth.
 */
export function ageOn(birth: PlainDate, on: PlainDate): number {
  const born = parts(birth)
  const then = parts(on)
  const birthdayIsAhead = then.month < born.month || (then.month === born.month && then.day < born.day)
  return then.year - born.year - (birthdayIsAhead ? 1 : 0)
}

/** A date on the wire, in requests and answers. The transform only brands; JSON Schema describes the input side. */
export const plainDate = z
  .string()
  .regex(DATE_PATTERN)
  .refine((text) => parsePlainDate(text) !== undefined)
  .meta({ format: 'date' })
  .transform((text) => text as PlainDate)

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** Making a DateTimeFormat costs some 30 µs, using it 1: one per zone is kept. */
function dayFormat(zone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  dayFormats.set(zone, made)
  return made
}

function midnightOf(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`)
}

function parts(date: PlainDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

function written(midnight: number): PlainDate {
  const date = new Date(midnight)
  if (Number.isNaN(midnight)) throw new RangeError('no date: the number of days is not a number')
  return plainDateOf(date.toISOString().slice(0, 10))
}
