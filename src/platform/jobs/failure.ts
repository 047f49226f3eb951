// What is kept of a failed reaction, timer or job: enough to find the place, nothing that a person wrote.
import pg from 'pg'
import { sqlState } from '../database.ts'

/** Attempts after which a failed row waits for a person. */
export const lastAttempt = 12

/**
 * Names a failure without personal data: a database error by SQLSTATE, table and constraint; any other by its class and the place it was
 * thrown at. Messages are left out (they may quote values), except those of refused rulings, which hold codes only.
 */
export function failureText(error: unknown): string {
  if (error instanceof pg.DatabaseError) {
    return ['SQL', error.code, error.table, error.constraint, error.column]
      .filter((part) => part !== undefined)
      .join(' ')
  }
  if (!(error instanceof Error)) return 'not an error'
  if (error.message.startsWith('refused: ')) return error.message.slice(0, 300)
  const place =
    error.stack
      ?.split('\n')
      .find((line) => line.trimStart().startsWith('at '))
      ?.trim() ?? ''
  return `${error.name} ${place}`.slice(0, 300)
}

/** Whether the failure passes by itself when tried again at once (deadlock, serialization). */
export function isPassing(error: unknown): boolean {
  const state = sqlState(error)
  return state === '40P01' || state === '40001'
}

/** Milliseconds until the next attempt after `attempts` failed ones: 1 s, 2 s, 4 s … at most an hour. */
export function backOff(attempts: number): number {
  return Math.min(1000 * 2 ** (attempts - 1), 3_600_000)
}
