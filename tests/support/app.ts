// The whole program on a database of its own, for tests that speak through endpoints as named people.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { compose, type Parts } from '../../src/app/compose.ts'
import { makeApp } from '../../src/app/listen.ts'
import { loadDivisions } from '../../src/foundation/divisions/public.ts'
import { assign, createPerson, openSession } from '../../src/foundation/identity/public.ts'
import type { Endpoint, OutputOf, WireInputOf } from '../../src/kit/endpoint.ts'
import { asDivision, type Id } from '../../src/kit/id.ts'
import { addDays, type Instant } from '../../src/kit/instant.ts'
import type { Role } from '../../src/kit/roles.ts'
import { granted } from '../../src/kit/ruling.ts'
import { systemAct } from '../../src/platform/action.ts'
import { makeLog } from '../../src/platform/log.ts'
import type { Logger } from 'pino'
import type { Problem } from '../../src/platform/http/problem.ts'
import { type FreshDatabase, freshDatabase } from './database.ts'

const root = resolve(import.meta.dirname, '../..')

/** Places that tests live in. */
export const places = {
  county: asDivision('320505'),
  township: asDivision('320505001'),
  community: asDivision('320505001002'),
  otherCommunity: asDivision('320505001003'),
  otherTownship: asDivision('320505002'),
  otherCounty: asDivision('320506'),
} as const

export type Person = { readonly id: Id<'person'>; readonly cookie: string; readonly role: Role }

export type Answer<T> = {
  readonly status: number
  readonly body: T
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
}

export type CallOptions = { readonly key?: string; readonly version?: number; readonly language?: string }

type AnyEndpoint = Endpoint & { readonly name: string }

export type TestApp = {
  readonly parts: Parts
  readonly server: FastifyInstance
  /** The database of this test: for connections as its owner or administrator. */
  readonly database: FreshDatabase
  /** Where stored files lie. */
  readonly dataDir: string
  /** A new signed-in person with a role at a place (default: a verified resident of places.community). */
  person(
    role?: Role,
    at?: { division?: string; organization?: Id<'organization'>; verified?: boolean; name?: string; birth?: string },
  ): Promise<Person>
  /** Calls an endpoint through HTTP; nobody = no session. */
  call<E extends AnyEndpoint>(
    who: Person | 'nobody',
    endpoint: E,
    input?: WireInputOf<E>,
    options?: CallOptions,
  ): Promise<Answer<OutputOf<E>>>
  /** Like call, but throws with the problem's text unless the answer is 200. */
  ok<E extends AnyEndpoint>(
    who: Person | 'nobody',
    endpoint: E,
    input?: WireInputOf<E>,
    options?: CallOptions,
  ): Promise<OutputOf<E>>
  /** Delivers every event to its reactions. */
  settle(): Promise<void>
  /** Moves business time forward, runs what falls due, settles. */
  pass(days: number): Promise<Instant>
  close(): Promise<void>
}

let surnames = 0

/** Starts the program on a fresh database. Close it in afterAll. `log`: where it says what happens; nowhere unless told. */
export async function startApp(given: { readonly log?: Logger } = {}): Promise<TestApp> {
  const fresh = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'liandong-test-'))
  const parts = await compose({
    root,
    databaseUrl: fresh.appUrl,
    dataDir,
    demo: true,
    log: given.log ?? makeLog('silent'),
    poolSize: 8,
    checkAnswers: true,
    // Tests deliver by hand (settle, pass): a look of its own now and then would count among an act's statements.
    pollMs: 600_000,
  })
  await loadDivisions(parts.platform.database.reader)
  const server = await makeApp(parts, { root, perMinute: 1_000_000 })
  const { platform } = parts

  const call: TestApp['call'] = async (who, endpoint, input, options = {}) => {
    const { params, query, body } = (input ?? {}) as {
      params?: Record<string, unknown>
      query?: Record<string, unknown>
      body?: unknown
    }
    const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name])))
    const search = new URLSearchParams(
      Object.entries(query ?? {}).flatMap(([key, value]): [string, string][] =>
        value === undefined ? [] : [[key, String(value)]],
      ),
    )
    const response = await server.inject({
      method: endpoint.method,
      url: `/api${path}${search.size > 0 ? `?${search}` : ''}`,
      headers: {
        'accept-language': options.language ?? 'zh-CN',
        ...(who === 'nobody' ? {} : { cookie: who.cookie }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...(options.version === undefined ? {} : { 'if-match': `"${options.version}"` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      payload: body === undefined ? undefined : JSON.stringify(body),
    })
    const parsed = response.body === '' ? undefined : JSON.parse(response.body)
    return { status: response.statusCode, body: parsed, problem: parsed, headers: response.headers }
  }

  const settle = async (): Promise<void> => {
    await parts.outbox.drain()
  }

  return {
    parts,
    server,
    database: fresh,
    dataDir,
    call,
    settle,
    async ok(who, endpoint, input, options) {
      const answer = await call(who, endpoint, input, options)
      if (answer.status !== 200) {
        throw new Error(
          `${endpoint.name}: ${answer.status} ${answer.problem.code} ${answer.problem.detail} ${JSON.stringify(answer.problem.fields ?? '')}`,
        )
      }
      return answer.body
    },
    async person(role = 'resident', at = {}) {
      surnames += 1
      const division = asDivision(at.division ?? places.community)
      const id = granted(
        await systemAct(platform, 'test.person', (act) =>
          createPerson(act, {
            name: at.name ?? `测试${surnames}`,
            phone: `199${String(10_000_000 + surnames)}`,
            birth: at.birth ?? '1980-05-05',
            residence: division.length === 12 ? division : places.community,
            verified: at.verified ?? true,
            ...(role === 'resident' ? {} : { officialName: at.name ?? `测试${surnames}` }),
          }),
        ),
      )
      if (role !== 'resident') {
        granted(
          await systemAct(platform, 'test.assign', (act) =>
            assign(act, {
              person: id,
              role,
              division,
              organization: at.organization,
              department: role === 'department-officer' ? 'education' : undefined,
            }),
          ),
        )
      }
      const token = granted(
        await systemAct(platform, 'test.session', (act) =>
          openSession(act, id, { device: 'test', secondFactor: role !== 'resident' }),
        ),
      )
      return { id, role, cookie: `liandong_session=${token}` }
    },
    async pass(days) {
      await settle()
      const to = addDays(platform.clock.now(), days)
      await platform.clock.moveTo(to)
      await parts.timers.runDue()
      await settle()
      return platform.clock.now()
    },
    async close() {
      await server.close()
      await parts.close()
      await fresh.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
