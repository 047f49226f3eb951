// The other side of the measurement of lists: Fastify and pg alone. For each address it sends what our server was heard to send, one statement after the other.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import pg from 'pg'
import { instant } from '../src/kit/instant.ts'
import type { Captured, ServerTask, Statement } from './shapes.ts'

const task: ServerTask = JSON.parse(readFileSync(0, 'utf8'))
const { heard } = task
if (heard === undefined) throw new Error('nothing was heard')

const types = new pg.TypeOverrides()
types.setTypeParser(20, (text) => BigInt(text))
types.setTypeParser(1082, (text) => text)
types.setTypeParser(1700, (text) => text)
types.setTypeParser(1184, (text) => `${text.slice(0, 10)}T${text.slice(11, 19)}.000Z`)
const pool = new pg.Pool({
  connectionString: task.databaseUrl,
  max: task.poolSize,
  idleTimeoutMillis: 300_000,
  types,
  options: '-c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000',
})

type Row = Readonly<Record<string, unknown>>
type Plan = Statement & { readonly name: string; readonly session: boolean; readonly page: boolean }

function planned({ statements }: Captured): Plan[] {
  const page = statements.findIndex(({ text }) => /ORDER BY[^)]*LIMIT \$\d+\s*$/.test(text))
  if (page < 0) throw new Error('no statement reads the page')
  return statements.map((statement, index) => ({
    ...statement,
    name: createHash('sha1').update(statement.text).digest('hex'),
    session: statement.text.includes('FROM identity.session'),
    page: index === page,
  }))
}

const server = Fastify()
// One route for each list, so that each has the serializer of its own answer.
const byPath = Map.groupBy(Object.entries(heard), ([url]) => url.split('?')[0] ?? '')
for (const [path, addresses] of byPath) {
  const plans = new Map(addresses.map(([url, captured]) => [url, { statements: planned(captured), captured }]))
  server.get(path, { schema: { response: { 200: addresses[0]?.[1].schema } } }, async (request) => {
    const plan = plans.get(request.url)
    if (plan === undefined) throw new Error('this address was not heard')
    const shown = plan.captured.answer['rows'] as readonly Row[]
    let rows: readonly Row[] = []
    for (const { name, text, values, session, page } of plan.statements) {
      const now = instant(new Date())
      const token = (request.headers.cookie ?? '').split('=')[1] ?? ''
      const given = session
        ? [createHash('sha256').update(token).digest('base64url'), now, now, now.slice(0, 10)]
        : values
      const result = await pool.query<Row>({ name, text, values: [...given] })
      if (page) rows = result.rows.slice(0, shown.length)
    }
    return {
      ...plan.captured.answer,
      rows: rows.map((row, index) => ({
        ...shown[index],
        id: `${row['jurisdiction']}-${row['id']}`,
        title: row['title'] ?? undefined,
        state: row['state'],
        division: row['division'],
      })),
    }
  })
}
await server.listen({ port: 0, host: '127.0.0.1' })
const address = server.server.address()
console.log(`ready ${typeof address === 'object' && address !== null ? address.port : 0}`)
process.on('SIGTERM', async () => {
  await server.close()
  await pool.end()
})
