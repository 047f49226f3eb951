// What other domains may ask of the register of organizations.
import { type DivisionCode, type RecordRef, splitId } from '../../kit/id.ts'
import { isAfter, type PlainDate } from '../../kit/plain-date.ts'
import { absent, allow, type Ruling } from '../../kit/ruling.ts'
import type { Act } from '../../platform/action.ts'
import type { Tx } from '../../platform/database.ts'
import type { OrganizationId, OrganizationKind, OrganizationState, Rating } from './contract.ts'
import type { Organization } from './rules.ts'
import * as annexStore from './store/annexes.ts'
import * as organizationStore from './store/organizations.ts'

export type OrganizationCard = {
  readonly id: OrganizationId
  readonly name: string
  readonly uscc?: string
  readonly kind: OrganizationKind
  readonly state: OrganizationState
  readonly division: DivisionCode
  readonly rating?: Rating
  readonly abnormal: boolean
  readonly illegal: boolean
  readonly agency: boolean
  readonly categories: readonly string[]
}

function cardOf(organization: Organization): OrganizationCard {
  const { id, name, uscc, kind, state, division, rating, abnormal, illegal, agency, categories } = organization
  return { id, name, uscc, kind, state, division, rating, abnormal, illegal, agency, categories }
}

/** The card of an organization; throws when there is none: ids come from records. */
export async function getOrganization(tx: Tx, id: string): Promise<OrganizationCard> {
  const organization = await organizationStore.findOrganization(tx, id)
  if (organization === undefined) throw new Error('no such organization')
  return cardOf(organization)
}

/** Cards by id in one statement; unknown ids are left out. */
export async function listOrganizations(tx: Tx, ids: readonly string[]): Promise<Map<string, OrganizationCard>> {
  return new Map(
    (await organizationStore.listOrganizationsById(tx, ids)).map((organization) => [
      organization.id,
      cardOf(organization),
    ]),
  )
}

/** Persons who hold or held an office or founded it, by organization, in one statement: who is tied to a bidder. Organizations without any are left out. */
export async function listStaffPersons(tx: Tx, organizations: readonly string[]): Promise<Map<string, string[]>> {
  const persons = new Map<string, string[]>()
  for (const { organization, person } of await annexStore.listStaffOfMany(tx, organizations)) {
    persons.set(organization, [...(persons.get(organization) ?? []), person])
  }
  return persons
}

/** What tenders ask of a bidder, from the register and not from papers. A rating that ended is gone. */
export type Qualification = {
  /** Registered or filed. */
  readonly active: boolean
  readonly abnormal: boolean
  readonly illegal: boolean
  readonly rating?: Rating
  readonly categories: readonly string[]
  /** Employed social workers whose registration is in force. */
  readonly certificates: number
  /** On the day asked for, after an evaluation below the line. */
  readonly barred: boolean
}

function qualificationIn(it: Organization | undefined, day: PlainDate): Qualification {
  if (it === undefined)
    return { active: false, abnormal: false, illegal: false, categories: [], certificates: 0, barred: false }
  const { abnormal, illegal, rating, categories, certificates, ineligibleUntil } = it
  return {
    active: it.state === 'registered' || it.state === 'filed',
    abnormal,
    illegal,
    rating,
    categories,
    certificates,
    barred: ineligibleUntil !== undefined && !isAfter(day, ineligibleUntil),
  }
}

/** The qualification of an organization on a day; of an unknown id that of nobody (not active). */
export async function qualificationOf(tx: Tx, id: string, day: PlainDate): Promise<Qualification> {
  return qualificationIn(await organizationStore.findOrganization(tx, id), day)
}

/** The same of several organizations, in one statement. */
export async function listQualifications(
  tx: Tx,
  ids: readonly string[],
  day: PlainDate,
): Promise<Map<string, Qualification>> {
  const found = new Map((await organizationStore.listOrganizationsById(tx, ids)).map((it) => [it.id as string, it]))
  return new Map(ids.map((id) => [id, qualificationIn(found.get(id), day)]))
}

export type CreditEntry = {
  readonly organization: string
  /** `<domain>.<what>`, once per record. */
  readonly kind: string
  readonly points: number
  readonly of: RecordRef
  /** Public words; no personal data. */
  readonly words: string
}

/** Adds to the credit record; the same kind for the same record counts once. Refuses not-found. */
export async function addCreditEntry(act: Act, entry: CreditEntry): Promise<Ruling<void>> {
  const organization = await organizationStore.findOrganization(act.tx, entry.organization)
  if (organization === undefined) return absent()
  const isNew = await annexStore.insertCredit(
    act.tx,
    organization.id,
    act.newId<'credit-entry'>(splitId(organization.id).jurisdiction),
    entry,
    act.now,
  )
  if (isNew) {
    act.record({
      name: 'organizations.addCreditEntry',
      of: { kind: 'organization', id: organization.id },
      division: organization.division,
      organization: organization.id,
      data: { kind: entry.kind, points: entry.points, of: entry.of },
    })
  }
  return allow(undefined)
}

/** Written by evaluation: the organization takes on nothing new up to this day (inclusive). Refuses not-found. */
export async function putIneligible(
  act: Act,
  bar: { readonly organization: string; readonly until: PlainDate; readonly of: RecordRef },
): Promise<Ruling<void>> {
  const organization = await organizationStore.findOrganization(act.tx, bar.organization)
  if (organization === undefined) return absent()
  await organizationStore.saveIneligible(act.tx, organization.id, bar.until)
  act.record({
    name: 'organizations.putIneligible',
    of: { kind: 'organization', id: organization.id },
    division: organization.division,
    organization: organization.id,
    data: { until: bar.until, of: bar.of },
  })
  return allow(undefined)
}

/** Written by social-workers: how many of its registered workers the organization employs. */
export function putCertificates(act: Act, organization: string, certificates: number): Promise<void> {
  return organizationStore.saveCertificates(act.tx, organization, certificates)
}
