// Instant: a moment in time as ISO-8601 UTC text with milliseconds, comparable as text, the same in database and wire.
import { z } from 'zod'

/** E.g. '2026-11-23T03:40:00.000Z': always UTC, always three decimals, years 0000–9999, so text order is time order. */
export type Instant = string & { readonly __brand: 'instant' }

const INSTANT_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const ZONED_PATTERN = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)$/i
const MINUTE_IN_MS = 60_000
const HOUR_IN_MS = 60 * MINUTE_IN_MS
const DAY_IN_MS = 24 * HOUR_IN_MS

/**
 * An Instant from a Date, from milliseconds since 1970, or from text that names its offset: ISO ('…Z', '…+08:00') or
 * PostgreSQL's timestamptz text ('2026-11-23 11:40:00.123456+08'; digits past the millisecond are cut).
 * Throws a RangeError on anything else, also on text without an offset: local time is a guess.
 */
export function instant(moment: Date | string | number): Instant {
  if (typeof moment === 'number') return ofMilliseconds(moment)
  if (typeof moment !== 'string') return written(moment)
  const found = parseInstant(moment)
  if (found === undefined) throw new RangeError(`not a moment with an offset: ${moment}`)
  return found
}

// Within one millisecond a busy server asks for the same text again and again.
let [lastMilliseconds, lastText] = [Number.NaN, '' as Instant]

function ofMilliseconds(milliseconds: number): Instant {
  if (milliseconds !== lastMilliseconds) {
    lastText = written(new Date(milliseconds))
    lastMilliseconds = milliseconds
  }
  return lastText
}

/** Like instant() for text from outside: undefined where that throws. */
export function parseInstant(text: string): Instant | undefined {
  if (!ZONED_PATTERN.test(text)) return undefined
  const iso = text
    .toUpperCase()
    .replace(' ', 'T')
    .replace(/([+-]\d{2})$/, '$1:00')
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2')
  const date = new Date(iso)
  return isWritable(date) && isDayOfTheCalendar(iso.slice(0, 10)) ? written(date) : undefined
}

export function toDate(moment: Instant): Date {
  return new Date(moment)
}

/** Milliseconds since 1970-01-01T00:00Z. */
export function toMilliseconds(moment: Instant): number {
  return Date.parse(moment)
}

export function addMilliseconds(moment: Instant, milliseconds: number): Instant {
  return written(new Date(Date.parse(moment) + milliseconds))
}

export function addMinutes(moment: Instant, minutes: number): Instant {
  return addMilliseconds(moment, minutes * MINUTE_IN_MS)
}

export function addHours(moment: Instant, hours: number): Instant {
  return addMilliseconds(moment, hours * HOUR_IN_MS)
}

/** Adds times 24 hours; China has had no summer time since 1991, so the clock in Asia/Shanghai stays the same. */
export function addDays(moment: Instant, days: number): Instant {
  return addMilliseconds(moment, days * DAY_IN_MS)
}

/** Milliseconds from one moment to another; negative when the second is earlier. */
export function millisecondsBetween(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from)
}

export function isBefore(left: Instant, right: Instant): boolean {
  return left < right
}

export function isAfter(left: Instant, right: Instant): boolean {
  return left > right
}

/** -1, 0 or 1, for sorting. */
export function compare(left: Instant, right: Instant): -1 | 0 | 1 {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** The latest of the moments. */
export function max(first: Instant, ...others: readonly Instant[]): Instant {
  return others.reduce((latest, moment) => (moment > latest ? moment : latest), first)
}

/** The earliest of the moments. */
export function min(first: Instant, ...others: readonly Instant[]): Instant {
  return others.reduce((earliest, moment) => (moment < earliest ? moment : earliest), first)
}

/**
 * An Instant on the wire, in requests and answers: exactly the branded form and a moment that exists.
 * The transform only brands; JSON Schema describes the input side.
 */
export const instantWire = z
  .string()
  .regex(INSTANT_PATTERN)
  .refine((text) => parseInstant(text) !== undefined)
  .meta({ format: 'date-time' })
  .transform((text) => text as Instant)

function isWritable(date: Date): boolean {
  const year = date.getUTCFullYear()
  return Number.isFinite(date.getTime()) && year >= 0 && year <= 9999
}

/** JavaScript rolls 31 February over to March; the day that was written must be the day that is meant. */
function isDayOfTheCalendar(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`)
  return isWritable(midnight) && midnight.toISOString().startsWith(day)
}

function written(date: Date): Instant {
  if (!isWritable(date)) throw new RangeError(`no moment between the years 0 and 9999: ${String(date.getTime())}`)
  return date.toISOString() as Instant
}
