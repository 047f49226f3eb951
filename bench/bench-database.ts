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
  readonly dataDir: string
  readonly version: string
  stop(): Promise<void>
}

/**
 * Opens the migrated database of a measurement. A given one (DATABASE_URL with MIGRATE_DATABASE_URL) must be made for it: rows are written.
 * `fresh`: one that is empty and dropped at the end.
 */
export async function openBenchDatabase(fresh: boolean): Promise<BenchDatabase> {
  const dataDir = join(root, 'var/bench')
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const given = process.env['DATABASE_URL']
  if (given !== undefined && given !== '') {
    const ownerUrl = process.env['MIGRATE_DATABASE_URL'] ?? given
    await prepareDatabase(ownerUrl, () => {})
    return { appUrl: given, ownerUrl, dataDir, version: await versionOf(ownerUrl), stop: async () => {} }
  }
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log: () => {} })
  const name = fresh ? `bench_${process.pid}` : 'liandong'
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server.url('postgres', 'admin') })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  if (fresh)
    await admin(
      `CREATE DATABASE ${name} OWNER liandong_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans'`,
    )
  await prepareDatabase(server.url(name, 'owner'), () => {})
  return {
    appUrl: server.url(name, 'app'),
    ownerUrl: server.url(name, 'owner'),
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
  const database = await openBenchDatabase(false)
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
