// Numbers that people see, from 1 each year, taken from a counter row of their government: alone or together with what gets the number.
import { instant, type Instant, toMilliseconds } from '../kit/instant.ts'
import type { Statement } from './together.ts'

/** The year of Asia/Shanghai: eight hours ahead of UTC. */
export function yearOfNumbers(now: Instant): number {
  return Number(instant(toMilliseconds(now) + 8 * 3_600_000).slice(0, 4))
}

/** Takes `count` numbers in a row and returns the last of them as `value`. The row stays locked until commit: take it last. */
export function numbersTaken(name: string, jurisdiction: string, count: number, now: Instant): Statement {
  return {
    as: 'number',
    text: `INSERT INTO platform.counter AS c (jurisdiction, name, year, value) VALUES ($1, $2, $3, $4)
       ON CONFLICT (jurisdiction, name, year) DO UPDATE SET value = c.value + $4 RETURNING value`,
    values: [jurisdiction, name, yearOfNumbers(now), count],
  }
}
