// The whole server of one process: endpoints of the domains and the few routes that are not endpoints.
import type { FastifyInstance } from 'fastify'
import { makeServer } from '../platform/http/server.ts'
import { openapiOf } from '../platform/http/openapi.ts'
import { wireSchema } from '../platform/http/schemas.ts'
import type { Parts } from './compose.ts'
import { domains } from './domains.ts'
import type { MapTiles } from './map-tiles.ts'
import { registerAccounts } from './routes/accounts.ts'
import { registerExports } from './routes/exports.ts'
import { registerFiles } from './routes/files.ts'
import { registerHealth } from './routes/health.ts'
import { registerLive } from './routes/live.ts'
import { registerOcds } from './routes/ocds.ts'
import { registerCalendars } from './routes/calendars.ts'
import { registerHoursProofs } from './routes/hours-proofs.ts'
import { registerOpen311 } from './routes/open311.ts'
import { type OidcOptions, registerOidc } from './routes/oidc.ts'
import { registerSite } from './routes/site.ts'

export const version = '0.1.0'

export type ListenOptions = {
  readonly root: string
  readonly trustProxy?: boolean
  readonly allowedOrigins?: readonly string[]
  readonly perMinute?: number
  /** Raster tiles that pages may load beneath the map. */
  readonly mapTiles?: MapTiles
  /** One sign-on; without it this server offers none. */
  readonly oidc?: OidcOptions
  /** Adds routes before the server is sealed: the demo's. */
  readonly extend?: (server: FastifyInstance) => Promise<void>
}

/** Makes the server over composed parts; the caller listens and closes. */
export async function makeApp(parts: Parts, options: ListenOptions): Promise<FastifyInstance> {
  const bindings = domains.flatMap((domain) => domain.routes)
  const server = await makeServer({
    context: parts.http,
    bindings,
    allowedOrigins: options.allowedOrigins ?? [],
    trustProxy: options.trustProxy ?? false,
    perMinute: options.perMinute ?? 6000,
  })
  const openapi = openapiOf(bindings, parts.http.domainOf, version)
  const byName = new Map(bindings.map((binding) => [binding.endpoint.name, binding.endpoint]))
  server.get('/api/openapi.json', async () => openapi)
  // Forms of the desk are drawn from the endpoint's own schema.
  server.get<{ Params: { name: string } }>('/api/schemas/:name', async (request, reply) => {
    const endpoint = byName.get(request.params.name)
    if (endpoint?.body === undefined) return reply.code(404).send({ code: 'not-found' })
    return {
      name: endpoint.name,
      method: endpoint.method,
      path: endpoint.path,
      domain: parts.http.domainOf(endpoint.name),
      body: wireSchema(endpoint.body),
    }
  })
  registerHealth(server, parts)
  registerFiles(server, parts)
  registerExports(server, parts, bindings)
  registerOcds(server, parts)
  registerOpen311(server, parts)
  registerCalendars(server, parts)
  registerAccounts(server, parts)
  registerHoursProofs(server, parts)
  await registerLive(server, parts)
  if (options.oidc !== undefined) await registerOidc(server, parts, options.oidc)
  await options.extend?.(server)
  await registerSite(server, options.root, options.mapTiles)
  return server
}
