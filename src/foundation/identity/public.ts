// What other domains may ask of identity: cards of persons, holders of roles, second factors; and makers for sign-in, demo and tests.
import type { Actor, Grant, PersonActor } from '../../kit/actor.ts'
import { asDivision, type DivisionCode, type Id, jurisdictionOf } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { type PlainDate, today } from '../../kit/plain-date.ts'
import { type Role, roles } from '../../kit/roles.ts'
import { allow, refuse, type Ruling } from '../../kit/ruling.ts'
import type { Act } from '../../platform/action.ts'
import type { Clock } from '../../platform/clock.ts'
import { withPredecessors } from '../divisions/public.ts'
import type { Database, Tx } from '../../platform/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { registerMany } from './actions/register-many.ts'
import { cell, draftPerson, type NewPerson } from './actions/person-draft.ts'
import * as ages from './actions/ages.ts'
import { guardiansOf } from './actions/guardians.ts'
import { startSession } from './actions/session-token.ts'
import { type DemoMessage, messagesTo } from './actions/sms.ts'
import { type SessionKind, wholeProvince } from './contract.ts'
import { hasFreshFactor, liveIn, provinceOf, type RoleGift, soundGift, touchMs } from './rules.ts'
import { hashPassword, tokenHash, totpCode, totpStep } from './sealed-rules.ts'
import * as assignments from './store/assignments.ts'
import { findCredential, saveCredential } from './store/credentials.ts'
import { listPersonsByPhone } from './store/many.ts'
import * as people from './store/people.ts'
import { readSession, type SessionRow, touchSession } from './store/sessions.ts'

/** A person as other domains show them: never a field in clear; staff act under their name. */
export type PersonCard = {
  readonly id: Id<'person'>
  readonly maskedName: string
  readonly officialName?: string
  readonly verified: boolean
  readonly adult: boolean
  readonly residence?: DivisionCode
}

function cardOf(person: people.Person): PersonCard {
  return {
    id: person.id,
    maskedName: person.maskedName,
    officialName: person.officialName,
    verified: person.state === 'verified',
    adult: person.adult,
    residence: person.residence,
  }
}

/** The card of a person; throws when there is none: ids come from records. */
export async function getPerson(tx: Tx, id: string): Promise<PersonCard> {
  const person = await people.findPerson(tx, id)
  if (person === undefined) throw new Error('no such person')
  return cardOf(person)
}

/**
 * For acts about one person that must come one after the other though no record of theirs is shared: the second waits until the first is done.
 * After the locks of the act's own records.
 */
export function holdPerson(act: Act, person: string): Promise<void> {
  return people.holdPerson(act.tx, person)
}

/** Cards of many persons in one statement, by id; unknown ids are left out. */
export async function listPeople(tx: Tx, ids: readonly string[]): Promise<Map<string, PersonCard>> {
  return new Map((await people.listPersons(tx, ids)).map((person) => [person.id, cardOf(person)]))
}

/** The ancestors of a division and itself, each once. */
function upwards(division: string): string[] {
  return [2, 4, 6, 9, 12, 15].filter((length) => length <= division.length).map((length) => division.slice(0, length))
}

/** At most 50 persons who hold `role` today at the division or at a place above it (a community's township reviewer). */
export function listHolders(tx: Tx, role: Role, division: DivisionCode): Promise<Id<'person'>[]> {
  return assignments.listHolders(tx, role, upwards(division))
}

/** At most 50 persons who hold `role` in an organization today. */
export function listMembers(tx: Tx, organization: string, role: Role): Promise<Id<'person'>[]> {
  return assignments.listMembers(tx, organization, role)
}

/** Roles in force today of some persons: the demo's list of people, pickers. */
export function listAssignmentsOf(tx: Tx, persons: readonly string[]): Promise<assignments.Assignment[]> {
  return assignments.listAssignmentsInForce(tx, persons)
}

/** In which organizations persons act or ever acted, whatever the role and however it ended: who is tied to whom. At most 5,000. */
export function listActedFor(tx: Tx, persons: readonly string[]): Promise<{ person: string; organization: string }[]> {
  return assignments.listActedFor(tx, persons)
}

/** Whether `proxy` stands on record to raise, apply and rate for `person` today; never to vote. */
export function mayActFor(tx: Tx, proxy: string, person: string, now: Instant): Promise<boolean> {
  return people.findProxy(tx, proxy, person, today(now))
}

/** Allows when the actor's second factor was confirmed within the last minutes (policy) of real time, else second-factor-needed. */
export function hasFreshSecondFactor(actor: Actor, platform: Platform): Ruling<true> {
  if (actor.kind === 'system') return allow(true)
  const minutes = platform.policy.number('identity.second-factor-minutes', wholeProvince)
  return hasFreshFactor(actor.kind === 'person' ? actor.secondFactorAt : undefined, platform.clock.real(), minutes)
}

/** Opens a sealed field of a person; undefined where nothing is on record or the key was destroyed. */
export async function openField(
  platform: Platform,
  tx: Tx,
  person: string,
  column: 'name' | 'phone' | 'birth' | 'id_number',
  sealed: Buffer | undefined,
): Promise<string | undefined> {
  return sealed === undefined ? undefined : platform.cipher.open(tx, person, cell(column, person), sealed)
}

/** A person's whole name, for a paper that is handed to that person alone; undefined where none is on record. */
export async function openName(platform: Platform, tx: Tx, person: string): Promise<string | undefined> {
  const found = await people.findPerson(tx, person)
  return found && openField(platform, tx, person, 'name', found.nameSealed)
}

/**
 * Puts a person on record, with residence, verification and staff account as given. Refuses phone-taken and account-taken (409),
 * not-a-community. Event identity.createPerson.
 */
export async function createPerson(act: Act, fresh: NewPerson): Promise<Ruling<Id<'person'>>> {
  const { residence } = fresh
  const place = residence === undefined ? undefined : liveIn(residence)
  if (place?.ok === false) return place
  const id = act.newId<'person'>(jurisdictionOf(asDivision((residence ?? wholeProvince).slice(0, 2))))
  const person = await draftPerson(act, fresh, id)
  const lives = residence === undefined ? undefined : { id: act.newId(jurisdictionOf(residence)), division: residence }
  if (!(await people.insertPerson(act.tx, person, act.now, lives)))
    return refuse(fresh.account === undefined ? 'phone-taken' : 'account-taken')
  if (residence !== undefined && person.verifiedUntil !== undefined) {
    const by = fresh.verifiedBy ?? (act.actor.kind === 'person' ? act.actor.personId : 'system')
    const verification = {
      id: act.newId(jurisdictionOf(residence)),
      person: id,
      division: residence,
      by,
      at: act.now,
      until: person.verifiedUntil,
    }
    await people.insertVerification(act.tx, verification)
  }
  if (fresh.account !== undefined) {
    const totpSealed = fresh.totpSecret === undefined ? undefined : await sealTotp(act, id, fresh.totpSecret)
    const passwordHash = fresh.password === undefined ? undefined : await hashPassword(fresh.password)
    const enrolment = { enrolmentHash: fresh.enrolment?.hash, enrolmentUntil: fresh.enrolment?.until }
    await saveCredential(act.tx, id, { passwordHash, totpSealed, ...enrolment }, act.platform.clock.real())
  }
  act.record({
    name: 'identity.createPerson',
    of: { kind: 'person', id },
    division: residence ?? provinceOf(id),
    state: { to: person.state },
    data: { staff: fresh.account !== undefined, verified: person.state === 'verified' },
  })
  return allow(id)
}

/**
 * Opens a session for the demo, tests and one sign-on and answers its token, for the cookie only: of staff when the person holds a role in
 * force, in `assignment` or the first one. `secondFactor`: it counts as just confirmed. Writes no event.
 */
export async function openSession(
  act: Act,
  person: Id<'person'>,
  opening: { device?: string; secondFactor?: boolean; kind?: SessionKind; assignment?: string } = {},
): Promise<Ruling<string>> {
  return allow((await startSession(act, { person, ...opening })).token)
}

/** Seals a TOTP secret under its owner's key. */
export function sealTotp(act: Act, person: string, secret: string): Promise<Buffer> {
  return act.platform.cipher.seal(act.tx, person, { table: 'identity.credential', column: 'totp', row: person }, secret)
}

/** Opens a sealed TOTP secret. */
export function openTotp(platform: Platform, tx: Tx, person: string, sealed: Buffer): Promise<string | undefined> {
  return platform.cipher.open(tx, person, { table: 'identity.credential', column: 'totp', row: person }, sealed)
}

/** The demo only: the second-factor code that this person's authenticator shows now. */
export async function demoSecondFactorCode(platform: Platform, person: string): Promise<string | undefined> {
  if (!platform.demo) return undefined
  const credential = await findCredential(platform.database.reader, person)
  if (credential?.totpSealed === undefined) return undefined
  const secret = await openTotp(platform, platform.database.reader, person, credential.totpSealed)
  // A code works once: the next step's, which is accepted too, is shown after this one was used.
  const step = Math.max(totpStep(platform.clock.real()), credential.totpStep + 1)
  return secret === undefined ? undefined : totpCode(secret, step)
}

export type NewAssignment = Omit<RoleGift, 'from'> & {
  readonly from?: PlainDate
  readonly organizationName?: string
  readonly givenBy?: Id<'person'>
}

/**
 * Gives a role, once the giver was judged: level, organization, term and administrators apart are checked here, the giver's right is not.
 * Refuses as soundGift and already-given. Event identity.giveAssignment.
 */
export async function assign(act: Act, gift: NewAssignment): Promise<Ruling<Id<'assignment'>>> {
  const day = today(act.now)
  const whole: RoleGift = { ...gift, from: gift.from ?? day }
  const held = await assignments.listAssignmentsGiven(act.tx, gift.person, day)
  const sound = soundGift(
    whole,
    held.map((assignment) => assignment.role),
  )
  if (!sound.ok) return sound
  const id = act.newId<'assignment'>(jurisdictionOf(gift.division))
  const inserted = await assignments.insertAssignment(act.tx, {
    id,
    person: gift.person,
    role: gift.role,
    division: gift.division,
    organization: gift.organization,
    organizationName: gift.organizationName,
    department: gift.department,
    from: whole.from,
    until: whole.until,
    state: 'given',
    version: 1,
    givenBy: gift.givenBy,
    createdAt: act.now,
  })
  if (!inserted) return refuse('already-given', { role: gift.role })
  act.record({
    name: 'identity.giveAssignment',
    of: { kind: 'assignment', id },
    division: gift.division,
    state: { to: 'given' },
    organization: gift.organization,
    links: [{ kind: 'person', id: gift.person }],
    data: {
      person: gift.person,
      role: gift.role,
      from: whole.from,
      until: whole.until ?? null,
      department: gift.department ?? null,
    },
  })
  return allow(id)
}

/**
 * A resident for whom somebody at the counter acts: the person with this number, else a new one. A known person who lives in another
 * community keeps its residence (refused: lives-elsewhere); one without residence gets it.
 */
export async function registerResidentOnBehalf(
  act: Act,
  given: { name: string; phone: string; division: DivisionCode },
): Promise<Ruling<Id<'person'>>> {
  const known = await people.findPersonByPhone(act.tx, act.platform.cipher.blind('phone', given.phone))
  if (known === undefined) return createPerson(act, { name: given.name, phone: given.phone, residence: given.division })
  if (known.residence !== undefined && known.residence !== given.division) return refuse('lives-elsewhere')
  if (known.residence === undefined) {
    const lives = liveIn(given.division)
    if (!lives.ok) return lives
    await people.insertResidence(
      act.tx,
      known.id,
      { id: act.newId(jurisdictionOf(given.division)), division: given.division, state: known.state },
      act.now,
    )
    act.record({
      name: 'identity.setResidence',
      of: { kind: 'person', id: known.id },
      division: given.division,
      data: { onBehalf: true },
    })
  }
  return allow(known.id)
}

/** The person with a mobile number, wherever they live. */
export async function findPersonByNumber(act: Act, phone: string): Promise<Id<'person'> | undefined> {
  return (await people.findPersonByPhone(act.tx, act.platform.cipher.blind('phone', phone)))?.id
}

/** Who has which of these mobile numbers, and where they live; numbers of nobody are left out. One statement. */
export async function listNumberHolders(
  platform: Platform,
  tx: Tx,
  phones: readonly string[],
): Promise<Map<string, { readonly id: Id<'person'>; readonly residence?: DivisionCode }>> {
  const byBlind = new Map(phones.map((phone) => [platform.cipher.blind('phone', phone), phone]))
  const holders = await listPersonsByPhone(tx, [...byBlind.keys()])
  return new Map(holders.map(({ blind, id, residence }) => [byBlind.get(blind) ?? '', { id, residence }]))
}

/**
 * registerResidentOnBehalf for a whole list, in a fixed number of statements: whoever is unknown is put on record, who has no residence gets this
 * one. Answers the persons by number; those who live in another community are left out and keep their residence.
 */
export async function registerResidentsOnBehalf(
  act: Act,
  given: { readonly division: DivisionCode; readonly people: readonly { name: string; phone: string }[] },
): Promise<Ruling<Map<string, Id<'person'>>>> {
  const place = liveIn(given.division)
  if (!place.ok) return place
  return allow(await registerMany(act, given.division, given.people))
}

/** What each role may do: compose gathers it from the domains' permission tables. */
type RolePermissions = ReadonlyMap<Role, ReadonlySet<string>>

type SessionReader = { read(cookieToken: string): Promise<PersonActor | undefined> }

function isRole(role: string): role is Role {
  return Object.hasOwn(roles, role)
}

const nothing: ReadonlySet<string> = new Set()

function grantsOf(row: SessionRow, permissions: RolePermissions): Grant[] {
  const own: Grant = {
    role: 'resident',
    reach: 'self',
    permissions: permissions.get('resident') ?? nothing,
    division: row.residence ?? provinceOf(row.person),
  }
  if (row.assignment === null || row.role === null || row.division === null || !isRole(row.role)) return [own]
  const { role } = row
  // A role at a merged division reaches the records that were born under the codes it took over.
  return [
    ...withPredecessors(row.division).map(
      (division): Grant => ({
        role,
        reach: roles[role].reach,
        permissions: permissions.get(role) ?? nothing,
        division,
        assignmentId: row.assignment ?? undefined,
        organizationId: row.organization ?? undefined,
        departmentId: row.department ?? undefined,
        delegatedFrom: row.delegated_person ?? undefined,
      }),
    ),
    own,
  ]
}

/**
 * The reader of session cookies: one join per request. Undefined for an unknown, ended, idled-out or over-age token. The resident's own
 * grant is always there; of a member of staff's roles only the session's current one counts, and only while it (and, delegated, its
 * giver's own) is in force.
 */
export function makeSessionReader(database: Database, permissions: RolePermissions, clock: Clock): SessionReader {
  return {
    async read(cookieToken) {
      const [real, now] = [clock.real(), clock.now()]
      const row = await readSession(database.reader, tokenHash(cookieToken), real, now, today(now))
      if (row === undefined) return undefined
      if (real - Date.parse(row.seen_at) > touchMs) await touchSession(database.reader, row.id, real)
      return {
        kind: 'person',
        personId: row.person,
        sessionId: row.id,
        verified: row.verified,
        adult: row.adult,
        residence: row.residence ?? undefined,
        grants: grantsOf(row, permissions),
        secondFactorAt: row.second_factor_at === null ? undefined : Date.parse(row.second_factor_at),
      }
    },
  }
}

/** The demo only: the last one-time codes sent to a number, newest first (GET /api/demo/inbox?phone=). */
export function demoInbox(platform: Platform, phone: string): readonly DemoMessage[] {
  return platform.demo ? messagesTo(platform, phone) : []
}

/** Registered adults of a community by age, and how many of each of some sets of persons are among them. A job's: it walks all residents. */
export const countAdultsByAge = (platform: Platform, tx: Tx, of: ages.AgesOf): Promise<ages.AdultCounts> =>
  ages.countAdultsByAge(tx, of, (person, sealed) => openField(platform, tx, person, 'birth', sealed))

/** Children (younger than `under` on the day) among some persons, each with the family members on record who may act for them. At most three statements. */
export const listGuardians = (
  platform: Platform,
  tx: Tx,
  of: { readonly persons: readonly string[]; readonly day: PlainDate; readonly under: number },
): Promise<Map<string, string[]>> =>
  guardiansOf(tx, of, (person, sealed) => openField(platform, tx, person, 'birth', sealed))
