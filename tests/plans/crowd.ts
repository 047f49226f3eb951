// Fills every big table with copies of the rows that a story made, so that the planner meets tables as they are after years.
import pg from 'pg'

/** Table -> rows that were added. */
export type Crowd = ReadonlyMap<string, number>

type Column = { readonly name: string; readonly type: string; readonly keys: number }

const tablesText = `
SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND obj_description(c.oid) LIKE 'distributed.%' AND n.nspname || '.' || c.relname <> 'needs.need'
ORDER BY 1`

// keys: in how many unique indexes a column stands.
const columnsText = `
SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
  (SELECT count(*)::int FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND a.attnum = ANY(i.indkey)) AS keys
FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped`

const someDivision = `CASE WHEN n % 2 = 0 THEN to_jsonb(r.row->>'division') ELSE
  to_jsonb(left(r.row->>'division', greatest(length(r.row->>'division') - 3, 6)) || CASE WHEN length(r.row->>'division') > 6 THEN lpad((n % 140)::text, 3, '0') ELSE '' END) END`

/** What must differ from copy to copy: everything unique; and half of the copies lie elsewhere in the county. */
function changesOf(columns: readonly Column[], renamed: boolean): string {
  // The number of the copy is always among them: a copy is made for each number, not once for each row.
  const parts = columns.flatMap((column): string[] => {
    const { name } = column
    if (name === 'division') return [`'division', ${someDivision}`]
    if (name === 'jurisdiction') return []
    if (name === 'number_value') return [`'number_value', 1000000 + n`]
    if (column.keys === 0) return []
    if (column.type === 'uuid') return [`'${name}', gen_random_uuid()`]
    if (column.type === 'bigint' || column.type === 'integer')
      return columns.some((other) => other.type === 'uuid' && other.keys > 0) ? [] : [`'${name}', n`]
    if (column.type !== 'text') return []
    return [
      `'${name}', CASE WHEN r.row->>'${name}' ~ '^[0-9]{6}-[0-9a-f]{8}-' THEN to_jsonb(left(r.row->>'${name}', 7) || gen_random_uuid()) ELSE ${renamed ? `to_jsonb(r.row->>'${name}' || '-' || n)` : `r.row->'${name}'`} END`,
    ]
  })
  return `jsonb_build_object(${["'copy', n", ...parts].join(', ')})`
}

async function copy(client: pg.Client, table: string, size: number, changes: string): Promise<number> {
  const copied = await client.query(
    `INSERT INTO ${table} SELECT copy.*
     FROM generate_series(1, $1::int) AS n
     JOIN (SELECT to_jsonb(t) AS row, row_number() OVER () - 1 AS place, count(*) OVER () AS total FROM ${table} t) AS r ON r.place = n % r.total
     CROSS JOIN LATERAL jsonb_populate_record(NULL::${table}, r.row || ${changes}) AS copy
     ON CONFLICT DO NOTHING`,
    [size],
  )
  return copied.rowCount ?? 0
}

/** Copies rows until each big table has about `size`. Rows that a rule of their table forbids are left out; a table that takes none is told. */
export async function makeCrowd(adminUrl: string, size: number): Promise<Crowd> {
  const client = new pg.Client({
    connectionString: adminUrl,
    options: '-c session_replication_role=replica -c synchronous_commit=off',
  })
  await client.connect()
  const crowd = new Map<string, number>()
  try {
    const tables = await client.query<{ name: string }>(tablesText)
    for (const { name } of tables.rows) {
      const columns = await client.query<Column>(columnsText, [name])
      // Names and codes that must be unique get a number behind, unless their form is prescribed.
      const copied = await copy(client, name, size, changesOf(columns.rows, true)).catch(() =>
        copy(client, name, size, changesOf(columns.rows, false)),
      )
      crowd.set(name, copied)
    }
    await client.query('ANALYZE')
  } finally {
    await client.end()
  }
  return crowd
}
