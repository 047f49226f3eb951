// One PostgreSQL for a whole test run, started only when the first test asks for a database.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/launcher.ts'
import { clearFolders } from './leftovers.ts'
import { dropTemplate, prepareTemplate } from './template.ts'
import type { TestServer } from './template.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Unix socket on which the main process answers with the test server's addresses, as JSON. */
    databaseBroker: string
  }
}

interface Shared {
  folder: string
  broker: Server
  server: Promise<TestServer> | undefined
  stop: () => Promise<void>
  users: number
}

// Each project runs this file with a module instance of its own, but in one process.
const shelf: { liandongTestDatabase?: Promise<Shared> } & object = globalThis

/** Called by vitest once per project; the first one opens the broker, the last one closes everything. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shelf.liandongTestDatabase ??= open()
  const shared = await shelf.liandongTestDatabase
  shared.users += 1
  project.provide('databaseBroker', join(shared.folder, 'broker'))
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    delete shelf.liandongTestDatabase
    shared.broker.close()
    await shared.stop()
    rmSync(shared.folder, { recursive: true, force: true })
  }
}

async function open(): Promise<Shared> {
  clearFolders('test')
  const folder = mkdtempSync(join(tmpdir(), `liandong-test-${process.pid}-`))
  const shared: Shared = { folder, broker: createServer(), server: undefined, stop: async () => {}, users: 0 }
  shared.broker.on('connection', (socket) => {
    socket.on('error', () => {})
    shared.server ??= startServer(shared)
    shared.server.then(
      (server) => socket.end(JSON.stringify(server)),
      (error: unknown) =>
        socket.end(JSON.stringify({ failure: error instanceof Error ? error.message : String(error) })),
    )
  })
  await new Promise<void>((done, fail) => {
    shared.broker.on('error', fail)
    shared.broker.listen(join(folder, 'broker'), done)
  })
  shared.broker.unref()
  return shared
}

async function startServer(shared: Shared): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL
  if (given) {
    const server = await prepareTemplate({ admin: given })
    shared.stop = () => dropTemplate(server)
    return server
  }
  const said: string[] = []
  const postgres = await startEmbeddedPostgres({
    dataDir: join(shared.folder, 'postgres'),
    fast: true,
    log: (line) => said.push(line),
  })
  shared.stop = () => postgres.stop()
  return prepareTemplate({
    admin: postgres.url('postgres', 'admin'),
    owner: postgres.url('postgres', 'owner'),
    app: postgres.url('postgres', 'app'),
  })
}
