// Needs: the decisions about who is away. Pure.
import { type Actor, may } from '../../../kit/actor.ts'
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { addDays, isAfter, isBefore, type PlainDate } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, type Ruling } from '../../../kit/ruling.ts'
import type { absenceReasons } from '../contract/holders.ts'

export type Absence = {
  readonly id: Id<'absence'>
  readonly version: number
  readonly person: Id<'person'>
  readonly division: DivisionCode
  readonly since: PlainDate
  /** The last day away. */
  readonly until: PlainDate
  readonly reason: (typeof absenceReasons)[number]
}

/** Longest time away that one entry takes, in days: longer ones are a change of the assignment. */
export const longestAbsence = 366

/** Whether the day is one of the absence. */
export function isAwayOn(absence: Pick<Absence, 'since' | 'until'>, day: PlainDate): boolean {
  return !isAfter(absence.since, day) && !isBefore(absence.until, day)
}

/** One's own absence everybody enters; a colleague's whoever assigns needs at the place. */
export function mayEnter(actor: Actor, person: string, division: DivisionCode): Ruling<true> {
  const own = actor.kind === 'person' && actor.personId === person
  return own || may(actor, 'needs.assignNeed', { division }) ? allow(true) : forbid('head-enters-others')
}

/** Allows an absence of a worker of the place that has a day left. Refuses head-enters-others, and faults of the period at their fields. */
export function setAbsence(
  absence: Pick<Absence, 'person' | 'division' | 'since' | 'until'>,
  actor: Actor,
  today: PlainDate,
  worksHere: boolean,
): Ruling<true> {
  const permitted = mayEnter(actor, absence.person, absence.division)
  if (!permitted.ok) return permitted
  const faults: FieldFault[] = []
  if (!worksHere) faults.push({ path: 'body.person', code: 'not-a-worker-here' })
  if (isBefore(absence.until, absence.since)) faults.push({ path: 'body.until', code: 'until-before-since' })
  else if (isBefore(absence.until, today)) faults.push({ path: 'body.until', code: 'absence-over' })
  else if (isAfter(absence.until, addDays(absence.since, longestAbsence)))
    faults.push({ path: 'body.until', code: 'absence-too-long', params: { days: longestAbsence } })
  return faults.length === 0 ? allow(true) : invalid(faults)
}
