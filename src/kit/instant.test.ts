// Tests of instants: one written form, text order is time order, and nothing without an offset is taken.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  addDays,
  addMinutes,
  compare,
  instant,
  instantWire,
  isBefore,
  max,
  millisecondsBetween,
  min,
  parseInstant,
  toDate,
  toMilliseconds,
} from './instant.ts'

const date = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9998-12-31T00:00:00Z'),
  noInvalidDate: true,
})

describe('an instant', () => {
  it.each([
    ['2026-11-23T03:40:00Z', '2026-11-23T03:40:00.000Z'],
    ['2026-11-23T11:40:00+08:00', '2026-11-23T03:40:00.000Z'],
    ['2026-11-23 11:40:00.123456+08', '2026-11-23T03:40:00.123Z'],
    ['2026-11-23 03:40:00+00', '2026-11-23T03:40:00.000Z'],
    ['2026-11-23 11:40:00.5+0800', '2026-11-23T03:40:00.500Z'],
    ['2026-01-01T00:30+08:00', '2025-12-31T16:30:00.000Z'],
  ])('is read from %s', (text, written) => {
    expect(instant(text)).toBe(written)
  })

  it.each([
    '2026-11-23',
    '2026-11-23T11:40:00',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '23.11.2026',
    '',
    'infinity',
  ])('is not guessed from %j', (text) => {
    expect(parseInstant(text)).toBeUndefined()
    expect(() => instant(text)).toThrow(RangeError)
  })

  it('refuses dates that cannot be written with four digits of the year', () => {
    expect(() => instant(Number.NaN)).toThrow(RangeError)
    expect(() => instant(8_640_000_000_000_000)).toThrow(RangeError)
  })

  it('keeps time and order', () => {
    fc.assert(
      fc.property(date, date, (a, b) => {
        const [first, second] = [instant(a), instant(b)]
        expect(toDate(first).getTime()).toBe(a.getTime())
        expect(toMilliseconds(first)).toBe(a.getTime())
        expect(instant(first)).toBe(first)
        expect(isBefore(first, second)).toBe(a.getTime() < b.getTime())
        expect(compare(first, second)).toBe(Math.sign(a.getTime() - b.getTime()))
        expect(toDate(max(first, second)).getTime()).toBe(Math.max(a.getTime(), b.getTime()))
        expect(toDate(min(first, second)).getTime()).toBe(Math.min(a.getTime(), b.getTime()))
        expect(millisecondsBetween(first, second)).toBe(b.getTime() - a.getTime())
      }),
    )
  })

  it('moves by minutes and days', () => {
    const start = instant('2026-12-31T23:59:00Z')
    expect(addMinutes(start, 1)).toBe('2027-01-01T00:00:00.000Z')
    expect(addDays(start, -31)).toBe('2026-11-30T23:59:00.000Z')
  })

  it('is taken from requests in its one form only', () => {
    expect(instantWire.parse('2026-11-23T03:40:00.000Z')).toBe('2026-11-23T03:40:00.000Z')
    for (const text of [
      '2026-11-23T03:40:00Z',
      '2026-11-23T11:40:00.000+08:00',
      '2026-02-30T03:40:00.000Z',
      '2026-11-23T24:40:00.000Z',
    ]) {
      expect(instantWire.safeParse(text).success, text).toBe(false)
    }
    expect(z.toJSONSchema(instantWire, { io: 'input' })).toMatchObject({ type: 'string', format: 'date-time' })
  })
})
