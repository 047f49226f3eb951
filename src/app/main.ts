// Starts one server process: database, parts, demo when asked for, HTTP; and stops it in good order.
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { openDatabase, rowsOf } from '../platform/database.ts'
import { startEmbeddedPostgres } from '../platform/embedded-postgres/launcher.ts'
import { startJobs } from '../platform/jobs/pg-boss.ts'
import { platformJobs } from '../platform/jobs/platform-jobs.ts'
import { makeLog } from '../platform/log.ts'
import { loadDivisions } from '../foundation/divisions/public.ts'
import { compose } from './compose.ts'
import { type Config, readConfig } from './config.ts'
import { ConfigError } from './config-error.ts'
import { domains } from './domains.ts'
import { demoRoutes } from './demo/routes.ts'
import { ensureDemo, HalfMadeDemo } from './demo/make.ts'
import { makeApp } from './listen.ts'
import { prepareDatabase } from './prepare.ts'

const say = (line: string): void => console.log(line)

/** The database's two URLs: ours to start, or given. */
async function openDatabaseServer(config: Config): Promise<{ appUrl: string; stop(): Promise<void> }> {
  if (config.databaseUrl !== undefined) {
    if (config.migrateDatabaseUrl !== undefined) await prepareDatabase(config.migrateDatabaseUrl, say)
    return { appUrl: config.databaseUrl, stop: async () => {} }
  }
  const server = await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres'), log: say })
  await prepareDatabase(server.url(undefined, 'owner'), say)
  // For commands beside the running server (audit:verify): the program's own role, readable by this user only.
  writeFileSync(join(config.dataDir, 'database-url'), `${server.url(undefined, 'app')}\n`, { mode: 0o600 })
  return { appUrl: server.url(undefined, 'app'), stop: () => server.stop() }
}

/** A server whose schema is older or newer than its program does not start. */
async function checkSchema(url: string, root: string): Promise<void> {
  const files = readdirSync(join(root, 'migrations')).filter((name) => name.endsWith('.sql'))
  const database = openDatabase(url, { max: 1 })
  try {
    const rows = await rowsOf<{ name: string }>(database.reader, 'SELECT name FROM platform.migration').catch(() => [])
    const missing = files.filter((name) => !rows.some((row) => row.name === name))
    if (missing.length > 0) {
      throw new ConfigError(
        `数据库结构不是最新，请先运行 npm run migrate。The schema lacks ${missing.length} migrations: run npm run migrate.`,
      )
    }
  } finally {
    await database.close()
  }
}

/** The database with its schema and, where asked for, the demo. An embedded demo that was cut off while being made is made anew. */
async function openReady(config: Config, log: Logger): Promise<{ appUrl: string; stop(): Promise<void> }> {
  const server = await openDatabaseServer(config)
  try {
    await checkSchema(server.appUrl, config.root)
    if (config.demo)
      await ensureDemo(
        { root: config.root, databaseUrl: server.appUrl, dataDir: config.dataDir, fieldKeys: config.fieldKeys, log },
        say,
      )
    return server
  } catch (error) {
    await server.stop()
    if (!(error instanceof HalfMadeDemo) || config.databaseUrl !== undefined) throw error
    rmSync(join(config.dataDir, 'postgres'), { recursive: true, force: true })
    return openReady(config, log)
  }
}

async function run(): Promise<void> {
  const started = performance.now()
  const config = readConfig(process.env)
  const log = makeLog(config.logLevel)
  const databaseServer = await openReady(config, log)
  const parts = await compose({
    root: config.root,
    databaseUrl: databaseServer.appUrl,
    dataDir: config.dataDir,
    demo: config.demo,
    log,
    fieldKeys: config.fieldKeys,
    poolSize: config.poolSize,
    secureCookies: config.publicUrl?.startsWith('https:') ?? false,
    publicUrl: config.publicUrl ?? `http://localhost:${config.port}`,
    publication: config.publication,
  })
  const closing: (() => Promise<unknown>)[] = [() => parts.close(), databaseServer.stop]
  const stop = async (code: number): Promise<never> => {
    for (const close of closing) await close().catch(() => {})
    process.exit(code)
  }
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      void stop(0)
    })
  }
  try {
    await loadDivisions(parts.platform.database.reader)
    const jobs = [
      ...platformJobs({ seal: parts.keys.seal, dataDir: config.dataDir }),
      ...domains.flatMap((domain) => domain.jobs ?? []),
    ]
    const runner = await startJobs(databaseServer.appUrl, parts.platform, jobs)
    closing.unshift(() => runner.stop())
    const app = await makeApp(parts, {
      root: config.root,
      trustProxy: config.trustProxy,
      perMinute: config.requestsPerMinute,
      mapTiles: config.mapTiles,
      allowedOrigins: config.publicUrl === undefined ? [] : [new URL(config.publicUrl).origin],
      oidc: {
        dataDir: config.dataDir,
        publicUrl: config.publicUrl,
        trustProxy: config.trustProxy,
        client: config.oidcClient,
      },
      extend: async (server) => {
        if (config.demo) demoRoutes(server, parts)
      },
    })
    closing.unshift(() => app.close())
    await app.listen({ port: config.port, host: config.host })
    const address = app.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : config.port
    say(
      `联动已启动 Liandong is ready: http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}  (${Math.round(performance.now() - started)} ms)`,
    )
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error)
    await stop(1)
  }
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
