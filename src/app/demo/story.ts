// What a story of the demo, the smoke run and the tests is told with: people who call endpoints, and time that passes.
import type { Endpoint, OutputOf, WireInputOf } from '../../kit/endpoint.ts'
import type { Instant } from '../../kit/instant.ts'

export type NamedEndpoint = Endpoint & { readonly name: string }

/** Someone who acts: a person in one of their roles. `key` names them within a cast. */
export type Player = {
  readonly key: string
  readonly person: string
  readonly name: string
  readonly role: string
  readonly division: string
  readonly organization?: string
  readonly department?: string
  readonly assignment?: string
}

/** Tells a story: in process for the demo and tests, over HTTP for the smoke run. */
export type Teller = {
  /** The player calls an endpoint; a refusal is a fault that names it. */
  act<E extends NamedEndpoint>(who: Player, endpoint: E, input?: WireInputOf<E>): Promise<OutputOf<E>>
  /** The player uploads a file and gets its id and hash as stored. */
  upload(who: Player, name: string, bytes: Buffer): Promise<{ id: string; sha256: string }>
  /** The player proves the second factor for the acts that follow. */
  confirm(who: Player): Promise<void>
  now(): Instant
  /** Business time passes; what falls due is done by the program. */
  pass(days: number): Promise<void>
  /** Business time reaches an instant (at once when it is past). */
  until(moment: Instant): Promise<void>
}

/** People by the part they play in a thread. */
export type Cast = {
  readonly resident: Player
  readonly neighbours: readonly Player[]
  readonly worker: Player
  readonly secondWorker: Player
  readonly head: Player
  readonly reviewer: Player
  readonly procurer: Player
  readonly settler: Player
  readonly secondSettler: Player
  readonly overseer: Player
  readonly finance: Player
  readonly panelists: readonly Player[]
  readonly evaluator: Player
  /** Administrator and social workers of the organization that will win, and the organizations that bid. */
  readonly bidders: readonly {
    readonly organization: string
    readonly administrator: Player
    /** Of its social workers; where there is one, cases are worked on. */
    readonly supervisor?: Player
    readonly workers: readonly { readonly worker: string; readonly player: Player }[]
  }[]
}
