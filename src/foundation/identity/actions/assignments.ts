// Roles given and ended, staff accounts opened and reset, roles delegated for a period.
import { type Actor, grantFor } from '../../../kit/actor.ts'
import { type Id, jurisdictionOf } from '../../../kit/id.ts'
import { instant } from '../../../kit/instant.ts'
import { countCap } from '../../../kit/listing.ts'
import { today } from '../../../kit/plain-date.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, refuse } from '../../../kit/ruling.ts'
import { action, type Act, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import type { Tx } from '../../../platform/database.ts'
import { unkept } from '../../../platform/http/session-cookie.ts'
import { divisionName } from '../../divisions/public.ts'
import * as contract from '../contract/roles.ts'
import { assign, createPerson, listPeople } from '../public.ts'
import * as rules from '../rules.ts'
import { newEnrolmentCode, tokenHash } from '../sealed-rules.ts'
import * as store from '../store/assignments.ts'
import { removePasskeys, saveCredential } from '../store/credentials.ts'
import { findPerson, findPersonByPhone, findPersonForUpdate, listPersonsByAccount } from '../store/people.ts'
import { removeSessions } from '../store/sessions.ts'
import { selfOf } from './session.ts'

async function views(tx: Tx, rows: readonly store.Assignment[]) {
  const people = await listPeople(
    tx,
    rows.map((row) => row.person),
  )
  return rows.map((row) => {
    const person = people.get(row.person)
    return {
      id: row.id,
      person: row.person,
      personName: person?.officialName ?? person?.maskedName ?? '',
      role: row.role,
      division: row.division,
      divisionName: divisionName(row.division) ?? row.division,
      organizationId: row.organization,
      organizationName: row.organizationName,
      department: row.department,
      from: row.from,
      until: row.until,
      state: row.state,
      delegatedFrom: row.delegatedPerson,
      version: row.version,
    }
  })
}

export const listAssignments = question(contract.listAssignments, async (ask, { query }) => {
  const [at, id] = readCursor(query.cursor, 2) ?? []
  const after = at === undefined || id === undefined ? undefined : { at, id }
  const filter = {
    scopes: ask.scopes,
    division: query.division,
    role: query.role,
    state: query.state,
    size: query.size + 1,
    after,
  }
  const rows = await store.listAssignments(ask.tx, filter)
  const page = rows.slice(0, query.size)
  const last = page.at(-1)
  const n = after === undefined ? await store.countAssignments(ask.tx, filter, countCap) : undefined
  return allow({
    rows: await views(ask.tx, page),
    next: rows.length > query.size && last !== undefined ? cursorOf([last.createdAt, last.id.slice(7)]) : undefined,
    count: n === undefined ? undefined : { n: Math.min(n, countCap), capped: n > countCap },
  })
})

export const getAssignment = question(contract.getAssignment, async (ask, { params }) => {
  const held = await store.findAssignment(ask.tx, params.id)
  if (held === undefined) return absent()
  const judged = rules.judgedAssignment(held)
  const refusal = ask.see(judged)
  if (refusal !== undefined) return refusal
  const [view] = await views(ask.tx, [held])
  if (view === undefined) return absent()
  const mayAssign = grantFor(ask.actor, 'identity.assign', judged.reach) !== undefined
  return allow({
    ...view,
    actions: actionsOf({ endAssignment: mayAssign ? rules.endAssignment(held, ask.actor) : forbid('forbidden') }),
  })
})

export const listStaff = question(contract.listStaff, async (ask, { query }) =>
  allow({ rows: await listPersonsByAccount(ask.tx, query.account) }),
)

/** Whoever gives organization roles gives them in their own organization, under the name that they themselves hold there. */
async function organizationNameOf(
  act: Act,
  actor: Actor,
  organization: string | undefined,
  given: string | undefined,
): Promise<string | undefined> {
  const grant = actor.grants.find(
    (candidate) => candidate.organizationId !== undefined && candidate.organizationId === organization,
  )
  if (grant?.assignmentId === undefined) return given
  return (await store.findAssignment(act.tx, grant.assignmentId))?.organizationName ?? given
}

export const giveAssignment = action(contract.giveAssignment, async (act, { body }) => {
  // Locks the receiver: two gifts at once see each other, so that administrators stay apart.
  const receiver = await findPersonForUpdate(act.tx, body.person)
  if (receiver === undefined) return refuse('no-such-person')
  const day = today(act.now)
  const gift = { ...body, from: body.from ?? day }
  const held = (await store.listAssignmentsGiven(act.tx, body.person, day)).map((assignment) => assignment.role)
  const reach = { division: body.division, organizations: body.organization === undefined ? [] : [body.organization] }
  const ruling = await act.judge({ reach }, () => rules.giveAssignment(gift, held, act.actor))
  if (!ruling.ok) return ruling
  const givenBy = act.actor.kind === 'person' ? act.actor.personId : undefined
  const id = await assign(act, {
    ...gift,
    givenBy,
    organizationName: await organizationNameOf(act, act.actor, body.organization, body.organizationName),
  })
  return id.ok ? allow({ id: id.value, version: 1, state: 'given' }) : id
})

export const endAssignment = action(contract.endAssignment, async (act, { params }) => {
  const held = await store.findAssignmentForUpdate(act.tx, params.id)
  if (held === undefined) return absent()
  const ruling = await act.judge(rules.judgedAssignment(held), () => rules.endAssignment(held, act.actor))
  if (!ruling.ok) return ruling
  return ended(act, held, 'endAssignment')
})

async function ended(act: Act, held: store.Assignment, verb: string) {
  await store.endAssignment(act.tx, held.id, act.now)
  act.record({
    name: `identity.${verb}`,
    of: { kind: 'assignment', id: held.id },
    division: held.division,
    state: { from: 'given', to: 'ended' },
    organization: held.organization,
    data: { person: held.person, role: held.role },
  })
  return allow({ id: held.id, version: held.version + 1, state: 'ended' })
}

export const registerStaff = action(contract.registerStaff, async (act, { body }) => {
  const ruling = await act.judge({ reach: placeOfGiver(act.actor, body.division) }, () => allow(true))
  if (!ruling.ok) return ruling
  if ((await findPersonByPhone(act.tx, act.platform.cipher.blind('phone', body.phone))) !== undefined)
    return refuse('phone-taken')
  const { code, enrolment } = enrolmentOf(act)
  const person = await createPerson(act, {
    name: body.name,
    officialName: body.name,
    phone: body.phone,
    account: body.account,
    enrolment,
  })
  if (!person.ok) return person
  act.record({
    name: 'identity.registerStaff',
    of: { kind: 'person', id: person.value },
    division: body.division,
  })
  return allow(unkept({ id: person.value, enrolmentCode: code, validUntil: instant(enrolment.until) }))
})

/** A new account belongs to no place yet: it stands where its giver says, or in the giver's organization. */
function placeOfGiver(actor: Actor, division: Parameters<typeof jurisdictionOf>[0]) {
  return {
    division,
    organizations: actor.grants.flatMap((grant) => (grant.organizationId === undefined ? [] : [grant.organizationId])),
  }
}

function enrolmentOf(act: Act): { code: string; enrolment: { hash: string; until: number } } {
  const code = newEnrolmentCode()
  return { code, enrolment: { hash: tokenHash(code), until: act.platform.clock.real() + rules.enrolmentMs } }
}

export const resetCredentials = action(contract.resetCredentials, async (act, { params }) => {
  const person = await findPersonForUpdate(act.tx, params.id)
  if (person === undefined) return absent()
  if (person.account === undefined) return refuse('no-account')
  // The place is where the person holds a role: an administrator resets the accounts of its own county only.
  const held = await store.listAssignmentsGiven(act.tx, person.id, today(act.now))
  const division = held[0]?.division ?? rules.provinceOf(person.id)
  const ruling = await act.judge({ reach: { division }, version: person.version }, () =>
    act.actor.kind === 'person' && act.actor.personId === person.id ? forbid('to-oneself') : allow(true),
  )
  if (!ruling.ok) return ruling
  const { code, enrolment } = enrolmentOf(act)
  await saveCredential(
    act.tx,
    person.id,
    { enrolmentHash: enrolment.hash, enrolmentUntil: enrolment.until },
    act.platform.clock.real(),
  )
  await removePasskeys(act.tx, person.id)
  await removeSessions(act.tx, person.id)
  act.record({ name: 'identity.resetCredentials', of: { kind: 'person', id: person.id }, division })
  return allow(unkept({ id: person.id, enrolmentCode: code, validUntil: instant(enrolment.until) }))
})

export const listDelegations = question(contract.listDelegations, async (ask) => {
  const self = selfOf(ask)
  if (!self.ok) return self
  const day = today(ask.now)
  const given = await store.listDelegations(ask.tx, self.value.personId, 'given', day)
  const received = await store.listDelegations(ask.tx, self.value.personId, 'received', day)
  const all = await views(ask.tx, [...given, ...received])
  return allow({ given: all.slice(0, given.length), received: all.slice(given.length) })
})

export const listColleagues = question(contract.listColleagues, async (ask) => {
  const self = selfOf(ask)
  if (!self.ok) return self
  const grant = self.value.grants.find((candidate) => candidate.assignmentId !== undefined)
  if (grant === undefined) return allow({ rows: [] })
  const rows = await store.listColleagues(
    ask.tx,
    { organization: grant.organizationId, division: grant.division },
    self.value.personId,
    today(ask.now),
  )
  return allow({ rows: rows.map((row) => ({ id: row.person, name: row.name, role: row.role })) })
})

async function isColleague(
  act: Act,
  held: store.Assignment,
  person: Id<'person'>,
  day: Parameters<typeof store.listColleagues>[3],
): Promise<boolean> {
  const rows = await store.listColleagues(
    act.tx,
    { organization: held.organization, division: held.division },
    held.person,
    day,
  )
  return rows.some((row) => row.person === person)
}

export const delegateAssignment = action(contract.delegateAssignment, async (act, { body }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  const held = await store.findAssignmentForUpdate(act.tx, body.assignment)
  if (held === undefined || (await findPerson(act.tx, body.person)) === undefined) return absent()
  const day = today(act.now)
  const heldByReceiver = (await store.listAssignmentsGiven(act.tx, body.person, day)).map(
    (assignment) => assignment.role,
  )
  const facts = {
    actorId: self.value.personId,
    day,
    heldByReceiver,
    colleague: await isColleague(act, held, body.person, day),
    maxDays: act.policy.number('identity.delegation-max-days', held.division),
  }
  const ruling = await act.judge(rules.judgedAssignment(held), () =>
    rules.delegateAssignment(held, { person: body.person, from: body.from ?? day, until: body.until }, facts),
  )
  if (!ruling.ok) return ruling
  const id = act.newId<'assignment'>(jurisdictionOf(held.division))
  const inserted = await store.insertAssignment(act.tx, {
    ...held,
    id,
    person: body.person,
    from: ruling.value.from,
    until: ruling.value.until,
    state: 'given',
    version: 1,
    delegatedFrom: held.id,
    delegatedPerson: held.person,
    givenBy: held.person,
    createdAt: act.now,
  })
  if (!inserted) return refuse('already-given', { role: held.role })
  act.record({
    name: 'identity.delegateAssignment',
    of: { kind: 'assignment', id },
    division: held.division,
    state: { to: 'given' },
    organization: held.organization,
    links: [{ kind: 'assignment', id: held.id }],
    data: { person: body.person, role: held.role, from: ruling.value.from, until: ruling.value.until },
  })
  return allow({ id, version: 1, state: 'given' })
})

export const revokeDelegation = action(contract.revokeDelegation, async (act, { params }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  const held = await store.findAssignmentForUpdate(act.tx, params.id)
  if (held === undefined) return absent()
  const ruling = await act.judge(rules.judgedAssignment(held), () => rules.revokeDelegation(held, self.value.personId))
  return ruling.ok ? ended(act, held, 'revokeDelegation') : ruling
})
