// Our side of the http measurement: the program as it runs in production, without demo, on a port of its own.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compose } from '../src/app/compose.ts'
import { makeApp } from '../src/app/listen.ts'
import { loadDivisions } from '../src/foundation/divisions/public.ts'
import { makeLog } from '../src/platform/log.ts'
import type { ServerTask } from './shapes.ts'

const task: ServerTask = JSON.parse(readFileSync(0, 'utf8'))
const root = join(import.meta.dirname, '..')
const parts = await compose({
  root,
  databaseUrl: task.databaseUrl,
  dataDir: task.dataDir,
  demo: false,
  log: makeLog('warn'),
  poolSize: task.poolSize,
})
await loadDivisions(parts.platform.database.reader)
const server = await makeApp(parts, { root, perMinute: 1_000_000_000 })
await server.listen({ port: 0, host: '127.0.0.1' })
const address = server.server.address()
console.log(`ready ${typeof address === 'object' && address !== null ? address.port : 0}`)
process.on('SIGTERM', async () => {
  await server.close()
  await parts.close()
})
