// One real need followed through inbox, my work, timeline, thread and figures until its verdict.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, startApp, type TestApp } from '../../../tests/support/app.ts'
import { recount } from '../../foundation/indicators/public.ts'
import * as indicators from '../../foundation/indicators/contract.ts'
import * as notices from '../../foundation/notices/contract.ts'
import * as needs from '../needs/contract.ts'
import * as desk from '../needs/contract/desk.ts'
import * as contract from './contract.ts'

// 横塘社区, a community of the tree: figures are asked of known divisions only.
const community = '320505001002'
let app: TestApp
let resident: Person
let neighbour: Person
let worker: Person
let stranger: Person

beforeAll(async () => {
  app = await startApp()
  resident = await app.person('resident', { division: community, name: '王秀兰' })
  neighbour = await app.person('resident', { division: community })
  worker = await app.person('community-worker', { division: community, name: '周建国' })
  stranger = await app.person('community-worker', { division: '320505001003' })
})
afterAll(() => app?.close())

async function raise(visibility: 'public' | 'private'): Promise<string> {
  const body = { text: '独居老人周末也想吃上热午饭', category: '0801' as const, division: community, visibility }
  return (await app.ok(resident, needs.submitNeed, { body })).id
}

async function answer(id: string): Promise<void> {
  await app.ok(worker, desk.acceptNeed, { params: { id }, body: { category: '0801', routeHint: 'department' } })
  await app.ok(worker, desk.referNeed, { params: { id }, body: { department: needs.ownStation } })
  await app.ok(worker, desk.answerNeed, { params: { id }, body: { words: '周六周日由助餐点送餐上门', files: [] } })
  await app.settle()
}

const of = (id: string) => ({ params: { kind: 'need', id } })

describe('an open need', () => {
  let id = ''

  it('waits for the workers of its community, and nobody else', async () => {
    id = await raise('public')
    const waits = async (who: Person) =>
      (await app.ok(who, notices.listMyWork, { query: {} })).rows.filter((row) => row.of.id === id)
    expect(await waits(worker)).toEqual([
      expect.objectContaining({
        verb: 'acceptNeed',
        light: 'later',
        kindName: expect.stringMatching(/[\u4e00-\u9fff]/),
        task: expect.stringMatching(/[\u4e00-\u9fff]/),
      }),
    ])
    expect(await waits(stranger)).toEqual([])
    expect(await waits(resident)).toEqual([])
  })

  it('tells its resident what happened, in words', async () => {
    await app.ok(neighbour, needs.supportNeed, { params: { id } })
    await answer(id)
    const inbox = await app.ok(resident, notices.listNotices, { query: {} })
    expect(inbox.unread).toBe(inbox.rows.length)
    expect(inbox.rows.length).toBeGreaterThan(0)
    for (const row of inbox.rows) expect(row.text).not.toMatch(/\{\{|^[a-z.-]+$/)
    expect((await app.ok(resident, notices.listMyWork, { query: {} })).rows.map((row) => row.verb)).toContain(
      'giveVerdict',
    )
    expect((await app.ok(worker, notices.listMyDone, { query: {} })).rows.map((row) => row.verb)).toEqual(
      expect.arrayContaining(['answerNeed', 'referNeed', 'acceptNeed']),
    )
  })

  it('shows the public a timeline with the worker’s name and without the resident’s, and the worker the masked one', async () => {
    const open = await app.ok('nobody', notices.getTimeline, of(id))
    expect(open.rows.map((row) => row.verb)).toEqual(expect.arrayContaining(['submitNeed', 'acceptNeed', 'answerNeed']))
    expect(open.rows.find((row) => row.verb === 'submitNeed')?.who).toBeUndefined()
    expect(open.rows.find((row) => row.verb === 'acceptNeed')?.who).toBe('周建国')
    const inside = await app.ok(worker, notices.getTimeline, of(id))
    expect(inside.rows.find((row) => row.verb === 'submitNeed')?.who).toMatch(/^王\*/)
    expect(JSON.stringify(inside)).not.toContain('王秀兰')
    for (const row of inside.rows) expect(row.text).toMatch(/[\u4e00-\u9fff]/)
  })

  it('is a line that ends with the verdict, and is counted once', async () => {
    const before = await app.ok('nobody', contract.getThread, of(id))
    expect(before.stations.map((station) => `${station.station}:${station.state}`)).toEqual([
      'need:done',
      'support:done',
      'verdict:now',
    ])
    await app.ok(resident, needs.giveVerdict, { params: { id }, body: { verdict: 'met', rating: 5 } })
    await app.settle()
    const after = await app.ok('nobody', contract.getThread, of(id))
    expect(after).toMatchObject({ finished: true, days: 1 })
    expect(after.stations.map((station) => station.state)).toEqual(['done', 'done', 'done'])
    for (const station of after.stations) for (const fact of station.facts) expect(fact).toMatch(/[\u4e00-\u9fff]/)
    const figures = await app.ok('nobody', indicators.getValues, {
      query: { names: 'needs.raised,needs.met,needs.responded-in-time,needs.need-to-verdict', division: community },
    })
    expect(figures.figures.map((figure) => figure.now.value)).toEqual([1, 1, 100, expect.any(Number)])
    expect((await recount(app.parts.platform)).differences).toEqual([])
    const behind = await app.ok(stranger, indicators.listRowsBehind, {
      params: { name: 'needs.met' },
      query: { division: '3205' },
    })
    expect(behind.rows.map((row) => row.of.id)).toEqual([id])
  })
})

describe('a private need', () => {
  it('has thread and timeline for its resident and worker only, with the resident’s own sentence', async () => {
    const id = await raise('private')
    await answer(id)
    for (const who of ['nobody', neighbour, stranger] as const) {
      expect((await app.call(who, contract.getThread, of(id))).status).toBe(404)
      expect((await app.call(who, notices.getTimeline, of(id))).status).toBe(404)
      expect((await app.call(who, notices.getRelated, of(id))).status).toBe(404)
    }
    for (const who of [resident, worker]) {
      const view = await app.ok(who, contract.getThread, of(id))
      expect(view.needs).toEqual([
        expect.objectContaining({ private: true, sentence: expect.stringContaining('热午饭') }),
      ])
    }
    const work = await app.ok(worker, notices.listMyDone, { query: {} })
    expect(JSON.stringify(work.rows.filter((row) => row.of.id === id))).not.toContain('热午饭')
    const behind = await app.ok(stranger, indicators.listRowsBehind, {
      params: { name: 'needs.raised' },
      query: { division: community },
    })
    expect(behind).toMatchObject({ closed: 1 })
  })
})
