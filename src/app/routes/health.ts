// Whether the process lives, whether it can serve, and what it measures.
import type { FastifyInstance } from 'fastify'
import { rowOf } from '../../platform/database.ts'
import { metricsText, metricsType, watchRequests } from '../../platform/metrics.ts'
import { listHeads } from '../../platform/seal/seal.ts'
import type { Parts } from '../compose.ts'

/** Whoever watches the program is never refused for asking often. */
const unlimited = { config: { rateLimit: false } }

/** /health/live answers while the process runs; /health/ready only while the database does; /metrics for loopback or a scraper behind the proxy. */
export function registerHealth(server: FastifyInstance, parts: Parts): void {
  const { database, clock } = parts.platform
  server.get('/health/live', unlimited, async () => ({ status: 'live' }))
  server.get('/health/ready', unlimited, async (_request, reply) => {
    try {
      await rowOf(database.reader, 'SELECT 1 AS one')
      return { status: 'ready', now: clock.now() }
    } catch {
      return reply.code(503).header('retry-after', '2').send({ status: 'database-away' })
    }
  })
  watchRequests(server)
  server.get('/metrics', async (request, reply) => {
    if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)) return reply.code(404).send()
    return reply.type(metricsType).send(await metricsText(parts.platform))
  })
  // A voter's browser asks for it beside casting: neither logged nor counted, or a log would tell when somebody voted.
  server.get<{ Querystring: { jurisdiction?: string } }>(
    '/api/seals/heads',
    { logLevel: 'silent', config: { anonymous: true } },
    async ({ query }) => {
      const heads = await listHeads(database.reader)
      return {
        heads: heads.filter((head) => query.jurisdiction === undefined || head.jurisdiction === query.jurisdiction),
      }
    },
  )
}
