// Reactions, timers and jobs on a real database: once in effect, put off when they fail, in order, by the business clock.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { RecordRef } from '../../kit/id.ts'
import { asDivision } from '../../kit/id.ts'
import { addMinutes } from '../../kit/instant.ts'
import { allow } from '../../kit/ruling.ts'
import { systemAct } from '../action.ts'
import { openDatabase, rowOf, rowsOf } from '../database.ts'
import type { Reaction } from '../declarations.ts'
import type { Timer } from '../events.ts'
import { withClient } from '../../../tests/support/template.ts'
import { idempotencyCleanup } from './cleanup.ts'
import { listFailed, outboxLag, retryFailed, startOutbox, type Outbox } from './outbox.ts'
import { migrateJobs, startJobs } from './pg-boss.ts'
import { openTestPlatform } from './test-platform.fixture.ts'
import { startTimers, type Timers } from './timers.ts'

const division = asDivision('320505001001')
const need = (digit: number): RecordRef => ({
  kind: 'need',
  id: `320505-0199f000-0000-7000-8000-${String(digit).padStart(12, '0')}`,
})

let open: Awaited<ReturnType<typeof openTestPlatform>>
let outbox: Outbox | undefined
let timers: Timers | undefined

beforeAll(async () => {
  open = await openTestPlatform({
    'test.first': ['test.hear'],
    'test.second': ['test.hearToo'],
    'test.lost': ['test.nobody'],
  })
})

beforeEach(async () => {
  await outbox?.stop()
  await timers?.stop()
  outbox = undefined
  timers = undefined
  await withClient(open.fresh.ownerUrl, (client) =>
    client.query('TRUNCATE platform.outbox, platform.timer, platform.event'),
  )
})

afterAll(async () => {
  await outbox?.stop()
  await timers?.stop()
  await open?.close()
})

async function happen(name: string, of: RecordRef, set?: readonly Timer[]): Promise<void> {
  await systemAct(open.platform, 'test', async (act) => {
    act.record({ name, of, division, timers: set })
    return allow(true)
  })
}

const events = (name: string) =>
  rowsOf<{ correlation: string; actor: string }>(
    open.platform.database.reader,
    'SELECT correlation, actor FROM platform.event WHERE name = $1',
    [name],
  )

test('a reaction happens once for each event, though two processes deliver, and what it records is delivered too', async () => {
  const heard: string[] = []
  const reactions: Reaction[] = [
    {
      name: 'test.hear',
      hears: ['test.first'],
      run: async (act, event) => {
        heard.push(event.of.id)
        act.record({ name: 'test.second', of: event.of, division: event.division })
      },
    },
    {
      name: 'test.hearToo',
      hears: ['test.second'],
      run: async (act, event) => act.record({ name: 'test.third', of: event.of, division: event.division }),
    },
  ]
  for (let digit = 1; digit <= 20; digit += 1) await happen('test.first', need(digit))
  const others = startOutbox(open.platform, reactions)
  outbox = startOutbox(open.platform, reactions)
  const counts = await Promise.all([outbox.drain(), others.drain(), outbox.drain()])
  await others.stop()
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40)
  expect(new Set(heard).size).toBe(20)
  expect(await events('test.third')).toHaveLength(20)
  expect((await events('test.third'))[0]?.actor).toBe('system:test.hearToo')
})

test('a counter hears many events in one transaction, and one that fails holds up no other', async () => {
  const together: number[] = []
  let counted: string[] = []
  outbox = startOutbox(open.platform, [
    {
      name: 'test.hear',
      hears: ['test.first'],
      run: async (_, event) => {
        if (event.of.id === need(3).id) throw new Error('bad')
        counted.push(event.of.id)
      },
      runAll: async (_, heard) => {
        together.push(heard.length)
        if (heard.some((event) => event.of.id === need(3).id)) throw new Error('bad')
        counted = [...counted, ...heard.map((event) => event.of.id)]
      },
    },
  ])
  for (let digit = 4; digit <= 33; digit += 1) await happen('test.first', need(digit))
  expect(await outbox.drain()).toBe(30)
  expect(together).toEqual([30])
  expect(counted).toHaveLength(30)
  for (const digit of [1, 2, 3, 40]) await happen('test.first', need(digit))
  expect(await outbox.drain()).toBe(3)
  expect(counted.slice(30)).toEqual([need(1).id, need(2).id, need(40).id])
  expect(await rowsOf(open.platform.database.reader, 'SELECT attempts, consumer FROM platform.outbox')).toEqual([
    { attempts: 1, consumer: 'test.hear' },
  ])
})

test('a reaction that fails leaves nothing behind, is tried again later and does not hold up the others', async () => {
  let broken = true
  outbox = startOutbox(open.platform, [
    {
      name: 'test.hear',
      hears: ['test.first'],
      run: async (act, event) => {
        act.record({ name: 'test.third', of: event.of, division: event.division })
        if (broken && event.of.id === need(1).id) throw new Error('陆建国 13800000000')
      },
    },
  ])
  await happen('test.first', need(1))
  await happen('test.first', need(2))
  expect(await outbox.drain()).toBe(1)
  expect(await events('test.third')).toHaveLength(1)
  const row = await rowOf<{ attempts: number; failure: string }>(
    open.platform.database.reader,
    'SELECT attempts, failure FROM platform.outbox',
  )
  expect(row?.attempts).toBe(1)
  expect(row?.failure).toMatch(/^Error at .*jobs\.test\.ts/)
  expect(open.lines.join('')).not.toContain('13800000000')
  broken = false
  await expect.poll(() => events('test.third'), { timeout: 5000 }).toHaveLength(2)
})

test('after twelve attempts a row stays for a person, who can send it off again', async () => {
  let broken = true
  outbox = startOutbox(open.platform, [
    {
      name: 'test.hear',
      hears: ['test.first'],
      run: async () => {
        if (broken) throw new Error('broken')
      },
    },
  ])
  await happen('test.first', need(1))
  await rowsOf(open.platform.database.reader, 'UPDATE platform.outbox SET attempts = 11')
  await outbox.drain()
  const [failed] = await listFailed(open.platform.database.reader)
  expect(failed).toMatchObject({ consumer: 'test.hear', attempts: 12, jurisdiction: '320505' })
  expect(await outboxLag(open.platform.database.reader)).toEqual({ seconds: 0, failed: 1 })
  broken = false
  if (failed !== undefined) await retryFailed(open.platform.database.reader, failed.jurisdiction, failed.id)
  expect(await outbox.drain()).toBe(1)
  expect(await listFailed(open.platform.database.reader)).toEqual([])
})

test('a consumer that this version does not know keeps its row', async () => {
  await happen('test.lost', need(1))
  outbox = startOutbox(open.platform, [])
  expect(await outbox.drain()).toBe(0)
  expect(await rowsOf(open.platform.database.reader, 'SELECT 1 FROM platform.outbox')).toHaveLength(1)
})

test('waking delivers without anybody waiting for it', async () => {
  outbox = startOutbox(open.platform, [
    {
      name: 'test.hear',
      hears: ['test.first'],
      run: async (act, event) => act.record({ name: 'test.third', of: event.of, division }),
    },
  ])
  await happen('test.first', need(1))
  outbox.wake()
  outbox.wake()
  await expect.poll(() => events('test.third'), { interval: 10, timeout: 800 }).toHaveLength(1)
})

test('timers run in the order of their due when business time passes them, and not before', async () => {
  const now = open.platform.clock.now()
  const ran: string[] = []
  timers = startTimers(
    open.platform,
    ['test.late', 'test.early'].map((handler) => ({
      handler,
      run: async (act, record) => {
        ran.push(`${handler} ${record.id.slice(-1)}`)
        act.record({ name: 'test.expired', of: record, division, timers: [] })
      },
    })),
  )
  await happen('test.set', need(1), [{ handler: 'test.late', due: addMinutes(now, 90) }])
  await happen('test.set', need(2), [{ handler: 'test.early', due: addMinutes(now, 30) }])
  expect(await timers.runDue()).toBe(0)
  expect(await timers.runDue(addMinutes(now, 60))).toBe(1)
  expect(await timers.runDue(addMinutes(now, 120))).toBe(1)
  expect(ran).toEqual(['test.early 2', 'test.late 1'])
  expect(await timers.runDue(addMinutes(now, 120))).toBe(0)
})

test('a timer runs once though two processes see it, and its own event may set the next one', async () => {
  const now = open.platform.clock.now()
  const handler = {
    handler: 'test.again',
    run: async (act: Parameters<Reaction['run']>[0], record: RecordRef) =>
      act.record({
        name: 'test.expired',
        of: record,
        division,
        timers: [{ handler: 'test.again', due: addMinutes(now, 500) }],
      }),
  }
  timers = startTimers(open.platform, [handler])
  const other = startTimers(open.platform, [handler])
  for (let digit = 1; digit <= 9; digit += 1)
    await happen('test.set', need(digit), [{ handler: 'test.again', due: addMinutes(now, 1) }])
  await Promise.all([timers.runDue(addMinutes(now, 2)), other.runDue(addMinutes(now, 2))])
  await other.stop()
  expect(await events('test.expired')).toHaveLength(9)
  expect(await rowsOf(open.platform.database.reader, 'SELECT 1 FROM platform.timer')).toHaveLength(9)
})

test('a timer gives way to an action that holds its record, and runs afterwards', async () => {
  const now = open.platform.clock.now()
  await withClient(open.fresh.ownerUrl, (client) =>
    client.query('CREATE TABLE held (id int); INSERT INTO held VALUES (1); GRANT ALL ON held TO liandong_app'),
  )
  timers = startTimers(open.platform, [
    {
      handler: 'test.held',
      run: async (act, record) => {
        await rowsOf(act.tx, 'SELECT 1 FROM held FOR UPDATE')
        act.record({ name: 'test.expired', of: record, division, timers: [] })
      },
    },
  ])
  await happen('test.set', need(1), [{ handler: 'test.held', due: now }])
  const waiting = async () => {
    const found = await rowsOf(
      open.platform.database.reader,
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    )
    return found.length
  }
  const action = open.platform.database.transaction(async (tx) => {
    await rowsOf(tx, 'SELECT 1 FROM held FOR UPDATE')
    const running = timers?.runDue()
    await expect.poll(waiting).toBe(1)
    await rowsOf(tx, "UPDATE platform.timer SET failure = 'touched' WHERE record_id = $1", [need(1).id])
    return running
  })
  await expect(action).resolves.toBe(0)
  await expect.poll(() => events('test.expired'), { timeout: 5000 }).toHaveLength(1)
})

test('jobs run with a role that can do no DDL, on queues that the migration made; migrating twice is harmless', async () => {
  let runs = 0
  const jobs = [
    {
      name: 'test.count',
      cron: '0 4 * * *',
      run: async () => {
        runs += 1
      },
    },
    idempotencyCleanup,
  ]
  await migrateJobs(open.fresh.ownerUrl, jobs)
  await migrateJobs(open.fresh.ownerUrl, jobs)
  await rowsOf(
    open.platform.database.reader,
    `INSERT INTO platform.idempotency (jurisdiction, caller, key, endpoint, request_hash, at)
    VALUES ('320505','a','old','x','x', now() - interval '8 days'), ('320505','a','new','x','x', now())`,
  )
  const runner = await startJobs(open.fresh.appUrl, open.platform, jobs)
  try {
    expect(await runner.runNow('test.count')).toBe(true)
    expect(await runner.runNow(idempotencyCleanup.name)).toBe(true)
    await expect.poll(() => runs, { timeout: 15_000 }).toBe(1)
    const left = () => rowsOf(open.platform.database.reader, 'SELECT key FROM platform.idempotency')
    await expect.poll(left, { timeout: 15_000 }).toEqual([{ key: 'new' }])
  } finally {
    await runner.stop()
  }
})

test('the database that went away does not end the process', async () => {
  const gone = openDatabase(open.fresh.appUrl.replace(/\/[^/?]+(\?|$)/, '/no_such_database$1'))
  const lost = startOutbox({ ...open.platform, database: gone }, [])
  lost.wake()
  await expect.poll(() => open.lines.join('')).toContain('outbox could not be read')
  await lost.stop()
  await gone.close()
})
