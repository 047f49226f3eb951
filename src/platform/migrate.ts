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
        for (const load of loadsOf(sql)) await loadFile(client, directory, load)
        await client.query('INSERT INTO platform.migration (name, sm3) VALUES ($1, $2)', [name, sm3])
        await client.query('COMMIT')
      } catch (error) {
        await client.query('ROLLBACK')
        throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        })
      }
      applied.push(name)
    }
  } finally {
    await client.end()
  }
  return { applied }
}

type Load = { readonly file: string; readonly table: string; readonly columns: readonly string[] }

/** `-- load data/x.csv into schema.table (a, b)` in a migration: rows that come with the program (divisions), loaded in its transaction. */
function loadsOf(sql: string): Load[] {
  return [...sql.matchAll(/^-- load (\S+) into (\S+) \(([^)]+)\)$/gm)].map((match) => ({
    file: match[1] ?? '',
    table: match[2] ?? '',
    columns: (match[3] ?? '').split(',').map((name) => name.trim()),
  }))
}

/** Our own data files have a header, no quotes, and empty text for null. */
async function loadFile(client: pg.Client, directory: string, load: Load): Promise<void> {
  const lines = (await readFile(join(directory, '..', load.file), 'utf8')).trimEnd().split('\n').slice(1)
  const rows = lines.map((line) => line.split(','))
  const columns = load.columns.map((_, index) => rows.map((row) => (row[index] === '' ? null : row[index])))
  const places = load.columns.map((_, index) => `$${index + 1}::text[]`).join(', ')
  const names = load.columns.map((_, index) => `c${index}`)
  const { rows: types } = await client.query<{ name: string; type: string }>(
    'SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = $1::regclass',
    [load.table],
  )
  const typed = load.columns.map(
    (name, index) => `${names[index]}::${types.find((column) => column.name === name)?.type ?? 'text'}`,
  )
  await client.query(
    `INSERT INTO ${load.table} (${load.columns.join(', ')}) SELECT ${typed.join(', ')} FROM unnest(${places}) AS t(${names.join(', ')})`,
    columns,
  )
}
