// Applies the numbered SQL files of migrations/, forward only, safe against a concurrent starter.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** Any number: the lock that concurrent migrators wait on. */
const migrationLock = 7_320_505

/**
 * Brings the database at `ownerUrl` (a role that may do DDL) to the newest file. Each file runs in one transaction. Throws when an
 * applied file was changed afterwards. Two starters at once: the second waits and finds nothing to do.
 */
export async function migrate(
  ownerUrl: string,
  options: { log?: (line: string) => void; directory?: string } = {},
): Promise<{ applied: string[] }> {
  const directory = options.directory ?? join(import.meta.dirname, '../../migrations')
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'liandong-migrate' })
  client.on('error', () => {})
  await client.connect()
  const applied: string[] = []
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    const { rows: known } = await client.query<{ exists: boolean }>(
      "SELECT to_regclass('platform.migration') IS NOT NULL AS exists",
    )
    const done = new Map<string, string>()
    if (known[0]?.exists) {
      const { rows } = await client.query<{ name: string; sm3: string }>('SELECT name, sm3 FROM platform.migration')
      for (const row of rows) done.set(row.name, row.sm3)
    }
    for (const name of files) {
      const sql = await readFile(join(directory, name), 'utf8')
      const sm3 = createHash('sm3').update(sql).digest('hex')
      const before = done.get(name)
      if (before === sm3) continue
      if (before !== undefined) throw new Error(`migration ${name} was changed after it was applied`)
      options.log?.(`migrate ${name}`)
      await client.query('BEGIN')
      try {
        await client.query(sql)
        await client.query('INSERT INTO platform.migration (name, sm3) VALUES ($1, $2)', [name, sm3])
        await client.query('COMMIT')
      } catch (error) {
        await client.query('ROLLBACK')
        throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      }
      applied.push(name)
    }
  } finally {
    await client.end()
  }
  return { applied }
}
