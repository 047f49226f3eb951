// The database of a measurement: the embedded PostgreSQL under var/bench with full durability, or the one in DATABASE_URL.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { prepareDatabase } from '../src/app/prepare.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres/launcher.ts'
import { loadNeeds } from '../tests/plans/million-needs.ts'

const root = join(import.meta.dirname, '..')

export type BenchDatabase = {
  readonly appUrl: string
  readonly ownerUrl: string
  /** Where the program's own rights do not reach: rows put in past foreign keys. */
  readonly adminUrl: string
  readonly dataDir: string
  readonly version: string
  stop(): Promise<void>
}

/**
 * Opens the migrated database of a measurement. A given one (DATABASE_URL with MIGRATE_DATABASE_URL) must be made for it: rows are written.
 * `fresh`: one that is empty and dropped at the end; the others stay from one measurement to the next.
 */
export async function openBenchDatabase(kept: 'fresh' | 'needs' | 'records'): Promise<BenchDatabase> {
  const dataDir = join(root, 'var/bench')
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const given = process.env['DATABASE_URL']
  if (given !== undefined && given !== '') {
    const ownerUrl = process.env['MIGRATE_DATABASE_URL'] ?? given
    await prepareDatabase(ownerUrl, () => {})
    const adminUrl = process.env['ADMIN_DATABASE_URL'] ?? ownerUrl
    return { appUrl: given, ownerUrl, adminUrl, dataDir, version: await versionOf(ownerUrl), stop: async () => {} }
  }
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log: () => {} })
  const fresh = kept === 'fresh'
  const name = fresh ? `bench_${process.pid}` : kept === 'needs' ? 'liandong' : kept
  const admin = async (sql: string): Promise<number> => {
    const client = new pg.Client({ connectionString: server.url('postgres', 'admin') })
    await client.connect()
    return (await client.query(sql).finally(() => client.end())).rowCount ?? 0
  }
  if (fresh || (await admin(`SELECT 1 FROM pg_database WHERE datname = '${name}'`)) === 0)
    await admin(
      `CREATE DATABASE ${name} OWNER liandong_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans'`,
    )
  await prepareDatabase(server.url(name, 'owner'), () => {})
  return {
    appUrl: server.url(name, 'app'),
    ownerUrl: server.url(name, 'owner'),
    adminUrl: server.url(name, 'admin'),
    dataDir,
    version: await versionOf(server.url(name, 'owner')),
    async stop() {
      if (fresh) await admin(`DROP DATABASE ${name} WITH (FORCE)`)
      await server.stop()
    },
  }
}

/** The database with a million needs, which are loaded the first time. */
export async function openFilledDatabase(): Promise<BenchDatabase> {
  const database = await openBenchDatabase('needs')
  const [rows] = await asOwner<{ n: string }>(
    database.ownerUrl,
    'SELECT count(*) AS n FROM (SELECT 1 FROM needs.need LIMIT 1000000) AS counted',
  )
  if (Number(rows?.n) >= 1_000_000) return database
  console.log('loading 1,000,000 needs, once …')
  console.log(`loaded in ${(await loadNeeds({ ownerUrl: database.ownerUrl })).toFixed(0)} s`)
  return database
}

/** Runs one statement as the owner and answers its rows. */
export async function asOwner<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, [...values])).rows
  } finally {
    await client.end()
  }
}

async function versionOf(url: string): Promise<string> {
  const [row] = await asOwner<{ server_version: string }>(url, 'SHOW server_version')
  return row?.server_version ?? ''
}
