// One sign-on in both directions: our OpenID provider under /oidc, its step at /sign-on, and signing in through an outside provider.
import type { IncomingMessage, ServerResponse } from 'node:http'
import middie from '@fastify/middie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openOidcKeys } from '../../foundation/identity/oidc/keys.ts'
import { openOutside, type OutsideFailure, parseOutside } from '../../foundation/identity/oidc/outside.ts'
import { pageOf, type PageParts } from '../../foundation/identity/oidc/pages.ts'
import { makeProvider } from '../../foundation/identity/oidc/provider.ts'
import { continueSignOn } from '../../foundation/identity/oidc/sign-on.ts'
import { actorOf, requestLanguage, sendRefusal, sessionCookie } from '../../platform/http/bind.ts'
import type { Parts } from '../compose.ts'

export type OidcOptions = {
  /** Where the signing keys lie: `<dataDir>/keys`. */
  readonly dataDir: string
  /** PUBLIC_URL; without it the address that the server listens on. */
  readonly publicUrl?: string
  readonly trustProxy?: boolean
  /** OIDC_CLIENT: the outside identity provider, as JSON. */
  readonly client?: string
}

const tripCookie = 'liandong_outside'
const clientPath = '/api/oidc-client'
/** Calls of the token endpoint from one address, exact: a system of a whole department refreshes many people's tokens. */
const tokenLimit = { max: 600, seconds: 60 } as const

/** `http://127.0.0.1:3000` of a server that listens; a server on all addresses is reached as localhost. */
function listeningAddress(server: FastifyInstance): string {
  const address = server.server.address()
  if (address === null || typeof address === 'string')
    throw new Error('one sign-on needs PUBLIC_URL, or a server that listens on a port')
  const host =
    address.address === '::' || address.address === '0.0.0.0'
      ? 'localhost'
      : address.family === 'IPv6'
        ? `[${address.address}]`
        : address.address
  return `http://${host}:${address.port}`
}

function sendPage(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  page: PageParts,
): FastifyReply {
  const made = pageOf(parts.platform.words, requestLanguage(request), page)
  return reply
    .code(status)
    .header('content-security-policy', made.policy)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(made.html)
}

function carriedTrip(request: FastifyRequest): string | undefined {
  return new RegExp(`(?:^|;\\s*)${tripCookie}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1]
}

/** Registers both halves. The provider is made at the first request, when the server knows its address. */
export async function registerOidc(server: FastifyInstance, parts: Parts, options: OidcOptions): Promise<void> {
  const keys = openOidcKeys(options.dataDir, parts.keys.blind)
  const { platform } = parts
  const base = () => (options.publicUrl === undefined ? listeningAddress(server) : new URL(options.publicUrl).origin)
  let provider: ReturnType<typeof makeProvider> | undefined
  const ours = () => {
    provider ??= makeProvider({
      platform,
      sessions: parts.http.sessions,
      keys,
      issuer: `${base()}/oidc`,
      proxy: options.publicUrl !== undefined || (options.trustProxy ?? false),
    })
    return provider
  }
  server.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'POST' || !request.url.startsWith('/oidc/token')) return
    const wait = await parts.http.limiter.take('oidc.token', `address:${request.ip}`, tokenLimit)
    if (wait !== undefined)
      return reply.code(429).header('retry-after', String(wait)).send({ error: 'temporarily_unavailable' })
  })
  await server.register(middie)
  server.use('/oidc', (request: IncomingMessage, response: ServerResponse) => {
    if (options.publicUrl !== undefined) {
      // Every address that the provider writes is the public one, whatever the Host header says.
      const { host, protocol } = new URL(options.publicUrl)
      Object.assign(request.headers, { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) })
    }
    void ours().callback()(request, response)
  })

  server.get('/sign-on/:uid', async (request, reply) => {
    const step = await continueSignOn(ours(), platform, await actorOf(parts.http, request), request.raw, reply.raw)
    reply.header('cache-control', 'no-store')
    if (step.kind === 'to') return reply.redirect(step.address, 303)
    if (step.kind === 'sign-in')
      return reply.redirect(`/sign-in?${new URLSearchParams({ face: 'desk', next: step.back })}`, 303)
    const say = (key: string) => platform.words.say(requestLanguage(request), 'identity', `oidc.${key}`)
    return sendPage(parts, request, reply, 400, {
      heading: say('error.heading'),
      text: say('error.session_not_found'),
      link: { href: '/', text: say('loggedOut.home') },
    })
  })
  registerOutside(server, parts, { keys, base, client: options.client })
}

type OutsideOptions = {
  readonly keys: ReturnType<typeof openOidcKeys>
  readonly base: () => string
  readonly client?: string
}

/** Without OIDC_CLIENT the sign-in page learns that there is none, and the other addresses say so. */
function registerOutside(server: FastifyInstance, parts: Parts, { keys, base, client }: OutsideOptions): void {
  const outside = client === undefined ? undefined : openOutside(parts.platform, keys, parseOutside(client))
  const callback = () => `${base()}${clientPath}/callback`
  const secure = parts.http.secureCookies ? '; Secure' : ''
  const tripHeader = (trip: string) =>
    `${tripCookie}=${trip}; Path=${clientPath}; HttpOnly; SameSite=Lax; Max-Age=${trip === '' ? 0 : 600}${secure}`
  const fail = (request: FastifyRequest, reply: FastifyReply, why: OutsideFailure | 'off') => {
    const say = (key: string) =>
      parts.platform.words.say(requestLanguage(request), 'identity', `oidc.outside.${key}`, {
        name: outside?.name ?? '',
      })
    return sendPage(parts, request, reply, why === 'unreachable' ? 503 : why === 'off' ? 404 : 403, {
      heading: say('heading'),
      text: say(why),
      link: { href: '/sign-in', text: say('back') },
    })
  }

  server.get(clientPath, async () =>
    outside === undefined ? { configured: false } : { configured: true, name: outside.name },
  )

  server.get<{ Querystring: { next?: string } }>(`${clientPath}/start`, async (request, reply) => {
    if (outside === undefined) return fail(request, reply, 'off')
    const { next } = request.query
    const begun = await outside.start(callback(), typeof next === 'string' ? next : undefined)
    return begun === undefined
      ? fail(request, reply, 'unreachable')
      : reply.header('set-cookie', tripHeader(begun.trip)).redirect(begun.address, 303)
  })

  // A POST, so that the guard against foreign origins stands before it: nobody is led into linking another one's account.
  server.post(`${clientPath}/link`, async (request, reply) => {
    if (outside === undefined) return reply.code(404).send({ code: 'not-found' })
    const begun = await outside.startLink(callback(), await actorOf(parts.http, request))
    if (!begun.ok) return sendRefusal(parts.http, request, reply, begun, 'identity')
    return reply.header('set-cookie', tripHeader(begun.value.trip)).send({ address: begun.value.address })
  })

  server.get(`${clientPath}/callback`, async (request, reply) => {
    if (outside === undefined) return fail(request, reply, 'off')
    const outcome = await outside.finish(
      new URL(request.url, base()),
      carriedTrip(request),
      await actorOf(parts.http, request),
    )
    const cookies = [tripHeader('')]
    if (outcome.kind === 'signed-in')
      cookies.push(
        `${sessionCookie}=${outcome.token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${outcome.maxAgeSeconds}${secure}`,
      )
    reply.header('set-cookie', cookies)
    return outcome.kind === 'failed' ? fail(request, reply, outcome.why) : reply.redirect(outcome.to, 303)
  })
}
