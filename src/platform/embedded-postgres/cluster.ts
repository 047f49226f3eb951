// The data directory of the embedded server: made once and whole, its passwords, its two roles and its database.
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { StartFailed } from './errors.ts'
import { isRunning } from './processes.ts'
import { giveTo, launch } from './runner.ts'
import type { Runner } from './runner.ts'

/**
 * Passwords of the superuser and of the two roles. SCRAM passwords in a 0600 file, rather than trusting whoever reaches
 * the socket: the server may run as nobody, an account that other daemons share, and it may fall back to loopback TCP,
 * which every local user can reach. A peer rule would not help either, for all three roles come from one system user.
 */
export interface Secrets {
  postgres: string
  liandong_owner: string
  liandong_app: string
}

/** The major version of the server programs; data of another one cannot be opened. */
const majorVersion = '18'

/** Reads the passwords, or makes them on the first start. They are older than the data they open. */
export function readSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json')
  if (!existsSync(path)) {
    if (existsSync(join(dataDir, 'cluster'))) {
      throw new StartFailed(`缺少数据库口令文件 (database passwords are missing) ${path}`, '')
    }
    const password = () => randomBytes(24).toString('hex')
    const made: Secrets = { postgres: password(), liandong_owner: password(), liandong_app: password() }
    const unfinished = `${path}.${process.pid}`
    writeFileSync(unfinished, JSON.stringify(made), { mode: 0o600 })
    try {
      linkSync(unfinished, path)
    } catch {
      // Another first start was quicker: its passwords hold, and are read below.
    }
    rmSync(unfinished, { force: true })
  }
  const read: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!isSecrets(read)) throw new StartFailed(`口令文件已损坏 (damaged password file) ${path}`, '')
  return read
}

/**
 * Makes the data directory `dataDir/cluster` when there is none: UTF-8, sorted by ICU for simplified Chinese, the same on
 * every machine whatever locales it has. It is built aside and renamed, so a start that is killed leaves nothing half made.
 */
export async function prepareCluster(dataDir: string, runner: Runner, options: { fast: boolean }): Promise<string> {
  const cluster = join(dataDir, 'cluster')
  if (existsSync(cluster)) {
    const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
    if (version !== majorVersion) {
      throw new StartFailed(`数据属于 PostgreSQL ${version},程序为 ${majorVersion} (data of another major version)`, '')
    }
    return cluster
  }
  const building = `${cluster}.${process.pid}.new`
  const passwordFile = `${building}.password`
  clearHalfMade(dataDir)
  try {
    mkdirSync(building, { mode: 0o700 })
    giveTo(runner, building)
    // initdb reads the password by name, as the user it runs as; inside the new folder, closed to others, then gone.
    writeFileSync(passwordFile, readSecrets(dataDir).postgres, { mode: 0o600 })
    if (process.getuid?.() === 0) chownSync(passwordFile, runner.uid, runner.gid)
    const hidden = runner.kind === 'hidden'
    await runInitdb(runner, building, [
      `--pgdata=${hidden ? '/proc/self/cwd' : building}`,
      `--pwfile=${hidden ? `/proc/self/cwd/../${passwordFile.slice(dataDir.length + 1)}` : passwordFile}`,
      '--username=postgres',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=zh-Hans',
      '--auth=scram-sha-256',
      '--no-instructions',
      ...(options.fast ? ['--no-sync'] : []),
    ])
    renameSync(building, cluster)
  } catch (error) {
    // Two first starts at once: the other one was quicker, and its data directory serves as well.
    if (!existsSync(cluster)) throw error
  } finally {
    rmSync(building, { recursive: true, force: true })
    rmSync(passwordFile, { force: true })
  }
  return cluster
}

/** Deletes what killed first starts left, and our own earlier attempt; not what another program is making right now. */
function clearHalfMade(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const maker = Number(/^cluster\.(\d+)\.new/.exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(maker) || (maker !== process.pid && isRunning(maker))) continue
    rmSync(join(dataDir, name), { recursive: true, force: true })
  }
}

function runInitdb(runner: Runner, cwd: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = launch(runner, 'initdb', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', (error) => reject(new StartFailed('initdb', error.message)))
    child.on('close', (code) => {
      if (code === 0) resolve()
      else if (/could not look up effective user|unshare/.test(said)) {
        reject(new StartFailed('当前用户编号在 /etc/passwd 中没有名称 (this user id has no name in /etc/passwd)', said))
      } else reject(new StartFailed('initdb', said.split('\n').slice(-15).join('\n')))
    })
  })
}

/**
 * Makes the two roles and the main database when they are absent. `liandong_owner` owns the database and does its DDL;
 * `liandong_app` may only connect, everything else is granted by the migrations. Repeatable: a start may die halfway.
 */
export async function prepareRoles(client: Client, secrets: Secrets): Promise<void> {
  const roles = await client.query<{ rolname: string }>(
    "SELECT rolname FROM pg_roles WHERE rolname IN ('liandong_owner', 'liandong_app')",
  )
  const present = new Set(roles.rows.map((row) => row.rolname))
  for (const role of ['liandong_owner', 'liandong_app'] as const) {
    if (present.has(role)) continue
    // The passwords are random, long and our own, so the usual thousands of rounds would only slow each connection.
    await client.query('SET scram_iterations = 64')
    await client.query(
      `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(secrets[role])}`,
    )
  }
  const databases = await client.query("SELECT 1 FROM pg_database WHERE datname = 'liandong'")
  if (databases.rowCount === 0) await client.query('CREATE DATABASE liandong OWNER liandong_owner')
  // By default everybody may make temporary tables, which is DDL too.
  await client.query('REVOKE ALL ON DATABASE liandong FROM PUBLIC')
  await client.query('GRANT CONNECT ON DATABASE liandong TO liandong_app')
}

function isSecrets(value: unknown): value is Secrets {
  if (typeof value !== 'object' || value === null) return false
  const held = new Map(Object.entries(value))
  return ['postgres', 'liandong_owner', 'liandong_app'].every((name) => typeof held.get(name) === 'string')
}
