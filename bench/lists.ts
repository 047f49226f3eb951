// Lists of the loop beside the bare server that sends the same statements: a million service records and what stands around them.
import { loadavg } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { compose, type Parts } from '../src/app/compose.ts'
import { seededClock } from '../src/app/demo/scheduler.ts'
import { domains } from '../src/app/domains.ts'
import { makeApp } from '../src/app/listen.ts'
import { loadDivisions } from '../src/foundation/divisions/public.ts'
import { assign, createPerson, openSession } from '../src/foundation/identity/public.ts'
import { asDivision, type Id } from '../src/kit/id.ts'
import { addDays, instant } from '../src/kit/instant.ts'
import type { Role } from '../src/kit/roles.ts'
import { granted } from '../src/kit/ruling.ts'
import { systemAct } from '../src/platform/action.ts'
import { serializerSchema } from '../src/platform/http/schemas.ts'
import { makeLog } from '../src/platform/log.ts'
import { explain } from '../tests/plans/explain.ts'
import { loadRecords } from '../tests/plans/million-records.ts'
import { asOwner, type BenchDatabase, openBenchDatabase } from './bench-database.ts'
import { compare, head, type Outcome, rounds, seconds, type Side, startSide, stopSide } from './http.ts'
import { tellOne } from './loop.ts'
import type { Captured, ServerTask, Statement } from './shapes.ts'
import { tableOf } from './table.ts'

const root = join(import.meta.dirname, '..')
const poolSize = 20
const target = 0.8
const county = '320505'
const records = Number(process.env['BENCH_RECORDS'] ?? 1_000_000)

/** A list as somebody opens it; `places`: the same for each community of the county in turn. */
type Subject = {
  readonly name: string
  readonly list: string
  readonly role: Role
  readonly at: 'county' | 'township'
  readonly query: string
  readonly places?: boolean
  /** The person of the told thread whose rows these are, else a new one with the role. */
  readonly own?: 'worker' | 'organization'
}

const subjects: readonly Subject[] = [
  {
    name: 'projects of a community, for everybody',
    list: 'listProjects',
    role: 'resident',
    at: 'township',
    query: '',
    places: true,
  },
  { name: 'projects, desk of a county', list: 'listDeskProjects', role: 'county-overseer', at: 'county', query: '' },
  {
    name: 'projects being delivered, county',
    list: 'listDeskProjects',
    role: 'county-overseer',
    at: 'county',
    query: '&state=delivering',
  },
  { name: 'tenders, desk of a county', list: 'listDeskTenders', role: 'county-overseer', at: 'county', query: '' },
  { name: 'contracts, desk of a county', list: 'listContracts', role: 'county-overseer', at: 'county', query: '' },
  {
    name: 'contracts of a community',
    list: 'listContracts',
    role: 'county-overseer',
    at: 'county',
    query: '',
    places: true,
  },
  {
    name: 'service records, desk of a county',
    list: 'listServiceRecords',
    role: 'county-overseer',
    at: 'county',
    query: '',
  },
  {
    name: 'service records of a community',
    list: 'listServiceRecords',
    role: 'county-overseer',
    at: 'county',
    query: '',
    places: true,
  },
  {
    name: 'service records in doubt, county',
    list: 'listServiceRecords',
    role: 'county-overseer',
    at: 'county',
    query: '&flagged=yes',
  },
  {
    name: 'service records of an organization',
    list: 'listServiceRecords',
    role: 'organization-administrator',
    at: 'county',
    query: '',
    own: 'organization',
  },
  {
    name: 'my service records, a worker’s phone',
    list: 'listServiceRecords',
    role: 'social-worker',
    at: 'county',
    query: '&mine=yes',
    own: 'worker',
  },
  { name: 'evaluations, desk of a county', list: 'listEvaluations', role: 'county-overseer', at: 'county', query: '' },
]

/** The database of the records: one thread told through the program, and its rows copied over the province. Made the first time. */
async function openRecords(): Promise<BenchDatabase> {
  const database = await openBenchDatabase('records')
  const [found] = await asOwner<{ n: string }>(
    database.ownerUrl,
    `SELECT count(*) AS n FROM (SELECT 1 FROM delivery.service_record LIMIT ${records}) AS counted`,
  )
  if (Number(found?.n) >= records) return database
  console.log(`loading ${records} service records, once …`)
  const started = performance.now()
  const end = instant(new Date())
  const clock = seededClock(addDays(end, -420))
  const parts = await opened(database, true, clock)
  try {
    await loadDivisions(parts.platform.database.reader)
    await tellOne(parts, clock, end)
  } finally {
    await parts.close()
  }
  const loaded = await loadRecords({ adminUrl: database.adminUrl, count: records, county })
  console.log(`loaded in ${((performance.now() - started) / 1000).toFixed(0)} s:`, Object.fromEntries(loaded))
  return database
}

function opened(
  database: BenchDatabase,
  demo: boolean,
  clock?: Parameters<typeof compose>[0]['clock'],
): Promise<Parts> {
  const { appUrl: databaseUrl, dataDir } = database
  return compose({
    root,
    databaseUrl,
    dataDir,
    demo,
    ...(clock === undefined ? {} : { clock }),
    log: makeLog('warn'),
    poolSize,
  })
}

type Heard = Subject & { readonly cookie: string; readonly paths: readonly string[] }

async function personFor(parts: Parts, database: BenchDatabase, subject: Subject, turn: number): Promise<string> {
  const { platform } = parts
  const [told] = await asOwner<{ person: Id<'person'>; organization: Id<'organization'> }>(
    database.ownerUrl,
    'SELECT person, organization FROM delivery.service_record ORDER BY number_value LIMIT 1',
  )
  const division = asDivision(subject.at === 'county' ? county : `${county}001`)
  const phone = `198${String(Date.now()).slice(-6)}${String(turn).padStart(2, '0')}`
  const made = async (): Promise<Id<'person'>> =>
    granted(
      await systemAct(platform, 'bench.person', (act) =>
        createPerson(act, {
          name: '测量员',
          officialName: '测量员',
          phone,
          birth: '1980-05-05',
          residence: asDivision(`${county}001002`),
          verified: true,
        }),
      ),
    )
  const person = subject.own === 'worker' && told !== undefined ? told.person : await made()
  if (subject.role !== 'resident' && subject.own !== 'worker')
    granted(
      await systemAct(platform, 'bench.role', (act) =>
        assign(act, {
          person,
          role: subject.role,
          division,
          organization: subject.own === 'organization' ? told?.organization : undefined,
        }),
      ),
    )
  const token = await systemAct(platform, 'bench.session', (act) =>
    openSession(act, person, { device: 'bench', secondFactor: true }),
  )
  return `liandong_session=${granted(token)}`
}

/** Opens each list once as its reader and hears what it sends. */
async function hear(database: BenchDatabase): Promise<{ subjects: Heard[]; heard: Record<string, Captured> }> {
  const parts = await opened(database, false)
  try {
    const { platform } = parts
    await loadDivisions(platform.database.reader)
    const places = await asOwner<{ division: string }>(
      database.ownerUrl,
      `SELECT DISTINCT division FROM projects.project WHERE jurisdiction = '${county}' AND length(division) = 12 ORDER BY division LIMIT 40`,
    )
    const bindings = new Map(domains.flatMap((domain) => domain.routes).map((each) => [each.endpoint.name, each]))
    const people = await Promise.all(subjects.map((subject, turn) => personFor(parts, database, subject, turn)))
    await parts.outbox.drain()
    await parts.outbox.stop()
    await parts.timers.stop()
    const server = await makeApp(parts, { root, perMinute: 1_000_000_000 })
    const heard: Record<string, Captured> = {}
    const found: Heard[] = []
    for (const [turn, subject] of subjects.entries()) {
      const binding = bindings.get(subject.list)
      if (binding?.endpoint.output === undefined) throw new Error(`no list ${subject.list}`)
      const cookie = people[turn] ?? ''
      // A parameter that says nothing keeps the addresses of two readers of one list apart.
      const bare = `/api${binding.endpoint.path}?size=${20 + turn}${subject.query}`
      const paths = subject.places === true ? places.map(({ division }) => `${bare}&division=${division}`) : [bare]
      for (const url of paths) {
        const statements: Statement[] = []
        platform.database.statements.listener = (text, values) =>
          statements.push({ text, values: values.map((value) => (typeof value === 'bigint' ? String(value) : value)) })
        const answer = await server.inject({ method: 'GET', url, headers: { cookie, 'accept-language': 'zh-CN' } })
        platform.database.statements.listener = undefined
        const body = answer.json()
        if (answer.statusCode !== 200) throw new Error(`${subject.name}: ${answer.statusCode} ${answer.body}`)
        if (body.rows.length === 0) throw new Error(`${subject.name}: nothing is found at ${url}`)
        heard[url] = { statements, answer: body, schema: serializerSchema(binding.endpoint.output) }
      }
      found.push({ ...subject, cookie, paths })
    }
    await server.close()
    return { subjects: found, heard }
  } finally {
    await parts.close()
  }
}

/** By list: how many statements it sends beside the session, and the most rows that one step of their plans reads. */
async function readRows(database: BenchDatabase, subject: Heard, heard: Record<string, Captured>): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    const statements = (heard[subject.paths[0] ?? '']?.statements ?? []).filter(
      ({ text }) => !text.includes('FROM identity.session'),
    )
    let most = 0
    for (const { text, values } of statements)
      most = Math.max(most, ...(await explain(client, text, values)).map((step) => step.rows))
    return [subject.name, String(statements.length), String(Math.round(most))]
  } finally {
    await client.end()
  }
}

/** Measures and prints; true when every list reaches the target. */
export async function benchLists(): Promise<boolean> {
  const database = await openRecords()
  try {
    await asOwner(database.ownerUrl, 'DELETE FROM platform.outbox')
    const { subjects: found, heard } = await hear(database)
    const read: string[][] = []
    for (const subject of found) read.push(await readRows(database, subject, heard))
    console.log(`\nlists over ${records} service records: what one page costs the database\n`)
    console.log(tableOf(['list', 'statements', 'most rows read by a step'], read))
    const task: ServerTask = { databaseUrl: database.appUrl, dataDir: database.dataDir, poolSize, heard }
    const wanted = process.env['BENCH_CASE']
    const outcomes: Outcome[] = []
    const started: Side[] = []
    try {
      const sides = { ours: await startSide('ours', task, started), bare: await startSide('bare', task, started) }
      for (const subject of found.filter(({ name }) => wanted === undefined || name.startsWith(wanted))) {
        const headers = { cookie: subject.cookie, 'accept-language': 'zh-CN' }
        for (const connections of [1, 32]) {
          const load = { method: 'GET' as const, headers, paths: subject.paths }
          outcomes.push(await compare(database, load, sides, { ...subject, target }, connections, connections > 1))
          console.log(outcomes.at(-1)?.row.join('  '))
        }
      }
    } finally {
      for (const side of started) await stopSide(side)
    }
    const busy = loadavg().map((each) => each.toFixed(1))
    console.log(
      `\nlists: our server / bare Fastify + pg, PostgreSQL ${database.version}, ${rounds} rounds of ${seconds} s each, medians; load at the end ${busy.join(' ')}\n`,
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
