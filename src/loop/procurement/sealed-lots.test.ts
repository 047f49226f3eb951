// Sealed bids of a tender in lots: one envelope of each bidder for each lot, one key and one opening for all, and what stays sealed for good.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startApp, type TestApp } from '../../../tests/support/app.ts'
import * as given from '../../../tests/support/sealed-bids.ts'
import * as contract from './contract.ts'
import * as sealed from './contract/sealed-bids.ts'

let app: TestApp
let room: given.Room

const params = () => ({ id: room.tender })
const bidder = (index: number) => {
  const found = room.bidders[index]
  if (found === undefined) throw new Error('no such bidder')
  return found
}
const codes = (answer: { problem: { fields?: readonly { code: string }[] } }) =>
  answer.problem.fields?.map((field) => field.code)

async function envelopeFor(index: number, lot: number | undefined, price = '1000.00') {
  return given.sealFor(
    room,
    bidder(index).organization,
    given.paperOf(price, `第${index + 1}家的方案，每天送到。`),
    [],
    {
      ...(lot === undefined ? {} : { lot }),
    },
  )
}

async function hand(index: number, lot: number | undefined, price?: string) {
  const { header, content } = await envelopeFor(index, lot, price)
  return app.call(bidder(index).administrator, sealed.depositBid, { params: params(), body: { header, content } })
}

const held = async (who: Person) =>
  (await given.sealingOf(room, who)).mineByLot?.map(({ lot, state, receipt }) => [lot, state, receipt.round])

beforeAll(async () => {
  app = await startApp()
  room = await given.planSealed(app, {}, 3)
  await given.publishSealed(room)
})
afterAll(() => app?.close())

test('an envelope names the lot that it is for; another one of the same lot takes its place, one of another lot stands beside it', async () => {
  expect(codes(await hand(0, undefined))).toEqual(['lot-needed'])
  expect(codes(await hand(0, 4))).toEqual(['lot-unknown'])
  for (const lot of [1, 2, 3]) expect((await hand(0, lot)).status).toBe(200)
  expect((await hand(0, 2, '1100.00')).status).toBe(200)
  const { administrator } = bidder(0)
  expect(await held(administrator)).toEqual([
    [1, 'held', 1],
    [2, 'held', 2],
    [3, 'held', 1],
  ])
  expect((await given.sealingOf(room, administrator)).mine).toBeUndefined()
  expect(codes(await app.call(administrator, sealed.withdrawBid, { params: params(), body: {} }))).toEqual([
    'lot-needed',
  ])
  await app.ok(administrator, sealed.withdrawBid, { params: params(), body: { lot: 3 } })
  expect((await held(administrator))?.map(([, state]) => state)).toEqual(['held', 'held', 'withdrawn'])
  // The receipt says which lot, under its signature.
  const mine = (await given.sealingOf(room, administrator)).mineByLot ?? []
  expect(mine.map((each) => each.receipt.lot)).toEqual([1, 2, 3])
})

test('at the opening lots with too few envelopes fail and theirs stay sealed; one key opens all the others', async () => {
  for (const index of [1, 2]) for (const lot of [1, 2, 3]) expect((await hand(index, lot)).status).toBe(200)
  await given.passDeadline(room)
  const before = await app.ok(room.procurer, contract.getTender, { params: params() })
  expect(before.lots?.every((lot) => lot.failed === undefined)).toBe(true)
  const [leads, second] = room.openers
  const session = await given.startSession(room, leads)
  const view = await app.ok(room.procurer, contract.getTender, { params: params() })
  expect(view.lots?.map((lot) => lot.failed?.reason)).toEqual([undefined, undefined, 'too-few-bids'])
  for (const opener of [leads, second]) await given.hand(room, opener)
  const { pair } = await given.combineIn(room, leads, session)
  if (pair === undefined) throw new Error('the shares do not fit')
  const envelopes = (await given.sealingOf(room, leads.person)).envelopes ?? []
  expect(envelopes.map((each) => each.lot).toSorted()).toEqual([1, 1, 1, 2, 2, 2, 3, 3])
  expect(envelopes.every((each) => each.intact)).toBe(true)
  const third = envelopes.find((each) => each.lot === 3)?.id ?? ''
  const contentKey = await given.takeKey(room, leads, pair, third)
  const opening = { params: params(), body: { bid: third, contentKey } }
  expect((await app.call(leads.person, sealed.openBid, opening)).problem.code).toBe('lot-failed')
  await given.openAll(room, leads, pair)
  const { rows } = await app.parts.platform.database.pool.query(
    'SELECT lot, count(*)::int AS n FROM procurement.bid WHERE tender = $1 GROUP BY lot ORDER BY lot',
    [room.tender.slice(7)],
  )
  expect(rows).toEqual([
    { lot: 1, n: 3 },
    { lot: 2, n: 3 },
  ])
  await app.ok(room.head, contract.confirmOpening, { params: params() })
  const left = (await given.sealingOf(room, leads.person)).envelopes?.filter((each) => each.lot === 3) ?? []
  expect(left.map((each) => [each.state, each.organizationName])).toEqual([
    ['held', undefined],
    ['held', undefined],
  ])
})

test('an envelope that was moved to another lot is found out: neither its receipt nor its encryption knows that lot', async () => {
  const { pool } = app.parts.platform.database
  await pool.query(
    "UPDATE procurement.sealed_bid SET lot = 1 WHERE tender = $1 AND lot = 3 AND state = 'held' AND organization = $2",
    [room.tender.slice(7), bidder(1).organization],
  )
  const moved = (await given.sealingOf(room, room.overseer)).envelopes?.filter((each) => each.state === 'held') ?? []
  expect(moved.map((each) => [each.lot, each.intact]).toSorted()).toEqual([
    [1, false],
    [3, true],
  ])
})
