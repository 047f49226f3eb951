// A million service records and what stands around them after years: copies of the rows of one told thread, spread over the province and three years.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

const root = join(import.meta.dirname, '../..')

/** How many rows the other tables get beside a million service records. */
const shares: Readonly<Record<string, number>> = {
  'projects.project': 0.2,
  'contracts.contract': 0.2,
  'contracts.milestone': 0.2,
  'evaluation.evaluation': 0.1,
  'evaluation.finding': 0.1,
  'delivery.social_case': 0.1,
  'procurement.tender': 0.05,
  'procurement.bid': 0.15,
}

/** One in `every` rows keeps what the told row has, so that the thread's own people find theirs; the others have one of `many` made-up values. */
const own = (
  column: string,
  every: number,
  many: number,
  made = `'320505-' || md5('${column}' || m.i % ${many})::uuid`,
) => `CASE WHEN m.i % ${every} = 7 THEN r.${column} ELSE ${made} END`
const oneOf = (values: readonly string[]) =>
  `(ARRAY[${values.map((value) => `'${value}'`).join(', ')}])[m.i / 3 % ${values.length} + 1]`
const unique = (what: string) => `'320505-' || md5('${what}' || m.i)::uuid`

// Most are long done; the others stand at every station.
const projectStates = [
  ...Array.from({ length: 14 }, () => 'completed'),
  ...[
    'drafting',
    'resident-review',
    'township-review',
    'approved',
    'tendering',
    'contracted',
    'delivering',
    'evaluating',
  ],
  'terminated',
]
const tenderStates = [
  ...Array.from({ length: 10 }, () => 'contracted'),
  ...[
    'planning',
    'published',
    'closed',
    'opened',
    'scoring',
    'award-notice',
    'standstill',
    'awarded',
    'cancelled',
    'failed',
  ],
]
const ends = `${oneOf(tenderStates)} IN ('cancelled', 'failed')`

/** By table: what differs from the told row, by column. Where is, when, number and id differ in all. */
const changes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'delivery.service_record': {
    state: "CASE WHEN m.i % 50 = 0 THEN 'void' ELSE 'filed' END",
    void_reason: "CASE WHEN m.i % 50 = 0 THEN '登记错了' END",
    doubts: `CASE WHEN m.i % 100 = 40 THEN '["many-for-visit"]'::jsonb ELSE '[]'::jsonb END`,
    organization: own('organization', 1000, 4000),
    person: own('person', 5000, 20000),
    contract: "CASE WHEN m.i % 2000 = 7 THEN r.contract ELSE md5('contract' || m.i % 200000)::uuid END",
  },
  'projects.project': {
    state: oneOf(projectStates),
    opened_at: `CASE WHEN ${oneOf(projectStates)} <> 'drafting' THEN m.at END`,
  },
  'contracts.contract': {
    state: oneOf(['completed', 'completed', 'completed', 'active', 'active', 'drafting', 'signing', 'terminated']),
    termination_reason: `CASE WHEN ${oneOf(['', '', '', '', '', '', '', 'x'])} = 'x' THEN 'agreed' END`,
    organization: own('organization', 1000, 4000),
    tender: unique('tender'),
    project: unique('project'),
    team: own(
      'team',
      2000,
      1,
      "jsonb_build_array((r.team -> 0) || jsonb_build_object('person', '320505-' || md5('person' || m.i % 20000)::uuid))",
    ),
  },
  // One for each contract of this place in the order.
  'contracts.milestone': { id: "md5('milestone' || m.i)::uuid", contract: 'm.id' },
  'evaluation.evaluation': {
    state: oneOf(['published', 'published', 'published', 'planned', 'submitted']),
    kind: "'final'",
    factor_bps: `CASE WHEN ${oneOf(['published', 'published', 'published', 'planned', 'submitted'])} = 'published' THEN r.factor_bps END`,
    contract: unique('contract'),
    organization: own('organization', 1000, 4000),
    evaluator: own('evaluator', 1000, 800),
  },
  'evaluation.finding': {
    state: oneOf(['verified', 'verified', 'open', 'rectified']),
    contract: unique('contract'),
    organization: own('organization', 1000, 4000),
    found_by: own('found_by', 1000, 800),
  },
  'delivery.social_case': {
    state: oneOf(['closed', 'closed', 'intake', 'transferred']),
    awaiting: 'm.i % 40 = 0',
    organization: own('organization', 1000, 4000),
    worker_person: own('worker_person', 5000, 20000),
    supervisor: own('supervisor', 1000, 4000),
  },
  'procurement.tender': {
    state: oneOf(tenderStates),
    end_reason: `CASE WHEN ${ends} THEN 'too-few-bids' END`,
    project: unique('project'),
    panel: own(
      'panel',
      500,
      1,
      "ARRAY(SELECT '320505-' || md5('panel' || m.i % 900 || k)::uuid FROM generate_series(1, 5) AS k)",
    ),
  },
  'procurement.bid': { tender: "md5('bid-tender' || m.i)::uuid", organization: own('organization', 1000, 4000) },
}

/** Codes of all communities of the province, those of `county` first. */
function communities(county: string): { all: string[]; near: number } {
  const rows = readFileSync(join(root, 'data/divisions/jiangsu.csv'), 'utf8').split('\n')
  const codes = rows.map((row) => row.split(',')[0] ?? '').filter((code) => /^\d{12}$/.test(code))
  const near = codes.filter((code) => code.startsWith(county))
  return { all: [...near, ...codes.filter((code) => !code.startsWith(county))], near: near.length }
}

function sourceOf(table: string, column: string): string {
  const common: Readonly<Record<string, string>> = {
    jurisdiction: 'left(p.code, 6)',
    id: 'm.id',
    division: 'p.code',
    number_value: '2000000 + m.i',
    created_at: 'm.at',
    updated_at: 'm.at',
  }
  return changes[table]?.[column] ?? common[column] ?? `r.${column}`
}

type Places = { readonly near: number; readonly all: number }

async function fill(
  client: pg.Client,
  table: string,
  count: number,
  newest: Date,
  { near, all }: Places,
): Promise<number> {
  const { rows: columns } = await client.query<{ name: string }>(
    "SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
    [table],
  )
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     WHERE i.indrelid = $1::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [table],
  )
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`)
  const names = columns.map(({ name }) => name)
  const filled = await client.query(
    `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map((name) => sourceOf(table, name)).join(', ')}
     FROM (SELECT * FROM ${table} LIMIT 1) AS r
     CROSS JOIN (SELECT i, at, overlay(overlay(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || substr(md5(i::text), 13) PLACING '7' FROM 13) PLACING 'a' FROM 17)::uuid AS id
       FROM (SELECT i, $2::timestamptz - ($1::int - i) * ($3::float8 * interval '1 second') AS at FROM generate_series(1, $1::int) AS i) AS moments) AS m
     JOIN places p ON p.place = CASE WHEN m.i % 20 = 0 THEN (m.i / 20) % $4::int ELSE $4::int + (m.i * 7919::bigint) % $5::int END`,
    [count, newest, (3 * 365 * 86_400) / count, near, all - near],
  )
  for (const { definition } of indexes) await client.query(definition)
  await client.query(`VACUUM (ANALYZE) ${table}`)
  return filled.rowCount ?? 0
}

/**
 * Puts `count` service records (default a million) and a fitting number (`others` times that, default all) of projects, tenders, bids, contracts, evaluations, findings and cases beside the
 * rows of a told thread; a table without a row to copy stays as it is. Needs an administrator: foreign keys are not asked. Their indexes are
 * taken away before and made again as they were. Answers the rows that each table got.
 */
export async function loadRecords(load: {
  readonly adminUrl: string
  readonly count?: number
  readonly others?: number
  readonly county?: string
}): Promise<Map<string, number>> {
  const client = new pg.Client({
    connectionString: load.adminUrl,
    options:
      '-c session_replication_role=replica -c timezone=UTC -c synchronous_commit=off -c maintenance_work_mem=384MB -c work_mem=64MB',
  })
  await client.connect()
  const loaded = new Map<string, number>()
  try {
    const { all, near } = communities(load.county ?? '320505')
    await client.query(
      'CREATE TEMP TABLE places AS SELECT (ord - 1)::int AS place, code FROM unnest($1::text[]) WITH ORDINALITY AS x(code, ord)',
      [all],
    )
    await client.query('ANALYZE places')
    const newest = new Date()
    const { count = 1_000_000, others = 1 } = load
    for (const [table, share] of [['delivery.service_record', 1] as const, ...Object.entries(shares)]) {
      const rows = Math.round(count * share * (share === 1 ? 1 : others))
      if (rows > 0) loaded.set(table, await fill(client, table, rows, newest, { near, all: all.length }))
    }
  } finally {
    await client.end()
  }
  return loaded
}
