// A million made-up needs put into a migrated database in under a minute: for the plans of lists and for measurements.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { readContent } from '../../src/app/demo/content.ts'
import { tsvectorText } from '../../src/platform/search/tokens.ts'

const root = join(import.meta.dirname, '../..')

export type Load = {
  /** Connection string of the owner of the schema. */
  readonly ownerUrl: string
  readonly count?: number
  /** A county whose communities get one need in twenty; the rest spreads over the province. */
  readonly county?: string
}

type Text = { readonly texts: string; readonly words: string; readonly category: string }

/** Some 1,000 texts: each of the demo's needs with a sentence of another, so that words are shared as in real life and no vector is like the next. */
function makeTexts(): Text[] {
  const { needs } = readContent(root)
  return Array.from({ length: 1024 }, (_, index) => {
    const own = needs[index % needs.length]
    const other = needs[(index * 7 + Math.floor(index / needs.length) * 13 + 1) % needs.length]
    if (own === undefined || other === undefined) throw new Error('the demo has no needs')
    const texts = { title: own.title, text: `${own.text}${other.text.split('。')[0]}。`, place: own.place }
    return {
      texts: JSON.stringify(texts),
      words: tsvectorText(`${texts.title} ${texts.text} ${texts.place}`),
      category: own.category,
    }
  })
}

/** Codes of all communities of the province, those of `county` first. */
function communities(county: string): { all: string[]; near: string[] } {
  const rows = readFileSync(join(root, 'data/divisions/jiangsu.csv'), 'utf8').split('\n')
  const all = rows.map((row) => row.split(',')[0] ?? '').filter((code) => /^\d{12}$/.test(code))
  return { all, near: all.filter((code) => code.startsWith(county)) }
}

const shelf = `
CREATE TEMP TABLE shelf AS SELECT (row_number() OVER ()) - 1 AS place, texts::jsonb, to_tsvector('simple', words) AS search, category
FROM jsonb_to_recordset($1::jsonb) AS x(texts text, words text, category text)`

const divisionsText = `CREATE TEMP TABLE places AS SELECT (ord - 1)::int AS place, code FROM unnest($1::text[]) WITH ORDINALITY AS x(code, ord)`

// Three years of needs, oldest first; every twentieth lies in the county near by. Private ones hold no words at all.
const fill = `
INSERT INTO needs.need (jurisdiction, id, division, state, number_year, number_value, resident, resident_masked, resident_verified, visibility,
  category, for_whom, urgency, source, texts, texts_sealed, search, supports, verified_supports, holder, holder_name, route, department,
  created_at, updated_at, submitted_at, due_at, root, answered_at, verdict, rating, history)
SELECT left(p.code, 6), m.id, p.code, m.state, extract(year FROM m.at), m.i, '320000-' || m.resident, '王**', m.i % 9 <> 8, CASE WHEN m.hidden THEN 'private' ELSE 'public' END,
  t.category, 'self', CASE WHEN m.i % 20 = 0 THEN 'urgent' ELSE 'normal' END, 'resident-site',
  CASE WHEN m.hidden THEN NULL ELSE t.texts END, NULL, CASE WHEN m.hidden THEN NULL ELSE t.search END,
  m.i % 37, m.i % 19 % (m.i % 37 + 1),
  CASE WHEN m.state IN ('accepted', 'responding', 'answered', 'closed') THEN '320000-' || md5('holder' || m.i % 9000)::uuid END, '李四',
  CASE WHEN m.state IN ('responding', 'answered', 'closed') THEN CASE WHEN m.i % 3 = 0 THEN 'department' ELSE 'project' END END,
  CASE WHEN m.state IN ('responding', 'answered', 'closed') AND m.i % 3 = 0 THEN 'department-' || m.i % 8 END,
  m.at, m.at, m.at, m.at + interval '7 days', m.id,
  CASE WHEN m.state IN ('answered', 'closed') THEN m.at + interval '6 days' END, CASE WHEN m.state = 'closed' THEN 'met' END, CASE WHEN m.state = 'closed' THEN 5 END,
  jsonb_build_array(jsonb_build_object('state', m.state, 'at', m.at))
FROM (
  SELECT i, at, md5('resident' || i % 300000)::uuid AS resident, i % 7 = 3 AS hidden,
    overlay(overlay(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || substr(md5(i::text), 13) PLACING '7' FROM 13) PLACING 'a' FROM 17)::uuid AS id,
    (ARRAY['submitted','submitted','accepted','accepted','responding','responding','answered','declined','withdrawn','draft'])[CASE WHEN i % 10 < 7 THEN NULL ELSE (i / 10) % 10 + 1 END] AS open_state
  FROM (SELECT i, $3::timestamptz - (($4::int - i) * interval '94 seconds') AS at FROM generate_series($1::int, $2::int) AS i) AS moments
) AS o
CROSS JOIN LATERAL (SELECT o.*, coalesce(o.open_state, 'closed') AS state) AS m
JOIN shelf t ON t.place = (m.i * 31) % 1024
JOIN places p ON p.place = CASE WHEN m.i % 20 = 0 THEN (m.i / 20) % $5::int ELSE $5::int + (m.i * 7919::bigint) % $6::int END`

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    options: '-c timezone=UTC -c synchronous_commit=off -c maintenance_work_mem=384MB -c work_mem=64MB',
  })
  await client.connect()
  return client
}

/**
 * Puts `count` needs (default a million) into needs.need. Its indexes, the primary key apart, are taken away before and made again as they
 * were: the schema stays what the migrations made, only the order of the work differs. Ends with ANALYZE. Answers the seconds it took.
 */
export async function loadNeeds(load: Load): Promise<number> {
  const started = performance.now()
  const count = load.count ?? 1_000_000
  const { all, near } = communities(load.county ?? '320505')
  const texts = JSON.stringify(makeTexts())
  const clients = [await connected(load.ownerUrl), await connected(load.ownerUrl)]
  const [first] = clients
  if (first === undefined) throw new Error('no connection')
  try {
    const kept = await first.query<{ name: string; definition: string }>(
      `SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
       WHERE i.indrelid = 'needs.need'::regclass AND NOT i.indisprimary ORDER BY c.relname`,
    )
    const newest = new Date()
    for (const { name } of kept.rows) await first.query(`DROP INDEX needs.${name}`)
    const share = Math.ceil(count / clients.length)
    await Promise.all(
      clients.map(async (client, turn) => {
        await client.query(shelf, [texts])
        await client.query(divisionsText, [[...near, ...all.filter((code) => !near.includes(code))]])
        await client.query('ANALYZE shelf, places')
        await client.query(fill, [
          turn * share + 1,
          Math.min(count, (turn + 1) * share),
          newest,
          count,
          near.length,
          all.length - near.length,
        ])
      }),
    )
    // The search index is by far the longest: one connection has it alone.
    const search = kept.rows.filter((index) => index.definition.includes('USING gin'))
    const others = kept.rows.filter((index) => !search.includes(index))
    await Promise.all(
      [search, others].map(async (indexes, turn) => {
        for (const { definition } of indexes) await clients[turn]?.query(definition)
      }),
    )
    // The next need raised by the program gets a number that is free.
    await first.query(
      `INSERT INTO platform.counter (jurisdiction, name, year, value) SELECT DISTINCT left(code, 6), 'need', extract(year FROM $1::timestamptz)::int, $2::bigint
      FROM places ON CONFLICT (jurisdiction, name, year) DO UPDATE SET value = greatest(platform.counter.value, excluded.value)`,
      [newest, count],
    )
    await first.query('VACUUM (ANALYZE) needs.need')
  } finally {
    for (const client of clients) await client.end()
  }
  return (performance.now() - started) / 1000
}
