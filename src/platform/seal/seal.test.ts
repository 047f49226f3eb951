// Nobody changes what happened unnoticed: one byte, a row more or less, a seal gone, a chain made anew.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withClient } from '../../../tests/support/template.ts'
import { auditVerify } from '../../app/audit-verify.ts'
import { asDivision } from '../../kit/id.ts'
import { allow } from '../../kit/ruling.ts'
import { systemAct } from '../action.ts'
import { makeKeyText, parseKeys } from '../crypto/keys.ts'
import { rowOf, rowsOf } from '../database.ts'
import { openTestPlatform } from '../jobs/test-platform.fixture.ts'
import { sealedColumns } from './chain.ts'
import { listHeads, sealAll } from './seal.ts'
import { verifySeals } from './verification.ts'

const keyText = makeKeyText()
const keys = parseKeys(keyText, 'test')
const others = parseKeys(makeKeyText(), 'test')

let open: Awaited<ReturnType<typeof openTestPlatform>>

beforeEach(async () => {
  open = await openTestPlatform()
})

afterEach(async () => {
  await open.close()
})

/** `count` events in one transaction about a record of `jurisdiction`. */
async function happen(jurisdiction: string, count: number): Promise<void> {
  await systemAct(open.platform, 'test', async (act) => {
    for (let made = 0; made < count; made += 1) {
      const of = { kind: 'need', id: act.newId<'need'>(jurisdiction as never) }
      act.record({
        name: 'needs.submitNeed',
        of,
        division: asDivision(`${jurisdiction}001001`),
        state: { to: 'submitted' },
        data: { 类: made, z: 1.5 },
      })
    }
    return allow(true)
  })
}

const asOwner = (sql: string, values: unknown[] = []) =>
  withClient(open.fresh.ownerUrl, (client) => client.query(sql, values))
const verify = () => verifySeals(open.platform.database.reader)
const command = async (...args: string[]) => {
  const lines: string[] = []
  const code = await auditVerify(args, { DATABASE_URL: open.fresh.appUrl, FIELD_KEYS: keyText }, (line) =>
    lines.push(line),
  )
  return { code, text: lines.join('\n') }
}

/**
 * Seals until no more than `left` events are open: transactions of other tests' databases on the same server hold the snapshot back for a moment.
 */
async function seal(left = 0, key = keys.seal): Promise<void> {
  const stillOpen = async () => {
    await sealAll(open.platform.database, key)
    return (await verify()).unsealed
  }
  await expect.poll(stillOpen, { interval: 20, timeout: 20_000 }).toBe(left)
}

async function threeBatches(): Promise<void> {
  for (let batch = 0; batch < 3; batch += 1) {
    await happen('320505', 3)
    await happen('320506', 1)
    await seal()
  }
}

test('untouched events agree with their seals, and sealing again makes no empty batch', async () => {
  await threeBatches()
  expect(await sealAll(open.platform.database, keys.seal)).toBe(0)
  await happen('320505', 1)
  expect(await verify()).toEqual({ breaks: [], seals: 6, events: 12, unsealed: 1 })
  expect(await command()).toMatchObject({ code: 0, text: expect.stringContaining('all agrees') })
})

test('every column of an event is sealed', async () => {
  const rows = await rowsOf<{ name: string }>(
    open.platform.database.reader,
    `SELECT attname::text AS name FROM pg_attribute WHERE attrelid = 'platform.event'::regclass AND attnum > 0 AND NOT attisdropped`,
  )
  expect(rows.map((row) => row.name).sort()).toEqual([...sealedColumns].sort())
})

test.each([
  ["state_to = 'accepted'"],
  ["at = at + interval '1 microsecond'"],
  ["recorded_at = recorded_at - interval '1 microsecond'"],
  ["actor = 'x'"],
  ['data = data || \'{"z": 1.50}\''],
  ['amount = 1'],
  ["correlation = correlation || ' '"],
])('one change in one event (%s) is found and the event named', async (change) => {
  await threeBatches()
  const row = await rowOf<{ id: string }>(
    open.platform.database.reader,
    "SELECT id FROM platform.event WHERE jurisdiction = '320505' ORDER BY transaction, id OFFSET 4 LIMIT 1",
  )
  await asOwner(`UPDATE platform.event SET ${change} WHERE jurisdiction = '320505' AND id = $1`, [row?.id])
  expect((await verify()).breaks).toEqual([
    { jurisdiction: '320505', number: '2', event: row?.id, what: 'event-changed' },
  ])
  expect(await command()).toMatchObject({
    code: 1,
    text: expect.stringContaining(`BROKEN 320505 batch 2 event ${row?.id}`),
  })
})

test('a removed event, an added one and one moved to a later batch are named', async () => {
  await threeBatches()
  const rows = await rowsOf<{ id: string; transaction: string }>(
    open.platform.database.reader,
    "SELECT id, transaction::text FROM platform.event WHERE jurisdiction = '320505' ORDER BY transaction, id",
  )
  const [gone, moved, last] = [rows[0], rows[3], rows[8]]
  await asOwner('DELETE FROM platform.event WHERE id = $1', [gone?.id])
  await asOwner('UPDATE platform.event SET transaction = $2::text::xid8 WHERE id = $1', [moved?.id, last?.transaction])
  expect((await verify()).breaks).toEqual([
    { jurisdiction: '320505', number: '1', event: gone?.id, what: 'event-missing' },
    { jurisdiction: '320505', number: '2', event: moved?.id, what: 'event-missing' },
    { jurisdiction: '320505', number: '3', event: moved?.id, what: 'event-added' },
  ])
})

test('a seal that is gone, changed or signed by somebody else is named', async () => {
  await threeBatches()
  await asOwner("DELETE FROM platform.seal WHERE jurisdiction = '320505' AND number = 2")
  await asOwner(
    "UPDATE platform.seal SET events = 2, leaves = substring(leaves FOR 96) WHERE jurisdiction = '320505' AND number = 3",
  )
  const breaks = (await verify()).breaks
  expect(breaks).toContainEqual({ jurisdiction: '320505', number: '2', what: 'seal-missing' })
  expect(breaks).toContainEqual({ jurisdiction: '320505', number: '3', what: 'leaves-changed' })
  expect(breaks).toContainEqual({ jurisdiction: '320505', number: '3', what: 'head-changed' })
  expect(await verifySeals(open.platform.database.reader, { trusted: new Set(['00'.repeat(32)]) })).toMatchObject({
    breaks: expect.arrayContaining([{ jurisdiction: '320506', number: '1', what: 'key-unknown' }]),
  })
})

test('a chain made anew as a whole agrees with itself, yet not with a head that was kept', async () => {
  await threeBatches()
  const heads = await listHeads(open.platform.database.reader)
  expect(heads.map((head) => [head.jurisdiction, head.number])).toEqual([
    ['320505', '3'],
    ['320506', '3'],
  ])
  const kept = heads.map((head) => head.kept)
  expect(await command('--against', kept.join(' '))).toMatchObject({ code: 0 })
  await asOwner("UPDATE platform.event SET state_to = 'declined' WHERE jurisdiction = '320505'")
  await asOwner('TRUNCATE platform.seal')
  await seal()
  expect(await command()).toMatchObject({ code: 0 })
  const folder = mkdtempSync(join(tmpdir(), 'heads-'))
  try {
    writeFileSync(join(folder, 'heads.txt'), `# kept on Monday\n${kept.join('\n')}\n`)
    const found = await command('--against', join(folder, 'heads.txt'))
    expect(found.code).toBe(1)
    expect(found.text).toContain('BROKEN 320505 batch 3: the kept head is not in the chain')
  } finally {
    rmSync(folder, { recursive: true })
  }
  await asOwner('TRUNCATE platform.seal')
  await seal(0, others.seal)
  expect((await command()).text).toContain("not this installation's")
})

test('a transaction that is still open is sealed only after it has ended, and nothing is lost', async () => {
  await happen('320505', 1)
  await open.platform.database.transaction(async (tx) => {
    await rowsOf(
      tx,
      `INSERT INTO platform.event (jurisdiction, id, at, name, record_kind, record_id, division, correlation)
      VALUES ('320505', '0199f000-0000-7000-8000-000000000001', now(), 'x', 'need', 'n', '320505', 'c')`,
    )
    await happen('320505', 2)
    await seal(2)
    expect(await verify()).toMatchObject({ breaks: [], events: 1, unsealed: 2 })
  })
  await seal()
  expect(await verify()).toMatchObject({ breaks: [], events: 4, unsealed: 0 })
})

test('many events are sealed in several batches, a single larger transaction in one', async () => {
  await asOwner(`INSERT INTO platform.event (jurisdiction, id, at, name, record_kind, record_id, division, correlation)
    SELECT '320505', gen_random_uuid(), now(), 'x', 'need', 'n', '320505', 'c' FROM generate_series(1, 6000)`)
  for (let part = 0; part < 2; part += 1) {
    await asOwner(`INSERT INTO platform.event (jurisdiction, id, at, name, record_kind, record_id, division, correlation)
      SELECT '320506', gen_random_uuid(), now(), 'x', 'need', 'n', '320506', 'c' FROM generate_series(1, 3000)`)
  }
  await seal()
  expect(await verify()).toEqual({ breaks: [], seals: 3, events: 12_000, unsealed: 0 })
})

test('two processes that seal at once make one chain', async () => {
  await happen('320505', 5)
  await Promise.all([sealAll(open.platform.database, keys.seal), sealAll(open.platform.database, keys.seal)])
  await seal()
  expect(await verify()).toMatchObject({ breaks: [], seals: 1, events: 5 })
})

test('the program may neither change nor remove events and seals', async () => {
  await threeBatches()
  for (const sql of [
    'UPDATE platform.event SET name = name',
    'DELETE FROM platform.event',
    'UPDATE platform.seal SET head = head',
    'DELETE FROM platform.seal',
    'TRUNCATE platform.event',
  ]) {
    await expect(rowsOf(open.platform.database.reader, sql)).rejects.toThrow(/permission denied/)
  }
})
