// Lots through their endpoints: one tender in parts, bid for, scored and awarded one by one, with one panel, one notice and one standstill.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../../tests/support/app.ts'
import * as given from '../../../tests/support/lots.ts'
import { fen, formatYuan } from '../../kit/money.ts'
import * as projects from '../projects/contract.ts'
import * as contract from './contract.ts'
import * as desk from './contract/desk.ts'
import * as objections from './contract/objections.ts'
import { verifyAward } from './contract/verification.ts'

let app: TestApp
let room: given.LotRoom

const organizationOf = (bidder: number) => room.story.cast.bidders[bidder]?.organization
const view = (id: string, who: Parameters<TestApp['ok']>[0] = 'nobody') =>
  app.ok(who, contract.getTender, { params: { id } })
const codes = (answer: { problem: { fields?: readonly { code: string }[] } }) =>
  answer.problem.fields?.map((field) => field.code)

describe('a tender in four lots, of which one bidder may win two', () => {
  let id = ''
  const params = () => ({ id })

  beforeAll(async () => {
    app = await startApp()
    room = await given.lotRoom(app)
  })
  afterAll(() => app?.close())

  test('is planned only with ceilings that make the budget, names of their own and a limit that limits', async () => {
    const { project, budget, activities, who } = room
    const lots = given.equalLots(budget, 4)
    const plan = (change: object) =>
      app.call(who('procurer'), contract.planTender, { body: { ...given.lotTerms, project, lots, ...change } as never })
    const [first, second, third, last] = lots
    if (!first || !second || !third || !last) throw new Error('four lots')
    const fenMore = { ...last, ceiling: formatYuan(fen(BigInt(last.ceiling.replace('.', '')) + 1n)) }
    expect(codes(await plan({ lots: [first, second, third, fenMore] }))).toEqual(['ceilings-not-budget'])
    expect(codes(await plan({ lots: [first, { ...second, title: first.title }, third, last] }))).toEqual(['lot-twice'])
    expect(codes(await plan({ lots: [{ ...first, covers: ['修路'] }, second, third, last] }))).toEqual([
      'activity-unknown',
    ])
    expect(codes(await plan({ lotLimit: 4 }))).toEqual(['limit-not-below'])
    expect(codes(await plan({ lots: undefined, lotLimit: 1 }))).toEqual(['limit-without-lots'])
    expect((await plan({ lots: [first] })).status).toBe(422)
    const planned = await app.ok(who('procurer'), contract.planTender, {
      body: {
        ...given.lotTerms,
        project,
        lots: [{ ...first, covers: activities.slice(0, 1) }, second, third, last],
        lotLimit: 2,
      },
    })
    id = planned.id
    // Planned, it may still become undivided, and divided anew.
    await app.ok(who('procurer'), desk.editTender, { params: params(), body: given.lotTerms })
    expect((await view(id, who('procurer'))).lots).toBeUndefined()
    const wrong = await app.call(who('procurer'), desk.editTender, {
      params: params(),
      body: { ...given.lotTerms, lots: [first, fenMore] },
    })
    expect(codes(wrong)).toEqual(['ceilings-not-budget'])
    await app.ok(who('procurer'), desk.editTender, { params: params(), body: { ...given.lotTerms, lots, lotLimit: 2 } })
    await app.ok(who('procurer'), contract.publishTender, { params: params() })
    const seen = await view(id)
    expect(seen.lots?.map(({ number, ceiling }) => [number, ceiling])).toEqual(
      lots.map(({ ceiling }, index) => [index + 1, ceiling]),
    )
    expect(seen).toMatchObject({ lotLimit: 2, budget: formatYuan(budget) })
    const { rows } = await app.ok('nobody', contract.listTenders, { query: {} })
    expect(rows[0]).toMatchObject({ id, lots: { all: 4 } })
  })

  test('takes one bid of each bidder for each lot, within the ceiling of the lot', async () => {
    await app.pass(11)
    expect(codes(await given.bidForLot(room, id, 0, undefined))).toEqual(['lot-needed'])
    expect(codes(await given.bidForLot(room, id, 0, 5))).toEqual(['lot-unknown'])
    expect(codes(await given.bidForLot(room, id, 0, 1, 101))).toEqual(['price-above-budget'])
    for (const lot of [1, 2, 3])
      for (const bidder of [0, 1, 2]) expect((await given.bidForLot(room, id, bidder, lot)).status).toBe(200)
    for (const bidder of [0, 1]) expect((await given.bidForLot(room, id, bidder, 4)).status).toBe(200)
    expect((await given.bidForLot(room, id, 0, 1)).problem.code).toBe('already-bid')
    await app.ok(room.who('overseer'), contract.confirmOpening, { params: params() })
  })

  test('loses the lot for which too few bid when the panel is drawn; its bids are not scored', async () => {
    const { who } = room
    await app.ok(who('procurer'), contract.appointPanel, { params: params(), body: {} })
    const seen = await view(id, who('procurer'))
    expect(seen.lots?.map((lot) => lot.failed?.reason)).toEqual([undefined, undefined, undefined, 'too-few-bids'])
    expect(seen.sheets).toEqual({ done: 0, needed: 45 })
    // The public is told with the award notice.
    expect((await view(id)).lots?.[3]?.failed).toBeUndefined()
    const [first] = await given.panelOf(room, id)
    const dead = seen.bids.find((bid) => bid.lot === 4)
    if (first === undefined || dead === undefined) throw new Error('no panel')
    expect((await view(id, first)).lots?.[3]?.failed?.reason).toBe('too-few-bids')
    const body = { bid: dead.id, points: [80] }
    expect((await app.call(first, contract.scoreBid, { params: params(), body })).problem.code).toBe('bid-not-valid')
  })

  test('shows nobody a score of any lot before all sheets of all lots are in', async () => {
    const { who } = room
    const [first, ...others] = await given.panelOf(room, id)
    if (first === undefined) throw new Error('no panel')
    const bids = (await view(id, who('procurer'))).bids.filter((bid) => bid.lot !== 4)
    const last = bids.at(-1)
    for (const person of [...others, first])
      for (const bid of bids) {
        if (person === first && bid === last) continue
        const place = room.story.cast.bidders.findIndex((each) => each.organization === bid.organization)
        await app.ok(person, contract.scoreBid, { params: params(), body: { bid: bid.id, points: [95 - place * 5] } })
      }
    for (const person of [who('procurer'), who('overseer'), who('administrator-0'), others[0] ?? first]) {
      const seen = await view(id, person)
      expect(seen.bids.some((bid) => bid.score !== undefined || bid.rank !== undefined)).toBe(false)
      expect(seen.outliers).toEqual([])
    }
    expect((await app.call(who('procurer'), contract.proposeAward, { params: params() })).problem.code).toBe(
      'scores-missing',
    )
    await app.ok(first, contract.scoreBid, { params: params(), body: { bid: last?.id ?? '', points: [85] } })
  })

  test('is awarded lot by lot: who has won two is passed over in the third', async () => {
    const { who } = room
    await app.ok(who('procurer'), contract.proposeAward, { params: params() })
    const seen = await view(id)
    expect(seen.lots?.map((lot) => [lot.award?.organization, lot.award?.rank])).toEqual([
      [organizationOf(0), 1],
      [organizationOf(0), 1],
      [organizationOf(1), 2],
      [undefined, undefined],
    ])
    expect(seen.lots?.[3]?.failed?.reason).toBe('too-few-bids')
    expect(seen.award).toBeUndefined()
    expect(await app.ok('nobody', verifyAward, { params: params() })).toMatchObject({
      sound: true,
      bids: 11,
      faults: [],
    })
    const mine = await app.ok(who('administrator-0'), desk.listMyBids, { query: {} })
    expect(mine.rows.map((row) => [row.lot?.number, row.won])).toEqual(
      expect.arrayContaining([
        [1, true],
        [2, true],
        [3, false],
        [4, false],
      ]),
    )
  })

  test('hears an objection to a lot of whoever bid for it; upheld, that lot alone fails', async () => {
    const { who } = room
    const claim = { argument: '中标人的人员配置与评分依据不一致。', asked: '请复核。' }
    const object = (who: Parameters<TestApp['ok']>[0], lot: number | undefined) =>
      app.call(who, objections.objectToTender, { params: params(), body: { against: 'award', lot, ...claim } })
    expect(codes(await object(who('administrator-2'), undefined))).toEqual(['lot-needed'])
    expect(codes(await object(who('administrator-2'), 7))).toEqual(['lot-unknown'])
    expect((await object(who('administrator-2'), 4)).problem.code).toBe('lot-not-yours')
    const made = await object(who('administrator-2'), 2)
    expect(made.status).toBe(200)
    expect((await object(who('administrator-2'), 2)).problem.code).toBe('already-objecting')
    await app.pass(20)
    expect((await app.call(who('procurer'), contract.confirmAward, { params: params() })).problem.code).toBe(
      'objection-open',
    )
    const objection = (await view(id, who('overseer'))).objections[0]
    expect(objection).toMatchObject({ lot: 2, against: 'award' })
    await app.ok(who('overseer'), objections.decideObjection, {
      params: { id, objection: objection?.id ?? '' },
      body: { decision: 'upheld', words: '人员证明不属实', remedy: 'fail-lot' },
    })
    const seen = await view(id)
    expect(seen.state).toBe('standstill')
    expect(seen.lots?.map((lot) => lot.failed?.reason)).toEqual([
      undefined,
      'objection-upheld',
      undefined,
      'too-few-bids',
    ])
    expect(await app.ok('nobody', verifyAward, { params: params() })).toMatchObject({ sound: true })
  })

  test('takes a lot back whose winner withdrew, but not the last one; the rest may be tendered again later', async () => {
    const { who } = room
    expect((await given.failLot(room, id, 4)).problem.code).toBe('lot-not-awarded')
    expect((await given.failLot(room, id, 3)).status).toBe(200)
    expect((await given.failLot(room, id, 1)).problem.code).toBe('last-lot')
    await app.pass(16)
    await app.ok(who('procurer'), contract.confirmAward, { params: params() })
    const seen = await view(id)
    expect(seen.state).toBe('awarded')
    expect(seen.lots?.map((lot) => lot.award?.organization)).toEqual([
      organizationOf(0),
      undefined,
      undefined,
      undefined,
    ])
    // Not before the award that stands is under contract.
    expect((await app.ok(who('procurer'), projects.getProject, { params: { id: room.project } })).rest).toBeUndefined()
  })

  test('shows whoever doubts it that an award was changed behind its back', async () => {
    const { pool } = app.parts.platform.database
    const [was] = (await pool.query('SELECT lots FROM procurement.tender WHERE id = $1', [id.slice(7)])).rows
    await pool.query(
      `UPDATE procurement.tender SET lots = jsonb_set(lots, '{0,award,organization}', $2::jsonb) WHERE id = $1`,
      [id.slice(7), JSON.stringify(organizationOf(2))],
    )
    expect(await app.ok('nobody', verifyAward, { params: params() })).toMatchObject({
      sound: false,
      faults: [{ what: 'award-differs' }],
    })
    await pool.query('UPDATE procurement.tender SET lots = $2 WHERE id = $1', [id.slice(7), JSON.stringify(was.lots)])
    expect(await app.ok('nobody', verifyAward, { params: params() })).toMatchObject({ sound: true })
  })
})

describe('no act takes a statement more however many lots there are', () => {
  const sent: Record<number, Record<string, number>> = {}

  test.each([2, 6])(
    'a tender in %i lots, of which the last fails',
    async (count) => {
      app = await startApp()
      room = await given.lotRoom(app)
      const { who } = room
      const { statements } = app.parts.platform.database
      const counted: Record<string, number> = {}
      const measure = async (name: string, act: () => Promise<unknown>) => {
        await app.settle()
        const own: string[] = []
        statements.listener = (text) => own.push(text)
        await act()
        statements.listener = undefined
        // Delivery starts with the commit and is not the act's own; one of them reads the session.
        counted[name] =
          own.filter((text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\./.test(text)).length - 1
      }
      const body = { ...given.lotTerms, project: room.project, lots: given.equalLots(room.budget, count), lotLimit: 1 }
      let id = ''
      await measure('planTender', async () => {
        id = (await app.ok(who('procurer'), contract.planTender, { body })).id
      })
      const params = { id }
      await app.ok(who('procurer'), contract.publishTender, { params })
      await given.openLots(room, id, [...Array.from({ length: count - 1 }, () => [0, 1, 2]), [0]])
      await measure('appointPanel', () => app.ok(who('procurer'), contract.appointPanel, { params, body: {} }))
      await given.scoreAll(room, id)
      await measure('proposeAward', () => app.ok(who('procurer'), contract.proposeAward, { params }))
      await app.pass(16)
      await measure('confirmAward', () => app.ok(who('procurer'), contract.confirmAward, { params }))
      sent[count] = counted
      await app.close()
      expect(counted['proposeAward']).toBeLessThanOrEqual(8)
      expect(counted['confirmAward']).toBeLessThanOrEqual(8)
      // Whoever came first is what the other is held against.
      const others = Object.values(sent)
      for (const each of others) expect(each).toEqual(others[0])
    },
    90_000,
  )
})
