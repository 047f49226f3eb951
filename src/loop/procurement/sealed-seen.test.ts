// What a bidder and a panelist are told on the way: whether one qualifies, who judges, and until when one may object.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getTimeline } from '../../foundation/notices/contract.ts'
import { startApp, type TestApp } from '../../../tests/support/app.ts'
import * as support from '../../../tests/support/sealed-bids.ts'
import * as contract from './contract.ts'
import { objectToTender } from './contract/objections.ts'

let app: TestApp
let room: support.Room

beforeAll(async () => {
  app = await startApp()
  room = await support.planSealed(app)
})
afterAll(async () => {
  await app.close()
})

const params = () => ({ id: room.tender })
const view = (who: Parameters<typeof support.sealingOf>[1] = room.procurer) =>
  app.ok(who, contract.getTender, { params: params() })

test('while bids are taken an organization is told what the registers lack for it, nobody else is', async () => {
  const [first] = room.bidders
  if (first === undefined) throw new Error('nobody bids')
  await support.publishSealed(room)
  expect((await view(first.administrator)).myFaults).toEqual([])
  for (const who of ['nobody', room.procurer, room.overseer] as const)
    expect((await view(who)).myFaults).toBeUndefined()
  const { pool } = app.parts.platform.database
  const where = 'UPDATE organizations.organization SET categories = $2 WHERE id = $1'
  const { rows } = await pool.query('SELECT categories FROM organizations.organization WHERE id = $1', [
    first.organization.slice(7),
  ])
  await pool.query(where, [first.organization.slice(7), ['13']])
  expect((await view(first.administrator)).myFaults).toEqual(['category-missing'])
  await pool.query(where, [first.organization.slice(7), rows[0]?.categories])
})

test('the timeline of a tender names no member of the panel, not even after the award; to the member it says "I"', async () => {
  const bids = await openedBids()
  await app.ok(room.procurer, contract.appointPanel, { params: params(), body: {} })
  const { panel = [] } = await view()
  for (const { person = '' } of panel)
    for (const bid of bids)
      await app.ok(room.panelist(person), contract.scoreBid, { params: params(), body: { bid, points: [80] } })
  await app.ok(room.procurer, contract.proposeAward, { params: params() })
  const told = async (who: Parameters<typeof support.sealingOf>[1]) =>
    (await app.ok(who ?? 'nobody', getTimeline, { params: { kind: 'tender', id: room.tender } } as never)).rows.filter(
      (row) => row.role === 'panelist',
    )
  const [bidder] = room.bidders
  for (const who of ['nobody', bidder?.administrator, room.procurer] as const) {
    const rows = await told(who)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map((row) => row.who).filter((name) => name !== undefined)).toEqual([])
  }
  const mine = (await told(room.panelist(panel[0]?.person ?? ''))).filter((row) => row.me)
  expect(mine.length).toBeGreaterThan(0)
  expect(mine.every((row) => row.who !== undefined)).toBe(true)
})

test('once the days for objections are over the act stands off, saying so, before anybody writes one', async () => {
  const [bidder] = room.bidders
  if (bidder === undefined) throw new Error('nobody bids')
  const act = async () => (await view(bidder.administrator)).actions.find((each) => each.verb === 'objectToTender')
  expect(await act()).toMatchObject({ ok: true })
  // A day's notice, then the standstill of seven working days.
  await app.pass(14)
  expect(await act()).toMatchObject({ ok: false, code: 'objection-late' })
  const body = { against: 'award', argument: '我单位的得分与评分标准不符，请复核。', asked: '重新评审' } as const
  expect((await app.call(bidder.administrator, objectToTender, { params: params(), body })).problem.code).toBe(
    'objection-late',
  )
})

/** Three bids handed in, the deadline past, opened and confirmed. */
async function openedBids(): Promise<string[]> {
  for (const [index, bidder] of room.bidders.entries())
    await support.deposit(
      room,
      bidder,
      await support.sealFor(
        room,
        bidder.organization,
        support.paperOf(`${31_000 + index}.00`, '每天中午十一点半前送到家。'),
      ),
    )
  await support.passDeadline(room)
  const [lead, second] = room.openers
  const session = await support.startSession(room, lead)
  for (const opener of [lead, second]) await support.hand(room, opener)
  const { pair } = await support.combineIn(room, lead, session)
  if (pair === undefined) throw new Error('the key did not come together')
  await support.openAll(room, lead, pair)
  await app.ok(room.overseer, contract.confirmOpening, { params: params() })
  return (await view()).bids.flatMap((each) => (each.valid ? [each.id] : []))
}
