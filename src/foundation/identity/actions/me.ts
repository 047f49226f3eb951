// My own record: name, residence, who looked at it, who may act for me.
import { jurisdictionOf } from '../../../kit/id.ts'
import { maskName, maskPhone } from '../../../kit/chinese-ids.ts'
import { type PlainDate, today } from '../../../kit/plain-date.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { action, type Act, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import { divisionName } from '../../divisions/public.ts'
import type { ProxyKind } from '../contract.ts'
import * as contract from '../contract/residents.ts'
import { listPeople, openField } from '../public.ts'
import * as rules from '../rules.ts'
import * as store from '../store/people.ts'
import { selfOf } from './session.ts'
import { sealField } from './person-draft.ts'

export const getProfile = question(contract.getProfile, async (ask) => {
  const self = selfOf(ask)
  if (!self.ok) return self
  const person = await store.findPerson(ask.tx, self.value.personId)
  if (person === undefined) return absent()
  const { residence } = person
  return allow({
    id: person.id,
    name: await openField(ask.platform, ask.tx, person.id, 'name', person.nameSealed),
    maskedName: person.maskedName,
    maskedPhone: person.maskedPhone,
    state: rules.isVerified(person, ask.now) ? ('verified' as const) : ('unverified' as const),
    adult: person.adult,
    verifiedUntil: person.verifiedUntil,
    version: person.version,
    residence:
      residence === undefined
        ? undefined
        : { division: residence, name: divisionName(residence) ?? residence, since: person.residenceSince ?? ask.now },
  })
})

async function lockedSelf(act: Act): Promise<Ruling<store.Person>> {
  const self = selfOf(act)
  if (!self.ok) return self
  const person = await store.findPersonForUpdate(act.tx, self.value.personId)
  return person === undefined ? absent() : allow(person)
}

export const setName = action(contract.setName, async (act, { body }) => {
  const person = await lockedSelf(act)
  if (!person.ok) return person
  const ruling = await act.judge(rules.judgedPerson(person.value), () => rules.setName(person.value))
  if (!ruling.ok) return ruling
  const { id, version } = person.value
  await store.savePerson(
    act.tx,
    { ...person.value, maskedName: maskName(body.name), nameSealed: await sealField(act, id, 'name', body.name) },
    act.now,
  )
  act.record({
    name: 'identity.setName',
    of: { kind: 'person', id },
    division: person.value.residence ?? rules.provinceOf(id),
    data: { fields: ['name'] },
  })
  return allow({ id, version: version + 1, state: person.value.state })
})

export const setResidence = action(contract.setResidence, async (act, { body }) => {
  const person = await lockedSelf(act)
  if (!person.ok) return person
  const ruling = await act.judge(rules.judgedPerson(person.value), () =>
    rules.setResidence(person.value, body.division),
  )
  if (!ruling.ok) return ruling
  if (divisionName(body.division) === undefined)
    return { ok: false, code: 'not-a-community', kind: 'conflict', params: {} }
  const { id, state, version } = person.value
  const residenceId = act.newId(jurisdictionOf(body.division))
  await store.saveResidence(act.tx, id, { id: residenceId, division: body.division, state: 'unverified' }, act.now)
  await store.savePerson(
    act.tx,
    { ...person.value, state: 'unverified', verifiedAt: undefined, verifiedUntil: undefined },
    act.now,
  )
  if (state === 'verified') await store.withdrawVerifications(act.tx, id, id, 'moved-away', act.now)
  act.record({
    name: 'identity.setResidence',
    of: { kind: 'person', id },
    division: body.division,
    state: { from: state, to: 'unverified' },
    data: { from: person.value.residence ?? null, to: body.division },
  })
  return allow({ id, version: version + 1, state: 'unverified' })
})

export const listLooks = question(contract.listLooks, async (ask, { query }) => {
  const self = selfOf(ask)
  if (!self.ok) return self
  const [at, id] = readCursor(query.cursor, 2) ?? []
  const rows = await store.listLooks(
    ask.tx,
    self.value.personId,
    query.size + 1,
    at === undefined || id === undefined ? undefined : { at, id },
  )
  const page = rows.slice(0, query.size)
  const last = page.at(-1)
  const people = await listPeople(
    ask.tx,
    page.map((row) => row.by_person),
  )
  return allow({
    rows: page.map((row) => {
      const by = people.get(row.by_person)
      return {
        id: row.id,
        at: row.at,
        field: row.field,
        purpose: row.purpose,
        by: by?.officialName ?? by?.maskedName ?? '',
        role: row.by_role,
      }
    }),
    next: rows.length > query.size && last !== undefined ? cursorOf([last.at, last.id]) : undefined,
  })
})

/** Proxies in force as their views show them. */
export async function proxiesOf(tx: Parameters<typeof store.listProxies>[0], person: string, day: string) {
  const rows = await store.listProxies(tx, person, day)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    maskedPhone: row.masked_phone,
    since: row.since,
    until: row.until_day ?? undefined,
  }))
}

export const listProxies = question(contract.listProxies, async (ask) => {
  const self = selfOf(ask)
  if (!self.ok) return self
  return allow({ rows: await proxiesOf(ask.tx, self.value.personId, today(ask.now)) })
})

/** Puts a proxy on record for a person that is locked. */
export async function addProxy(
  act: Act,
  person: store.Person,
  given: { kind: ProxyKind; phone: string; until?: PlainDate },
  by: string,
  verb: string,
): Promise<Ruling<{ id: string }>> {
  const day = today(act.now)
  const phoneBlind = act.platform.cipher.blind('phone', given.phone)
  const standing = (await store.listProxies(act.tx, person.id, day)).length
  const ruling = await act.judge(rules.judgedPerson(person), () =>
    rules.giveProxy({ own: phoneBlind === person.phoneBlind, standing, until: given.until, day }),
  )
  if (!ruling.ok) return ruling
  const division = person.residence ?? rules.provinceOf(person.id)
  const id = act.newId<'proxy'>(jurisdictionOf(division))
  await store.insertProxy(act.tx, {
    id,
    person: person.id,
    kind: given.kind,
    proxyPhoneBlind: phoneBlind,
    maskedPhone: maskPhone(given.phone),
    recordedBy: by,
    since: act.now,
    until: given.until,
  })
  act.record({
    name: `identity.${verb}`,
    of: { kind: 'person', id: person.id },
    division,
    data: { proxy: id, kind: given.kind },
  })
  return allow({ id })
}

export const giveProxy = action(contract.giveProxy, async (act, { body }) => {
  const person = await lockedSelf(act)
  return person.ok ? addProxy(act, person.value, { kind: 'family', ...body }, person.value.id, 'giveProxy') : person
})

export const revokeProxy = action(contract.revokeProxy, async (act, { params }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  if (!(await store.revokeProxy(act.tx, params.id, self.value.personId, act.now))) return absent()
  const id = self.value.personId
  act.record({
    name: 'identity.revokeProxy',
    of: { kind: 'person', id },
    division: self.value.residence ?? rules.provinceOf(id),
    data: { proxy: params.id },
  })
  return allow({ id: params.id })
})
