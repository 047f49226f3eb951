// Endpoints as Fastify routes: input parsed by zod, actor and call made, ruling turned into an answer or a problem.
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Actor } from '../../kit/actor.ts'
import { type FieldFault, invalid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import type { Binding, Call } from '../action.ts'
import { mayCall } from '../action.ts'
import type { Platform } from '../platform.ts'
import { type Language, languageOf } from '../words.ts'
import { faultsOf } from './faults.ts'
import { callerOf, idempotent, Repeated } from './idempotency.ts'
import { problemOf, problemType } from './problem.ts'
import { serializerSchema } from './schemas.ts'
import { sessionOf } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on routes that answer with data: headers that only a page heeds are left out. */
    data?: boolean
  }
}

export const sessionCookie = 'liandong_session'

/** Finds the actor of a request's session token. */
export type SessionReader = { read(token: string): Promise<Actor | undefined> }

/** Takes one of an endpoint's exact allowances; answers the seconds to wait when there is none left. */
export type Limiter = {
  take(name: string, who: string, limit: { max: number; seconds: number }): Promise<number | undefined>
}

export type HttpContext = {
  readonly platform: Platform
  readonly sessions: SessionReader
  readonly limiter: Limiter
  /** Namespace of an endpoint's words. */
  readonly domainOf: (endpointName: string) => string
  /** In tests every answer is parsed by its zod schema too. */
  readonly checkAnswers: boolean
  readonly secureCookies: boolean
}

const anonymous: Actor = { kind: 'anonymous', grants: [] }

/** The session token of a request, if it carries one. */
export function tokenOf(request: FastifyRequest): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === sessionCookie && value !== undefined && value !== '') return value
  }
  return undefined
}

/** The actor of a request: its session's person, else anonymous. */
export async function actorOf(context: HttpContext, request: FastifyRequest): Promise<Actor> {
  const token = tokenOf(request)
  return token === undefined ? anonymous : ((await context.sessions.read(token)) ?? anonymous)
}

export function requestLanguage(request: FastifyRequest): Language {
  return languageOf(request.headers['accept-language'])
}

/** Sends a refusal as a problem. */
export function sendRefusal(
  context: HttpContext,
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  domain: string,
): FastifyReply {
  const problem = problemOf(refusal, context.platform.words, requestLanguage(request), domain, request.id)
  const wait = refusal.params['seconds']
  if (refusal.kind === 'limited' && wait !== undefined) reply.header('retry-after', String(wait))
  return reply.code(problem.status).serializer(JSON.stringify).type(problemType).send(problem)
}

function setCookie(context: HttpContext, reply: FastifyReply, token: string, maxAgeSeconds: number): void {
  const secure = context.secureCookies ? '; Secure' : ''
  reply.header(
    'set-cookie',
    `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${token === '' ? 0 : maxAgeSeconds}${secure}`,
  )
}

type Input = { params?: unknown; query?: unknown; body?: unknown }

/** Parses the three parts of the input; every faulty field of all parts at once. */
export function parseInput(binding: Binding, raw: Input): Ruling<Input> {
  const faults: FieldFault[] = []
  const parsed: Input = {}
  for (const part of ['params', 'query', 'body'] as const) {
    const schema: z.ZodType | undefined = binding.endpoint[part]
    if (schema === undefined) continue
    const result = schema.safeParse(raw[part] ?? {}, { reportInput: true })
    if (result.success) parsed[part] = result.data
    else faults.push(...faultsOf(part, result.error.issues))
  }
  return faults.length > 0 ? invalid(faults) : { ok: true, value: parsed }
}

function expectedVersion(request: FastifyRequest): number | undefined {
  const match = /^(?:W\/)?"(\d+)"$/.exec(request.headers['if-match'] ?? '')
  return match === null ? undefined : Number(match[1])
}

async function limited(context: HttpContext, binding: Binding, request: FastifyRequest): Promise<Refusal | undefined> {
  const limit = binding.endpoint.limit
  if (limit === undefined) return undefined
  const body = request.body
  const field =
    limit.field !== undefined && typeof body === 'object' && body !== null ? Reflect.get(body, limit.field) : undefined
  const whos = [`address:${request.ip}`, ...(typeof field === 'string' ? [`field:${field}`] : [])]
  for (const who of whos) {
    const wait = await context.limiter.take(binding.endpoint.name, who, limit)
    if (wait !== undefined) return refuse('rate-limited', { seconds: wait }, { kind: 'limited' })
  }
  return undefined
}

/** An answer that is the same for everybody, by the ETag of its text; 304 to whoever has it. */
function sendKept(request: FastifyRequest, reply: FastifyReply, seconds: number, answer: unknown): FastifyReply {
  const text = String(reply.serialize(answer))
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  reply
    .header('cache-control', `public, max-age=${seconds}`)
    .header('etag', tag)
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
  const known = (request.headers['if-none-match'] ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
  if (known.includes(tag)) return reply.code(304).send()
  return reply
    .type('application/json; charset=utf-8')
    .serializer((body: string) => body)
    .send(text)
}

/** Registers one binding under /api. */
export function bindEndpoint(server: FastifyInstance, context: HttpContext, binding: Binding): void {
  const { endpoint } = binding
  const domain = context.domainOf(endpoint.name)
  const writes = endpoint.method !== 'GET'
  server.route({
    method: endpoint.method,
    url: `/api${endpoint.path}`,
    schema: { response: { 200: serializerSchema(endpoint.output) } },
    ...(endpoint.anonymous ? { logLevel: 'silent' } : {}),
    ...(endpoint.mostBytes === undefined ? {} : { bodyLimit: endpoint.mostBytes }),
    config: { anonymous: endpoint.anonymous ?? false, data: true },
    async handler(request, reply) {
      const over = await limited(context, binding, request)
      if (over !== undefined) return sendRefusal(context, request, reply, over, domain)
      const actor = endpoint.anonymous ? anonymous : await actorOf(context, request)
      // Rights come before the form's faults: who may not act learns nothing about the form.
      const permitted = mayCall(endpoint, actor)
      if (!permitted.ok) return sendRefusal(context, request, reply, permitted, domain)
      const input = parseInput(binding, { params: request.params, query: request.query, body: request.body })
      if (!input.ok) return sendRefusal(context, request, reply, input, domain)
      const call: Call = {
        actor,
        correlation: endpoint.anonymous ? 'anonymous' : request.id,
        expectedVersion: expectedVersion(request),
        language: requestLanguage(request),
      }
      const key = request.headers['idempotency-key']
      const around =
        writes && typeof key === 'string' && key !== '' && !endpoint.anonymous
          ? idempotent(key.slice(0, 200), callerOf(actor, request.ip), endpoint, input.value)
          : undefined
      const ruling = await binding.run(context.platform, call, input.value, around)
      if (!ruling.ok) return sendRefusal(context, request, reply, ruling, domain)
      const answer = ruling.value instanceof Repeated ? ruling.value.answer : ruling.value
      const cookie = sessionOf(answer)
      if (cookie !== undefined) setCookie(context, reply, cookie.token, cookie.maxAgeSeconds)
      if (context.checkAnswers) endpoint.output.parse(answer)
      const version = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'version') : undefined
      if (typeof version === 'number') reply.header('etag', `"${version}"`)
      if (ruling.value instanceof Repeated) reply.header('idempotency-replayed', 'true')
      if (endpoint.cache !== undefined) return sendKept(request, reply, endpoint.cache.seconds, answer)
      return reply.send(answer)
    },
  })
}
