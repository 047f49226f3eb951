// The session: who I am, in which role, on which devices, and the second factor confirmed anew.
import type { Actor, PersonActor } from '../../../kit/actor.ts'
import { instant } from '../../../kit/instant.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import { action, type Act, question } from '../../../platform/action.ts'
import { withSession } from '../../../platform/http/session-cookie.ts'
import { divisionName, fullDivisionName } from '../../divisions/public.ts'
import * as contract from '../contract.ts'
import { openField } from '../public.ts'
import { newToken, tokenHash } from '../sealed-rules.ts'
import { listAssignmentsInForce } from '../store/assignments.ts'
import { findPerson } from '../store/people.ts'
import * as store from '../store/sessions.ts'
import { countOwnAttempt, guardedAction, recordOwn } from './guard.ts'
import { takeTotp } from './sign-in.ts'

/** The signed-in person of an act; unauthenticated for anybody else. */
export function selfOf(act: { readonly actor: Actor }): Ruling<PersonActor> {
  return act.actor.kind === 'person' ? allow(act.actor) : refuse('unauthenticated', {}, { kind: 'unauthenticated' })
}

export const getSession = question(contract.getSession, async (ask) => {
  const common = { demo: ask.platform.demo, now: ask.now }
  const { actor } = ask
  if (actor.kind !== 'person')
    return allow({
      person: null,
      assignments: [],
      permissions: [],
      verified: false,
      adult: false,
      residence: null,
      ...common,
    })
  const [person, held] = await Promise.all([
    findPerson(ask.tx, actor.personId),
    listAssignmentsInForce(ask.tx, [actor.personId], today(ask.now)),
  ])
  if (person === undefined) return absent()
  const current = actor.grants.find((grant) => grant.assignmentId !== undefined)?.assignmentId
  const staff = (await store.findSessionKind(ask.tx, actor.sessionId)) === 'staff'
  const name = (await openField(ask.platform, ask.tx, person.id, 'name', person.nameSealed)) ?? person.maskedName
  const minutes = ask.policy.number('identity.second-factor-minutes', contract.wholeProvince)
  return allow({
    person: { id: person.id, name, maskedName: person.maskedName, maskedPhone: person.maskedPhone },
    kind: staff ? ('staff' as const) : ('resident' as const),
    assignments: staff
      ? held.map((assignment) => ({
          id: assignment.id,
          role: assignment.role,
          division: assignment.division,
          divisionName: divisionName(assignment.division) ?? assignment.division,
          organizationId: assignment.organization,
          organizationName: assignment.organizationName,
          department: assignment.department,
          delegatedFrom: assignment.delegatedPerson,
          until: assignment.until,
          current: assignment.id === current,
        }))
      : [],
    permissions: [...new Set(actor.grants.flatMap((grant) => [...grant.permissions]))].sort(),
    verified: actor.verified,
    adult: actor.adult,
    residence:
      actor.residence === undefined ? null : { division: actor.residence, name: fullDivisionName(actor.residence) },
    secondFactorUntil:
      actor.secondFactorAt === undefined ? undefined : instant(actor.secondFactorAt + minutes * 60_000),
    ...common,
  })
})

export const signOut = action(contract.signOut, async (act) => {
  const self = selfOf(act)
  if (!self.ok) return self
  await store.removeSession(act.tx, self.value.sessionId, self.value.personId)
  recordOwn(act, self.value.personId, 'signOut')
  return allow(withSession({ signedOut: true }, '', 0))
})

export const switchAssignment = action(contract.switchAssignment, async (act, { body }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  const { personId, sessionId } = self.value
  if (body.assignment !== null) {
    if ((await store.findSessionKind(act.tx, sessionId)) !== 'staff') return refuse('staff-sign-in-needed')
    const held = await listAssignmentsInForce(act.tx, [personId], today(act.now))
    if (!held.some((assignment) => assignment.id === body.assignment)) return refuse('not-in-force')
  }
  await store.saveSessionAssignment(act.tx, sessionId, body.assignment ?? undefined)
  recordOwn(act, personId, 'switchAssignment', { assignment: body.assignment })
  return allow({ assignment: body.assignment })
})

/** The second factor was shown: a new token for the session, and until when it counts. */
export async function confirmed(act: Act, self: PersonActor, verb: string): Promise<Ruling<{ until: string }>> {
  const token = newToken()
  const real = act.platform.clock.real()
  const seconds = await store.saveSessionConfirmed(act.tx, self.sessionId, tokenHash(token), real)
  if (seconds === undefined) return refuse('unauthenticated', {}, { kind: 'unauthenticated' })
  recordOwn(act, self.personId, verb)
  const minutes = act.policy.number('identity.second-factor-minutes', contract.wholeProvince)
  return allow(withSession({ until: instant(real + minutes * 60_000) }, token, seconds))
}

export const confirmSecondFactor = guardedAction(
  contract.confirmSecondFactor,
  (platform, call) => countOwnAttempt(platform, call, 'second-factor'),
  async (act, { body }) => {
    const self = selfOf(act)
    if (!self.ok) return self
    const right = await takeTotp(act, self.value.personId, body.code)
    return right.ok ? confirmed(act, self.value, 'confirmSecondFactor') : right
  },
)

export const listDevices = question(contract.listDevices, async (ask) => {
  const self = selfOf(ask)
  if (!self.ok) return self
  const rows = await store.listSessions(ask.tx, self.value.personId, ask.platform.clock.real())
  return allow({
    rows: rows.map((row) => ({
      id: row.id,
      device: row.device,
      kind: row.kind,
      since: row.created_at,
      seen: row.seen_at,
      current: row.id === self.value.sessionId,
    })),
  })
})

export const revokeDevice = action(contract.revokeDevice, async (act, { params }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  if (!(await store.removeSession(act.tx, params.id, self.value.personId))) return absent()
  recordOwn(act, self.value.personId, 'revokeDevice')
  return allow({ id: params.id })
})
