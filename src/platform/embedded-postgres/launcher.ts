// Starts the private PostgreSQL of an installation without a database of its own, keeps it running and stops it.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { chooseAddress, urlOf } from './address.ts'
import type { Address } from './address.ts'
import { prepareCluster, prepareRoles, readSecrets } from './cluster.ts'
import type { Secrets } from './cluster.ts'
import { DataInUse, StartFailed } from './errors.ts'
import { findRunning, startServer, stopServer } from './postmaster.ts'
import type { Postmaster } from './postmaster.ts'
import { isRunning } from './processes.ts'
import { chooseRunner, giveTo } from './runner.ts'
import type { Runner } from './runner.ts'

export interface EmbeddedPostgresOptions {
  /** Folder of the installation's database; made when absent. Holds cluster/, socket/, secrets.json, postgres.log. */
  dataDir: string
  /** Receives one line per thing worth telling the operator. */
  log: (line: string) => void
  /** For tests: gives up durability for speed. */
  fast?: boolean
  /** Listen on this loopback TCP port instead of a private socket. */
  port?: number
  /** Ways of running as root not to be used (for tests, and machines where one misbehaves). */
  avoid?: readonly Runner['kind'][]
}

export interface EmbeddedPostgres {
  /** Connection string: database `liandong` and role `owner` unless said otherwise. `admin` is the superuser. */
  url(database?: string, role?: 'owner' | 'app' | 'admin'): string
  /** Stops the server; what is committed is kept. */
  stop(): Promise<void>
  /** Process id of the server as it is now: another one after it was killed and started again. */
  readonly pid: number
}

// Who holds this lock in the database `postgres` owns the server. The server itself releases it when the holder dies,
// however it dies, so there is no lock of ours that can grow stale; and it works across containers.
const ownerLock = 1_280_262_212

const roleNames = { owner: 'liandong_owner', app: 'liandong_app', admin: 'postgres' } as const

/**
 * Starts PostgreSQL on `dataDir`, or adopts the one a killed program left behind. A server that dies is started again.
 * Throws DataInUse when another living program owns this data, PlatformUnsupported where nothing can run here, else
 * StartFailed with the end of the server's log.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  // Others may pass through (the server may run as another user), none may look; what is secret inside is 0700 and 0600.
  mkdirSync(options.dataDir, { recursive: true, mode: 0o711 })
  const dataDir = realpathSync(options.dataDir)
  // A narrow umask or an older start may have closed it.
  if (process.getuid?.() === 0) chmodSync(dataDir, statSync(dataDir).mode | 0o011)
  const held = await takeOver(dataDir, options)
  let server = held.server
  let owner = held.owner
  let stopping = false

  const endOnExit = () => {
    if (!isRunning(server.pid)) return
    try {
      process.kill(server.pid, 'SIGINT')
    } catch {
      // It ended in this very moment.
    }
  }
  process.once('exit', endOnExit)

  const watch = (client: Client) => client.once('end', () => void revive())
  const revive = async () => {
    for (let attempt = 1; !stopping && attempt <= 5; attempt += 1) {
      options.log(`数据库进程中断，正在重新启动 (database process lost, starting it again, attempt ${attempt})`)
      try {
        const again = await takeOver(dataDir, options, server)
        server = again.server
        owner = again.owner
        if (stopping) return void (await stopServer(server.pid))
        watch(owner)
        options.log(`数据库已恢复 (database is back, pid ${server.pid})`)
        return
      } catch (error) {
        options.log(error instanceof Error ? error.message : String(error))
        if (error instanceof DataInUse) return
        await sleep(attempt * 500)
      }
    }
  }
  watch(owner)

  return {
    url: (database = 'liandong', role = 'owner') => urlOf(server.address, roleNames[role], held.secrets, database),
    get pid() {
      return server.pid
    },
    async stop() {
      if (stopping) return
      stopping = true
      process.removeListener('exit', endOnExit)
      await stopServer(server.pid)
      await owner.end().catch(() => undefined)
      removeTemporary(dataDir)
    },
  }
}

interface Held {
  server: Postmaster
  owner: Client
  secrets: Secrets
}

async function takeOver(dataDir: string, options: EmbeddedPostgresOptions, lost?: Postmaster): Promise<Held> {
  const secrets = readSecrets(dataDir)
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const cluster = join(dataDir, 'cluster')
    const running = existsSync(cluster) ? await findRunning(cluster) : undefined
    if (running) {
      const owner = await lock(running.address, secrets, dataDir)
      if (owner && (await isAsAsked(running, owner, options))) {
        await prepareRoles(owner, secrets)
        letGo(owner)
        options.log(`接管了仍在运行的数据库 (adopted the database left running, pid ${running.pid})`)
        return { server: running, owner, secrets }
      }
      await stopServer(running.pid)
      await owner?.end().catch(() => undefined)
    } else {
      const server = await startAnew(dataDir, options, lost)
      const owner = server && (await lock(server.address, secrets, dataDir))
      if (server && owner) {
        await prepareRoles(owner, secrets)
        letGo(owner)
        return { server, owner, secrets }
      }
    }
    await sleep(100)
  }
  throw new StartFailed('数据库反复中断 (the database keeps ending)', '')
}

/** Starts a server; where one was lost, at the same address, for the connection strings are already handed out. */
async function startAnew(
  dataDir: string,
  options: EmbeddedPostgresOptions,
  lost?: Postmaster,
): Promise<Postmaster | undefined> {
  if (lost === undefined) removeTemporary(dataDir)
  const runner = lost?.runner ?? chooseRunner(dataDir, options.avoid)
  if (!existsSync(join(dataDir, 'cluster'))) options.log('正在创建数据库 (creating the database)')
  const cluster = await prepareCluster(dataDir, runner, { fast: options.fast ?? false })
  giveTo(runner, cluster)
  const chosen = lost ? { address: lost.address } : await chooseAddress(dataDir, runner, options.port)
  noteTemporary(dataDir, [runner.temporary, 'temporary' in chosen ? chosen.temporary : undefined])
  const { address } = chosen
  return startServer({ cluster, runner, address, logFile: join(dataDir, 'postgres.log'), fast: options.fast ?? false })
}

/** Takes the owner's lock. Undefined when the server went away meanwhile; DataInUse when someone living holds it. */
async function lock(address: Address, secrets: Secrets, dataDir: string): Promise<Client | undefined> {
  const client = new Client({
    connectionString: urlOf(address, 'postgres', secrets, 'postgres'),
    connectionTimeoutMillis: 10_000,
    application_name: 'liandong owner lock',
  })
  // Without a listener, losing the server would end our program too.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const taken = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [ownerLock])
    if (taken.rows[0]?.taken) return client
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '28P01') {
      throw new StartFailed('口令与数据不符 (secrets.json does not belong to this data)', error.message)
    }
    return undefined
  }
  await client.end()
  throw new DataInUse(dataDir)
}

/** The lock alone must not keep a program alive that has finished. pg has `unref`, its types have not. */
function letGo(owner: Client): void {
  if ('unref' in owner && typeof owner.unref === 'function') owner.unref()
}

/** An adopted server must listen where we were told to and be as careful with the data as we were told to be. */
async function isAsAsked(running: Postmaster, owner: Client, options: EmbeddedPostgresOptions): Promise<boolean> {
  const here =
    options.port === undefined
      ? running.address.kind === 'socket'
      : running.address.kind === 'tcp' && running.address.port === options.port
  const shown = await owner.query<{ fsync: string }>('SHOW fsync')
  return here && (shown.rows[0]?.fsync === 'off') === (options.fast ?? false)
}

const temporaryList = /^temporary\.(\d+)\.json$/

/** Remembers which temporary folders this program made, so that the next one can delete them if it is killed. */
function noteTemporary(dataDir: string, folders: readonly (string | undefined)[]): void {
  const made = folders.filter((folder) => folder !== undefined)
  if (made.length === 0) return
  writeFileSync(join(dataDir, `temporary.${process.pid}.json`), JSON.stringify(made), { mode: 0o600 })
}

/** Deletes the temporary folders of our own last server and of dead programs. Called only when no server runs. */
function removeTemporary(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const pid = Number(temporaryList.exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(pid) || (pid !== process.pid && isRunning(pid))) continue
    const folders: unknown = JSON.parse(readFileSync(join(dataDir, name), 'utf8'))
    for (const folder of Array.isArray(folders) ? folders : []) {
      if (typeof folder === 'string' && basename(folder).startsWith('liandong-')) {
        rmSync(folder, { recursive: true, force: true })
      }
    }
    rmSync(join(dataDir, name), { force: true })
  }
}
