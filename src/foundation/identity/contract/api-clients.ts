// Outside programs that raise needs with a key of their own (Open311): registering them, changing the key, shutting them out.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { actionView } from '../../../kit/record-view.ts'

const apiClientId = idOf('api-client')

export const apiClientStates = ['active', 'disabled'] as const
export type ApiClientState = (typeof apiClientStates)[number]

const clientParams = z.object({ id: apiClientId })
const clientRow = z.object({
  id: z.string(),
  name: z.string(),
  operator: z.string(),
  division: z.string(),
  divisionName: z.string(),
  state: z.enum(apiClientStates),
  createdAt: z.string(),
  version: z.number().int(),
})
const changed = z.object({ id: z.string(), version: z.number().int(), state: z.enum(apiClientStates) })
/** The key stands in this one answer and nowhere else. */
const withKey = changed.extend({ key: z.string() })

export const listApiClients = endpoint({
  name: 'listApiClients',
  method: 'GET',
  path: '/api-clients',
  access: 'identity.register-client',
  refusals: [],
  query: listQuery(['newest'], { division: divisionCode.optional(), state: z.enum(apiClientStates).optional() }),
  output: pageOf(clientRow),
  summary: 'Outside programs that raise needs with a key.',
})
export const getApiClient = endpoint({
  name: 'getApiClient',
  method: 'GET',
  path: '/api-clients/:id',
  access: 'identity.register-client',
  params: clientParams,
  refusals: [],
  output: clientRow.extend({ registeredBy: z.string(), actions: z.array(actionView) }),
  summary: 'One outside program, with what may be done.',
})
export const registerApiClient = endpoint({
  name: 'registerApiClient',
  method: 'POST',
  path: '/api-clients',
  access: 'identity.register-client',
  secondFactor: true,
  body: z.object({
    name: z.string().trim().min(2).max(60),
    operator: z.string().trim().min(2).max(60),
    division: divisionCode,
  }),
  output: withKey,
  refusals: ['second-factor-needed', 'client-below-county'],
  summary: 'Registers an outside program for a place; the answer shows its key once.',
})
export const rotateApiKey = endpoint({
  name: 'rotateApiKey',
  method: 'POST',
  path: '/api-clients/:id/rotate-key',
  access: 'identity.register-client',
  secondFactor: true,
  params: clientParams,
  output: withKey,
  refusals: ['second-factor-needed'],
  summary: 'Gives an outside program a new key, shown once; the former one is void at once.',
})
export const disableApiClient = endpoint({
  name: 'disableApiClient',
  method: 'POST',
  path: '/api-clients/:id/disable',
  access: 'identity.register-client',
  params: clientParams,
  refusals: [],
  output: changed,
  summary: 'Shuts an outside program out: its key raises nothing any more.',
})
