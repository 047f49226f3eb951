// Sealed bids against whoever reads or changes the whole database: nothing readable while bids are held, nothing changed goes unnoticed.
import { Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as contract from '../../src/loop/procurement/contract.ts'
import * as sealed from '../../src/loop/procurement/contract/sealed-bids.ts'
import { makeLog } from '../../src/platform/log.ts'
import { contentKeyOf } from '../../src/web/features/procurement/sealing/bid.ts'
import { fromText } from '../../src/web/features/procurement/sealing/bytes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import * as room from '../support/sealed-bids.ts'
import { withClient } from '../support/template.ts'
import { readWhole } from './joining.ts'

let app: TestApp
let it: room.Room
let log = ''

beforeEach(async () => {
  log = ''
  const destination = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk)
      done()
    },
  })
  app = await startApp({ log: makeLog('trace', destination) })
  it = await room.planSealed(app)
}, 120_000)
afterEach(() => app.close())

const proposals = ['凤尾竹方案：每日两餐送到床前', '石榴花方案：中央厨房统一配送', '水杉林方案：邻里互助轮流送']
const prices = ['31111.11', '32222.22', '33333.33']

/** Three bids held, nothing opened; answers everything that must not be found anywhere. */
async function threeHeld(): Promise<{
  secrets: Map<string, Uint8Array>
  bids: string[]
  envelopes: room.SealedEnvelope[]
}> {
  const secrets = new Map<string, Uint8Array>()
  await room.registerKeys(it)
  await room.makeKey(it)
  for (const opener of it.openers) {
    const { share } = await room.shareOf(it, opener)
    secrets.set(`share of ${opener.seat}`, share)
    await room.confirmKey(it, opener)
  }
  await app.ok(it.procurer, contract.publishTender, { params: { id: it.tender } })
  const bids: string[] = []
  const envelopes: room.SealedEnvelope[] = []
  for (const [index, bidder] of it.bidders.entries()) {
    const file = Buffer.from(`附件内容编号甲乙丙丁${index}`)
    const paper = room.paperOf(prices[index] ?? '', proposals[index] ?? '', [
      { name: `实施方案${index}.txt`, type: 'text/plain', size: file.length },
    ])
    const envelope = await room.sealFor(it, bidder.organization, paper, [file])
    envelopes.push(envelope)
    bids.push((await room.deposit(it, bidder, envelope)).id)
    secrets.set(`proposal ${index}`, Buffer.from(proposals[index] ?? ''))
    secrets.set(`price ${index}`, Buffer.from(prices[index] ?? ''))
    secrets.set(`price ${index} in fen`, Buffer.from((prices[index] ?? '').replace('.', '')))
    secrets.set(`attachment ${index}`, file)
  }
  return { secrets, bids, envelopes }
}

/** In how many ways the bytes may stand in a text. */
function spellings(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes)
  return [
    buffer.toString('hex'),
    buffer.toString('base64url'),
    buffer.toString('base64').replace(/=+$/, ''),
    buffer.toString('utf8'),
  ].filter((text) => !text.includes('�') && text.length > 5)
}

function found(secrets: ReadonlyMap<string, Uint8Array>, text: string): string[] {
  return [...secrets].flatMap(([name, bytes]) => (spellings(bytes).some((each) => text.includes(each)) ? [name] : []))
}

async function wholeText(): Promise<string> {
  const snapshot = await readWhole(app.database.adminUrl)
  return [...snapshot].map(([name, rows]) => `${name} ${JSON.stringify(rows)}`).join('\n')
}

test('while three bids are held the whole database and the log hold no word, price, attachment or share of a key', async () => {
  const { secrets } = await threeHeld()
  await room.passDeadline(it)
  const before = await wholeText()
  expect(before).toContain('sealed_bid')
  expect(found(secrets, before)).toEqual([])
  expect(found(secrets, log)).toEqual([])
  // The search would have found them: after the opening prices and words are there.
  const [procurer, overseer] = it.openers
  const session = await room.startSession(it, procurer)
  for (const opener of [procurer, overseer]) await room.hand(it, opener)
  const handed = await wholeText()
  expect(found(secrets, handed)).toEqual([])
  const { pair } = await room.combineIn(it, procurer, session)
  if (pair === undefined) throw new Error('the key did not come together')
  await room.openAll(it, procurer, pair)
  const after = found(secrets, await wholeText())
  expect(after).toEqual(
    expect.arrayContaining(['proposal 0', 'proposal 1', 'proposal 2', 'price 0 in fen', 'price 1 in fen']),
  )
  expect(after.filter((name) => name.startsWith('share'))).toEqual([])
}, 120_000)

/** What an administrator of the database does to a row, past the program. */
const asOwner = (sql: string, values: unknown[]) =>
  withClient(app.database.ownerUrl, (client) => client.query(sql, values))

const isAltered = async (bid: string) =>
  (await room.sealingOf(it)).envelopes?.find((each) => each.id === bid)?.intact === false

test('an administrator who changes cipher text, hashes, receipt or owner of a held bid is caught, and nothing of it is opened', async () => {
  const { bids, envelopes } = await threeHeld()
  await room.passDeadline(it)
  const [first = '', second = '', third = ''] = bids
  const uuid = (bid: string) => bid.slice(7)
  // One byte of the cipher text.
  await asOwner(
    `UPDATE procurement.sealed_bid SET content = set_byte(content, 3, (get_byte(content, 3) + 1) % 256) WHERE id = $1`,
    [uuid(first)],
  )
  // The cipher text of another bidder, with hashes made to fit: the receipt is not theirs to sign.
  await asOwner(
    `UPDATE procurement.sealed_bid b SET content = o.content, header = o.header, sha256 = o.sha256, sm3 = o.sm3, size = o.size
     FROM procurement.sealed_bid o WHERE b.id = $1 AND o.id = $2`,
    [uuid(second), uuid(third)],
  )
  expect(await isAltered(first)).toBe(true)
  expect(await isAltered(second)).toBe(true)
  expect(await isAltered(third)).toBe(false)
  // A receipt written anew without the key of the installation.
  await asOwner(
    `UPDATE procurement.sealed_bid SET receipt = jsonb_set(receipt, '{organizationName}', '"别家"') WHERE id = $1`,
    [uuid(third)],
  )
  expect(await isAltered(third)).toBe(true)
  const own = await app.ok('nobody', sealed.checkReceipt, {
    params: { deposit: envelopes[0]?.header.deposit ?? '' },
    query: { tender: it.tender },
  })
  expect(own.intact).toBe(false)

  const [procurer, overseer] = it.openers
  const session = await room.startSession(it, procurer)
  for (const opener of [procurer, overseer]) await room.hand(it, opener)
  const { pair } = await room.combineIn(it, procurer, session)
  if (pair === undefined) throw new Error('the key did not come together')
  for (const bid of bids) {
    const contentKey = await room.takeKey(it, procurer, pair, bid)
    const params = { id: it.tender }
    const refused = await app.call(it.procurer, sealed.openBid, { params, body: { bid, contentKey } })
    expect(refused.problem.code).toBe('envelope-altered')
    await app.ok(it.procurer, sealed.voidBid, { params, body: { bid } })
  }
  expect((await room.sealingOf(it)).envelopes?.map((each) => each.voidReason)).toEqual([
    'altered',
    'altered',
    'altered',
  ])
}, 120_000)

test('a content key bound to one envelope opens no other, and no second key passes for it', async () => {
  const { bids, envelopes } = await threeHeld()
  await room.passDeadline(it)
  const [procurer, overseer] = it.openers
  const session = await room.startSession(it, procurer)
  for (const opener of [procurer, overseer]) await room.hand(it, opener)
  const { pair } = await room.combineIn(it, procurer, session)
  if (pair === undefined) throw new Error('the key did not come together')
  const contentKey = await room.takeKey(it, procurer, pair, bids[0] ?? '')
  const other = await app.call(it.procurer, sealed.openBid, {
    params: { id: it.tender },
    body: { bid: bids[1] ?? '', contentKey },
  })
  expect(other.problem.fields?.map((field) => field.code)).toEqual(['key-not-of-envelope'])
  // Nor does the tender's key open an envelope whose letterhead was changed.
  const [envelope] = envelopes
  if (envelope === undefined) throw new Error('no envelope')

  const renamed = { ...envelope.header, organization: it.bidders[1]?.organization ?? '' }
  await expect(contentKeyOf(pair, renamed)).rejects.toThrow()
  expect(fromText(contentKey)).toHaveLength(32)
}, 120_000)
