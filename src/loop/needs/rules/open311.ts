// Needs: how a need and a request of Open311 GeoReport v2 stand for each other. Pure.
import { isPhone, plainPhone } from '../../../kit/chinese-ids.ts'
import type { DivisionCode } from '../../../kit/id.ts'
import { addDays, type Instant, isAfter, parseInstant } from '../../../kit/instant.ts'
import type { Point } from '../../../kit/point.ts'
import { allow, type FieldFault, invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import { boardStates, type NeedState } from '../contract.ts'
import { longestSpanDays, mostRequests } from '../contract/open311.ts'
import { categoryCodes, type CategoryCode } from '../contract/taxonomy.ts'

export type RequestStatus = 'open' | 'closed'

/**
 * Open until somebody may say that it is over: an answer still awaits the resident's verdict; a declined need, and one that was merged into
 * another, are over for whoever asks by their id.
 */
export const statusOfState = {
  submitted: 'open',
  accepted: 'open',
  responding: 'open',
  answered: 'open',
  closed: 'closed',
  declined: 'closed',
  merged: 'closed',
} as const satisfies Partial<Record<NeedState, RequestStatus>>

/** States in which an open need is shown to whoever names its id: drafts and withdrawn ones never. */
export const shownStates = Object.keys(statusOfState) as (keyof typeof statusOfState)[]

/** The status of a shown state; undefined for drafts and withdrawn needs. */
export function statusOf(state: NeedState): RequestStatus | undefined {
  return state in statusOfState ? statusOfState[state as keyof typeof statusOfState] : undefined
}

const categories: ReadonlySet<string> = new Set(categoryCodes)

/** Whether a service code is a category of needs. */
export function isService(code: string): code is CategoryCode {
  return categories.has(code)
}

/** The values of a comma-delimited argument. */
function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

export type Asked = {
  readonly service_request_id?: string
  readonly service_code?: string
  readonly start_date?: string
  readonly end_date?: string
  readonly status?: string
}

export type RequestFilter =
  | { readonly by: 'ids'; readonly ids: readonly string[] }
  | {
      readonly by: 'time'
      readonly from: Instant
      readonly to: Instant
      readonly states: readonly NeedState[]
      readonly categories?: readonly string[]
    }

const needIdPattern = /^\d{6}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A '+' of an offset arrives as a blank where the client did not encode it. */
function momentOf(text: string): Instant | undefined {
  return parseInstant(text.replace(/ (\d{2}:?\d{2})$/, '+$1'))
}

/**
 * What a query asks for. Ids override everything else; without dates the last 90 days; with one date 90 days from or up to it; a status that is
 * not there, a date without an offset and a span over 90 days are faults of their fields.
 */
export function filterOf(asked: Asked, now: Instant): Ruling<RequestFilter> {
  const ids = listOf(asked.service_request_id)
  if (ids.length > mostRequests)
    return invalid([{ path: 'query.service_request_id', code: 'too-many', params: { most: mostRequests } }])
  if (ids.length > 0) return allow({ by: 'ids', ids: [...new Set(ids.filter((id) => needIdPattern.test(id)))] })
  const faults: FieldFault[] = []
  const moment = (name: 'start_date' | 'end_date') => {
    const text = asked[name]
    const found = text === undefined ? undefined : momentOf(text)
    if (text !== undefined && found === undefined) faults.push({ path: `query.${name}`, code: 'not-a-moment' })
    return found
  }
  const start = moment('start_date')
  const end = moment('end_date')
  const statuses = listOf(asked.status)
  if (statuses.some((status) => status !== 'open' && status !== 'closed'))
    faults.push({ path: 'query.status', code: 'not-a-status' })
  const to = end ?? (start === undefined ? now : addDays(start, longestSpanDays))
  const from = start ?? addDays(to, -longestSpanDays)
  if (isAfter(from, to)) faults.push({ path: 'query.end_date', code: 'span-backwards' })
  else if (isAfter(to, addDays(from, longestSpanDays)))
    faults.push({ path: 'query.end_date', code: 'span-too-long', params: { days: longestSpanDays } })
  if (faults.length > 0) return invalid(faults)
  const codes = listOf(asked.service_code)
  return allow({
    by: 'time',
    from,
    to,
    // As on the board: who was declined is found by the id, not by browsing.
    states: boardStates.filter((state) => statuses.length === 0 || statuses.includes(statusOfState[state])),
    categories: codes.length === 0 ? undefined : codes,
  })
}

export type Community = { readonly code: string; readonly name: string }

export type Placed = {
  readonly jurisdiction: DivisionCode
  readonly addressId?: string
  readonly address?: string
}

/**
 * The community of a request: the jurisdiction itself where it is one, else the community that address_id names, else the one whose name stands
 * in the address, when no other one's does. `communities`: those of the jurisdiction, in force. Refuses per field:
 * address-elsewhere, community-unclear.
 */
export function communityOf(placed: Placed, communities: readonly Community[]): Ruling<DivisionCode> {
  const { jurisdiction, addressId, address = '' } = placed
  if (addressId !== undefined) {
    const named = communities.find(({ code }) => code === addressId.slice(0, 12))
    return named === undefined
      ? invalid([{ path: 'body.address_id', code: 'address-elsewhere' }])
      : allow(named.code as DivisionCode)
  }
  if (jurisdiction.length === 12) return allow(jurisdiction)
  const named = communities.filter(({ name }) => name.length >= 3 && address.includes(name))
  // 桃花坞社区 stands within 新桃花坞社区 and is not named by it.
  const [only, ...others] = named.filter(
    (one) => !named.some((other) => other.name !== one.name && other.name.includes(one.name)),
  )
  return only === undefined || others.length > 0
    ? invalid([{ path: address === '' ? 'body.address_id' : 'body.address_string', code: 'community-unclear' }])
    : allow(only.code as DivisionCode)
}

export type RequestForm = {
  readonly service_code: string
  readonly lat?: number
  readonly long?: number
  readonly address_string?: string
  readonly address_id?: string
  readonly first_name?: string
  readonly last_name?: string
  readonly phone?: string
  readonly description?: string
}

export type Requested = {
  readonly category: CategoryCode
  readonly text: string
  readonly place?: string
  readonly point?: Point
  /** Whom the need is raised for; without a mobile number nobody is known. */
  readonly resident?: { readonly name: string; readonly phone: string }
}

/** Longest place of a need. */
const longestPlace = 60
const shortestText = 4

/**
 * A request as a need is written: family name before given name, coordinates as its point, the service's name where the description says
 * nothing. Refuses service-unknown (404), and per field location-missing and not-a-mobile-number.
 */
export function requestedNeed(form: RequestForm, serviceName: string): Ruling<Requested> {
  if (!isService(form.service_code)) return refuse('service-unknown', {}, { kind: 'absent' })
  const faults: FieldFault[] = []
  const point = form.lat === undefined || form.long === undefined ? undefined : { lat: form.lat, long: form.long }
  if (point === undefined && form.address_string === undefined && form.address_id === undefined)
    faults.push({ path: 'body.address_string', code: 'location-missing' })
  const phone = form.phone === undefined ? undefined : plainPhone(form.phone)
  if (phone !== undefined && !isPhone(phone)) faults.push({ path: 'body.phone', code: 'not-a-mobile-number' })
  if (faults.length > 0) return invalid(faults)
  const address = form.address_string
  const long = address !== undefined && address.length > longestPlace
  const place = long ? address.slice(0, longestPlace) : address
  const said = form.description ?? ''
  const text = said.length >= shortestText ? said : [serviceName, said].filter((part) => part !== '').join(' ')
  return allow({
    category: form.service_code,
    text: long ? `${text}\n${address}` : text,
    place,
    point,
    resident: phone === undefined ? undefined : { name: `${form.last_name ?? ''}${form.first_name ?? ''}`, phone },
  })
}

const specifiedNames: Readonly<Record<string, string>> = {
  'body.text': 'body.description',
  'body.place': 'body.address_string',
  'body.point': 'body.lat',
  'body.division': 'body.jurisdiction_id',
}

/** Faults of a need's fields under the names that the client sent them by. */
export function inSpecifiedNames(refusal: Refusal<'invalid-input'>): Refusal<'invalid-input'> {
  return {
    ...refusal,
    fields: refusal.fields?.map((field) => ({ ...field, path: specifiedNames[field.path] ?? field.path })),
  }
}

/** When a request last changed: when it was closed, for closed ones; else as the row says. */
export function updatedAt(
  state: NeedState,
  history: readonly { readonly state: NeedState; readonly at: Instant }[],
  saved: Instant,
): Instant {
  const closing = statusOf(state) === 'closed' ? history.findLast((step) => step.state === state)?.at : undefined
  return closing ?? saved
}

/** From most specific to most general, as the specification asks: place, community, township, county. */
export function addressOf(place: string | undefined, names: readonly string[]): string {
  return [...(place === undefined ? [] : [place]), ...names].join('\uff0c')
}
