// Acts on an organization: load locked, judge, save, record. One shape for every verb that changes it.
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import type { Act } from '../../../platform/action.ts'
import type { OrganizationId } from '../contract.ts'
import * as rules from '../rules.ts'
import * as organizationStore from '../store/organizations.ts'
import { daysKeyOf, timersOfOrganization, waitingOfOrganization } from '../waiting.ts'

type Changed = Ruling<{ id: string; version: number; state: string; number: string }>

/** The deadline of the state that the organization is in now. */
export function withDue(act: Act, organization: rules.Organization): rules.Organization {
  const key = daysKeyOf(organization)
  const due =
    key === undefined
      ? undefined
      : dueAt(act.now, act.policy.number(key, organization.authority), act.platform.calendar).at
  return { ...organization, due }
}

/** Records the event `organizations.<verb>` of the organization as it stands now. */
export function recordOf(
  act: Act,
  verb: string,
  next: rules.Organization,
  from?: string,
  data: Readonly<Record<string, unknown>> = {},
): void {
  act.record({
    name: `organizations.${verb}`,
    of: { kind: 'organization', id: next.id },
    division: next.division,
    organization: next.id,
    state: { from, to: next.state },
    data: { kind: next.kind, registration: next.registration, ...data },
    waiting: waitingOfOrganization(next),
    timers: timersOfOrganization(next),
  })
}

export function answerOf(next: rules.Organization, version: number): Changed {
  return allow({ id: next.id, version, state: next.state, number: rules.numberOfOrganization(next) })
}

/** Changes an organization by a rule; `also` writes what belongs to the verb besides (staff, warnings) and may refuse. */
export async function change(
  act: Act,
  id: OrganizationId,
  verb: string,
  rule: (organization: rules.Organization) => Ruling<rules.Organization>,
  more: { data?: Readonly<Record<string, unknown>>; also?: (next: rules.Organization) => Promise<Ruling<void>> } = {},
): Promise<Changed> {
  const organization = await organizationStore.findOrganizationForUpdate(act.tx, id)
  if (organization === undefined) return absent()
  const ruling = await act.judge(rules.judgedOrganization(organization), () => rule(organization))
  if (!ruling.ok) return ruling
  const next = ruling.value.state === organization.state ? ruling.value : withDue(act, ruling.value)
  const version = await organizationStore.saveOrganization(act.tx, next, act.now)
  const done = await more.also?.(next)
  if (done !== undefined && !done.ok) return done
  recordOf(act, verb, next, organization.state, more.data)
  return answerOf(next, version)
}
