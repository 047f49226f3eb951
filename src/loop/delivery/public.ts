// Delivery: what was done under a contract, as evaluation and thread ask for it.
import type { Tx } from '../../platform/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { listBeneficiaries } from './actions/beneficiaries.ts'
import type { Served } from './rules/beneficiaries.ts'
import { getTotals, listCountedActivities } from './store.ts'

export type Results = {
  readonly serviceRecords: number
  readonly minutes: number
  readonly attendance: number
  /** People counted the first time each came. */
  readonly beneficiaries: number
  /** Each planned activity: how often it was to take place, and how often it did. */
  readonly activities: readonly { readonly activity: string; readonly planned: number; readonly count: number }[]
}

/** The results of a contract, counted from the service records that stand; never typed in. */
export async function resultsOf(tx: Tx, contractId: string): Promise<Results> {
  const totals = await getTotals(tx, contractId)
  const activities = await listCountedActivities(tx, contractId)
  return {
    serviceRecords: totals.serviceRecords,
    minutes: totals.minutes,
    attendance: totals.attendance,
    beneficiaries: totals.newcomers,
    activities: activities.map(({ name, planned, done }) => ({ activity: name, planned, count: done })),
  }
}

/** Somebody who was served: a person with an account, or a group's member known by name alone. */
export type Beneficiary = Served

/** Who was really served under a contract, each once: for the one who must ask them all. Says nothing of what they were served by. */
export function beneficiariesOf(platform: Platform, tx: Tx, contractId: string): Promise<Beneficiary[]> {
  return listBeneficiaries(platform, tx, contractId)
}
