// What other domains may ask of the register of volunteers: who is one, and entering the hours that were confirmed.
import type { Id } from '../../kit/id.ts'
import { allow, refuse, type Ruling } from '../../kit/ruling.ts'
import type { Act } from '../../platform/action.ts'
import { sqlState, type Tx } from '../../platform/database.ts'
import type { Volunteer } from './rules.ts'
import * as store from './store.ts'

export type VolunteerCard = { readonly id: Id<'volunteer'>; readonly person: string; readonly active: boolean }
export type Hours = store.Hours

const cardOf = ({ id, person, state }: Volunteer): VolunteerCard => ({ id, person, active: state === 'active' })

/** The entry of a person, if any. */
export async function findVolunteer(tx: Tx, person: string): Promise<VolunteerCard | undefined> {
  const found = await store.findVolunteer(tx, person)
  return found && cardOf(found)
}

/** The same, locked: whoever takes two places at once takes them one after the other. */
export async function lockVolunteer(act: Act, person: string): Promise<VolunteerCard | undefined> {
  const found = await store.findVolunteerForUpdate(act.tx, person)
  return found && cardOf(found)
}

/** Enters confirmed hours with their sums; one statement. Refuses when an overlapping hour was entered at the same moment. */
export async function addHours(act: Act, hours: readonly Hours[]): Promise<Ruling<void>> {
  if (hours.length === 0) return allow(undefined)
  try {
    await store.insertHours(act.tx, hours, act.now)
    return allow(undefined)
  } catch (error) {
    if (sqlState(error) === '23P01')
      return refuse('hours-overlap-elsewhere', { date: hours[0]?.from.slice(0, 10) ?? '' })
    throw error
  }
}
