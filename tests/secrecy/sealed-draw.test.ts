// The public redraw: it agrees with an honest draw over the network, and finds a changed list, secret, receipt, order, panel or tie.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import * as room from '../support/sealed-bids.ts'
import * as contract from '../../src/loop/procurement/contract.ts'
import { tenderAddress, verifyDraw } from '../../src/app/draw-verify.ts'
import { type DrawFile, drawFile, type Receipt, receiptFile, redraw } from '../../src/app/draw-verify/recompute.ts'

let app: TestApp
let it: room.Room
let folder: string
/** As everybody sees it after the award notice, and as a desk sees it, persons named. */
let file: DrawFile
let desk: DrawFile
let receipts: Receipt[]

beforeAll(async () => {
  app = await startApp()
  folder = mkdtempSync(join(tmpdir(), 'liandong-draw-'))
  it = await room.planSealed(app)
  await room.publishSealed(it)
  // Equal prices, and later equal points: the draw decides.
  const given = []
  for (const bidder of it.bidders) {
    const envelope = await room.sealFor(it, bidder.organization, room.paperOf('30000.00', '每天中午十一点半前送到家。'))
    given.push((await room.deposit(it, bidder, envelope)).receipt)
  }
  receipts = given.map((receipt) => receiptFile.parse(receipt))
  await room.passDeadline(it)
  const [lead, second] = it.openers
  const session = await room.startSession(it, lead)
  for (const opener of [lead, second]) await room.hand(it, opener)
  const { pair } = await room.combineIn(it, lead, session)
  if (pair === undefined) throw new Error('the key did not come together')
  await room.openAll(it, lead, pair)
  const params = { id: it.tender }
  await app.ok(it.overseer, contract.confirmOpening, { params })
  await app.ok(it.procurer, contract.appointPanel, { params, body: {} })
  const drawn = await app.ok(it.procurer, contract.getTender, { params })
  for (const { person = '' } of drawn.panel ?? [])
    for (const { id: bid } of drawn.bids)
      await app.ok(it.panelist(person), contract.scoreBid, { params, body: { bid, points: [80] } })
  await app.ok(it.procurer, contract.proposeAward, { params })
  file = drawFile.parse(await app.ok('nobody', contract.getTender, { params }))
  desk = drawFile.parse(await app.ok(it.procurer, contract.getTender, { params }))
}, 60_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await app?.close()
})

const found = (changed: DrawFile, given: Parameters<typeof redraw>[1] = {}) =>
  redraw(changed, given).faults.map((fault) => fault.what)
const changed = (change: (copy: DrawFile) => void, of = file): DrawFile => {
  const copy = structuredClone(of)
  change(copy)
  return copy
}

test('an honest draw agrees, for everybody and for the desk, with every bidder’s receipt', () => {
  expect(file.draw.bidHashes).toHaveLength(3)
  for (const each of [file, desk]) expect(found(each, { receipts, commitment: file.commitment })).toEqual([])
  expect(desk.panel.map((each) => each.person)).toEqual(file.draw.order.slice(0, file.draw.size))
})

test('an expert left out, added or moved is found, also when the list’s hash was made to fit', () => {
  expect(found(changed(({ draw }) => draw.list.pop()))).toEqual(
    expect.arrayContaining(['list-differs', 'seed-differs']),
  )
  const smoothed = changed((copy) => {
    const left = copy.draw.list.slice(1)
    const again = redraw({ ...copy, draw: { ...copy.draw, list: left } })
    copy.draw = { ...copy.draw, list: left, listHash: again.listHash, order: again.order }
  })
  expect(found(smoothed)).toEqual(['seed-differs'])
  expect(found(changed(({ draw }) => draw.list.reverse()))).toContain('list-not-in-order')
})

test('another secret is found by the commitment, another commitment by whoever noted the first', () => {
  const other = 'f'.repeat(64)
  const exchanged = changed(
    (copy) => {
      copy.draw.secret = other
      const again = redraw(copy)
      copy.draw = { ...copy.draw, seed: again.seed, order: again.order }
    },
    { ...file, panel: [], bids: [] },
  )
  expect(found(exchanged)).toEqual(['secret-differs'])
  expect(found(file, { commitment: 'a'.repeat(64) })).toEqual(['commitment-differs'])
})

test('a bid exchanged after the deadline is found by the seed, and where that fits, by its bidder’s receipt', () => {
  const swapped = changed((copy) => {
    copy.draw.bidHashes = copy.draw.bidHashes.map((each) => (each === receipts[0]?.sm3 ? 'b'.repeat(64) : each))
  })
  expect(found(swapped, { receipts })).toEqual(expect.arrayContaining(['seed-differs', 'receipt-missing']))
  const fitted = changed(
    (copy) => {
      const again = redraw(copy)
      copy.draw = { ...copy.draw, seed: again.seed, order: again.order }
    },
    { ...swapped, panel: [], bids: [] },
  )
  expect(found(fitted, { receipts })).toEqual(['receipt-missing'])
  expect(found(changed(({ draw }) => draw.bidHashes.pop()))).toContain('bids-differ')
  expect(found(file, { receipts: [{ tender: 'another', deposit: 'd', sm3: 's' }] })).toEqual(['receipt-elsewhere'])
})

test('another order, another panel and another tie are found', () => {
  expect(found(changed(({ draw }) => draw.order.reverse()))).toContain('order-differs')
  const friend = changed((copy) => {
    const [first] = copy.panel
    if (first !== undefined) first.person = copy.draw.order.at(-1)
  }, desk)
  expect(found(friend)).toEqual(['panel-differs'])
  expect(found(changed(({ panel }) => panel.pop()))).toEqual(['panel-differs'])
  const ranks = file.bids.map((bid) => bid.rank)
  expect([...ranks].sort()).toEqual([1, 2, 3])
  const turned = changed(({ bids }) => {
    for (const bid of bids) bid.rank = 4 - (bid.rank ?? 0)
  })
  expect(new Set(found(turned))).toEqual(new Set(['tie-differs']))
  expect(found(changed(({ draw }) => (draw.size = 9)))).toContain('too-few')
})

test('the command says over the network or from a file whether all agrees, by its exit code', async () => {
  const [good, bad, receipt] = ['good.json', 'bad.json', 'receipt.json'].map((name) => join(folder, name))
  if (good === undefined || bad === undefined || receipt === undefined) throw new Error('no files')
  writeFileSync(good, JSON.stringify(file))
  writeFileSync(bad, JSON.stringify(changed(({ draw }) => draw.list.pop())))
  writeFileSync(receipt, JSON.stringify(receipts[0]))
  const said: string[] = []
  const run = (...args: string[]) => verifyDraw(args, (line) => said.push(line))
  const address = await app.server.listen({ port: 0, host: '127.0.0.1' })
  expect(await run(address, it.tender, '--receipt', receipt, '--commitment', file.commitment)).toBe(0)
  expect(said.at(-1)).toBe('agreed: the draw is the one that was published')
  expect(said.filter((line) => line.startsWith('drawn'))).toHaveLength(file.draw.size)
  expect(await run(good, it.tender)).toBe(0)
  expect(await run(bad, it.tender)).toBe(1)
  expect(said.some((line) => line.startsWith('WRONG the list of experts'))).toBe(true)
  for (const args of [
    [good, 'another'],
    [join(folder, 'none.json'), it.tender],
    [address, `${it.tender.slice(0, -1)}z`],
    [good],
  ])
    expect(await run(...args)).toBe(2)
  expect(tenderAddress(`${address}/tenders/x`, it.tender).pathname).toBe(`/api/tenders/${it.tender}`)
})
