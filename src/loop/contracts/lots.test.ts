// A contract for each lot, through the endpoints: money set aside lot by lot, one project under several contracts, and what failed tendered again.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startApp, type TestApp } from '../../../tests/support/app.ts'
import * as given from '../../../tests/support/lots.ts'
import { formatYuan, parseYuan } from '../../kit/money.ts'
import { moneyOf } from '../../registers/funds/public.ts'
import { getThread } from '../thread/contract.ts'
import { getProjectAccount } from '../thread/contract/account.ts'
import * as delivery from '../delivery/contract.ts'
import * as procurement from '../procurement/contract.ts'
import * as desk from '../procurement/contract/desk.ts'
import * as projects from '../projects/contract.ts'
import * as contract from './contract.ts'
import { terminateContract } from './contract/changes.ts'

let app: TestApp
let room: given.LotRoom
let tender = ''
const contracts: string[] = []

const project = () => app.ok(room.who('procurer'), projects.getProject, { params: { id: room.project } })
const tenderNow = (id = tender) => app.ok('nobody', procurement.getTender, { params: { id } })
const heldBy = async (id: string) =>
  (await moneyOf(app.parts.platform.database.reader, [{ kind: 'contract', id }])).encumbered

const draft = (lot: number | undefined, bidder: number, of = tender) => given.draftForLot(room, of, lot, bidder)
const drafted = (lot: number | undefined, bidder: number, of = tender) => given.draftedForLot(room, of, lot, bidder)
const sign = (id: string, bidder: number) => given.signByBoth(room, id, bidder)

function begin(id: string, who: Person) {
  return app.call(who, delivery.startDelivery, {
    params: { id },
    body: {
      words: '按片区开展送餐和探访。',
      activities: [{ name: '上门送餐', kind: 'activity' as const, planned: 20 }],
    },
  })
}

beforeAll(async () => {
  app = await startApp()
  room = await given.lotRoom(app)
  // Two lots awarded to two bidders, the third failed.
  tender = await given.awardedLots(room, [true, true, false], 1)
})
afterAll(() => app?.close())

describe('contracts of a tender in lots', () => {
  test('stand on the award of one lot each, at its price and with its title', async () => {
    expect((await draft(undefined, 0)).problem.code).toBe('not-awarded')
    expect((await draft(3, 0)).problem.code).toBe('not-awarded')
    expect((await draft(4, 0)).problem.code).toBe('not-awarded')
    contracts.push(await drafted(1, 0), await drafted(2, 1))
    expect((await draft(1, 0)).problem.code).toBe('contract-exists')
    const { lots } = await tenderNow()
    for (const [index, id] of contracts.entries())
      expect(await app.ok(room.who('procurer'), contract.getContract, { params: { id } })).toMatchObject({
        ...{ tender, lot: index + 1, value: lots?.[index]?.award?.price },
        organization: lots?.[index]?.award?.organization,
        title: expect.stringContaining(lots?.[index]?.title ?? '?'),
      })
  })

  test('set aside the money of their own lot; the tender is done with the last of them', async () => {
    await sign(contracts[0] ?? '', 0)
    expect(await tenderNow()).toMatchObject({ state: 'awarded', lots: [{ contract: contracts[0] }, {}, {}] })
    expect(await project()).toMatchObject({ state: 'contracted', contracts: [{ id: contracts[0] }] })
    expect((await project()).rest).toBeUndefined()
    // Under contract in part, the tender as a whole cannot fail any more, nor this lot.
    const end = { params: { id: tender }, body: { reason: 'other' as const, words: '重新考虑' } }
    expect((await app.call(room.who('procurer'), desk.failTender, end)).problem.code).toBe('lot-contracted')
    expect((await given.failLot(room, tender, 1)).problem.code).toBe('lot-contracted')
    await sign(contracts[1] ?? '', 1)
    const { lots, state } = await tenderNow()
    expect(state).toBe('contracted')
    for (const [index, id] of contracts.entries())
      expect(formatYuan(await heldBy(id))).toBe(lots?.[index]?.award?.price)
    const prices = lots?.flatMap((lot) => (lot.award === undefined ? [] : [parseYuan(lot.award.price) ?? 0n])) ?? []
    expect(await project()).toMatchObject({
      contractValue: formatYuan(prices.reduce((all, each) => all + each, 0n) as never),
      rest: lots?.[2]?.ceiling,
    })
  })

  test('are told one by one in the thread, and together in the account of the project', async () => {
    await app.settle()
    const thread = await app.ok('nobody', getThread, { params: { kind: 'project', id: room.project } })
    const facts = thread.stations.flatMap((station) => station.facts)
    const { lots } = await tenderNow()
    for (const lot of lots?.slice(0, 2) ?? []) {
      expect(facts).toContain(`采购包 ${lot.number} 中标，中标价 ${lot.award?.price} 元`)
      expect(facts).toContain(`采购包 ${lot.number} 的合同双方签署，生效`)
    }
    const money = thread.money.find((entry) => entry.kind === 'award')
    expect(money?.amount).toBe((await project()).contractValue)
    const account = await app.ok('nobody', getProjectAccount, { params: { id: room.project } })
    expect(account.undertaker?.name.split('、')).toHaveLength(2)
    expect(account.contract).toMatchObject({ value: (await project()).contractValue, milestones: 4 })
    expect(account.contract?.number.split('、')).toHaveLength(2)
  })

  test('are carried out one by one: the project goes with the first, and a lot that failed is tendered again meanwhile', async () => {
    expect((await begin(contracts[0] ?? '', room.who('administrator-0'))).status).toBe(200)
    expect((await project()).state).toBe('delivering')
    const { rest = '' } = await project()
    const plan = (budget: string) =>
      app.call(room.who('procurer'), procurement.planTender, {
        body: {
          ...given.lotTerms,
          project: room.project,
          lots: given.equalLots(parseYuan(budget) as never, 2),
        },
      })
    expect((await plan((await project()).budget)).problem.fields).toMatchObject([{ code: 'ceilings-not-budget' }])
    const answer = await plan(rest)
    expect(answer.status).toBe(200)
    const again = (answer.body as { id: string }).id
    expect(await app.ok(room.who('procurer'), procurement.getTender, { params: { id: again } })).toMatchObject({
      budget: rest,
    })
    expect((await plan(rest)).problem.code).toBe('project-not-approved')
    await app.ok(room.who('procurer'), desk.cancelTender, {
      params: { id: again },
      body: { reason: 'terms-wrong', words: '需求要调整' },
    })
    expect(await project()).toMatchObject({ state: 'delivering', rest })
    // Tendered once more, awarded, and under contract.
    const { id } = await app.ok(room.who('procurer'), procurement.planTender, {
      body: { ...given.lotTerms, project: room.project },
    })
    await app.ok(room.who('procurer'), procurement.publishTender, { params: { id } })
    await app.pass(11)
    for (const bidder of [0, 1, 2]) expect((await given.bidForLot(room, id, bidder, undefined)).status).toBe(200)
    await app.ok(room.who('overseer'), procurement.confirmOpening, { params: { id } })
    await app.ok(room.who('procurer'), procurement.appointPanel, { params: { id }, body: {} })
    await given.scoreAll(room, id)
    await app.ok(room.who('procurer'), procurement.proposeAward, { params: { id } })
    await app.pass(16)
    await app.ok(room.who('procurer'), procurement.confirmAward, { params: { id } })
    contracts.push(await drafted(undefined, 0, id))
    await sign(contracts[2] ?? '', 0)
    expect(await project()).toMatchObject({
      state: 'delivering',
      contracts: [{ state: 'delivering' }, { state: 'contracted' }, { state: 'contracted' }],
    })
    expect((await project()).rest).toBeUndefined()
  })

  test('end one by one: the project ends with the last, and what was set aside for each goes back', async () => {
    const end = (id: string) =>
      app.ok(room.who('procurer'), terminateContract, {
        params: { id },
        body: { reason: 'agreed', words: '双方协商一致', settlement: '0.00' },
      })
    for (const [index, id] of contracts.entries()) {
      await end(id)
      expect((await project()).state).toBe(index === 2 ? 'terminated' : 'delivering')
      const { encumbered, refunded } = await moneyOf(app.parts.platform.database.reader, [{ kind: 'contract', id }])
      expect(refunded).toBe(encumbered)
    }
  })
})
