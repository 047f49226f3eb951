// Our server against a bare Fastify + pg server that sends the same statements: point read, list, write; interleaved rounds, median of ratios.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { asOwner, type BenchDatabase, openFilledDatabase } from './bench-database.ts'
import { captureStatements, type Traffic } from './capture.ts'
import type { LoadResult, LoadTask, ServerTask } from './shapes.ts'
import { median, tableOf } from './table.ts'

export const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5)
export const seconds = Number(process.env['BENCH_SECONDS'] ?? 4)
const poolSize = 20

export type Side = { readonly name: 'ours' | 'bare'; readonly process: ChildProcess; readonly url: string }

/** Starts one side. What it is told stands on its standard input: it holds the database's password. */
export async function startSide(name: Side['name'], task: ServerTask, started: Side[]): Promise<Side> {
  const bare = task.heard === undefined ? 'bare-server.ts' : 'bare-lists.ts'
  const file = join(import.meta.dirname, name === 'ours' ? 'our-server.ts' : bare)
  const child = spawn(process.execPath, [...profileFlags(name), file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const port = await new Promise<string>((ready, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) ready(line.slice(6))
    })
    child.once('exit', (code) => fail(new Error(`${name} ended with ${code}`)))
    child.stdin.end(JSON.stringify(task))
  })
  const side: Side = { name, process: child, url: `http://127.0.0.1:${port}` }
  started.push(side)
  return side
}

export async function stopSide(side: Side): Promise<void> {
  if (side.process.exitCode !== null) return
  const ended = new Promise((done) => side.process.once('exit', done))
  side.process.kill('SIGCONT')
  side.process.kill('SIGTERM')
  await ended
}

/** BENCH_PROFILE=folder writes a CPU profile of each side there. */
function profileFlags(name: Side['name']): string[] {
  const folder = process.env['BENCH_PROFILE']
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(folder, name)}`]
}

async function makeLoad(task: LoadTask): Promise<LoadResult> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load.ts'), JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString()
  })
  const code = await new Promise<number | null>((done) => child.once('exit', done))
  if (code !== 0) throw new Error('the load failed')
  return JSON.parse(said)
}

/** What our server's background delivery has left to do; a bare round must not pay for it. */
async function untilDelivered(database: BenchDatabase): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const [row] = await asOwner<{ n: string }>(
      database.ownerUrl,
      'SELECT count(*) AS n FROM (SELECT 1 FROM platform.outbox LIMIT 1) AS found',
    )
    if (row?.n === '0') return
    await sleep(200)
  }
  throw new Error('the outbox does not empty')
}

/** Requests that were under way when the load ended still hold their rows for a moment. */
async function untilNobodyWrites(database: BenchDatabase): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const [row] = await asOwner<{ n: string }>(
      database.ownerUrl,
      "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'transactionid' AND granted AND pid <> pg_backend_pid()",
    )
    if (row?.n === '0') return
    await sleep(100)
  }
  throw new Error('a write does not end')
}

/** Processor seconds that a process has used so far; NaN where the system does not tell. A busy machine slows requests, not this. */
function processorSeconds(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}

type Round = LoadResult & { readonly cpuMs: number }

/** One measurement: the other side stands still (SIGSTOP), so that its timers and deliveries cost nothing meanwhile. */
async function measure(database: BenchDatabase, side: Side, other: Side, task: LoadTask): Promise<Round> {
  other.process.kill('SIGSTOP')
  try {
    const before = processorSeconds(side.process.pid)
    const result = await makeLoad({ ...task, url: side.url })
    if (result.faults > 0) throw new Error(`${side.name}: ${result.faults} faults`)
    if (result.total === 0) throw new Error(`${side.name}: no request came through, the machine is too busy`)
    const cpuMs = ((processorSeconds(side.process.pid) - before) * 1000) / result.total
    if (task.method === 'POST') {
      // Rows of the bare side have nobody who delivers them; ours are delivered while it is measured, the rest now.
      if (side.name === 'ours') await untilDelivered(database)
      // Whoever is stopped while holding a row would stop the other side too.
      await untilNobodyWrites(database)
      if (side.name === 'bare') await asOwner(database.ownerUrl, 'DELETE FROM platform.outbox')
    }
    return { ...result, cpuMs }
  } finally {
    other.process.kill('SIGCONT')
  }
}

type Case = {
  readonly name: string
  readonly target: number
  readonly tasks: (traffic: Traffic) => Omit<LoadTask, 'url' | 'connections' | 'seconds'>
}

const cases: readonly Case[] = [
  { name: 'point read', target: 0.8, tasks: ({ headers, points }) => ({ method: 'GET', headers, paths: points }) },
  {
    name: 'list, 20 rows of 1,000,000',
    target: 0.8,
    tasks: ({ headers, lists }) => ({ method: 'GET', headers, paths: lists }),
  },
  {
    name: 'write',
    target: 0.5,
    tasks: ({ headers, body }) => ({
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      paths: ['/api/needs'],
      body,
    }),
  },
]

/** Code that has run a few times is slow in ways that a server is only in its first seconds: enough requests go first, on both sides alike. */
async function warm(database: BenchDatabase, side: Side, other: Side, task: LoadTask): Promise<void> {
  const enough = task.method === 'POST' ? 500 : 4000
  let done = 0
  for (let tries = 0; tries < 6 && done < enough; tries += 1)
    done += (await measure(database, side, other, { ...task, connections: 16, seconds: 3 })).total
}

export type Outcome = { readonly row: string[]; readonly reached: boolean }

/** Rounds of one case on both sides in turn; the ratio of each round, and the median of them. */
export async function compare(
  database: BenchDatabase,
  load: Omit<LoadTask, 'url' | 'connections' | 'seconds'>,
  sides: { ours: Side; bare: Side },
  subject: Pick<Case, 'name' | 'target'>,
  connections: number,
  warmed = false,
): Promise<Outcome> {
  const task: LoadTask = { ...load, url: '', connections, seconds }
  const select: LoadTask = { ...task, paths: task.paths.map((path) => path.replace('/api/', '/select/')) }
  const { ours, bare } = sides
  if (!warmed) {
    await warm(database, ours, bare, task)
    await warm(database, bare, ours, task)
  }
  const found: { ours: Round; bare: Round; select?: Round }[] = []
  for (let round = 0; round < rounds; round += 1) {
    // A B, B A, A B …: what drifts on the machine hits both.
    const oursFirst = round % 2 === 0 ? await measure(database, ours, bare, task) : undefined
    const theirs = await measure(database, bare, ours, task)
    const mine = oursFirst ?? (await measure(database, ours, bare, task))
    found.push({
      ours: mine,
      bare: theirs,
      select: subject.name === 'point read' ? await measure(database, bare, ours, select) : undefined,
    })
  }
  const ratios = found.map((round) => round.ours.perSecond / round.bare.perSecond)
  const ratio = median(ratios)
  const alone = found.flatMap((round) =>
    round.select === undefined ? [] : [round.ours.perSecond / round.select.perSecond],
  )
  return {
    reached: ratio >= subject.target,
    row: [
      subject.name,
      String(connections),
      ratio.toFixed(2),
      `>= ${subject.target}`,
      ratio >= subject.target ? 'yes' : 'no',
      `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
      alone.length > 0 ? median(alone).toFixed(2) : '',
      `${median(found.map((round) => round.ours.cpuMs)).toFixed(2)} / ${median(found.map((round) => round.bare.cpuMs)).toFixed(2)}`,
      `${median(found.map((round) => round.ours.perSecond)).toFixed(0)} / ${median(found.map((round) => round.bare.perSecond)).toFixed(0)}`,
      `${median(found.map((round) => round.ours.p50))} / ${median(found.map((round) => round.bare.p50))}`,
    ],
  }
}

/** What stands over the columns of an outcome. */
export const head = [
  'what',
  'connections',
  'ratio',
  'target',
  'reached',
  'lowest–highest',
  'to SELECT alone',
  'server CPU ms',
  'per second',
  'p50 ms',
] as const

/** Measures and prints; true when every target was reached. */
export async function benchHttp(): Promise<boolean> {
  const database = await openFilledDatabase()
  try {
    await asOwner(database.ownerUrl, 'DELETE FROM platform.outbox')
    const { traffic, capture } = await captureStatements(database, poolSize)
    const task: ServerTask = { databaseUrl: database.appUrl, dataDir: database.dataDir, poolSize, capture }
    const outcomes: Outcome[] = []
    const wanted = process.env['BENCH_CASE']
    const started: Side[] = []
    try {
      const sides = { ours: await startSide('ours', task, started), bare: await startSide('bare', task, started) }
      for (const subject of cases.filter((candidate) => wanted === undefined || candidate.name.startsWith(wanted))) {
        for (const connections of [1, 32]) {
          outcomes.push(await compare(database, subject.tasks(traffic), sides, subject, connections))
          console.log(outcomes[outcomes.length - 1]?.row.join('  '))
        }
      }
    } finally {
      for (const side of started) await stopSide(side)
    }
    console.log(
      `\nhttp: our server / bare Fastify + pg, PostgreSQL ${database.version}, ${rounds} rounds of ${seconds} s each, medians\n`,
    )
    console.log(
      tableOf(
        head,
        outcomes.map((outcome) => outcome.row),
      ),
    )
    return outcomes.every((outcome) => outcome.reached)
  } finally {
    await database.stop()
  }
}
