// Decisions about outside programs that act with a key: for which places they are registered, and their short lifecycle.
import type { Judged } from '../../../kit/actor.ts'
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { type Lifecycle, nextState } from '../../../kit/lifecycle.ts'
import { allow, invalid, type Ruling } from '../../../kit/ruling.ts'
import type { ApiClientState } from '../contract/api-clients.ts'

/** An outside program. `person`: the account without any sign-in under which its acts stand on record. */
export type ApiClient = {
  readonly id: Id<'api-client'>
  readonly division: DivisionCode
  readonly state: ApiClientState
  readonly version: number
  readonly name: string
  readonly operator: string
  readonly person: Id<'person'>
  readonly keyHash: string
  readonly registeredBy: string
  readonly createdAt: string
}

export const apiClientLifecycle = {
  active: { rotateApiKey: 'active', disableApiClient: 'disabled' },
  disabled: {},
} as const satisfies Lifecycle<ApiClientState, 'rotateApiKey' | 'disableApiClient'>

/** Where a program stands for access: the place that registered it. */
export function judgedApiClient(client: Pick<ApiClient, 'division' | 'version'>): Judged {
  return { reach: { division: client.division }, version: client.version }
}

/** A key opens a county or a part of it, never a city or the province: one lost key must not reach further. Refuses client-below-county. */
export function registerApiClient(wish: { readonly division: DivisionCode }): Ruling<true> {
  return wish.division.length >= 6 && wish.division.length <= 12
    ? allow(true)
    : invalid([{ path: 'body.division', code: 'client-below-county' }])
}

/** A new key in place of the former one. */
export function rotateApiKey(client: ApiClient, keyHash: string): Ruling<ApiClient> {
  const state = nextState(apiClientLifecycle, client.state, 'rotateApiKey')
  return state.ok ? allow({ ...client, state: state.value, version: client.version + 1, keyHash }) : state
}

/** Out of use for good: who wants back registers anew. */
export function disableApiClient(client: ApiClient): Ruling<ApiClient> {
  const state = nextState(apiClientLifecycle, client.state, 'disableApiClient')
  return state.ok ? allow({ ...client, state: state.value, version: client.version + 1 }) : state
}
