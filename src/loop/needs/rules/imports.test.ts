// The days that lists write, and what they are not.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, plainDateOf } from '../../../kit/plain-date.ts'
import { dayOf } from './imports.ts'

test.each([
  ['2025-03-01', '2025-03-01'],
  ['2025/3/1', '2025-03-01'],
  ['2025.3.1', '2025-03-01'],
  ['20250301', '2025-03-01'],
  ['2025年3月1日', '2025-03-01'],
  ['２０２５－３－１', '2025-03-01'],
  ['2025-03-01 14:05:09', '2025-03-01'],
  ['2025-03-01T14:05:09Z', '2025-03-01'],
  ['2025年3月1日 14时05分', '2025-03-01'],
  [' 2024-02-29 ', '2024-02-29'],
])('%s is the day %s', (text, day) => {
  expect(dayOf(text)).toBe(day)
})

test.each([
  '',
  '2025-02-29',
  '2025-13-01',
  '2025-00-10',
  '1/3/2025',
  '25-03-01',
  '45717',
  '2025-03',
  '3月1日',
  '2025-03-01-02',
  '去年',
])('%s is no day', (text) => {
  expect(dayOf(text)).toBeUndefined()
})

test('every day is read from each way of writing it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
      const day = addDays(plainDateOf('1950-01-01'), days)
      const [year, month, date] = day.split('-').map(Number)
      for (const text of [day, `${year}/${month}/${date}`, `${year}年${month}月${date}日`, day.replaceAll('-', '')])
        expect(dayOf(text)).toBe(day)
    }),
  )
})
