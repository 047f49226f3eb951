// Needs: Open311 GeoReport v2: the services, raising a need with a program's key, and what everybody may read of it afterwards.
import { randomUUID } from 'node:crypto'
import { allDivisions, areaAround, divisionName, findDivision } from '../../../foundation/divisions/public.ts'
import { createPerson, findPersonByNumber } from '../../../foundation/identity/public.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type DivisionCode, type Id, jurisdictionOf } from '../../../kit/id.ts'
import { allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action, type Ask, question } from '../../../platform/action.ts'
import type { Language } from '../../../platform/words.ts'
import * as contract from '../contract/open311.ts'
import { categoryCodes, type CategoryCode } from '../contract/taxonomy.ts'
import * as rules from '../rules/open311.ts'
import { checkContent } from '../rules/resident.ts'
import * as store from '../store/open311.ts'
import { raise } from './raise.ts'
import { tellPersons } from './recording.ts'

type Speaker = { readonly platform: Ask['platform']; readonly language: string }

function say({ platform, language }: Speaker, key: string, values?: Record<string, string | number>): string {
  return platform.words.say(language as Language, 'needs', key, values)
}

const categoryName = (speaker: Speaker, code: string) => say(speaker, `categories.${code}`)

/** A county, township or community in force: what a jurisdiction_id may be. */
function jurisdictionNamed(code: string): Ruling<DivisionCode> {
  const node = [6, 9, 12].includes(code.length) ? findDivision(code) : undefined
  return node === undefined || node.validTo !== null
    ? refuse('jurisdiction-unknown', {}, { kind: 'absent' })
    : allow(node.code as DivisionCode)
}

/** The communities in force of a jurisdiction. */
function communitiesOf(place: DivisionCode): rules.Community[] {
  return [...allDivisions()].filter(
    ({ code, validTo }) => code.length === 12 && validTo === null && code.startsWith(place),
  )
}

function serviceOf(speaker: Speaker, code: CategoryCode) {
  const name = categoryName(speaker, code)
  const group = categoryName(speaker, code.slice(0, 2))
  const kinds = categoryCodes.filter((kind) => kind.length === 4 && kind.startsWith(code))
  const words = code.length === 2 ? kinds.map((kind) => categoryName(speaker, kind)) : [name, group]
  return {
    service_code: code,
    service_name: name,
    description: say(speaker, 'open311.service', { group, name }),
    metadata: false,
    type: 'batch' as const,
    keywords: [...new Set([name, ...words])].join(', '),
    group,
  }
}

export const listServices = question(contract.listServices, async (ask, { query }) => {
  const place = jurisdictionNamed(query.jurisdiction_id)
  return place.ok ? allow({ services: categoryCodes.map((code) => serviceOf(ask, code)) }) : place
})

export const getService = question(contract.getService, async (_ask, { params, query }) => {
  const place = jurisdictionNamed(query.jurisdiction_id)
  if (!place.ok) return place
  return rules.isService(params.code)
    ? allow({ service_code: params.code, attributes: [] })
    : refuse('service-unknown', {}, { kind: 'absent' })
})

/**
 * Whose need it is (docs/decisions/0015-open311.md): the person with the mobile number, made unverified and without a residence when unknown; without
 * a number the program's own account. Known and unknown numbers answer alike: a key is no means to find out who lives here.
 */
async function residentOf(act: Act, requested: rules.Requested, me: Id<'person'>): Promise<Ruling<Id<'person'>>> {
  if (requested.resident === undefined) return allow(me)
  const known = await findPersonByNumber(act, requested.resident.phone)
  return known === undefined ? createPerson(act, requested.resident) : allow(known)
}

export const requestService = action(contract.requestService, async (act, { body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const me = act.actor.personId
  const place = jurisdictionNamed(body.jurisdiction_id)
  if (!place.ok) return place
  const division = place.value
  const ruling = await act.judge({ reach: { division } }, (): Ruling<rules.Requested & { division: DivisionCode }> => {
    const requested = rules.requestedNeed(body, categoryName(act, body.service_code))
    if (!requested.ok) return requested
    const community = rules.communityOf(
      { jurisdiction: division, addressId: body.address_id, address: body.address_string },
      communitiesOf(division),
    )
    if (!community.ok) return community
    const fault = checkContent(
      { ...requested.value, division: community.value, visibility: 'public' },
      areaAround(community.value),
    )
    return fault === undefined
      ? allow({ ...requested.value, division: community.value })
      : rules.inSpecifiedNames(fault)
  })
  if (!ruling.ok) return ruling
  const resident = await residentOf(act, ruling.value, me)
  if (!resident.ok) return resident
  const need = await raise(
    act,
    {
      text: ruling.value.text,
      place: ruling.value.place,
      point: ruling.value.point,
      category: ruling.value.category,
      division: ruling.value.division,
      forWhom: 'self',
      urgency: 'normal',
      visibility: 'public',
      files: [],
    },
    { resident: resident.value, submittedBy: resident.value === me ? undefined : me, source: 'open311' },
  )
  if (!need.ok) return need
  // Random and not the need's id: who reads the board cannot find out which client raised what.
  const token = `${jurisdictionOf(need.value.division)}-${randomUUID()}`
  await store.insertToken(act.tx, token, need.value.id, act.now)
  tellPersons(act, need.value, [resident.value], 'raised-by-program')
  return allow({
    token,
    service_notice: say(act, 'open311.notice', { due: need.value.dueAt?.slice(0, 10) ?? '' }),
    account_id: null,
  })
})

const tokenPattern = /^\d{6}-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const getRequestOfToken = question(contract.getRequestOfToken, async (ask, { params, query }) => {
  const place = jurisdictionNamed(query.jurisdiction_id)
  if (!place.ok) return place
  const own = tokenPattern.test(params.token) && params.token.startsWith(jurisdictionOf(place.value))
  const need = own ? await store.findNeedOfToken(ask.tx, params.token) : undefined
  return need === undefined
    ? refuse('token-unknown', {}, { kind: 'absent' })
    : allow({ service_request_id: need, token: params.token })
})

function notesOf(ask: Ask, row: store.RequestRow): string {
  if (row.state === 'merged') return say(ask, 'open311.merged', { id: row.mergedInto ?? '' })
  const state = say(ask, `states.${row.state}`)
  const more =
    row.declineReason !== undefined && row.state === 'declined'
      ? say(ask, `declineReasons.${row.declineReason}`)
      : row.answer
  return more === undefined ? state : `${state}\uff1a${more}`
}

function viewOf(ask: Ask, row: store.RequestRow): OutputOf<typeof contract.getServiceRequest> {
  const codes = [12, 9, 6].map((length) => row.division.slice(0, length))
  const status = rules.statusOf(row.state) ?? 'closed'
  return {
    service_request_id: row.id,
    status,
    status_notes: notesOf(ask, row),
    service_name: categoryName(ask, row.category),
    service_code: row.category,
    description: row.text ?? null,
    agency_responsible: divisionName(row.division) ?? null,
    service_notice: null,
    requested_datetime: row.submittedAt,
    updated_datetime: rules.updatedAt(row.state, row.history, row.updatedAt),
    expected_datetime: status === 'open' ? (row.dueAt ?? null) : null,
    address: rules.addressOf(
      row.place,
      codes.flatMap((code) => divisionName(code) ?? []),
    ),
    address_id: row.division,
    zipcode: null,
    lat: row.point?.lat ?? null,
    long: row.point?.long ?? null,
    media_url: null,
  }
}

export const listServiceRequests = question(contract.listServiceRequests, async (ask, { query }) => {
  const place = jurisdictionNamed(query.jurisdiction_id)
  if (!place.ok) return place
  const filter = rules.filterOf(query, ask.now)
  if (!filter.ok) return filter
  const rows =
    filter.value.by === 'ids'
      ? await store.listRequestsById(ask.tx, place.value, filter.value.ids, rules.shownStates)
      : await store.listRequests(ask.tx, { ...filter.value, place: place.value })
  return allow({ requests: rows.map((row) => viewOf(ask, row)) })
})

export const getServiceRequest = question(contract.getServiceRequest, async (ask, { params, query }) => {
  const place = jurisdictionNamed(query.jurisdiction_id)
  if (!place.ok) return place
  const filter = rules.filterOf({ service_request_id: params.id }, ask.now)
  const ids = filter.ok && filter.value.by === 'ids' ? filter.value.ids : []
  const [row] = await store.listRequestsById(ask.tx, place.value, ids, rules.shownStates)
  return row === undefined ? refuse('request-unknown', {}, { kind: 'absent' }) : allow(viewOf(ask, row))
})
