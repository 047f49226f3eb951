// One project under several contracts, through the endpoints: each is worked, evaluated and paid for itself, and the project ends with the last of them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../../tests/support/app.ts'
import * as given from '../../../tests/support/lots.ts'
import * as then from '../../../tests/support/settling.ts'
import { type Fen, fen, formatYuan, parseYuan } from '../../kit/money.ts'
import * as needs from '../needs/contract.ts'
import * as procurement from '../procurement/contract.ts'
import * as projects from '../projects/contract.ts'
import { getThread } from '../thread/contract.ts'
import { getProjectAccount } from '../thread/contract/account.ts'
import * as contract from './contract.ts'
import { terminateContract } from './contract/changes.ts'

let app: TestApp
let room: given.LotRoom
let tender = ''
let contracts: string[] = []
/** Free money of the county before anything was set aside. */
let all: Fen

const project = () => app.ok(room.who('procurer'), projects.getProject, { params: { id: room.project } })
const agreed = (index: number) =>
  app.ok(room.who('procurer'), contract.getContract, { params: { id: contracts[index] ?? '' } })
const valueNow = async (index: number) => parseYuan((await agreed(index)).value) ?? fen(0n)
const needNow = () => app.ok(room.who('resident'), needs.getNeed, { params: { id: room.story.thread.needs[0] ?? '' } })
const threadFrom = (kind: string, id: string) => app.ok('nobody', getThread, { params: { kind, id } })

/** What is set aside and paid, in fen; the rest of the budget is free, and nothing is lost on the way. */
async function expectBooks(encumbered: bigint, paid: bigint): Promise<void> {
  await app.settle()
  const found = await then.books(room)
  expect(found).toMatchObject({ encumbered, paid, balanced: true, county: { encumbered, paid } })
  expect(found.budget).toBe(found.encumbered + found.paid + found.free)
  expect(found.free).toBeGreaterThanOrEqual(0n)
  expect(found.county.encumbered + found.county.paid + found.county.free).toBe(all)
}

async function settingUp(enough: readonly boolean[]): Promise<void> {
  app = await startApp()
  room = await given.lotRoom(app)
  contracts = []
  all = (await then.books(room)).county.free
  tender = await given.awardedLots(room, enough, 1)
}
const end = (index: number, settlement: string) =>
  app.ok(room.who('procurer'), terminateContract, {
    params: { id: contracts[index] ?? '' },
    body: { reason: 'agreed', words: '双方协商一致', settlement },
  })

describe('three lots of which one failed and is never tendered again', () => {
  const transfers: string[] = []
  const evaluations: string[] = []
  let values: [Fen, Fen]

  beforeAll(() => settingUp([true, true, false]), 120_000)
  afterAll(() => app?.close())

  test('each contract sets its own value aside when both have signed it, not before; of the failed lot nothing ever is', async () => {
    await expectBooks(0n, 0n)
    contracts.push(await given.draftedForLot(room, tender, 1, 0), await given.draftedForLot(room, tender, 2, 1))
    await expectBooks(0n, 0n)
    values = [await valueNow(0), await valueNow(1)]
    await given.signByBoth(room, contracts[0] ?? '', 0)
    await expectBooks(values[0], 0n)
    await given.signByBoth(room, contracts[1] ?? '', 1)
    await expectBooks(values[0] + values[1], 0n)
    expect(await project()).toMatchObject({ state: 'contracted', rest: expect.stringMatching(/^\d/) })
  })

  test('milestones of one are accepted and paid while the other has not begun; nobody touches the work of the other', async () => {
    await then.begin(room, contracts[0] ?? '', 0)
    const milestone = (await agreed(0)).milestones[0]?.id ?? ''
    // Neither the undertaker of the other lot, nor by way of the other contract.
    const report = (id: string, bidder: number) =>
      app.call(room.who(`administrator-${bidder}`), contract.reportMilestone, {
        params: { id, milestone },
        body: { words: '全部完成了' },
      })
    expect((await report(contracts[0] ?? '', 1)).status).toBe(403)
    expect((await report(contracts[1] ?? '', 1)).status).toBe(404)
    await then.accepted(room, contracts[0] ?? '', 0, 0)
    transfers.push(await then.paid(room, contracts[0] ?? '', 0))
    const first = (values[0] * 60n) / 100n
    await expectBooks(values[0] + values[1] - first, first)
    expect(await project()).toMatchObject({
      state: 'delivering',
      contracts: [{ state: 'delivering' }, { state: 'contracted' }],
    })
    expect((await agreed(1)).milestones.map((each) => each.state)).toEqual(['planned', 'planned'])
  })

  test('the first is evaluated, paid and completed while the second works: the project goes on, and no resident is asked yet', async () => {
    await then.accepted(room, contracts[0] ?? '', 0, 1)
    await then.begin(room, contracts[1] ?? '', 1)
    evaluations.push(await then.judged(room, contracts[0] ?? '', 90))
    expect(await project()).toMatchObject({
      state: 'delivering',
      contracts: [{ state: 'evaluating' }, { state: 'delivering' }],
    })
    await then.published(room, evaluations[0] ?? '')
    // Paid by its own factor only; the other one has none.
    expect((await agreed(1)).factor).toBeUndefined()
    expect((await agreed(0)).state).toBe('active')
    transfers.push(await then.paid(room, contracts[0] ?? '', 1))
    expect((await agreed(0)).state).toBe('completed')
    await expectBooks(values[1], values[0])
    expect(await project()).toMatchObject({
      state: 'delivering',
      contracts: [{ state: 'completed' }, { state: 'delivering' }],
    })
    expect((await project()).cost).toBeUndefined()
    expect((await needNow()).state).toBe('responding')
  })

  test('evaluated is not published, published is not paid: only then is the project completed, at the sum of its costs', async () => {
    await then.accepted(room, contracts[1] ?? '', 1, 0)
    await then.accepted(room, contracts[1] ?? '', 1, 1)
    transfers.push(await then.paid(room, contracts[1] ?? '', 0))
    evaluations.push(await then.judged(room, contracts[1] ?? '', 70))
    expect((await project()).state).toBe('evaluating')
    // What failed stays unbought: a project that is being evaluated buys nothing more.
    expect((await project()).rest).toBeUndefined()
    await then.published(room, evaluations[1] ?? '')
    expect((await project()).state).toBe('evaluating')
    expect((await needNow()).state).toBe('responding')
    transfers.push(await then.paid(room, contracts[1] ?? '', 1))
    // Seventy points: nine tenths of the last two fifths; the tenth goes back.
    const last = values[1] - (values[1] * 60n) / 100n
    const cost = values[0] + values[1] - last + (last * 9n) / 10n
    await expectBooks(0n, cost)
    const weighed = Number((9000n * values[0] + 7000n * values[1]) / (values[0] + values[1])) / 100
    expect(await project()).toMatchObject({ state: 'completed', cost: formatYuan(fen(cost)), score: weighed })
    expect((await needNow()).state).toBe('answered')
    const plan = app.call(room.who('procurer'), procurement.planTender, {
      body: { ...given.lotTerms, project: room.project },
    })
    expect((await plan).problem.code).toBe('project-not-approved')
  })

  test('the thread tells of each contract, and leads back to the need from each of their payments', async () => {
    await app.settle()
    const whole = await threadFrom('project', room.project)
    const at = (name: string) => whole.stations.find((station) => station.station === name)
    for (const lot of [1, 2]) {
      expect(at('contract')?.facts).toContain(`采购包 ${lot} 的合同双方签署，生效`)
      expect(at('contract')?.facts).toContain(`采购包 ${lot} 的合同履行完毕`)
      expect(at('delivery')?.facts).toContain(`采购包 ${lot}：社区验收第 2 个节点`)
      expect(at('evaluation')?.facts).toContain(
        `采购包 ${lot} 评估公布：得分 ${lot === 1 ? 90 : 70}，末期款按 ${lot === 1 ? 100 : 90}% 支付`,
      )
    }
    expect(at('contract')?.records.filter((record) => record.kind === 'contract')).toHaveLength(2)
    expect(transfers).toHaveLength(4)
    for (const id of transfers) {
      const line = await threadFrom('transfer', id)
      expect(line.needs.map((need) => need.id)).toEqual([room.story.thread.needs[0]])
      expect(line.money).toEqual(whole.money)
    }
    const { paid } = await then.books(room)
    expect(whole.money.find((each) => each.kind === 'paid')?.amount).toBe(formatYuan(paid))
    const account = await app.ok('nobody', getProjectAccount, { params: { id: room.project } })
    expect(account.money).toMatchObject({ paid: formatYuan(paid), encumbered: formatYuan(fen(values[0] + values[1])) })
    expect(account.contract).toMatchObject({ milestones: 4, accepted: 4 })
    // The notice board says how each was judged, not only the last.
    expect(account.evaluations.map(({ score, percent, lot }) => [lot, score, percent])).toEqual([
      [1, 90, 100],
      [2, 70, 90],
    ])
  })
})

describe('two lots of which one ends early', () => {
  let values: [Fen, Fen]

  beforeAll(() => settingUp([true, true]), 120_000)
  afterAll(() => app?.close())

  test('what it may still be paid stays set aside, the rest goes back, and the other one works on', async () => {
    contracts.push(await given.draftedForLot(room, tender, 1, 0), await given.draftedForLot(room, tender, 2, 1))
    values = [await valueNow(0), await valueNow(1)]
    for (const bidder of [0, 1]) {
      await given.signByBoth(room, contracts[bidder] ?? '', bidder)
      await then.begin(room, contracts[bidder] ?? '', bidder)
    }
    await then.accepted(room, contracts[1] ?? '', 1, 0)
    await then.paid(room, contracts[1] ?? '', 0)
    const first = (values[1] * 60n) / 100n
    await end(1, '1000.00')
    await expectBooks(values[0] + 100_000n, first)
    expect(await project()).toMatchObject({
      state: 'delivering',
      contracts: [{ state: 'delivering' }, { state: 'terminated' }],
    })
    expect((await needNow()).state).toBe('responding')
    const facts = (await threadFrom('project', room.project)).stations.flatMap((station) => station.facts)
    expect(facts).toContain('采购包 2 的合同提前终止')
    expect(facts).toContain('采购包 1 的合同双方签署，生效')
  })

  test('the project completes with the other, and costs what was paid for both', async () => {
    await then.accepted(room, contracts[0] ?? '', 0, 0)
    await then.paid(room, contracts[0] ?? '', 0)
    await then.accepted(room, contracts[0] ?? '', 0, 1)
    const evaluation = await then.judged(room, contracts[0] ?? '', 80)
    expect((await project()).state).toBe('evaluating')
    await then.published(room, evaluation)
    await then.paid(room, contracts[0] ?? '', 1)
    const cost = values[0] + (values[1] * 60n) / 100n + 100_000n
    expect(await project()).toMatchObject({ state: 'completed', cost: formatYuan(fen(cost)), score: 80 })
    expect((await needNow()).state).toBe('answered')
    // The settlement is still owed, and paid after the end.
    await expectBooks(100_000n, cost - 100_000n)
    await then.paid(room, contracts[1] ?? '', 2)
    await expectBooks(0n, cost)
  })
})

describe('two lots, one contract ended early, the other never concluded', () => {
  beforeAll(() => settingUp([true, true]), 120_000)
  afterAll(() => app?.close())

  test('the project waits for the contract that is to come; when its lot fails too, it ends, says why, and gives the need back', async () => {
    contracts.push(await given.draftedForLot(room, tender, 1, 0), await given.draftedForLot(room, tender, 2, 1))
    await given.signByBoth(room, contracts[0] ?? '', 0)
    await end(0, '0.00')
    await expectBooks(0n, 0n)
    expect((await project()).state).toBe('contracted')
    expect((await given.failLot(room, tender, 2)).status).toBe(200)
    expect(await project()).toMatchObject({ state: 'terminated', endReason: 'lots-failed' })
    expect((await needNow()).state).toBe('accepted')
    // The draft on that lot leads nowhere any more.
    await app.ok(room.who('procurer'), contract.sendForSigning, { params: { id: contracts[1] ?? '' } })
    await expect(given.signByBoth(room, contracts[1] ?? '', 1)).rejects.toThrow()
    await expectBooks(0n, 0n)
  })
})
