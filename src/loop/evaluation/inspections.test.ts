// Visits on the spot through their endpoints: one that found nothing is evidence too, one that found something makes its findings.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeStory, type TestStory } from '../../../tests/support/story.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import type { WireInputOf } from '../../kit/endpoint.ts'
import { addMinutes } from '../../kit/instant.ts'
import { rowsOf } from '../../platform/database.ts'
import * as contracts from '../contracts/contract.ts'
import * as inspections from './contract/inspections.ts'
import * as contract from './contract.ts'

let app: TestApp
let story: TestStory
let evaluation = ''
let side = 0

type Visit = WireInputOf<typeof inspections.recordInspection>['body']

const who = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const undertaker = () => who(`administrator-${side}`)
const visit = (more: Partial<Visit> = {}): { body: Visit } => ({
  body: {
    contract: story.thread.contract ?? '',
    visitedAt: addMinutes(app.parts.platform.clock.now(), -90),
    place: '社区活动室',
    looked: '助餐点的签到、留样和灭火器',
    result: 'nothing-found',
    words: '签到齐全，留样合格，未发现问题。',
    ...more,
  },
})
const faults = async (more: Partial<Visit>, by = who('overseer')) =>
  (await app.call(by, inspections.recordInspection, visit(more))).problem.fields?.map((field) => field.code)
const seen = (person: Person) => app.ok(person, contract.getEvaluation, { params: { id: evaluation } })

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'delivering')
  const { organization } = await app.ok('nobody', contracts.getContract, {
    params: { id: story.thread.contract ?? '' },
  })
  side = story.cast.bidders.findIndex((bidder) => bidder.organization === organization)
  const planned = await app.ok(who('reviewer'), contract.planEvaluation, {
    body: {
      contract: story.thread.contract ?? '',
      kind: 'mid-term',
      evaluator: who('evaluator').id,
      items: [{ source: 'expert', name: '服务质量', weight: 100 }],
    },
  })
  evaluation = planned.id
})
afterAll(() => app?.close())

describe('a visit', () => {
  let clean = ''

  test('that found nothing is on record with when, where, what was looked at and by whom, and the organization is told', async () => {
    expect((await seen(who('evaluator'))).inspections).toEqual({ total: 0, clean: 0 })
    const recorded = await app.ok(who('evaluator'), inspections.recordInspection, visit())
    expect(recorded.findings).toEqual([])
    clean = recorded.id
    const params = { id: clean }
    for (const person of [undertaker(), who('overseer'), who('head'), who('evaluator')])
      expect(await app.ok(person, inspections.getInspection, { params })).toMatchObject({
        result: 'nothing-found',
        looked: '助餐点的签到、留样和灭火器',
        place: '社区活动室',
        announced: false,
        findings: 0,
        made: [],
      })
    const { inspectorName } = await app.ok(undertaker(), inspections.getInspection, { params })
    expect(inspectorName.length).toBeGreaterThan(1)
    await app.settle()
    const told = (await app.ok(undertaker(), listNotices, { query: {} })).rows
    expect(told.find((row) => row.kind === 'evaluation.inspection-clean')?.of).toEqual({
      kind: 'inspection',
      id: clean,
    })
  })

  test('counts as evidence on the evaluation, without any finding', async () => {
    expect(await seen(who('evaluator'))).toMatchObject({
      inspections: { total: 1, clean: 1 },
      findings: { open: 0, total: 0 },
    })
    expect((await app.ok(undertaker(), contract.listFindings, { query: {} })).rows).toEqual([])
    const events = await rowsOf<{ indicator: string }>(
      app.parts.platform.database.reader,
      `SELECT name AS indicator FROM platform.event WHERE record_id = $1`,
      [clean],
    )
    expect(events.map((event) => event.indicator)).toEqual(['evaluation.recordInspection'])
  })

  test('that found something makes its findings, each to be put right', async () => {
    const findings = [
      { kind: 'safety' as const, serious: true, words: '灭火器过期两具' },
      { kind: 'staff' as const, words: '一名社工未佩证' },
    ]
    const recorded = await app.ok(
      who('overseer'),
      inspections.recordInspection,
      visit({ result: 'found', words: '发现两项问题。', findings, announced: true }),
    )
    const page = await app.ok(undertaker(), inspections.getInspection, { params: { id: recorded.id } })
    expect(page.made.map((each) => [each.id, each.state, each.kind, each.serious])).toEqual([
      [recorded.findings[0], 'open', 'safety', true],
      [recorded.findings[1], 'open', 'staff', false],
    ])
    const params = { id: recorded.findings[0] ?? '' }
    expect((await app.ok(undertaker(), contract.getFinding, { params })).inspection).toBe(recorded.id)
    await app.ok(undertaker(), contract.rectifyFinding, { params, body: { words: '两具灭火器已更换' } })
    expect(await seen(who('reviewer'))).toMatchObject({
      inspections: { total: 2, clean: 1 },
      findings: { open: 2, total: 2 },
    })
    const { rows, count } = await app.ok(undertaker(), inspections.listInspections, {
      query: { contract: story.thread.contract },
    })
    expect(rows.map((row) => row.id)).toEqual([recorded.id, clean])
    expect(count).toEqual({ n: 2, capped: false })
    // To the evaluator of this contract the visits of others are evidence.
    const evidence = await app.ok(who('evaluator'), inspections.listInspections, { query: {} })
    expect(evidence.rows.map((row) => row.id)).toEqual([recorded.id, clean])
    expect(evidence.count).toEqual({ n: 2, capped: false })
    expect((await app.ok(who('evaluator'), inspections.getInspection, { params: { id: recorded.id } })).findings).toBe(
      2,
    )
  })

  test('says outright what it found: silence is not “nothing found”, and the two do not mix', async () => {
    const one = [{ kind: 'safety' as const, words: '灭火器过期两具' }]
    expect(await faults({ result: 'found' })).toEqual(['findings-missing'])
    expect(await faults({ findings: one })).toEqual(['findings-contradict'])
    expect(await faults({ visitedAt: addMinutes(app.parts.platform.clock.now(), 5) })).toEqual(['visit-in-future'])
    expect((await app.call(who('overseer'), inspections.recordInspection, visit({ words: '好' }))).status).toBe(422)
  })

  test('is made by those who may find something too: of the evaluators only this contract’s, nobody of the undertaker', async () => {
    const stranger = await app.person('evaluator', { division: places.county })
    for (const person of [stranger, undertaker(), who('resident'), who('settler')])
      expect((await app.call(person, inspections.recordInspection, visit())).status).toBe(403)
    expect((await app.call('nobody', inspections.recordInspection, visit())).status).toBe(401)
    for (const person of [who('head'), who('reviewer')]) await app.ok(person, inspections.recordInspection, visit())
  })

  test('is seen by nobody else: another organization, another place, the public', async () => {
    const params = { id: clean }
    const other = who(`administrator-${(side + 1) % 3}`)
    const elsewhere = await app.person('community-head', { division: '320506001001' })
    const stranger = await app.person('evaluator', { division: places.county })
    for (const person of [other, elsewhere, stranger]) {
      expect((await app.call(person, inspections.getInspection, { params })).status).toBeGreaterThanOrEqual(403)
      expect((await app.ok(person, inspections.listInspections, { query: {} })).rows).toEqual([])
    }
    expect((await app.call('nobody', inspections.getInspection, { params })).status).toBe(401)
  })

  test('with many findings costs no more statements than with one', async () => {
    const { statements } = app.parts.platform.database
    const counted = async (n: number) => {
      await app.settle()
      const sent: string[] = []
      statements.listener = (text) => sent.push(text)
      const findings = Array.from({ length: n }, (_, at) => ({ kind: 'records' as const, words: `第${at + 1}项问题` }))
      await app.ok(who('overseer'), inspections.recordInspection, visit({ result: 'found', findings }))
      statements.listener = undefined
      return sent.filter((text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\./.test(text)).length
    }
    const one = await counted(1)
    expect(one).toBeLessThanOrEqual(8)
    expect(await counted(20)).toBe(one)
  })
})
