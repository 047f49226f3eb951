// An attacker who reads the whole database: which row of a voter and which row of a ballot belong together, by any column, order, transaction or size?
import pg from 'pg'

/** A row as the attacker sees it: every column as text, and what PostgreSQL adds of its own: place, transaction, size. */
export type Row = Readonly<Record<string, string>>
export type Snapshot = ReadonlyMap<string, readonly Row[]>

/** Every row of every table of the database. */
export async function readWhole(url: string): Promise<Snapshot> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pgboss', 'divisions') ORDER BY 1`,
    )
    const found = new Map<string, Row[]>()
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ page: string; item: string; xmin: string; size: string; columns: Row }>(
        `SELECT split_part(trim('()' from ctid::text), ',', 1) AS page, split_part(trim('()' from ctid::text), ',', 2) AS item,
           xmin::text, pg_column_size(t.*)::text AS size, (SELECT jsonb_object_agg(key, value) FROM jsonb_each_text(to_jsonb(t.*))) AS columns
         FROM ${name} t ORDER BY ctid`,
      )
      found.set(
        name,
        rows.map(({ page, item, xmin, size, columns }) => ({
          ...Object.fromEntries(Object.entries(columns).map(([key, value]) => [key, String(value)])),
          'its place': `${page.padStart(8, '0')}.${item.padStart(6, '0')}`,
          'its transaction': xmin.padStart(12, '0'),
          'its size': size.padStart(8, '0'),
        })),
      )
    }
    return found
  } finally {
    await client.end()
  }
}

/** The rows of a table that belong to somebody, by whom: `find` says whose a row is. */
export function ownRows(rows: readonly Row[], find: (row: Row) => string | undefined): Map<string, Row> {
  const own = new Map<string, Row>()
  for (const row of rows) {
    const who = find(row)
    if (who !== undefined && !own.has(who)) own.set(who, row)
  }
  return own
}

/** Ranks of values, equal values sharing the middle of their places. */
function ranksOf(values: readonly string[]): number[] {
  const order = values
    .map((value, at) => ({ value, at }))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  const ranks = new Array<number>(values.length).fill(0)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && order[to + 1]?.value === order[from]?.value) to += 1
    for (let at = from; at <= to; at += 1) ranks[order[at]?.at ?? 0] = (from + to) / 2
    from = to + 1
  }
  return ranks
}

function correlation(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [a, b] = [mean(left), mean(right)]
  let [both, first, second] = [0, 0, 0]
  left.forEach((value, at) => {
    const [x, y] = [value - a, (right[at] ?? 0) - b]
    both += x * y
    first += x * x
    second += y * y
  })
  return first === 0 || second === 0 ? 0 : both / Math.sqrt(first * second)
}

/** A number-like column sorts by its number: a serial beyond 9 must not escape. */
const sortable = (value: string): string => (/^\d{1,15}$/.test(value) ? value.padStart(16, '0') : value)

export type Link = {
  readonly left: string
  readonly right: string
  readonly how: 'order' | 'value'
  readonly strength: number
}

/**
 * Every way that joins the two sides better than chance, where pair i of `left` and `right` truly belongs together (the attacker does not
 * know that; we do, and measure). Order: rank correlation beyond five standard deviations. Value: a value that few rows share stands on
 * both sides of true pairs.
 */
export function linksBetween(left: readonly Row[], right: readonly Row[]): Link[] {
  const links: Link[] = []
  const limit = 5 / Math.sqrt(left.length)
  const columnsOf = (rows: readonly Row[]) => [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const rare = (values: readonly string[]) => {
    const count = new Map<string, number>()
    for (const value of values) count.set(value, (count.get(value) ?? 0) + 1)
    return (value: string) => value !== '' && (count.get(value) ?? 0) <= 20
  }
  for (const mine of columnsOf(left)) {
    const a = left.map((row) => sortable(row[mine] ?? ''))
    const ranks = ranksOf(a)
    const rareMine = rare(a)
    for (const theirs of columnsOf(right)) {
      const b = right.map((row) => sortable(row[theirs] ?? ''))
      const strength = Math.abs(correlation(ranks, ranksOf(b)))
      if (strength > limit) links.push({ left: mine, right: theirs, how: 'order', strength })
      const rareTheirs = rare(b)
      const equal = a.filter((value, at) => value === b[at] && rareMine(value) && rareTheirs(value)).length
      if (equal > 5) links.push({ left: mine, right: theirs, how: 'value', strength: equal / a.length })
    }
  }
  return links
}
