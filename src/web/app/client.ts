// The typed client: calls an endpoint of a contract over HTTP, with language, idempotency and record versions.
import type { Endpoint, OutputOf, WireInputOf } from '../../kit/endpoint.ts'
import { currentLanguage } from './language.ts'
import { ProblemError, readProblem } from './problem.ts'

export type CallOptions = {
  /** The record's version as it was read (its `version` field): a changed record answers 412. */
  readonly ifMatch?: string
  /** One key per act of a person, the same on every retry of it. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

type Flat = {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** The address of an endpoint with this input, under /api; empty query values are left out. */
export function addressOf(path: string, input: Flat): string {
  const params = new Map(entriesOf(input.params))
  const address = (path.startsWith('/api/') ? path : `/api${path}`).replace(/:(\w+)/g, (_whole, key: string) =>
    encodeURIComponent(String(params.get(key) ?? '')),
  )
  const query = new URLSearchParams()
  for (const [key, value] of entriesOf(input.query)) {
    if (value === undefined || value === null || value === '') continue
    for (const each of Array.isArray(value) ? value : [value]) query.append(key, String(each))
  }
  const text = query.toString()
  return text ? `${address}?${text}` : address
}

/**
 * Sends one request to our own server and reads JSON. Refusals and faults are thrown as ProblemError; no answer at all is a problem
 * with status 0 and code `no-network`.
 */
export async function send<Answer>(
  method: string,
  address: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = {
    'Accept-Language': currentLanguage(),
    Accept: 'application/json, application/problem+json',
  }
  if (method !== 'GET') headers['Idempotency-Key'] = options.idempotencyKey ?? crypto.randomUUID()
  // Entity tags are quoted (RFC 9110, 8.8.3).
  if (options.ifMatch) headers['If-Match'] = `"${options.ifMatch.replaceAll('"', '')}"`
  const form = body instanceof FormData
  if (body !== undefined && !form) headers['Content-Type'] = 'application/json'
  let response: Response
  try {
    response = await fetch(address, {
      method,
      headers,
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      signal: options.signal,
      credentials: 'same-origin',
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ProblemError({ status: 0, code: 'no-network', title: '' })
  }
  const text = await response.text()
  let answer: unknown
  try {
    answer = text === '' ? undefined : JSON.parse(text)
  } catch {
    throw new ProblemError(readProblem(response.ok ? 502 : response.status, undefined))
  }
  if (!response.ok) throw new ProblemError(readProblem(response.status, answer))
  return answer as Answer
}

/** Calls an endpoint of a contract with `{ params?, query?, body? }` and answers its output in wire form. */
export function call<E extends Endpoint>(
  endpoint: E,
  input: WireInputOf<E>,
  options: CallOptions = {},
): Promise<OutputOf<E>> {
  const flat: Flat = input as Flat
  return send<OutputOf<E>>(endpoint.method, addressOf(endpoint.path, flat), flat.body, options)
}
