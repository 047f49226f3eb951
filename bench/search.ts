// Search in a million needs: similar needs and the lists' text search, through the whole stack against a point read, and in the database against ILIKE.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import pg from 'pg'
import { asOwner, type BenchDatabase, openFilledDatabase } from './bench-database.ts'
import { type Side, startSide, stopSide } from './http.ts'
import { bySimilar, headersOf, type Kind, nameOf, poolSize, prepare, type Wanted } from './search-kinds.ts'
import type { Statement } from './shapes.ts'
import { median, tableOf } from './table.ts'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5)
/** Requests of each kind in a round. */
const asked = 200
/** ILIKE over the same rows must take so many times as long. */
const targetOfIlike = 50

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** Milliseconds of one request, its answer read to the end. */
function timeOf(side: Side, wanted: Wanted): Promise<number> {
  const started = performance.now()
  return new Promise((done, fail) => {
    const sent = request(
      `${side.url}${wanted.path}`,
      { method: wanted.body === undefined ? 'GET' : 'POST', agent, headers: headersOf(wanted) },
      (answer) => {
        answer.resume()
        answer.once('end', () =>
          answer.statusCode === 200
            ? done(performance.now() - started)
            : fail(new Error(`${wanted.path}: ${answer.statusCode}`)),
        )
      },
    )
    sent.once('error', fail)
    sent.end(wanted.body)
  })
}

/** The value below which so many of a hundred lie. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? Number.NaN
}

type Outcome = { readonly row: string[]; readonly reached: boolean }

/** Rounds of one request of each kind after the other: what drifts on the machine hits all alike. */
async function throughTheStack(database: BenchDatabase, side: Side, kinds: readonly Kind[]): Promise<Outcome[]> {
  const found = kinds.map((): { p50: number; p95: number }[] => [])
  const work = kinds.map((): number[] => [])
  for (let round = -1; round < rounds; round += 1) {
    const times = kinds.map((): number[] => [])
    // Whoever works for a request: the server, and those of the database that it is connected with by now.
    const pids = [
      side.process.pid,
      ...(
        await asOwner<{ pid: number }>(
          database.ownerUrl,
          "SELECT pid FROM pg_stat_activity WHERE usename = 'liandong_app'",
        )
      ).map(({ pid }) => pid),
    ]
    const worked = () => pids.reduce<number>((sum, pid) => sum + processorMs(pid), 0)
    for (let turn = 0; turn < asked; turn += 1) {
      for (const [at, kind] of kinds.entries()) {
        const wanted = kind.wanted[((round + 1) * asked + turn) % kind.wanted.length]
        if (wanted === undefined) continue
        const before = worked()
        times[at]?.push(await timeOf(side, wanted))
        if (round >= 0) work[at]?.push(worked() - before)
      }
    }
    // The first round warms the code up.
    if (round < 0) continue
    for (const [at, values] of times.entries())
      found[at]?.push({ p50: percentile(values, 50), p95: percentile(values, 95) })
  }
  const reads = found[0] ?? []
  return kinds.map((kind, at) => {
    const mine = found[at] ?? []
    const ratios = mine.map(({ p95 }, round) => p95 / (reads[round]?.p95 ?? Number.NaN))
    const ratio = median(ratios)
    const reached = kind.target === undefined || ratio <= kind.target
    return {
      reached,
      row: [
        kind.name,
        kind.scope,
        median(mine.map(({ p50 }) => p50)).toFixed(2),
        median(mine.map(({ p95 }) => p95)).toFixed(2),
        [50, 95].map((share) => percentile(work[at] ?? [], share).toFixed(2)).join(' / '),
        (percentile(work[at] ?? [], 95) / percentile(work[0] ?? [], 95)).toFixed(2),
        ...(kind.target === undefined
          ? ['1', '', '', '']
          : [
              ratio.toFixed(2),
              `<= ${kind.target}`,
              reached ? 'yes' : 'no',
              `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
            ]),
      ],
    }
  })
}

const like = `SELECT jurisdiction, id FROM needs.need n WHERE n.visibility = 'public' AND starts_with(n.division::text, $1)
  AND n.texts::text ILIKE ALL($2::text[]) ORDER BY n.id DESC LIMIT 21`

/** The same words with ILIKE; a similar need shares any of its words, a row of a list has them all. */
function ilikeOf(kind: Kind, statement: Statement): { text: string; values: unknown[]; words: string[] } {
  const [whole, begun] = statement.values
  const words = Array.isArray(whole) ? whole.map(String) : []
  if (kind.searches === bySimilar)
    return {
      text: like.replace('ALL(', 'ANY(').replace('ORDER BY n.id DESC LIMIT 21', ''),
      values: [],
      words: words.map((word) => `%${word}%`),
    }
  return {
    text: like,
    values: [],
    words: [...words, ...(typeof begun === 'string' ? [begun] : [])].map((word) => `%${word}%`),
  }
}

const scopes: Readonly<Record<string, string>> = {
  community: '320505001002',
  'community, then township': '320505001',
  township: '320505001',
  county: '320505',
  province: '32',
}

/** Lists have a statement for each shape of filter; a prepared one is known by its text. */
const nameOfStatement = (kind: Kind, text: string) =>
  `${nameOf(kind)} ${createHash('sha1').update(text).digest('hex').slice(0, 8)}`

/** Milliseconds that a process has had of a processor so far; NaN where the system does not tell. */
function processorMs(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return Number.NaN
  }
}

/** Each statement of a search beside ILIKE over the million rows, and beside ILIKE over the rows of the same place. */
async function againstIlike(
  database: BenchDatabase,
  kinds: readonly Kind[],
  heard: ReadonlyMap<string, Statement[]>,
): Promise<Outcome[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl, options: '-c timezone=UTC' })
  await client.connect()
  const { rows: pids } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const timed = async (name: string, text: string, values: readonly unknown[]) => {
    const started = performance.now()
    await client.query({ name, text, values: [...values] })
    return performance.now() - started
  }
  /** The processor's milliseconds of the database for a statement: waiting for a busy machine does not enter into it. */
  const worked = async (name: string, text: string, values: readonly unknown[]) => {
    const before = processorMs(pids[0]?.pid)
    await client.query({ name, text, values: [...values] })
    return processorMs(pids[0]?.pid) - before
  }
  try {
    const outcomes: Outcome[] = []
    for (const kind of kinds) {
      const statements = heard.get(nameOf(kind)) ?? []
      const [some] = statements
      if (some === undefined) continue
      for (const { text, values } of statements) await timed(nameOfStatement(kind, text), text, values)
      const work: number[] = []
      for (const { text, values } of statements) {
        const twice = [
          await worked(nameOfStatement(kind, text), text, values),
          await worked(nameOfStatement(kind, text), text, values),
        ]
        work.push(Math.min(...twice))
      }
      const cpu = [percentile(work, 50).toFixed(2), percentile(work, 95).toFixed(2)]
      if (kind.target === undefined) {
        outcomes.push({ reached: true, row: [kind.name, kind.scope, '', '', ...cpu, '', '', '', '', ''] })
        continue
      }
      const ours: number[] = []
      const everywhere: number[] = []
      const there: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const own = statements.filter((_, at) => at % rounds === round)
        for (const { text, values } of own) ours.push(await timed(nameOfStatement(kind, text), text, values))
        const [sample] = own
        if (sample === undefined || round > 2) continue
        const { text, words } = ilikeOf(kind, sample)
        everywhere.push(
          await timed(`ilike ${kind.scope} ${kind.name}`, text.replace(' ORDER BY n.id DESC LIMIT 21', ''), [
            '32',
            words,
          ]),
        )
        there.push(await timed(`there ${kind.scope} ${kind.name}`, text, [scopes[kind.scope] ?? '32', words]))
      }
      const ratio = median(everywhere) / median(ours)
      outcomes.push({
        reached: ratio >= targetOfIlike,
        row: [
          kind.name,
          kind.scope,
          median(ours).toFixed(2),
          percentile(ours, 95).toFixed(2),
          ...cpu,
          median(everywhere).toFixed(0),
          `${ratio.toFixed(0)}x`,
          `>= ${targetOfIlike}x`,
          ratio >= targetOfIlike ? 'yes' : 'no',
          `${median(there).toFixed(1)} (${(median(there) / median(ours)).toFixed(1)}x)`,
        ],
      })
    }
    return outcomes
  } finally {
    await client.end()
  }
}

/** Measures and prints; true when every target was reached. */
export async function benchSearch(): Promise<boolean> {
  const database = await openFilledDatabase()
  const started: Side[] = []
  try {
    const { kinds, heard } = await prepare(database)
    const side = await startSide('ours', { databaseUrl: database.appUrl, dataDir: database.dataDir, poolSize }, started)
    const stack = await throughTheStack(database, side, kinds)
    agent.destroy()
    await stopSide(side)
    console.log(
      `\nsearch through the whole stack, PostgreSQL ${database.version}, ${rounds} rounds of ${asked} requests of each kind, one after the other, medians\n`,
    )
    console.log(
      tableOf(
        [
          'what',
          'scope',
          'p50 ms',
          'p95 ms',
          'CPU ms p50 / p95',
          'CPU p95 to point read',
          'p95 to point read',
          'target',
          'reached',
          'lowest–highest',
        ],
        stack.map(({ row }) => row),
      ),
    )
    const rows = await againstIlike(database, kinds, heard)
    console.log('\nthe searching statement alone, against ILIKE over the same million rows\n')
    console.log(
      tableOf(
        [
          'what',
          'scope',
          'ours ms',
          'p95 ms',
          'CPU ms',
          'p95 CPU ms',
          'ILIKE ms',
          'ratio',
          'target',
          'reached',
          'ILIKE at the place only',
        ],
        rows.map(({ row }) => row),
      ),
    )
    return [...stack, ...rows].every(({ reached }) => reached)
  } finally {
    for (const side of started) await stopSide(side)
    await database.stop()
  }
}
