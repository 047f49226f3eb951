// Decisions about systems that sign in here: safe addresses, one host each, and their short lifecycle.
import type { Judged } from '../../../kit/actor.ts'
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { type Lifecycle, nextState } from '../../../kit/lifecycle.ts'
import { allow, type FieldFault, invalid, type Ruling } from '../../../kit/ruling.ts'
import type { OidcAuthMethod, OidcClientState } from '../contract/oidc.ts'

/** A system of a department; its id is its client_id. */
export type OidcClient = {
  readonly id: Id<'oidc-client'>
  readonly division: DivisionCode
  readonly state: OidcClientState
  readonly version: number
  readonly name: string
  readonly department: string
  readonly redirectUris: readonly string[]
  readonly logoutUris: readonly string[]
  readonly authMethod: OidcAuthMethod
  readonly secretHash: string
  readonly secretAt: string
  readonly registeredBy: string
  readonly createdAt: string
}

export const oidcClientLifecycle = {
  active: { rotateOidcSecret: 'active', disableOidcClient: 'disabled' },
  disabled: {},
} as const satisfies Lifecycle<OidcClientState, 'rotateOidcSecret' | 'disableOidcClient'>

/** Where a system stands for access: the place that registered it. */
export function judgedOidcClient(client: Pick<OidcClient, 'division' | 'version'>): Judged {
  return { reach: { division: client.division }, version: client.version }
}

const addressPattern = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?(\/[^\s#\\]*)?$/i

/** Scheme and host of an address people may be sent to: https, or http to the same machine (RFC 8252 7.3); no fragment, no user part. */
export function addressParts(address: string): { readonly scheme: string; readonly host: string } | undefined {
  const match = addressPattern.exec(address)
  const scheme = match?.[1]?.toLowerCase()
  const host = match?.[2]?.toLowerCase()
  if (scheme === undefined || host === undefined) return undefined
  const loopback = host === '127.0.0.1' || host === '[::1]' || host === 'localhost'
  return scheme === 'https' || loopback ? { scheme, host: `${host}${match?.[3] ?? ''}` } : undefined
}

/**
 * Whether a system may be registered with these addresses. All redirect addresses lie on one host: whoever signs in bears one pairwise
 * name per host (OpenID Connect Core 8.1), and two hosts would be two systems. Refuses per field: address-not-safe, addresses-of-several-hosts.
 */
export function registerOidcClient(wish: {
  redirectUris: readonly string[]
  logoutUris: readonly string[]
}): Ruling<true> {
  const faults: FieldFault[] = []
  for (const part of ['redirectUris', 'logoutUris'] as const) {
    wish[part].forEach((address, place) => {
      if (addressParts(address) === undefined) faults.push({ path: `body.${part}.${place}`, code: 'address-not-safe' })
    })
  }
  const hosts = new Set(wish.redirectUris.map((address) => addressParts(address)?.host))
  if (faults.length === 0 && hosts.size > 1)
    faults.push({ path: 'body.redirectUris', code: 'addresses-of-several-hosts' })
  return faults.length === 0 ? allow(true) : invalid(faults)
}

/** A new secret in place of the former one. */
export function rotateOidcSecret(client: OidcClient, next: { hash: string; at: string }): Ruling<OidcClient> {
  const state = nextState(oidcClientLifecycle, client.state, 'rotateOidcSecret')
  return state.ok
    ? allow({ ...client, state: state.value, version: client.version + 1, secretHash: next.hash, secretAt: next.at })
    : state
}

/** Out of use for good: who wants back registers anew. */
export function disableOidcClient(client: OidcClient): Ruling<OidcClient> {
  const state = nextState(oidcClientLifecycle, client.state, 'disableOidcClient')
  return state.ok ? allow({ ...client, state: state.value, version: client.version + 1 }) : state
}
