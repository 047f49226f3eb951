// An endpoint as data: from the list of them come the routes, the web's client, openapi.json, the permission table and the walks of the tests.
import type { z } from 'zod'

/**
 * Who may call it: `public` (no sign-in needed), `signed-in` (any signed-in person; the action still judges the record), or a
 * permission `<domain>.<verb>` that a role must hold at the record's place.
 */
export type Access = 'public' | 'signed-in' | `${string}.${string}`

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type Schema = z.ZodType
type Absent = undefined

/** An endpoint; type parameters are its zod schemas. */
export type Endpoint<
  P extends Schema | Absent = Schema | Absent,
  Q extends Schema | Absent = Schema | Absent,
  B extends Schema | Absent = Schema | Absent,
  O extends Schema = Schema,
> = {
  /** The verb, one name in every room: `acceptNeed`. Unique in the program. */
  readonly name: string
  readonly method: Method
  /** Under /api, with :params. */
  readonly path: string
  readonly access: Access
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly output: O
  /** Codes that this endpoint may refuse with beyond the common ones (not-found, forbidden, invalid-input, not-in-this-state, stale, unauthenticated). */
  readonly refusals: readonly string[]
  /** What it does, one sentence in English, for openapi.json. */
  readonly summary: string
  /** List endpoints: may be exported as xlsx/csv under `<path>/export`. */
  readonly exportable?: boolean
  /** Anonymous acts: no session is read, no actor, no log, no idempotency row. */
  readonly anonymous?: boolean
  /** Exact counters in PostgreSQL: at most `max` calls per `seconds` for an address (and for the named body field). */
  readonly limit?: { readonly max: number; readonly seconds: number; readonly field?: string }
  /** Open data: the same for everybody. Kept by clients and proxies for so many seconds, asked for again by its ETag, and readable by any page. */
  readonly cache?: { readonly seconds: number }
  /** Largest request in bytes where it may exceed the server's 1 MB. */
  readonly mostBytes?: number
  /** Needs the second factor confirmed within the last minutes (signing, paying): the body carries `code`. */
  readonly secondFactor?: boolean
}

type Parsed<S> = S extends Schema ? z.output<S> : undefined
type Wire<S> = S extends Schema ? z.input<S> : undefined
type Keyed<K extends string, V> = [V] extends [undefined]
  ? { readonly [key in K]?: undefined }
  : { readonly [key in K]: V }

/** What the action receives: parsed. */
export type InputOf<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _O>
    ? Keyed<'params', Parsed<P>> & Keyed<'query', Parsed<Q>> & Keyed<'body', Parsed<B>>
    : never

/** What a client sends: before parsing. */
export type WireInputOf<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _O>
    ? Keyed<'params', Wire<P>> & Keyed<'query', Wire<Q>> & Keyed<'body', Wire<B>>
    : never

/** What it answers, in wire form (views write wire values: ids, instants and money are strings). */
export type OutputOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer O> ? z.input<O> : never

/** Declares an endpoint. Data, not code. */
export function endpoint<
  const N extends string,
  O extends Schema,
  P extends Schema | Absent = undefined,
  Q extends Schema | Absent = undefined,
  B extends Schema | Absent = undefined,
>(spec: Omit<Endpoint<P, Q, B, O>, 'name'> & { readonly name: N }): Endpoint<P, Q, B, O> & { readonly name: N } {
  return spec
}
