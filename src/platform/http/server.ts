// The HTTP server: safety headers, CSRF guard, request ids, limits, health, metrics; the endpoints come from the domains.
import { randomBytes, randomUUID } from 'node:crypto'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import rateLimit from '@fastify/rate-limit'
import helmet from 'helmet'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { refuse } from '../../kit/ruling.ts'
import type { Binding } from '../action.ts'
import { bindEndpoint, type HttpContext, requestLanguage, sendRefusal } from './bind.ts'
import { faultProblem, problemType } from './problem.ts'

export type ServerOptions = {
  readonly context: HttpContext
  readonly bindings: readonly Binding[]
  /** Origins beside the server's own from which writes may come. */
  readonly allowedOrigins: readonly string[]
  readonly trustProxy: boolean
  /** Requests of one address per minute; generous, against floods only. Exact limits are the endpoints' own. */
  readonly perMinute: number
}

/** True when a write comes from our own pages, from a client that is no browser, or from an allowed origin. */
function isOwnOrigin(headers: Record<string, string | string[] | undefined>, allowed: readonly string[]): boolean {
  const site = headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return true
  const origin = headers['origin']
  if (typeof origin === 'string')
    return allowed.includes(origin) || (site === undefined && origin.replace(/^https?:\/\//, '') === headers['host'])
  return site === undefined
}

/** What of it a browser heeds in an answer that is data, not a page. */
const dataHeaders = ['cross-origin-resource-policy', 'strict-transport-security', 'x-content-type-options']

/** What Helmet sets on a page and on data, asked once: asked for each answer it costs a tenth of a read. */
function safetyHeaders(): Readonly<Record<'page' | 'data', Readonly<Record<string, string>>>> {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  const set = helmet({
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    // Headers for browsers that are gone (Flash, Internet Explorer, the XSS filter) only cost.
    xPermittedCrossDomainPolicies: false,
    xDownloadOptions: false,
    xXssProtection: false,
    xDnsPrefetchControl: false,
  })
  set(request, response, () => undefined)
  const headersOf = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, String(response.getHeader(name))]))
  return { page: headersOf(response.getHeaderNames()), data: headersOf(dataHeaders) }
}

/** Makes the server with every binding registered; it does not listen yet. */
export async function makeServer(options: ServerOptions): Promise<FastifyInstance> {
  const { context } = options
  const { platform } = context
  const logger: FastifyBaseLogger = platform.log
  const server = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // A logger of its own for each request is only made where a route asks for another level (anonymous acts: silent);
    // everything that is logged of a request names it by requestId.
    childLoggerFactory: (parent, bindings, loggerOptions) =>
      loggerOptions.level === undefined ? parent : parent.child(bindings, loggerOptions),
    trustProxy: options.trustProxy,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
  })
  await server.register(rateLimit, {
    max: options.perMinute,
    timeWindow: '1 minute',
    // Who is refused is told by retry-after; everybody else needs no figures with each answer.
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    errorResponseBuilder: (_request, limit) =>
      Object.assign(new Error('limited'), { statusCode: 429, seconds: Math.ceil(limit.ttl / 1000) }),
  })
  const safety = safetyHeaders()
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.routeOptions.config.data ? safety.data : safety.page).header('x-request-id', request.id)
    const writes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method)
    if (writes && request.url.startsWith('/api/') && !isOwnOrigin(request.headers, options.allowedOrigins)) {
      sendRefusal(context, request, reply, refuse('foreign-origin', {}, { kind: 'forbidden' }), 'platform')
      return
    }
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    done()
  })
  server.setErrorHandler((error, request, reply) => {
    const status =
      error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
    if (status === 429) {
      const seconds = error instanceof Error && 'seconds' in error ? Number(error.seconds) : 60
      return sendRefusal(context, request, reply, refuse('rate-limited', { seconds }, { kind: 'limited' }), 'platform')
    }
    if (status === 413)
      return sendRefusal(context, request, reply, refuse('too-large', {}, { kind: 'invalid' }), 'platform')
    if (status >= 400 && status < 500)
      return sendRefusal(context, request, reply, refuse('bad-request', {}, { kind: 'invalid' }), 'platform')
    // The message may quote input or rows: only name, code and place go to the log.
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    request.log.error(
      {
        fault: error instanceof Error ? error.name : 'unknown',
        code,
        stack: error instanceof Error ? error.stack?.split('\n').slice(1, 6) : undefined,
        requestId: request.id,
        route: request.routeOptions.url,
      },
      'fault',
    )
    return reply
      .code(500)
      .serializer(JSON.stringify)
      .type(problemType)
      .send(faultProblem(platform.words, requestLanguage(request), request.id))
  })
  for (const binding of options.bindings) bindEndpoint(server, context, binding)
  return server
}

/**
 * Content-Security-Policy of pages: own scripts only, styles with the page's nonce, no frames around us. `pictures`: origins beside ours from
 * which the map fetches its tiles; only an operator's configuration names one.
 */
export function pagePolicy(nonce: string, pictures: readonly string[] = []): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    ["img-src 'self' data: blob:", ...pictures].join(' '),
    "font-src 'self'",
    ["connect-src 'self'", ...pictures].join(' '),
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** A fresh nonce for one page. */
export function makeNonce(): string {
  return randomBytes(16).toString('base64')
}
