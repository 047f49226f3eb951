// What the log and the metrics say, and what they never say.
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { openTestPlatform } from './jobs/test-platform.fixture.ts'
import { platformJobNames, platformJobs } from './jobs/platform-jobs.ts'
import { makeKeyText, parseKeys } from './crypto/keys.ts'
import { makeLog } from './log.ts'
import { metricsText, watchRequests } from './metrics.ts'

let open: Awaited<ReturnType<typeof openTestPlatform>>

beforeAll(async () => {
  open = await openTestPlatform()
})

afterAll(async () => {
  await open?.close()
})

test('lines are JSON with level and time; names, phones and bodies are blanked wherever they stand', () => {
  const lines: string[] = []
  const log = makeLog('info', { write: (line: string) => void lines.push(line) })
  log.info(
    {
      phone: '13800000000',
      person: { name: '陆建国', phone: '13800000000' },
      request: { input: { body: '私事' } },
      need: 'n1',
    },
    'done',
  )
  log.info({ req: { id: 'r1', method: 'GET', url: '/api/needs?q=陆建国', headers: { cookie: 'x' } } }, 'request')
  log.debug('not at this level')
  expect(lines).toHaveLength(2)
  for (const secret of ['13800000000', '陆建国', '私事', 'cookie']) expect(lines.join('')).not.toContain(secret)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    msg: 'done',
    need: 'n1',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
  })
  expect(JSON.parse(lines[1] ?? '').req).toEqual({ id: 'r1', method: 'GET', path: '/api/needs' })
})

test('metrics know routes and not paths, count no anonymous act, and answer while the database is away', async () => {
  const server = Fastify()
  watchRequests(server)
  server.get('/needs/:id', async () => ({}))
  server.post('/ballots', { config: { anonymous: true } }, async () => ({}))
  await server.inject({ url: '/needs/secret-id' })
  await server.inject({ method: 'POST', url: '/ballots' })
  const live = { process: 'this', connections: () => 7 }
  const text = await metricsText({ database: open.platform.database, live })
  expect(text).toContain('liandong_http_request_seconds_count{method="GET",route="/needs/:id",status="200"} 1')
  expect(text).not.toContain('secret-id')
  expect(text).not.toContain('ballots')
  expect(text).toContain('liandong_live_screens 7')
  expect(text).toContain('liandong_database_up 1')
  const away = openDatabase('postgresql://nobody@127.0.0.1:1/none')
  expect(await metricsText({ database: away, live })).toContain('liandong_database_up 0')
  await away.close()
  await server.close()
})

test('the migration makes a queue for every job of the platform', () => {
  const jobs = platformJobs({ seal: parseKeys(makeKeyText(), 'test').seal, dataDir: '/nowhere' })
  expect(jobs.map((job) => job.name)).toEqual(platformJobNames.map((job) => job.name))
})
