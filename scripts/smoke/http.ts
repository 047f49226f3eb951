// The smoke run's way to a running server: acts as the demo's people, each act under a key of its own, patient while the server is restarted.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { NamedEndpoint, Player, Teller } from '../../src/app/demo/story.ts'
import { addDays, instant, type Instant } from '../../src/kit/instant.ts'

const person = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  division: z.string(),
  assignment: z.string().optional(),
  organization: z.string().optional(),
  organizationName: z.string().optional(),
})

type Sent = { method?: string; cookie?: string; body?: unknown; key?: string }
type Received = { status: number; body: unknown; cookie?: string }

export type Site = {
  readonly base: string
  readonly teller: Teller
  /** The demo's people of a role whose place lies in a division. */
  withRole(role: string, inside?: string): Player[]
  /** What one of them reads at an address. */
  read(who: Player, path: string): Promise<Received>
  /** Called after each accepted act, before the next one. */
  after?: () => Promise<void>
}

/** Opens a running demo at its address. */
export async function openSite(base: string): Promise<Site> {
  /** kill -9 in the middle must lose nothing: every act is repeated under its own key until it is answered. */
  async function request(path: string, init: RequestInit, patience = 240): Promise<Response> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await fetch(`${base}${path}`, init)
        if (response.status < 500 || attempt >= patience) return response
      } catch (error) {
        if (attempt >= patience) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }

  async function call(path: string, options: Sent = {}): Promise<Received> {
    const response = await request(path, {
      method: options.method ?? 'GET',
      headers: {
        accept: 'application/json',
        'accept-language': 'zh-CN',
        ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    })
    const text = await response.text()
    const [cookie] = (response.headers.get('set-cookie') ?? '').split(';')
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), cookie }
  }

  const people = z.object({ people: z.array(person) }).parse((await call('/api/demo/people')).body).people
  const cookies = new Map<string, string>()
  let clock: Instant = instant(z.object({ now: z.string() }).parse((await call('/health/ready')).body).now)

  async function cookieOf(who: Player): Promise<string> {
    const known = cookies.get(who.person)
    if (known !== undefined) return known
    const signedIn = await call('/api/demo/sign-in', { method: 'POST', body: { person: who.person } })
    if (signedIn.status !== 200 || signedIn.cookie === undefined)
      throw new Error(`${who.name} could not sign in: ${signedIn.status}`)
    cookies.set(who.person, signedIn.cookie)
    return signedIn.cookie
  }

  async function moveTo(to: Instant): Promise<void> {
    const moved = await call('/api/demo/clock', { method: 'POST', body: { to } })
    if (moved.status !== 200) throw new Error(`the clock did not move: ${moved.status}`)
    clock = instant(z.object({ now: z.string() }).parse(moved.body).now)
  }

  const teller: Teller = {
    async act(who, endpoint: NamedEndpoint, input) {
      const parts = (input ?? {}) as {
        params?: Record<string, unknown>
        query?: Record<string, unknown>
        body?: unknown
      }
      const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) =>
        encodeURIComponent(String(parts.params?.[name])),
      )
      const query = new URLSearchParams(
        Object.entries(parts.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
      )
      const writes = endpoint.method !== 'GET'
      const answer = await call(`/api${path}${query.size > 0 ? `?${query}` : ''}`, {
        method: endpoint.method,
        // As a voter's browser does: a ballot comes from nobody.
        cookie: endpoint.anonymous ? undefined : await cookieOf(who),
        body: parts.body,
        key: writes && !endpoint.anonymous ? randomUUID() : undefined,
      })
      if (answer.status !== 200)
        throw new Error(
          `${endpoint.name} by ${who.name} (${who.role}): ${answer.status} ${JSON.stringify(answer.body)}`,
        )
      if (writes) await site.after?.()
      return answer.body as never
    },
    async upload(who, name, bytes) {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)]), name)
      const response = await request('/api/files', {
        method: 'POST',
        headers: { cookie: await cookieOf(who) },
        body: form,
      })
      if (response.status !== 200) throw new Error(`upload by ${who.name}: ${response.status}`)
      return z.object({ id: z.string(), sha256: z.string() }).parse(await response.json())
    },
    async confirm(who) {
      // Becoming the person anew proves the second factor anew.
      cookies.delete(who.person)
    },
    now: () => clock,
    pass: (days) => moveTo(addDays(clock, days)),
    until: (moment) => moveTo(moment > clock ? moment : clock),
  }
  const site: Site = {
    base,
    teller,
    withRole: (role, inside = '') =>
      people
        .filter((entry) => entry.role === role && entry.division.startsWith(inside))
        .map(({ id, ...entry }) => ({ ...entry, key: entry.name, person: id })),
    read: async (who, path) => call(path, { cookie: await cookieOf(who) }),
  }
  return site
}
