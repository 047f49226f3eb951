// Open311 GeoReport v2 over needs: field names, shapes and limits of the specification. Served outside /api (app/routes/open311.ts).
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'

/** Held by no role: the key of a registered outside program carries it. */
export const requestServicePermission = 'needs.requestService'

/** Requests of one answer at most, and the longest span of days that one query may ask for (GET Service Requests, Response Volume). */
export const mostRequests = 1000
export const longestSpanDays = 90

/** Control characters other than tab and line ends: no database and no XML carries all of them. */
const controls = /[^\P{Cc}\t\r\n]/gu

/** An empty value counts as none (the specification's Optional Arguments); a name that is given twice counts once, the last. */
const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .optional()
    .transform((text) => text?.replaceAll(controls, '') || undefined)
const degrees = (limit: number) =>
  z
    .string()
    .trim()
    .regex(/^$|^-?\d{1,3}(\.\d{1,15})?$/)
    .refine((text) => Math.abs(Number(text)) <= limit)
    .optional()
    .transform((text) => (text === undefined || text === '' ? undefined : Number(text)))

const jurisdiction = { jurisdiction_id: z.string().trim().min(1).max(100) }

/** A service is a category of needs, a group the class that it stands in. */
const service = z.object({
  service_code: z.string(),
  service_name: z.string(),
  description: z.string(),
  metadata: z.boolean(),
  type: z.enum(['realtime', 'batch', 'blackbox']),
  keywords: z.string(),
  group: z.string(),
})

/** What everybody may read of a need, under the specification's names; null where we give nothing out. */
const serviceRequest = z.object({
  service_request_id: z.string(),
  status: z.enum(['open', 'closed']),
  status_notes: z.string().nullable(),
  service_name: z.string(),
  service_code: z.string(),
  description: z.string().nullable(),
  agency_responsible: z.string().nullable(),
  service_notice: z.string().nullable(),
  requested_datetime: z.string(),
  updated_datetime: z.string(),
  expected_datetime: z.string().nullable(),
  address: z.string().nullable(),
  address_id: z.string().nullable(),
  zipcode: z.string().nullable(),
  lat: z.number().nullable(),
  long: z.number().nullable(),
  media_url: z.string().nullable(),
})

export const listServices = endpoint({
  name: 'listServices',
  method: 'GET',
  path: '/open311/v2/services',
  access: 'public',
  query: z.object(jurisdiction),
  output: z.object({ services: z.array(service) }),
  refusals: ['jurisdiction-unknown'],
  summary: 'Open311: the categories of needs as services.',
})

export const getService = endpoint({
  name: 'getService',
  method: 'GET',
  path: '/open311/v2/services/:code',
  access: 'public',
  params: z.object({ code: z.string().max(20) }),
  query: z.object(jurisdiction),
  // No category asks questions of its own: a definition has no attributes.
  output: z.object({ service_code: z.string(), attributes: z.array(z.never()) }),
  refusals: ['jurisdiction-unknown', 'service-unknown'],
  summary: 'Open311: the definition of one service.',
})

export const requestService = endpoint({
  name: 'requestService',
  method: 'POST',
  path: '/open311/v2/requests',
  access: requestServicePermission,
  body: z.object({
    ...jurisdiction,
    service_code: z.string().trim().min(1).max(20),
    lat: degrees(90),
    long: degrees(180),
    address_string: optional(500),
    address_id: optional(40),
    first_name: optional(20),
    last_name: optional(20),
    phone: optional(30),
    description: optional(4000),
  }),
  output: z.object({ token: z.string(), service_notice: z.string(), account_id: z.null() }),
  refusals: [
    'jurisdiction-unknown',
    'service-unknown',
    'location-missing',
    'community-unclear',
    'address-elsewhere',
    'not-a-mobile-number',
  ],
  summary: 'Open311: an outside program raises a need.',
})

export const getRequestOfToken = endpoint({
  name: 'getRequestOfToken',
  method: 'GET',
  path: '/open311/v2/tokens/:token',
  access: 'public',
  params: z.object({ token: z.string().max(100) }),
  query: z.object(jurisdiction),
  output: z.object({ service_request_id: z.string(), token: z.string() }),
  refusals: ['jurisdiction-unknown', 'token-unknown'],
  summary: 'Open311: which request a token became.',
})

export const listServiceRequests = endpoint({
  name: 'listServiceRequests',
  method: 'GET',
  path: '/open311/v2/requests',
  access: 'public',
  query: z.object({
    ...jurisdiction,
    service_request_id: optional(50_000),
    service_code: optional(1000),
    start_date: optional(40),
    end_date: optional(40),
    status: optional(100),
  }),
  output: z.object({ requests: z.array(serviceRequest).max(mostRequests) }),
  refusals: ['jurisdiction-unknown', 'not-a-moment', 'span-too-long', 'span-backwards', 'not-a-status', 'too-many'],
  summary: 'Open311: open needs of a place, the newest first.',
})

export const getServiceRequest = endpoint({
  name: 'getServiceRequest',
  method: 'GET',
  path: '/open311/v2/requests/:id',
  access: 'public',
  params: z.object({ id: z.string().max(60) }),
  query: z.object(jurisdiction),
  output: serviceRequest,
  refusals: ['jurisdiction-unknown', 'request-unknown'],
  summary: 'Open311: one open need.',
})
