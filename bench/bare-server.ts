// The other side of the http measurement: Fastify and pg alone, sending the statements that our server was heard to send. No zod, access or logs.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Fastify, { type FastifyRequest } from 'fastify'
import pg from 'pg'
import { instant } from '../src/kit/instant.ts'
import { uuidAt } from '../src/platform/clock.ts'
import type { Captured, ServerTask, Statement } from './shapes.ts'

const task: ServerTask = JSON.parse(readFileSync(0, 'utf8'))
const { capture } = task
if (capture === undefined) throw new Error('nothing was captured')

const types = new pg.TypeOverrides()
types.setTypeParser(20, (text) => BigInt(text))
types.setTypeParser(1082, (text) => text)
types.setTypeParser(1700, (text) => text)
types.setTypeParser(
  1184,
  (text) =>
    `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.replace('+00', '').slice(20).padEnd(3, '0').slice(0, 3)}Z`,
)
const pool = new pg.Pool({
  connectionString: task.databaseUrl,
  max: task.poolSize,
  idleTimeoutMillis: 300_000,
  types,
  options: '-c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000',
})

type Row = Readonly<Record<string, unknown>>
type Prepared = { readonly name: string; readonly text: string }

function prepared(statement: Statement | undefined): Prepared {
  if (statement === undefined) throw new Error('a statement is missing')
  return { name: createHash('sha1').update(statement.text).digest('hex'), text: statement.text }
}

/** The statement of a request in which `words` occur. */
function find(captured: Captured, words: string): Prepared {
  return prepared(captured.statements.find((statement) => statement.text.includes(words)))
}

const session = find(capture.point, 'FROM identity.session')
const point = find(capture.point, 'FROM needs.need')
const list = find(capture.list, 'FROM needs.need')

async function personOf(request: FastifyRequest): Promise<Row> {
  const token = (request.headers.cookie ?? '').split('=')[1] ?? ''
  const now = instant(new Date())
  const result = await pool.query<Row>({
    ...session,
    values: [createHash('sha256').update(token).digest('base64url'), now, now, now.slice(0, 10)],
  })
  const [row] = result.rows
  if (row === undefined) throw new Error('no session')
  return row
}

/** Today in Asia/Shanghai: on which the need's holder may be away. */
const day = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

const some = (value: unknown): unknown => (value === null ? undefined : value)

// What rules compute (next, actions) is constant here; the columns come from the row.
function viewOf(row: Row): Record<string, unknown> {
  const texts = row['texts'] as Row | null
  return {
    ...capture?.point.answer,
    id: `${row['jurisdiction']}-${row['id']}`,
    version: row['version'],
    number: `需${row['number_year']}-${row['number_value']}`,
    state: row['state'],
    division: row['division'],
    title: texts?.['title'],
    text: texts?.['text'],
    place: texts?.['place'],
    category: row['category'],
    urgency: row['urgency'],
    visibility: row['visibility'],
    source: row['source'],
    supports: row['supports'],
    verifiedSupports: row['verified_supports'],
    supported: row['supported'],
    route: some(row['route']),
    submittedAt: some(row['submitted_at']),
    dueAt: some(row['due_at']),
    raised: row['raised'],
    history: row['history'],
    files: row['files'],
  }
}

const listed = (capture.list.answer['rows'] as Row[])[0]

function rowOf(row: Row): Record<string, unknown> {
  return {
    ...listed,
    id: `${row['jurisdiction']}-${row['id']}`,
    number: `需${row['number_year']}-${row['number_value']}`,
    title: row['title'],
    state: row['state'],
    category: row['category'],
    urgency: row['urgency'],
    division: row['division'],
    supports: row['supports'],
    verifiedSupports: row['verified_supports'],
    submittedAt: some(row['submitted_at']),
    dueAt: some(row['due_at']),
    route: some(row['route']),
    holder: row['holder'] === null ? undefined : { id: row['holder'], name: row['holder_name'] },
  }
}

// ---------- the write ----------
const uuidPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g
const writes = capture.write.statements.filter((statement) => !statement.text.includes('FROM identity.session'))
const person = String(
  (capture.write.statements.find((statement) => statement.text.includes('INSERT INTO needs.need'))?.values ?? [])[8],
)
const numberShown = String(capture.write.answer['number'])

/** A value of the captured write, cut at everything that is new in each request: ids in turn with what stands between them. */
type Template = { readonly between: readonly string[]; readonly ids: readonly string[] } | undefined

function templateOf(value: unknown): Template {
  if (typeof value !== 'string') return undefined
  const ids = [...value.matchAll(uuidPattern)].map(([id]) => id).filter((id) => !person.endsWith(id))
  if (ids.length === 0) return undefined
  const between: string[] = []
  let rest = value
  for (const id of ids) {
    const at = rest.indexOf(id)
    between.push(rest.slice(0, at))
    rest = rest.slice(at + id.length)
  }
  return { between: [...between, rest], ids }
}

const plans = writes.map((statement) => ({
  ...prepared(statement),
  values: statement.values,
  templates: statement.values.map(templateOf),
  isNeed: statement.text.includes('INSERT INTO needs.need'),
  isCounter: statement.text.includes('platform.counter'),
  isAnswer: statement.text.includes('UPDATE platform.idempotency'),
}))
const numberPlace =
  /\(([^)]+)\)/
    .exec(plans.find((plan) => plan.isNeed)?.text ?? '')?.[1]
    ?.split(', ')
    .indexOf('number_value') ?? -1
if (numberPlace < 0) throw new Error('the write has no number')

async function write(): Promise<Record<string, unknown>> {
  const now = instant(new Date())
  const fresh = new Map<string, string>()
  const freshOf = (id: string): string => {
    const known = fresh.get(id)
    if (known !== undefined) return known
    const made = uuidAt(now)
    fresh.set(id, made)
    return made
  }
  const filled = (value: unknown, template: Template): unknown =>
    template === undefined
      ? value
      : template.ids.reduce(
          (text, id, index) => `${text}${freshOf(id)}${template.between[index + 1] ?? ''}`,
          template.between[0] ?? '',
        )
  const client = await pool.connect()
  let number = 0n
  try {
    await client.query('begin')
    for (const plan of plans) {
      const values = plan.values.map((value, index) => filled(value, plan.templates[index]))
      if (plan.isNeed) values[numberPlace] = number
      if (plan.isAnswer) values[3] = String(values[3]).replace(numberShown, String(number))
      const result = await client.query<Row>({ name: plan.name, text: plan.text, values })
      if (plan.isCounter) number = BigInt(String(result.rows[0]?.['value']))
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
  const { id, ...rest } = capture?.write.answer ?? {}
  return { ...rest, id: String(filled(id, templateOf(id))), number: `需${number}` }
}

const server = Fastify()
server.get<{ Params: { id: string } }>(
  '/api/needs/:id',
  { schema: { response: { 200: capture.point.schema } } },
  async (request) => {
    const reader = await personOf(request)
    const { id } = request.params
    const result = await pool.query<Row>({ ...point, values: [id.slice(0, 6), id.slice(7), reader['person'], day()] })
    return viewOf(result.rows[0] ?? {})
  },
)
// The record's SELECT alone, for the ratio that is printed beside.
server.get<{ Params: { id: string } }>(
  '/select/needs/:id',
  { schema: { response: { 200: capture.point.schema } } },
  async (request) => {
    const { id } = request.params
    const result = await pool.query<Row>({ ...point, values: [id.slice(0, 6), id.slice(7), person, day()] })
    return viewOf(result.rows[0] ?? {})
  },
)
server.get<{ Querystring: { division: string; state: string; size: string } }>(
  '/api/needs',
  { schema: { response: { 200: capture.list.schema } } },
  async (request) => {
    await personOf(request)
    const { division, state, size } = request.query
    const result = await pool.query<Row>({ ...list, values: [division, state, Number(size) + 1] })
    const rows = result.rows.slice(0, Number(size))
    const last = rows[rows.length - 1]
    return {
      rows: rows.map(rowOf),
      next:
        result.rows.length > rows.length
          ? Buffer.from(JSON.stringify([null, last?.['id']])).toString('base64url')
          : undefined,
    }
  },
)
server.post('/api/needs', { schema: { response: { 200: capture.write.schema } } }, async (request) => {
  await personOf(request)
  return write()
})
await server.listen({ port: 0, host: '127.0.0.1' })
const address = server.server.address()
console.log(`ready ${typeof address === 'object' && address !== null ? address.port : 0}`)
process.on('SIGTERM', async () => {
  await server.close()
  await pool.end()
})
