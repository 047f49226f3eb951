// One sign-on: registering the systems of departments that sign in here, and one's own accounts at an outside identity provider.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { actionView } from '../../../kit/record-view.ts'

const oidcClientId = idOf('oidc-client')

export const oidcClientStates = ['active', 'disabled'] as const
export type OidcClientState = (typeof oidcClientStates)[number]

/** How a system shows its secret at the token endpoint (OpenID Connect Core 9). */
const oidcAuthMethods = ['client_secret_basic', 'client_secret_post'] as const
export type OidcAuthMethod = (typeof oidcAuthMethods)[number]

/** What a system may ask for; `liandong` tells place and roles of whoever signs in. */
export const oidcScopes = ['openid', 'offline_access', 'profile', 'liandong'] as const

const clientParams = z.object({ id: oidcClientId })
const address = z.string().trim().min(1).max(500)
const clientRow = z.object({
  id: z.string(),
  name: z.string(),
  department: z.string(),
  division: z.string(),
  divisionName: z.string(),
  state: z.enum(oidcClientStates),
  createdAt: z.string(),
  secretAt: z.string(),
  version: z.number().int(),
})
/** The secret stands in this one answer and nowhere else. */
const withSecret = z.object({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(oidcClientStates),
  clientId: z.string(),
  secret: z.string(),
})

export const listOidcClients = endpoint({
  name: 'listOidcClients',
  method: 'GET',
  path: '/oidc-clients',
  access: 'identity.register-client',
  refusals: [],
  query: listQuery(['newest'], { division: divisionCode.optional(), state: z.enum(oidcClientStates).optional() }),
  output: pageOf(clientRow),
  summary: 'Systems that sign in here.',
})
export const getOidcClient = endpoint({
  name: 'getOidcClient',
  method: 'GET',
  path: '/oidc-clients/:id',
  access: 'identity.register-client',
  params: clientParams,
  refusals: [],
  output: clientRow.extend({
    redirectUris: z.array(z.string()),
    logoutUris: z.array(z.string()),
    authMethod: z.enum(oidcAuthMethods),
    registeredBy: z.string(),
    actions: z.array(actionView),
  }),
  summary: 'One system that signs in here, with what may be done.',
})
export const registerOidcClient = endpoint({
  name: 'registerOidcClient',
  method: 'POST',
  path: '/oidc-clients',
  access: 'identity.register-client',
  secondFactor: true,
  output: withSecret,
  body: z.object({
    name: z.string().trim().min(2).max(60),
    department: z.string().trim().min(2).max(60),
    division: divisionCode,
    redirectUris: z.array(address).min(1).max(5),
    logoutUris: z.array(address).max(5).default([]),
    authMethod: z.enum(oidcAuthMethods).default('client_secret_basic'),
  }),
  refusals: ['second-factor-needed', 'address-not-safe', 'addresses-of-several-hosts'],
  summary: 'Registers a system of a department; the answer shows its secret once.',
})
export const rotateOidcSecret = endpoint({
  name: 'rotateOidcSecret',
  method: 'POST',
  path: '/oidc-clients/:id/rotate-secret',
  access: 'identity.register-client',
  secondFactor: true,
  params: clientParams,
  output: withSecret,
  refusals: ['second-factor-needed'],
  summary: 'Gives a system a new secret, shown once; the former one is void at once.',
})
export const disableOidcClient = endpoint({
  name: 'disableOidcClient',
  method: 'POST',
  path: '/oidc-clients/:id/disable',
  access: 'identity.register-client',
  params: clientParams,
  refusals: [],
  output: z.object({ id: z.string(), version: z.number().int(), state: z.enum(oidcClientStates) }),
  summary: 'Shuts a system out: no sign-on, no token of it is honoured any more.',
})

// ---------- one's own accounts elsewhere ----------
export const listOutsideLinks = endpoint({
  name: 'listOutsideLinks',
  method: 'GET',
  path: '/me/outside-links',
  access: 'signed-in',
  refusals: [],
  output: z.object({
    rows: z
      .array(
        z.object({
          id: z.string(),
          issuer: z.string(),
          kind: z.enum(['staff', 'resident']),
          linkedAt: z.string(),
          usedAt: z.string().optional(),
        }),
      )
      .max(20),
  }),
  summary: 'My accounts at outside identity providers that open sessions here.',
})
export const removeOutsideLink = endpoint({
  name: 'removeOutsideLink',
  method: 'POST',
  path: '/me/outside-links/:id/remove',
  access: 'signed-in',
  params: z.object({ id: idOf('outside-link') }),
  output: z.object({ id: z.string() }),
  refusals: [],
  summary: 'Takes an outside account off; it opens no session any more.',
})
