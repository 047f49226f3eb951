// A million made-up needs put into a migrated database in under a minute: for the plans of lists and for measurements.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { readContent } from '../../src/app/demo/content.ts'
import { countText } from '../../src/loop/needs/store/words.ts'
import { tsvectorText } from '../../src/platform/search/tokens.ts'

const root = join(import.meta.dirname, '../..')

export type Load = {
  /** Connection string of the owner of the schema. */
  readonly ownerUrl: string
  readonly count?: number
  /** A county whose communities get one need in twenty; the rest spreads over the province. */
  readonly county?: string
}

type Text = { readonly title: string; readonly text: string; readonly words: string; readonly category: string }

/** Numbers below one, the same ones at each run. */
function drawer(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const shelfSize = 16_384

/**
 * Texts as residents write them: a title and one to five sentences out of some 1,100 that were written for the demo and the classifier. Some matters come up
 * far more often than others (the power), so that words are as unevenly spread as in real life; what people name (their estate, a
 * neighbour, a number) is added to each need by itself and makes the long tail.
 */
function makeTexts(): Text[] {
  const draw = drawer(7)
  const { needs } = readContent(root)
  const sentencesOf = (text: string) => text.split(/(?<=[。！？])/).filter((sentence) => sentence.length >= 4)
  const lines = readFileSync(join(root, 'data/classifier/sentences.jsonl'), 'utf8').trim().split('\n')
  const written = lines.map((line) => String((JSON.parse(line) as { text: string }).text))
  const told = needs.flatMap(({ text }) => sentencesOf(text))
  // One from the demo, one from the classifier, and so on: the frequent matters come from both.
  const sentences = told.flatMap((sentence, at) => [
    sentence,
    ...(written[at] === undefined ? [] : [`${written[at]}。`]),
  ])
  const cut = sentences.map((sentence) => tsvectorText(sentence))
  const titles = needs.map(({ title, category }) => ({ title, category, words: tsvectorText(title) }))
  return Array.from({ length: shelfSize }, () => {
    const own = titles[Math.floor(titles.length * draw() ** 1.5)]
    const parts = Array.from({ length: 1 + Math.floor(draw() * 5) }, () => Math.floor(sentences.length * draw() ** 1.5))
    return {
      title: own?.title ?? '',
      text: parts.map((part) => sentences[part]).join(''),
      words: [own?.words, ...parts.map((part) => cut[part])].join(' '),
      category: own?.category ?? '20',
    }
  })
}

type Place = { readonly code: string; readonly name: string }

/** All communities of the province with the name that estates there bear, those of `county` first. */
function communities(county: string): { all: Place[]; near: Place[] } {
  const rows = readFileSync(join(root, 'data/divisions/jiangsu.csv'), 'utf8').split('\n')
  const all = rows
    .map((row) => row.split(','))
    .filter(([code]) => /^\d{12}$/.test(code ?? ''))
    .map(([code, name]) => ({
      code: code ?? '',
      name: (name ?? '').replace(/(社区|村|居|民|委|员|会)+$/, '') || '新区',
    }))
  return { all, near: all.filter(({ code }) => code.startsWith(county)) }
}

const shelf = `
CREATE TEMP TABLE shelf AS SELECT (row_number() OVER ()) - 1 AS place, title, text, to_tsvector('simple', words) AS search, category
FROM jsonb_to_recordset($1::jsonb) AS x(title text, text text, words text, category text)`

const divisionsText = `CREATE TEMP TABLE places AS SELECT (ord - 1)::int AS place, code, name
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS x(code, name, ord)`

// Three years of needs, oldest first; every twentieth lies in the county near by. Private ones and drafts hold no words. Only what is still to be done is
// due. A need names the estate and the building it is about, every third one a person.
const fill = `
INSERT INTO needs.need (jurisdiction, id, division, state, number_year, number_value, resident, resident_masked, resident_verified, visibility,
  category, for_whom, urgency, source, texts, texts_sealed, search, supports, verified_supports, holder, holder_name, route, department,
  created_at, updated_at, submitted_at, due_at, root, answered_at, verdict, rating, history)
SELECT left(p.code, 6), m.id, p.code, m.state, extract(year FROM m.at), m.i, '320000-' || m.resident, '王**', m.i % 9 <> 8, CASE WHEN m.hidden THEN 'private' ELSE 'public' END,
  t.category, 'self', CASE WHEN m.i % 20 = 0 THEN 'urgent' ELSE 'normal' END, 'resident-site',
  CASE WHEN NOT m.hidden THEN jsonb_build_object('title', t.title, 'text', coalesce(w.person || '：', '') || t.text, 'place', p.name || w.estate || w.building || '幢') END, NULL,
  CASE WHEN NOT m.hidden AND m.state <> 'draft' THEN t.search || (format('%L:90 %L:91 %L:92 %L:93', p.name, w.estate, w.building, '幢') || coalesce(' ' || quote_literal(w.person) || ':94', ''))::tsvector END,
  m.i % 37, m.i % 19 % (m.i % 37 + 1),
  CASE WHEN m.state IN ('accepted', 'responding', 'answered', 'closed') THEN '320000-' || md5('holder' || m.i % 9000)::uuid END, '李四',
  CASE WHEN m.state IN ('responding', 'answered', 'closed') THEN CASE WHEN m.i % 3 = 0 THEN 'department' ELSE 'project' END END,
  CASE WHEN m.state IN ('responding', 'answered', 'closed') AND m.i % 3 = 0 THEN 'department-' || m.i % 8 END,
  m.at, m.at, m.at, CASE WHEN m.state IN ('submitted', 'accepted', 'responding') THEN m.at + interval '7 days' END, m.id,
  CASE WHEN m.state IN ('answered', 'closed') THEN m.at + interval '6 days' END, CASE WHEN m.state = 'closed' THEN 'met' END, CASE WHEN m.state = 'closed' THEN 5 END,
  jsonb_build_array(jsonb_build_object('state', m.state, 'at', m.at))
FROM (
  SELECT i, at, md5('resident' || i % 300000)::uuid AS resident, i % 7 = 3 AS hidden, ('x' || substr(md5(i::text), 1, 7))::bit(28)::int AS dice,
    overlay(overlay(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || substr(md5(i::text), 13) PLACING '7' FROM 13) PLACING 'a' FROM 17)::uuid AS id,
    (ARRAY['submitted','submitted','accepted','accepted','responding','responding','answered','declined','withdrawn','draft'])[CASE WHEN i % 10 < 7 THEN NULL ELSE (i / 10) % 10 + 1 END] AS open_state
  FROM (SELECT i, $3::timestamptz - (($4::int - i) * interval '94 seconds') AS at FROM generate_series($1::int, $2::int) AS i) AS moments
) AS o
CROSS JOIN LATERAL (SELECT o.*, coalesce(o.open_state, 'closed') AS state) AS m
CROSS JOIN LATERAL (SELECT (ARRAY['新村', '花园', '苑', '家园', '公寓', '小区'])[m.dice % 6 + 1] AS estate, (m.dice / 64 % 60 + 1)::text AS building,
  CASE WHEN m.dice % 3 = 0 THEN substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许', m.dice / 8 % 20 + 1, 1) || substr('国建志玉秀桂明春文德金凤家永海云红小阿大', m.dice / 1024 % 20 + 1, 1)
    || substr('华英兰平林生珍芳根发荣宝强军梅龙福康宁安', m.dice / 32768 % 20 + 1, 1) END AS person) AS w
JOIN shelf t ON t.place = (m.i * 31 + m.dice % 1024 * 16) % ${shelfSize}
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
        const ordered = [...near, ...all.filter(({ code }) => !code.startsWith(near[0]?.code.slice(0, 6) ?? '-'))]
        await client.query(divisionsText, [ordered.map(({ code }) => code), ordered.map(({ name }) => name)])
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
    // The search indexes are by far the longest: one connection has them alone.
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
    // As each night.
    await first.query(countText)
    await first.query('VACUUM (ANALYZE) needs.word')
  } finally {
    for (const client of clients) await client.end()
  }
  return (performance.now() - started) / 1000
}
