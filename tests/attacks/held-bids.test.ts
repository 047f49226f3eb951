// While three sealed bids are held: every table, the raw files and the log of the database, and the folder of uploads hold no word, price, attachment or key.
import { combine } from 'shamir-secret-sharing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishTender } from '../../src/loop/procurement/contract.ts'
import { contentKeyOf } from '../../src/web/features/procurement/sealing/bid.ts'
import { fromText } from '../../src/web/features/procurement/sealing/bytes.ts'
import { makePair, pairOf, privateBytes, publicText } from '../../src/web/features/procurement/sealing/hpke.ts'
import { registerOpenerKey } from '../../src/loop/procurement/contract/sealing.ts'
import { startApp, type TestApp } from '../support/app.ts'
import * as room from '../support/sealed-bids.ts'
import { withClient } from '../support/template.ts'
import { searchFiles, searchTables } from './searching.ts'

let app: TestApp
let it: room.Room
/** What must stand nowhere, by what it is. */
const secrets = new Map<string, Uint8Array>()
let begun = ''
/** As a bigint lies in the files of the database. */
const eightBytes = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(value)
  return bytes
}
const asAdmin = <T>(work: Parameters<typeof withClient<T>>[1]) => withClient(app.database.adminUrl, work)
const search = () => asAdmin((client) => searchTables(client, secrets))

beforeAll(async () => {
  app = await startApp()
  it = await room.planSealed(app)
  begun = await asAdmin(
    async (client) =>
      (await client.query<{ lsn: string }>('SELECT pg_current_wal_lsn()::text AS lsn')).rows[0]?.lsn ?? '',
  )
  for (const opener of it.openers) {
    // Keys that can be read, as in a browser that was taken over: their bytes are looked for.
    opener.pair = await makePair(false)
    secrets.set(`key of ${opener.seat}`, await privateBytes(opener.pair))
    await app.ok(opener.person, registerOpenerKey, {
      params: { id: it.tender },
      body: { key: await publicText(opener.pair) },
    })
  }
  await room.makeKey(it)
  const shares: Uint8Array[] = []
  for (const opener of it.openers) {
    const { share } = await room.shareOf(it, opener)
    shares.push(Uint8Array.from(share))
    secrets.set(`share of ${opener.seat}`, share)
    await room.confirmKey(it, opener)
  }
  const key = await combine(shares.slice(0, 2))
  secrets.set('key of the tender', key)
  await app.ok(it.procurer, publishTender, { params: { id: it.tender } })
  const pair = await pairOf(Uint8Array.from(key))
  for (const [index, bidder] of it.bidders.entries()) {
    const words = `凤尾竹石榴花水杉林方案第${index}号只此一句`
    const price = `${987_654_310 + index}.1${index}`
    const fen = price.replace('.', '')
    const file = Buffer.from(`附件甲乙丙丁戊己庚辛编号${index}`)
    const envelope = await room.sealFor(
      it,
      bidder.organization,
      room.paperOf(price, words.repeat(40), [{ name: '方案.txt', type: 'text/plain', size: file.length }]),
      [file],
    )
    await room.deposit(it, bidder, envelope)
    secrets
      .set(`words ${index}`, Buffer.from(words))
      .set(`price ${index}`, Buffer.from(price))
      .set(`price ${index} in fen`, Buffer.from(fen))
      .set(`price ${index} as a number`, eightBytes(BigInt(fen)))
      .set(`attachment ${index}`, file)
      .set(`content key ${index}`, fromText(await contentKeyOf(pair, envelope.header)))
  }
  await app.settle()
}, 120_000)
afterAll(() => app?.close())

test('the secrets are there to be looked for: three keys, three shares, the tender’s key, three bids with theirs', () => {
  expect(secrets.size).toBe(3 + 3 + 1 + 3 * 6)
  expect(secrets.get('key of the tender')).toHaveLength(32)
})

// pg-boss makes its tables where jobs run: the files of such a server are searched in held-bids-memory.test.ts.
test('no table of any schema holds one: events, outbox, timers and idempotency among them', async () => {
  const { found, tables } = await search()
  expect(found).toEqual([])
  for (const table of [
    'platform.event',
    'platform.outbox',
    'platform.timer',
    'platform.idempotency',
    'procurement.sealed_bid',
    'procurement.key_seat',
  ])
    expect(tables).toContain(table)
  expect(tables.length).toBeGreaterThan(60)
})

/** The database's files, catalogs and dead rows among them, and its log since the tender was planned, all written out. */
async function searchRaw() {
  const place = await asAdmin(async (client) => {
    await client.query('CHECKPOINT')
    const { rows } = await client.query<{ data: string; oid: string; first: string; last: string }>(
      `SELECT current_setting('data_directory') AS data, (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS oid,
         pg_walfile_name($1::pg_lsn) AS first, pg_walfile_name(pg_current_wal_lsn()) AS last`,
      [begun],
    )
    return rows[0]
  })
  if (place === undefined) throw new Error('no place')
  const { data, oid, first, last } = place
  const inLog = (path: string) => {
    const segment = path.split('/').at(-1) ?? ''
    return segment >= first && segment <= last
  }
  return { files: searchFiles(`${data}/base/${oid}`, secrets), log: searchFiles(`${data}/pg_wal`, secrets, inLog) }
}

test('neither do the raw files of the database, nor the write-ahead log; and both searches are proved able to find', async () => {
  const { files, log } = await searchRaw()
  expect([files.names, log.names]).toEqual([[], []])
  expect(files.bytes).toBeGreaterThan(1_000_000)
  expect(log.bytes).toBeGreaterThan(100_000)
  // Written and rolled back: the row was never there, its bytes are.
  await asAdmin(async (client) => {
    await client.query('BEGIN')
    await client.query('UPDATE procurement.tender SET description = $1', [
      Buffer.from(secrets.get('words 2') ?? []).toString(),
    ])
    await client.query('ROLLBACK')
  })
  const planted = await searchRaw()
  expect(planted.files.names).toEqual(['words 2'])
  expect(planted.log.names).toEqual(['words 2'])
}, 120_000)

test('nor does the folder of uploads', () => {
  expect(searchFiles(app.dataDir, secrets).names).toEqual([])
})

test.each([
  ['text', 'UPDATE procurement.tender SET description = $1', 'words 0', 'utf8', 'procurement.tender'],
  ['bytes', 'UPDATE procurement.sealed_bid SET content = $1', 'attachment 1', 'raw', 'procurement.sealed_bid'],
  [
    'bytes of a key',
    'UPDATE procurement.sealed_bid SET content = $1',
    'key of the tender',
    'raw',
    'procurement.sealed_bid',
  ],
  [
    'JSON',
    `UPDATE procurement.sealed_bid SET receipt = jsonb_build_object('a', jsonb_build_array($1::text))`,
    'price 2',
    'utf8',
    'procurement.sealed_bid',
  ],
  [
    'hex in a text',
    'UPDATE procurement.key_seat SET share_hash = $1',
    'share of overseer',
    'hex',
    'procurement.key_seat',
  ],
  ['base64 in a text', 'UPDATE procurement.tender SET title = $1', 'content key 0', 'base64url', 'procurement.tender'],
  [
    'the data of an event',
    `UPDATE platform.event SET data = jsonb_build_object('x', $1::text)`,
    'words 1',
    'utf8',
    'platform.event',
  ],
] as const)('the search would have found it: planted as %s', async (_how, sql, name, spelling, table) => {
  const secret = Buffer.from(secrets.get(name) ?? [])
  await asAdmin(async (client) => {
    await client.query('BEGIN')
    try {
      await client.query(sql, [spelling === 'raw' ? secret : secret.toString(spelling)])
      expect((await searchTables(client, secrets)).found).toContain(`${table}: ${name}`)
    } finally {
      await client.query('ROLLBACK')
    }
  })
})
