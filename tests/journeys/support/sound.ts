// What every step of a journey ends with: the page as it stands has no fault, and nothing went wrong on the way here.
import { expect } from 'vitest'
import { type Checks, faultsOf } from './page-checks.ts'
import type { Visit } from './visit.ts'

/** Waits until the page stands, then fails with every fault of it and every error of the console since the last look. */
export async function sound(visit: Visit, checks: Checks = {}): Promise<void> {
  await visit.settled()
  expect([...(await faultsOf(visit.page, checks)), ...visit.takeSaid()]).toEqual([])
}
