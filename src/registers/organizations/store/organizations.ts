// SQL of organizations themselves: point reads, saving, lists.
import type { Scopes } from '../../../kit/actor.ts'
import { isUscc, plainIdentifier } from '../../../kit/chinese-ids.ts'
import { asDivision, type DivisionCode, joinId, splitId } from '../../../kit/id.ts'
import { instant, type Instant } from '../../../kit/instant.ts'
import { type PlainDate, plainDateOf } from '../../../kit/plain-date.ts'
import { Conditions, under } from '../../../platform/conditions.ts'
import { readCursor } from '../../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { countUpToCap, paged } from '../../../platform/pages.ts'
import { recordFinder } from '../../../platform/search/record-finder.ts'
import { tsqueryText, tsvectorText } from '../../../platform/search/tokens.ts'
import {
  communityClasses,
  openStates,
  organizationKinds,
  type OrganizationKind,
  type OrganizationState,
  organizationStates,
  ratings,
  registrationLevels,
  registrations,
} from '../contract.ts'
import type { Organization } from '../rules.ts'
import type { OrganizationsOrganization } from '../tables.ts'
import { maybe, oneOf } from './rows.ts'

type Row = Omit<
  OrganizationsOrganization,
  'version' | 'abnormal' | 'illegal' | 'certificates' | 'found' | 'created_at' | 'updated_at' | 'history'
> & {
  version: number
  abnormal: boolean
  illegal: boolean
  certificates: number
  history: { state: OrganizationState; at: Instant }[]
}

const columns = `jurisdiction, id, division, authority, state, version, number_year, number_value, name, kind, registration, level, agency, community_class, uscc,
  categories, address, charter, opinion, reason, registered_on, rating, rating_until, abnormal, illegal, certificates, applicant, due, history`
/** As read: a new organization is not barred from anything. */
const selected = `${columns}, ineligible_until`

function organizationOf(row: Row): Organization {
  return {
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    authority: asDivision(row.authority),
    state: oneOf(organizationStates, row.state),
    version: row.version,
    number: { year: row.number_year, value: Number(row.number_value) },
    name: row.name,
    kind: oneOf(organizationKinds, row.kind),
    registration: oneOf(registrations, row.registration),
    level: maybe(row.level, (text) => oneOf(registrationLevels, text)),
    agency: row.agency,
    communityClass: maybe(row.community_class, (text) => oneOf(communityClasses, text)),
    uscc: maybe(row.uscc, (text) => (isUscc(text) ? text : undefined)),
    categories: row.categories,
    address: row.address ?? undefined,
    charter: row.charter,
    opinion: row.opinion ?? undefined,
    reason: row.reason ?? undefined,
    registeredOn: maybe(row.registered_on, plainDateOf),
    rating: maybe(row.rating, (text) => oneOf(ratings, text)),
    ratingUntil: maybe(row.rating_until, plainDateOf),
    abnormal: row.abnormal,
    illegal: row.illegal,
    certificates: row.certificates,
    ineligibleUntil: maybe(row.ineligible_until, plainDateOf),
    applicant: row.applicant,
    due: maybe(row.due, instant),
    history: row.history,
  }
}

const byId = `SELECT ${selected} FROM organizations.organization WHERE jurisdiction = $1 AND id = $2`

export async function findOrganization(tx: Tx, id: string): Promise<Organization | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<Row>(tx, byId, [jurisdiction, uuid])
  return row === undefined ? undefined : organizationOf(row)
}

export async function findOrganizationForUpdate(tx: Tx, id: string): Promise<Organization | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<Row>(tx, `${byId} FOR UPDATE`, [jurisdiction, uuid])
  return row === undefined ? undefined : organizationOf(row)
}

const byIds = `
SELECT ${selected.replaceAll(/(\w+)/g, 'o.$1')} FROM organizations.organization o
JOIN jsonb_to_recordset($1::jsonb) AS x(jurisdiction text, id uuid) ON o.jurisdiction = x.jurisdiction AND o.id = x.id`

/** Organizations by their ids in one statement; unknown ones are left out. */
export async function listOrganizationsById(tx: Tx, ids: readonly string[]): Promise<Organization[]> {
  if (ids.length === 0) return []
  const keys = ids.map((id) => ({ jurisdiction: splitId(id).jurisdiction, id: splitId(id).uuid }))
  return (await rowsOf<Row>(tx, byIds, [JSON.stringify(keys)])).map(organizationOf)
}

const insert = `
INSERT INTO organizations.organization (${columns}, found, created_at, updated_at)
VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29, to_tsvector('simple', $30), $31, $31)`

export async function insertOrganization(tx: Tx, it: Organization, now: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(it.id)
  await rowsOf(tx, insert, [
    jurisdiction,
    uuid,
    it.division,
    it.authority,
    it.state,
    it.version,
    it.number.year,
    it.number.value,
    it.name,
    it.kind,
    it.registration,
    it.level ?? null,
    it.agency,
    it.communityClass ?? null,
    it.uscc ?? null,
    [...it.categories],
    it.address ?? null,
    it.charter,
    it.opinion ?? null,
    it.reason ?? null,
    it.registeredOn ?? null,
    it.rating ?? null,
    it.ratingUntil ?? null,
    it.abnormal,
    it.illegal,
    it.certificates,
    it.applicant,
    it.due ?? null,
    JSON.stringify(it.history),
    tsvectorText(it.name),
    now,
  ])
}

const save = `
UPDATE organizations.organization SET state = $3, uscc = $4, categories = $5, address = $6, charter = $7, opinion = $8, reason = $9, registered_on = $10, rating = $11,
  rating_until = $12, abnormal = $13, illegal = $14, due = $15, history = $16, updated_at = $17, version = version + 1
WHERE jurisdiction = $1 AND id = $2 RETURNING version`

/** Saves what acts change; the version rises. Answers the new version. The row is locked already. */
export async function saveOrganization(tx: Tx, it: Organization, now: Instant): Promise<number> {
  const { jurisdiction, uuid } = splitId(it.id)
  const row = await rowOf<{ version: number }>(tx, save, [
    jurisdiction,
    uuid,
    it.state,
    it.uscc ?? null,
    [...it.categories],
    it.address ?? null,
    it.charter,
    it.opinion ?? null,
    it.reason ?? null,
    it.registeredOn ?? null,
    it.rating ?? null,
    it.ratingUntil ?? null,
    it.abnormal,
    it.illegal,
    it.due ?? null,
    JSON.stringify(it.history),
    now,
  ])
  if (row === undefined) throw new Error('no such organization')
  return row.version
}

/** The number of employed social workers in force, as social-workers counts it. */
export async function saveCertificates(tx: Tx, id: string, certificates: number): Promise<void> {
  const { jurisdiction, uuid } = splitId(id)
  await rowsOf(tx, 'UPDATE organizations.organization SET certificates = $3 WHERE jurisdiction = $1 AND id = $2', [
    jurisdiction,
    uuid,
    certificates,
  ])
}

/** Bars an organization up to a day; a later day that stands already stays. */
export async function saveIneligible(tx: Tx, id: string, until: PlainDate): Promise<void> {
  const { jurisdiction, uuid } = splitId(id)
  await rowsOf(
    tx,
    'UPDATE organizations.organization SET ineligible_until = greatest(ineligible_until, $3::date) WHERE jurisdiction = $1 AND id = $2',
    [jurisdiction, uuid, until],
  )
}

export type Filter = {
  readonly size: number
  readonly cursor?: string
  readonly sort: 'name' | '-id'
  readonly division?: DivisionCode
  readonly kind?: OrganizationKind
  readonly category?: string
  readonly state?: OrganizationState
  readonly agency?: boolean
  readonly q?: string
  /** Only these states, whatever is asked for. */
  readonly among?: readonly OrganizationState[]
  /** Only applications and records within these; the public register leaves it out. */
  readonly scopes?: Scopes
}

type Found = { rows: Organization[]; next?: string; count?: { n: number; capped: boolean } }

function conditionsOf(filter: Filter): Conditions {
  const conditions = new Conditions().add('true')
  const { scopes } = filter
  if (scopes !== undefined)
    conditions.anyOf([
      ...scopes.divisions.map((division) => under('o.authority', division)),
      ...(scopes.organizations.length === 0
        ? []
        : [['o.id = ANY(?::uuid[])', scopes.organizations.map((id) => splitId(id).uuid)] as const]),
      ...(scopes.personId === undefined ? [] : [['o.applicant = ?', scopes.personId] as const]),
    ])
  if (filter.among !== undefined) conditions.add('o.state = ANY(?)', [...filter.among])
  if (filter.division !== undefined) conditions.add(...under('o.division', filter.division))
  if (filter.kind !== undefined) conditions.add('o.kind = ?', filter.kind)
  if (filter.state !== undefined) conditions.add('o.state = ?', filter.state)
  if (filter.agency !== undefined) conditions.add('o.agency = ?', filter.agency)
  if (filter.category !== undefined) conditions.add('o.categories @> ?::text[]', [filter.category])
  if (filter.q !== undefined && filter.q !== '') {
    const code = plainIdentifier(filter.q)
    const words = tsqueryText(filter.q)
    if (isUscc(code)) conditions.add('o.uscc = ?', code)
    else if (words !== undefined) conditions.add("o.found @@ to_tsquery('simple', ?)", words)
  }
  return conditions
}

/** A page of organizations by name or the newest first. */
export async function listOrganizations(tx: Tx, filter: Filter): Promise<Found> {
  const conditions = conditionsOf(filter)
  const byName = filter.sort === 'name'
  const after = readCursor(filter.cursor, 2)
  if (after !== undefined && byName) conditions.add('(o.name, o.id) > (?, ?::uuid)', ...after)
  else if (after !== undefined) conditions.add('o.id < ?::uuid', after[1])
  const { where, next, values } = conditions
  const found = await rowsOf<Row>(
    tx,
    `SELECT ${selected} FROM organizations.organization o WHERE ${where} ORDER BY ${byName ? 'o.name, o.id' : 'o.id DESC'} LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  return {
    ...paged(found.map(organizationOf), filter.size, (last) => [last.name, splitId(last.id).uuid]),
    count:
      after === undefined ? await countUpToCap(tx, 'organizations.organization o', conditionsOf(filter)) : undefined,
  }
}

/** What stands in the public register everybody finds; applications their applicant and the authority. */
export const listFoundOrganizations = recordFinder({
  table: 'organizations.organization',
  words: 'r.found',
  open: `r.state IN (${openStates.map((state) => `'${state}'`).join(', ')})`,
  place: 'r.authority',
  organization: "(r.jurisdiction || '-' || r.id)",
  person: 'r.applicant',
})
