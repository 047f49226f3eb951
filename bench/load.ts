// Makes load on one address of this machine for some seconds, in a process of its own, and prints the result as JSON.
import { randomUUID } from 'node:crypto'
import autocannon, { type Request } from 'autocannon'
import type { LoadResult, LoadTask } from './shapes.ts'

const task: LoadTask = JSON.parse(process.argv[2] ?? '{}')
if (!/^http:\/\/127\.0\.0\.1:/.test(task.url)) throw new Error('load goes to this machine only')

// Every write is a new act: it carries a key of its own.
const keyed = (request: Request): Request => ({
  ...request,
  headers: { ...request.headers, 'idempotency-key': randomUUID() },
})
const result = await autocannon({
  url: task.url,
  connections: task.connections,
  duration: task.seconds,
  requests: task.paths.map((path) => ({
    method: task.method,
    path,
    headers: { ...task.headers },
    body: task.body,
    ...(task.method === 'POST' ? { setupRequest: keyed } : {}),
  })),
})
const answer: LoadResult = {
  perSecond: result.requests.total / result.duration,
  p50: result.latency.p50,
  p97: result.latency.p97_5,
  total: result.requests.total,
  faults: result.errors + result.timeouts + result.non2xx,
}
console.log(JSON.stringify(answer))
