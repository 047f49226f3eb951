// Open311 GeoReport v2 at /open311: addresses, formats and errors of the specification around the acts and questions of needs.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findApiActor } from '../../foundation/identity/actions/api-clients.ts'
import type { Actor } from '../../kit/actor.ts'
import type { Refusal, Ruling } from '../../kit/ruling.ts'
import * as needs from '../../loop/needs/actions/open311.ts'
import { requestServicePermission } from '../../loop/needs/contract/open311.ts'
import type { Binding } from '../../platform/action.ts'
import { parseInput, requestLanguage } from '../../platform/http/bind.ts'
import { callerOf, idempotent, Repeated } from '../../platform/http/idempotency.ts'
import type { Parts } from '../compose.ts'
import { type Format, formatOf, openXml, type Part, partOf, typeOf } from './open311-formats.ts'

/** Needs that one key may raise, exact over all processes. */
const raiseLimit = { max: 60, seconds: 60 } as const
const longestForm = 64 * 1024
const anonymous: Actor = { kind: 'anonymous', grants: [] }
const permissions: ReadonlySet<string> = new Set([requestServicePermission])

type Fault = { readonly code: number; readonly description: string }
type Input = { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown }

/** GET of every resource may be read by any page in any browser: all of it is public. */
function openToAll(reply: FastifyReply): FastifyReply {
  return reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('cache-control', 'no-store')
}

function send(reply: FastifyReply, format: Format, status: number, part: Part): FastifyReply {
  return reply
    .code(status)
    .type(typeOf(format))
    .serializer((text: string) => text)
    .send(
      format === 'xml'
        ? openXml(part)
        : JSON.stringify(part.rows.length === 1 && part.single ? part.rows[0] : part.rows),
    )
}

/** The statuses that the specification knows: 404, 403 for keys, 429 where a key asks too often, and 400 for everything else. */
function statusOf(refusal: Refusal): number {
  if (refusal.kind === 'absent') return 404
  if (refusal.kind === 'forbidden' || refusal.kind === 'unauthenticated') return 403
  return refusal.kind === 'limited' ? 429 : 400
}

function sendFaults(reply: FastifyReply, format: Format, status: number, faults: readonly Fault[]): FastifyReply {
  return send(openToAll(reply), format, status, partOf('errors', 'error', faults))
}

/** Registers /open311/v2/… and the discovery document. No session is read here: a cookie neither helps nor harms. */
export function registerOpen311(server: FastifyInstance, parts: Parts): void {
  const { platform, http } = parts
  const say = (request: FastifyRequest, key: string, values?: Readonly<Record<string, string | number>>) =>
    platform.words.say(requestLanguage(request), 'needs', key, values)

  const sendRefusal = (request: FastifyRequest, reply: FastifyReply, format: Format, refusal: Refusal) => {
    const status = statusOf(refusal)
    const faults =
      refusal.fields?.map((field) => ({
        code: status,
        description: `${field.path.split('.').slice(1).join('.')}: ${say(request, `refusals.${field.code}`, field.params)}`,
      })) ?? []
    const key = refusal.code === 'forbidden' ? 'open311.key-elsewhere' : `refusals.${refusal.code}`
    return sendFaults(
      reply,
      format,
      status,
      faults.length > 0 ? faults : [{ code: status, description: say(request, key, refusal.params) }],
    )
  }

  const run = async (
    binding: Binding,
    request: FastifyRequest,
    input: Input,
    actor: Actor = anonymous,
  ): Promise<Ruling<unknown>> => {
    const parsed = parseInput(binding, input)
    if (!parsed.ok) return parsed
    const call = { actor, correlation: request.id, language: requestLanguage(request) }
    const key = request.headers['idempotency-key']
    const around =
      binding.kind === 'action' && typeof key === 'string' && key !== ''
        ? idempotent(key.slice(0, 200), callerOf(actor, request.ip), binding.endpoint, parsed.value)
        : undefined
    const ruling = await binding.run(platform, call, parsed.value, around)
    if (ruling.ok && !(ruling.value instanceof Repeated) && http.checkAnswers)
      binding.endpoint.output.parse(ruling.value)
    return ruling.ok && ruling.value instanceof Repeated ? { ok: true, value: ruling.value.answer } : ruling
  }

  /** Answers a question, its rows made by `part`. */
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    format: Format,
    binding: Binding,
    params: unknown,
    part: (value: never) => Part,
  ) => {
    const ruling = await run(binding, request, { params, query: request.query })
    return ruling.ok
      ? send(openToAll(reply), format, 200, part(ruling.value as never))
      : sendRefusal(request, reply, format, ruling)
  }

  const requests = (rows: readonly unknown[]) => partOf('service_requests', 'request', rows)
  const collections: Readonly<Record<string, { binding: Binding; part: (value: never) => Part }>> = {
    services: {
      binding: needs.listServices,
      part: (value: { services: unknown[] }) => partOf('services', 'service', value.services),
    },
    requests: {
      binding: needs.listServiceRequests,
      part: (value: { requests: unknown[] }) => requests(value.requests),
    },
  }
  const records: Readonly<Record<string, { binding: Binding; name: string; part: (value: never) => Part }>> = {
    services: {
      binding: needs.getService,
      name: 'code',
      part: (value: { service_code: string; attributes: unknown[] }) => ({
        ...partOf('service_definition', '', [value]),
        single: true,
      }),
    },
    requests: { binding: needs.getServiceRequest, name: 'id', part: (value: unknown) => requests([value]) },
    tokens: { binding: needs.getRequestOfToken, name: 'token', part: (value: unknown) => requests([value]) },
  }

  const noSuch = (request: FastifyRequest, reply: FastifyReply, format: Format) =>
    sendFaults(reply, format, 404, [{ code: 404, description: say(request, 'open311.no-such') }])

  server.register(async (scope) => {
    // Forms only, as the specification has it.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: longestForm },
      (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(String(text)))),
    )
    scope.setErrorHandler((error, request, reply) => {
      const { format } = formatOf(request.url)
      const status =
        error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
      if (status < 500)
        return sendFaults(reply, format, status === 429 ? 429 : 400, [
          { code: status === 429 ? 429 : 400, description: say(request, 'refusals.bad-request') },
        ])
      // As everywhere: the message may quote input or rows, so only name and code go to the log.
      const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
      request.log.error(
        { fault: error instanceof Error ? error.name : 'unknown', code, requestId: request.id },
        'fault in open311',
      )
      return sendFaults(reply, format, 500, [{ code: 500, description: say(request, 'open311.failed') }])
    })

    scope.options('/open311/*', async (_request, reply) =>
      openToAll(reply).header('access-control-allow-methods', 'GET').code(204).send(),
    )

    scope.get<{ Params: { file: string } }>('/open311/:file', async (request, reply) => {
      const { name, format, known } = formatOf(request.params.file)
      return name === 'discovery' && known ? discovery(request, reply, format) : noSuch(request, reply, format)
    })

    scope.get<{ Params: { file: string } }>('/open311/v2/:file', async (request, reply) => {
      const { name, format, known } = formatOf(request.params.file)
      if (name === 'discovery' && known) return discovery(request, reply, format)
      const collection = Object.hasOwn(collections, name) ? collections[name] : undefined
      if (collection === undefined || !known) return noSuch(request, reply, format)
      return answer(request, reply, format, collection.binding, {}, collection.part)
    })

    scope.get<{ Params: { collection: string; file: string } }>(
      '/open311/v2/:collection/:file',
      async (request, reply) => {
        const { name, format, known } = formatOf(request.params.file)
        const { collection } = request.params
        const record = Object.hasOwn(records, collection) ? records[collection] : undefined
        if (record === undefined || !known) return noSuch(request, reply, format)
        return answer(request, reply, format, record.binding, { [record.name]: name }, record.part)
      },
    )

    scope.post<{ Params: { file: string } }>('/open311/v2/:file', async (request, reply) => {
      const { name, format, known } = formatOf(request.params.file)
      if (name !== 'requests' || !known) return noSuch(request, reply, format)
      const form = (request.body ?? {}) as Readonly<Record<string, string>>
      // Only in the form: an address stands in logs, histories and the referrer.
      const key = form['api_key'] ?? ''
      const actor = key === '' ? undefined : await findApiActor(platform.database.reader, key, permissions)
      if (actor === undefined)
        return sendFaults(reply, format, 403, [{ code: 403, description: say(request, 'open311.key') }])
      const wait = await http.limiter.take('open311.requests', `client:${actor.sessionId}`, raiseLimit)
      if (wait !== undefined)
        return sendFaults(reply.header('retry-after', String(wait)), format, 429, [
          { code: 429, description: say(request, 'open311.limited', { seconds: wait }) },
        ])
      const { api_key: _, ...body } = form
      const ruling = await run(needs.requestService, request, { body }, actor)
      return ruling.ok
        ? send(reply.header('cache-control', 'no-store'), format, 200, requests([ruling.value]))
        : sendRefusal(request, reply, format, ruling)
    })
  })

  /** Where the interface stands, in which version and formats (Service Discovery). */
  function discovery(request: FastifyRequest, reply: FastifyReply, format: Format): FastifyReply {
    const origin =
      platform.publicUrl === undefined ? `${request.protocol}://${request.host}` : new URL(platform.publicUrl).origin
    const changeset = '2026-11-23T00:00:00Z'
    const endpoint = {
      specification: 'http://wiki.open311.org/GeoReport_v2',
      url: `${origin}/open311/v2`,
      changeset,
      type: 'production',
    }
    const formats = ['text/xml', 'application/json']
    const about = {
      changeset,
      contact: say(request, 'open311.contact'),
      key_service: say(request, 'open311.keyService'),
    }
    return send(openToAll(reply), format, 200, {
      ...partOf('discovery', '', [
        format === 'xml'
          ? { ...about, endpoints: { endpoint: [{ ...endpoint, formats: { format: formats } }] } }
          : { ...about, endpoints: [{ ...endpoint, formats }] },
      ]),
      single: true,
    })
  }
}
