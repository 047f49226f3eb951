// A sample through its endpoints: the list is frozen, its hash public, before the evaluator adds the number that draws from it.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../tests/support/app.ts'
import { heldGroup } from '../../../tests/support/surveys.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import { setParameter } from '../../foundation/policy/contract.ts'
import { type Casework, startCasework } from '../delivery/casework.fixture.ts'
import * as surveys from './contract/surveys.ts'
import * as contract from './contract.ts'

let work: Casework
let evaluation = ''
let survey = ''
let hash = ''

const nonce = randomBytes(32).toString('hex')
const draws = (who: Person, populationHash: string) =>
  work.app.call(who, surveys.drawSurvey, { params: { id: evaluation }, body: { nonce, populationHash } })
const seen = () => work.app.ok('nobody', surveys.getSurvey, { params: { id: survey } })
const told = async () =>
  (await work.app.ok(work.resident, listNotices, { query: {} })).rows.some(
    (row) => row.kind === 'evaluation.survey-asked' && row.of?.id === survey,
  )

beforeAll(async () => {
  work = await startCasework()
  const { app } = work
  await heldGroup(
    work,
    ['申大爷', '戚阿姨', '郁先生', '秋芸子', '诸葛老太太'].map((fullName) => ({ fullName })),
  )
  await app.ok(work.who('civil-affairs'), setParameter, {
    params: { key: 'evaluation.survey-all' },
    body: { division: '320505' as never, value: 5, reason: '试行抽样' },
  })
  await app.settle()
  const planned = await app.ok(work.who('reviewer'), contract.planEvaluation, {
    body: {
      contract: work.contract,
      kind: 'mid-term',
      evaluator: work.who('evaluator').id,
      items: [{ source: 'survey', name: '满意', weight: 100, questions: ['服务态度您满意吗？'] }],
    },
  })
  evaluation = planned.id
}, 180_000)
afterAll(() => work?.app.close())

test('nothing is drawn before there is a list', async () => {
  const early = await draws(work.who('evaluator'), 'a'.repeat(64))
  expect([early.status, early.problem.code]).toEqual([409, 'nothing-to-draw'])
})

test('a long list is frozen with a public hash and waits: nobody is asked, those on it have their receipts', async () => {
  const { app } = work
  survey = (await app.ok(work.who('evaluator'), surveys.openSurvey, { params: { id: evaluation } })).survey
  await app.settle()
  const frozen = await seen()
  expect(frozen).toMatchObject({ state: 'listed', population: 10, terms: { all: 5, sample: 80 } })
  expect(frozen.invited).toBeUndefined()
  hash = frozen.populationHash ?? ''
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  const params = { id: survey }
  const soon = await app.call(work.resident, surveys.takeSurveyLink, { params })
  expect([soon.status, soon.problem.code]).toEqual([409, 'survey-not-begun'])
  const body = { person: work.resident.id }
  expect((await app.call(work.who('worker'), surveys.handSurveyPaper, { params, body })).problem.code).toBe(
    'survey-not-begun',
  )
  const { receipts } = await app.ok(work.resident, surveys.listSurveyReceipts, { params })
  expect(receipts.map((each) => each.asked)).toEqual([undefined])
  expect(await told()).toBe(false)
  expect((await app.call('nobody', surveys.getSurveyDraw, { params })).problem.code).toBe('survey-runs')
})

test('its evaluator alone draws, from the very list that the number was made for, and once', async () => {
  const { app } = work
  const page = await app.ok(work.who('evaluator'), contract.getEvaluation, { params: { id: evaluation } })
  expect([page.survey?.toDraw, page.actions.find((act) => act.verb === 'drawSurvey')?.ok]).toEqual([true, true])
  const stranger = await app.person('evaluator', { division: '320505' })
  for (const who of [work.who('reviewer'), work.director, stranger]) expect((await draws(who, hash)).status).toBe(403)
  const other = await draws(work.who('evaluator'), 'b'.repeat(64))
  expect([other.status, other.problem.code]).toEqual([409, 'list-differs'])
  const both = await Promise.all([draws(work.who('evaluator'), hash), draws(work.who('evaluator'), hash)])
  expect(both.map((each) => each.status).toSorted()).toEqual([200, 409])
  expect((await draws(work.who('evaluator'), hash)).problem.code).toBe('nothing-to-draw')
  await app.settle()
  expect(await seen()).toMatchObject({ state: 'asking', population: 10, invited: 10, populationHash: hash })
  expect(await told()).toBe(true)
})
