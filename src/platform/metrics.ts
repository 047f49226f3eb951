// What the process measures, for Prometheus: requests, pool, outbox, screens, and Node's own figures.
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { outboxLag } from './jobs/outbox.ts'
import type { Platform } from './platform.ts'

const registry = new Registry()
collectDefaultMetrics({ register: registry })

const requests = new Histogram({
  name: 'liandong_http_request_seconds',
  help: 'Duration of requests by route pattern (never the path itself: ids and search words stay out), method and status.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
})
const pool = new Gauge({
  name: 'liandong_database_connections',
  help: 'Connections of the pool by state.',
  labelNames: ['state'],
  registers: [registry],
})
const statements = new Gauge({
  name: 'liandong_database_statements',
  help: 'Statements sent since the start.',
  registers: [registry],
})
const lag = new Gauge({
  name: 'liandong_outbox_lag_seconds',
  help: 'How long the oldest due reaction has been waiting.',
  registers: [registry],
})
const failed = new Gauge({
  name: 'liandong_outbox_failed',
  help: 'Reactions that failed for the last time and wait for a person.',
  registers: [registry],
})
const live = new Gauge({
  name: 'liandong_live_screens',
  help: 'Open screens of signed-in people.',
  registers: [registry],
})
const up = new Gauge({
  name: 'liandong_database_up',
  help: 'Whether the database answered the last question for figures.',
  registers: [registry],
})

/** Content type of the text. */
export const metricsType = registry.contentType

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on routes of anonymous acts: not even their number is measured, for a count that grows tells the time of a ballot. */
    anonymous?: boolean
  }
}

type Series = ReturnType<typeof requests.labels>
const seriesByKey = new Map<string, Series>()

/** The series of a route's pattern, method and status; looked up by labels once. As many as there are routes and kinds of answer. */
function seriesOf(method: string, route: string, status: number): Series {
  const key = `${method} ${status} ${route}`
  const known = seriesByKey.get(key)
  if (known !== undefined) return known
  const made = requests.labels({ method, route, status: String(status) })
  seriesByKey.set(key, made)
  return made
}

/** Measures every request of a server from now on, by the route's pattern; routes with `config: { anonymous: true }` are left out. */
export function watchRequests(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    if (!request.routeOptions.config.anonymous)
      seriesOf(request.method, request.routeOptions.url ?? 'none', reply.statusCode).observe(reply.elapsedTime / 1000)
    done()
  })
}

/** The figures as text. Answers also while the database is away. */
export async function metricsText(platform: Pick<Platform, 'database' | 'live'>): Promise<string> {
  const { pool: connections } = platform.database
  pool.set({ state: 'open' }, connections.totalCount)
  pool.set({ state: 'idle' }, connections.idleCount)
  pool.set({ state: 'waited-for' }, connections.waitingCount)
  statements.set(platform.database.statements.count)
  live.set(platform.live.connections())
  try {
    const found = await outboxLag(platform.database.reader)
    lag.set(found.seconds)
    failed.set(found.failed)
    up.set(1)
  } catch {
    up.set(0)
  }
  return registry.metrics()
}
