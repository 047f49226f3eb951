// Residents at the community's counter: lists and records masked, verification, one field in clear for a purpose.
import { grantFor, may } from '../../../kit/actor.ts'
import { maskCitizenId, maskName, parseCitizenId } from '../../../kit/chinese-ids.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { countCap } from '../../../kit/listing.ts'
import { today } from '../../../kit/plain-date.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { action, type Ask, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import { sqlState } from '../../../platform/database.ts'
import { unkept } from '../../../platform/http/session-cookie.ts'
import { divisionName } from '../../divisions/public.ts'
import { wholeProvince } from '../contract.ts'
import * as contract from '../contract/residents.ts'
import { openField, registerResidentOnBehalf } from '../public.ts'
import * as rules from '../rules.ts'
import * as store from '../store/people.ts'
import { countResidents, listResidents as listRows, type ResidentRow } from '../store/residents.ts'
import { addProxy, proxiesOf } from './me.ts'
import { sealField } from './person-draft.ts'

function rowView(row: ResidentRow) {
  return {
    id: row.id,
    maskedName: row.masked_name,
    maskedPhone: row.masked_phone ?? undefined,
    state: row.state,
    adult: row.adult,
    division: row.division,
    divisionName: divisionName(row.division) ?? row.division,
    since: row.since,
  }
}

export const listResidents = question(contract.listResidents, async (ask, { query }) => {
  const [at, id] = readCursor(query.cursor, 2) ?? []
  const after = at === undefined || id === undefined ? undefined : { at, id }
  const filter = { scopes: ask.scopes, division: query.division, state: query.state, size: query.size + 1, after }
  const rows = await listRows(ask.tx, filter)
  const page = rows.slice(0, query.size)
  const last = page.at(-1)
  const n = after === undefined ? await countResidents(ask.tx, filter, countCap) : undefined
  return allow({
    rows: page.map(rowView),
    next: rows.length > query.size && last !== undefined ? cursorOf([last.since, last.residence_id]) : undefined,
    count: n === undefined ? undefined : { n: Math.min(n, countCap), capped: n > countCap },
  })
})

export const findResident = question(contract.findResident, async (ask, { body }) => {
  const rows = await listRows(ask.tx, {
    scopes: ask.scopes,
    ...('phone' in body
      ? { phoneBlind: ask.platform.cipher.blind('phone', body.phone) }
      : { idNumberBlind: ask.platform.cipher.blind('id-number', body.idNumber) }),
    size: 1,
  })
  return allow({ rows: rows.map(rowView) })
})

/** Only who knows the whole number learns the masked name; nothing is listed and nothing else is told. */
export const lookUpPerson = question(contract.lookUpPerson, async (ask, { body }) => {
  const person = await store.findPersonByPhone(ask.tx, ask.platform.cipher.blind('phone', body.phone))
  return allow({
    rows: person === undefined ? [] : [{ id: person.id, name: person.officialName ?? person.maskedName }],
  })
})

/** A verb that the actor has no permission for is shown as forbidden. */
function judgedAction(
  ask: Ask,
  permission: string,
  person: store.Person,
  ruling: () => Ruling<unknown>,
): Ruling<unknown> {
  return may(ask.actor, permission, rules.judgedPerson(person).reach) ? ruling() : forbid('forbidden')
}

export const getResident = question(contract.getResident, async (ask, { params }) => {
  const person = await store.findPerson(ask.tx, params.id)
  if (person?.residence === undefined) return absent()
  const refusal = ask.see(rules.judgedPerson(person))
  if (refusal !== undefined) return refusal
  const own = ask.actor.kind === 'person' && ask.actor.personId === person.id
  return allow({
    id: person.id,
    maskedName: person.maskedName,
    maskedPhone: person.maskedPhone,
    maskedIdNumber: person.maskedIdNumber,
    state: rules.isVerified(person, ask.now) ? ('verified' as const) : ('unverified' as const),
    adult: person.adult,
    division: person.residence,
    divisionName: divisionName(person.residence) ?? person.residence,
    since: person.residenceSince ?? ask.now,
    version: person.version,
    verifiedAt: person.verifiedAt,
    verifiedUntil: person.verifiedUntil,
    proxies: await proxiesOf(ask.tx, person.id, today(ask.now)),
    actions: actionsOf({
      verifyResident: judgedAction(ask, 'identity.verify-resident', person, () =>
        own ? forbid('not-oneself') : allow(true),
      ),
      withdrawVerification: judgedAction(ask, 'identity.verify-resident', person, () =>
        rules.withdrawVerification(person, ask.actor),
      ),
      revealResident: judgedAction(ask, 'identity.reveal', person, () => allow(true)),
      recordProxy: judgedAction(ask, 'identity.record-proxy', person, () => allow(true)),
    }),
  })
})

export const registerResident = action(contract.registerResident, async (act, { body }) => {
  const ruling = await act.judge({ reach: { division: body.division } }, () => rules.liveIn(body.division))
  if (!ruling.ok) return ruling
  if (divisionName(body.division) === undefined) return refuse('not-a-community')
  const id = await registerResidentOnBehalf(act, body)
  if (!id.ok) return id
  act.record({ name: 'identity.registerResident', of: { kind: 'person', id: id.value }, division: body.division })
  return allow({ id: id.value })
})

export const verifyResident = action(contract.verifyResident, async (act, { params, body }) => {
  const person = await store.findPersonForUpdate(act.tx, params.id)
  if (person === undefined) return absent()
  const card = parseCitizenId(body.idNumber)
  if (card === undefined) return refuse('birth-in-the-future')
  const division = body.division ?? person.residence
  const days = act.policy.number('identity.verification-days', wholeProvince)
  // The worker's own community decides: somebody who moved is verified where they live now.
  const ruling = await act.judge(rules.judgedPerson(person, division), () =>
    rules.verifyResident(person, { birth: card.birth, division: body.division }, act.actor, act.now, days),
  )
  if (!ruling.ok) return ruling
  const blind = act.platform.cipher.blind('id-number', body.idNumber)
  const holder = await store.findPersonByIdNumber(act.tx, blind)
  if (holder !== undefined && holder !== person.id) return refuse('id-number-taken')
  const { adult, until } = ruling.value
  const place = ruling.value.division
  const by = act.actor.kind === 'person' ? act.actor.personId : 'system'
  const next: store.Person = {
    ...person,
    state: 'verified',
    maskedName: maskName(body.name),
    nameSealed: await sealField(act, person.id, 'name', body.name),
    idNumberBlind: blind,
    idNumberSealed: await sealField(act, person.id, 'id_number', body.idNumber),
    maskedIdNumber: maskCitizenId(body.idNumber),
    birthSealed: await sealField(act, person.id, 'birth', card.birth),
    adult,
    verifiedAt: act.now,
    verifiedUntil: until,
  }
  try {
    await store.savePerson(act.tx, next, act.now)
  } catch (error) {
    // Two counters confirmed one card at once: the slower one learns of the faster.
    if (sqlState(error) === '23505') return refuse('id-number-taken')
    throw error
  }
  const jurisdiction = jurisdictionOf(place)
  if (person.residence === place) await store.saveResidenceState(act.tx, person.id, 'verified')
  else
    await store.saveResidence(
      act.tx,
      person.id,
      { id: act.newId(jurisdiction), division: place, state: 'verified' },
      act.now,
    )
  await store.insertVerification(act.tx, {
    id: act.newId(jurisdiction),
    person: person.id,
    division: place,
    by,
    at: act.now,
    until,
  })
  act.record({
    name: 'identity.verifyResident',
    of: { kind: 'person', id: person.id },
    division: place,
    state: { from: person.state, to: 'verified' },
    data: { adult, until, fields: ['name', 'id-number', 'birth'] },
  })
  return allow({ id: person.id, version: person.version + 1, state: 'verified' })
})

export const withdrawVerification = action(contract.withdrawVerification, async (act, { params, body }) => {
  const person = await store.findPersonForUpdate(act.tx, params.id)
  if (person === undefined) return absent()
  const ruling = await act.judge(rules.judgedPerson(person), () => rules.withdrawVerification(person, act.actor))
  if (!ruling.ok) return ruling
  const by = act.actor.kind === 'person' ? act.actor.personId : 'system'
  await store.savePerson(
    act.tx,
    { ...person, state: 'unverified', verifiedAt: undefined, verifiedUntil: undefined },
    act.now,
  )
  await store.saveResidenceState(act.tx, person.id, 'unverified')
  await store.withdrawVerifications(act.tx, person.id, by, body.reason, act.now)
  act.record({
    name: 'identity.withdrawVerification',
    of: { kind: 'person', id: person.id },
    division: person.residence ?? rules.provinceOf(person.id),
    state: { from: 'verified', to: 'unverified' },
    data: { reason: body.reason },
  })
  return allow({ id: person.id, version: person.version + 1, state: 'unverified' })
})

export const revealResident = action(contract.revealResident, async (act, { params, body }) => {
  const person = await store.findPerson(act.tx, params.id)
  if (person === undefined) return absent()
  const judged = rules.judgedPerson(person)
  const ruling = await act.judge(judged, () => allow(true))
  if (!ruling.ok) return ruling
  const field = ({ name: 'name', phone: 'phone', 'id-number': 'id_number', birth: 'birth' } as const)[body.field]
  const sealed = {
    name: person.nameSealed,
    phone: person.phoneSealed,
    id_number: person.idNumberSealed,
    birth: person.birthSealed,
  }[field]
  const value = await openField(act.platform, act.tx, person.id, field, sealed)
  if (value === undefined) return refuse('nothing-on-record')
  const division = person.residence ?? rules.provinceOf(person.id)
  await store.insertLook(act.tx, {
    id: act.newId(jurisdictionOf(division)),
    person: person.id,
    field: body.field,
    purpose: body.purpose,
    at: act.now,
    by: act.actor.kind === 'person' ? act.actor.personId : 'system',
    role: grantFor(act.actor, 'identity.reveal', judged.reach)?.role ?? 'system',
  })
  act.record({
    name: 'identity.revealResident',
    of: { kind: 'person', id: person.id },
    division,
    data: { field: body.field, purpose: body.purpose },
  })
  return allow(unkept({ value }))
})

export const recordProxy = action(contract.recordProxy, async (act, { params, body }) => {
  const person = await store.findPersonForUpdate(act.tx, params.id)
  if (person === undefined) return absent()
  return addProxy(act, person, body, act.actor.kind === 'person' ? act.actor.personId : 'system', 'recordProxy')
})
