// The text of the calendar feed, line for line, and folded at octets, never inside a character.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../../kit/instant.ts'
import { calendarText, escapeText, foldLine, localTime, utcTime } from './calendar.ts'

const at = (text: string) => text as Instant

test('a calendar', () => {
  const text = calendarText(
    '日程,1',
    [
      {
        uid: 'a@liandong',
        summary: '手机课堂',
        place: '活动室',
        from: at('2026-11-23T23:30:00.000Z'),
        until: at('2026-11-24T00:30:00.000Z'),
      },
      {
        uid: 'b@liandong',
        summary: '探访',
        from: at('2026-12-31T15:30:00.000Z'),
        until: at('2026-12-31T16:00:00.000Z'),
        cancelled: true,
      },
    ],
    at('2026-11-23T03:40:05.678Z'),
  )
  expect(text.split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Liandong//Delivery//ZH',
    'CALSCALE:GREGORIAN',
    'X-WR-CALNAME:日程\\,1',
    'BEGIN:VTIMEZONE',
    'TZID:Asia/Shanghai',
    'BEGIN:STANDARD',
    'DTSTART:19920101T000000',
    'TZOFFSETFROM:+0800',
    'TZOFFSETTO:+0800',
    'TZNAME:CST',
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'UID:a@liandong',
    'DTSTAMP:20261123T034005Z',
    'DTSTART;TZID=Asia/Shanghai:20261124T073000',
    'DTEND;TZID=Asia/Shanghai:20261124T083000',
    'SUMMARY:手机课堂',
    'LOCATION:活动室',
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:b@liandong',
    'DTSTAMP:20261123T034005Z',
    'DTSTART;TZID=Asia/Shanghai:20261231T233000',
    'DTEND;TZID=Asia/Shanghai:20270101T000000',
    'SUMMARY:探访',
    'STATUS:CANCELLED',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ])
})

describe('a text', () => {
  test.each([
    ['a,b;c\\d', 'a\\,b\\;c\\\\d'],
    ['one\ntwo\r\nthree\rfour', 'one\\ntwo\\nthree\\nfour'],
    ['tab\tstays, \u0007bell\u007f goes', 'tab\tstays\\, bell goes'],
  ])('%j is written %j', (text, written) => {
    expect(escapeText(text)).toBe(written)
  })

  test('is folded at 75 octets of whole characters, as few lines as that needs', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '想', '𠮷'), minLength: 30, maxLength: 200, size: 'max' }),
        (text) => {
          const lines = foldLine(text).split('\r\n')
          expect(lines.map((line, index) => (index === 0 ? line : line.slice(1))).join('')).toBe(text)
          for (const [index, line] of lines.entries()) {
            const octets = Buffer.byteLength(line)
            expect(octets).toBeLessThanOrEqual(75)
            if (index > 0) expect(line.startsWith(' ')).toBe(true)
            // The next character would not have fitted.
            const next = [...(lines[index + 1] ?? '').slice(1)][0]
            if (next !== undefined) expect(octets + Buffer.byteLength(next)).toBeGreaterThan(75)
          }
        },
      ),
    )
    expect(foldLine('a'.repeat(75))).toBe('a'.repeat(75))
    expect(foldLine('a'.repeat(76))).toBe(`${'a'.repeat(75)}\r\n a`)
  })
})

test('times are those of Shanghai, and those of the world', () => {
  expect(localTime(at('2026-11-23T16:00:00.000Z'))).toBe('20261124T000000')
  expect(utcTime(at('2026-11-23T16:00:00.999Z'))).toBe('20261123T160000Z')
})
