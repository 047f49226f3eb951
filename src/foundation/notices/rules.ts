// What an actor's grants let wait for them, the colour of a deadline, numbers as people type them. Pure.
import type { Actor } from '../../kit/actor.ts'
import { type Jurisdiction, jurisdictionOf } from '../../kit/id.ts'
import { type Instant, isBefore } from '../../kit/instant.ts'
import { today } from '../../kit/plain-date.ts'
import { type WorkingDayCalendar, workingDaysBetween } from '../../kit/working-days.ts'
import type { lights } from './contract.ts'

export type Light = (typeof lights)[number]

/** How close a deadline is: its light and the working days left (negative when overdue). */
export function lightOf(
  due: Instant | undefined,
  now: Instant,
  calendar: WorkingDayCalendar,
): { light: Light; workingDays?: number } {
  if (due === undefined) return { light: 'none' }
  const workingDays = workingDaysBetween(today(now), today(due), calendar).days
  if (isBefore(due, now)) return { light: 'overdue', workingDays: Math.min(workingDays, 0) }
  return { light: workingDays <= 1 ? 'soon' : 'later', workingDays }
}

/** One way in which work reaches an actor: by permission at a place (and department), or within an organization. */
export type PlaceScope = {
  readonly permissions: readonly string[]
  readonly division: string
  readonly department?: string
}
export type OrganizationScope = { readonly permissions: readonly string[]; readonly organization: string }

/** Where work that waits can reach this actor by the grants of the session's chosen role, and by name. */
export type WorkScope = {
  readonly places: readonly PlaceScope[]
  readonly organizations: readonly OrganizationScope[]
  readonly person?: string
  readonly own: readonly string[]
}

/** The scopes of an actor's present grants. Work named for a person needs the permission too: an evaluator whose term ended is not asked. */
export function workScopeOf(actor: Actor): WorkScope {
  const places: PlaceScope[] = []
  const organizations: OrganizationScope[] = []
  const own = new Set<string>()
  for (const grant of actor.grants) {
    const permissions = [...grant.permissions]
    for (const permission of permissions) own.add(permission)
    if (grant.reach === 'place') places.push({ permissions, division: grant.division, department: grant.departmentId })
    if (grant.reach === 'organization' && grant.organizationId !== undefined)
      organizations.push({ permissions, organization: grant.organizationId })
  }
  return { places, organizations, own: [...own], ...(actor.kind === 'person' ? { person: actor.personId } : {}) }
}

export type TypedNumber = { readonly prefix: string; readonly year: number; readonly value: number }

/** A number as people type it (需2026-0087, 需 2026－87, 2026-0087 without its prefix); undefined for any other text. */
export function typedNumber(text: string): TypedNumber | undefined {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .trim()
  const match = /^(\D{0,20}?)\s*(20\d{2})\s*-\s*(\d{1,9})$/.exec(plain)
  if (match === null) return undefined
  const [, prefix = '', year, value] = match
  return { prefix: prefix.trim(), year: Number(year), value: Number(value) }
}

/** The first of each list, then the second of each, up to `most`; those of one list stay together and in order. */
export function inTurns<T>(lists: readonly (readonly T[])[], most: number): T[] {
  const taken = lists.map(() => 0)
  let left = most
  for (let turn = 0; left > 0 && lists.some((list) => list.length > turn); turn += 1) {
    for (const [index, list] of lists.entries()) {
      if (left === 0 || list.length <= turn) continue
      taken[index] = turn + 1
      left -= 1
    }
  }
  return lists.flatMap((list, index) => list.slice(0, taken[index]))
}

/** The government where somebody works (the first of their grants that is not their own) or else lives. */
export function nearTo(actor: Actor): Jurisdiction | undefined {
  const place = actor.grants.find((grant) => grant.reach !== 'self')?.division
  const home = actor.kind === 'person' ? actor.residence : undefined
  const near = place ?? home
  return near === undefined ? undefined : jurisdictionOf(near)
}
