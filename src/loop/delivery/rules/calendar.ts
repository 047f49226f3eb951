// Delivery: the text of an iCalendar feed, as RFC 5545 writes it. Pure.
import { type Instant, toMilliseconds } from '../../../kit/instant.ts'

export type CalendarEntry = {
  /** Stays the same for the same appointment, so that a moved one moves in the calendar. */
  readonly uid: string
  readonly summary: string
  readonly place?: string
  readonly from: Instant
  readonly until: Instant
  readonly cancelled?: boolean
}

const zone = 'Asia/Shanghai'
const lineOctets = 75

/** TEXT of RFC 5545 3.3.11: backslash, semicolon, comma and line ends escaped; control characters cannot be carried. */
export function escapeText(text: string): string {
  return text
    .replaceAll(/\r\n?|\n/g, '\n')
    .replaceAll(/[^\P{Cc}\t\n]/gu, '')
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll('\n', '\\n')
}

/** Octets of one character in UTF-8. */
function octetsOf(sign: string): number {
  const point = sign.codePointAt(0) ?? 0
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x1_00_00 ? 3 : 4
}

/** A content line cut at 75 octets (3.1), never inside a character; what follows begins with a space. */
export function foldLine(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const sign of line) {
    const size = octetsOf(sign)
    if (octets + size > lineOctets) {
      parts.push(part)
      part = ' '
      octets = 1
    }
    part += sign
    octets += size
  }
  return [...parts, part].join('\r\n')
}

const eightHours = 8 * 3_600_000

/** "20261123T143000" of a moment in Asia/Shanghai, which has kept UTC+8 since 1991. */
export function localTime(moment: Instant): string {
  return new Date(toMilliseconds(moment) + eightHours).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
}

/** "20261123T063000Z". */
export function utcTime(moment: Instant): string {
  return `${new Date(toMilliseconds(moment)).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** The whole calendar; `made`: when this text was made. */
export function calendarText(name: string, entries: readonly CalendarEntry[], made: Instant): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Liandong//Delivery//ZH',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escapeText(name)}`,
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    'BEGIN:STANDARD',
    'DTSTART:19920101T000000',
    'TZOFFSETFROM:+0800',
    'TZOFFSETTO:+0800',
    'TZNAME:CST',
    'END:STANDARD',
    'END:VTIMEZONE',
    ...entries.flatMap((entry) => [
      'BEGIN:VEVENT',
      `UID:${escapeText(entry.uid)}`,
      `DTSTAMP:${utcTime(made)}`,
      `DTSTART;TZID=${zone}:${localTime(entry.from)}`,
      `DTEND;TZID=${zone}:${localTime(entry.until)}`,
      `SUMMARY:${escapeText(entry.summary)}`,
      ...(entry.place === undefined ? [] : [`LOCATION:${escapeText(entry.place)}`]),
      `STATUS:${entry.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}
