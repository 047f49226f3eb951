// A survey asks those too who have no account: people of cases, on a slip from the community's worker, and for children their guardians.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openField } from '../../foundation/identity/public.ts'
import { rowsOf } from '../../platform/database.ts'
import { heldGroup } from '../../../tests/support/surveys.ts'
import { type Casework, startCasework } from '../delivery/casework.fixture.ts'
import * as surveys from './contract/surveys.ts'
import * as contract from './contract.ts'

let work: Casework
let survey = ''
/** Of the four neighbours and the resident, without those known by name. */
const withAccount = 5

const numberOf = async (key: string): Promise<{ phone: string; name: string }> => {
  const [row] = await rowsOf<{ phone_sealed: Buffer; name_sealed: Buffer }>(
    work.app.parts.platform.database.reader,
    'SELECT phone_sealed, name_sealed FROM identity.person WHERE jurisdiction = $1 AND id = $2',
    [work.who(key).id.slice(0, 6), work.who(key).id.slice(7)],
  )
  const open = (field: 'phone' | 'name') =>
    openField(
      work.app.parts.platform,
      work.app.parts.platform.database.reader,
      work.who(key).id,
      field,
      row?.[`${field}_sealed`],
    )
  return { phone: (await open('phone')) ?? '', name: (await open('name')) ?? '' }
}
const papersOf = async () =>
  (await work.app.ok(work.who('worker'), surveys.listSurveyPapers, { params: { id: survey }, query: {} })).rows
const hand = (invitation: string) =>
  work.app.ok(work.who('worker'), surveys.handSurveyPaper, { params: { id: survey }, body: { invitation } })
const answer = (code: string, as: 'self' | 'guardian') =>
  work.app.call('nobody', surveys.answerSurvey, { body: { code, as, points: [5] } })

beforeAll(async () => {
  work = await startCasework()
  const { app } = work
  // Two cases of one client, who is in a group as well; a child; one without a session; and a neighbour put down by name and number.
  const same = { fullName: '秋芸子', phone: '13511110001' }
  await work.caseIn('evaluation', same)
  await work.caseIn('evaluation', same)
  await work.caseIn('evaluation', { fullName: '秋小满', phone: '13511110001', underFourteen: true })
  await work.caseIn('intervention', { fullName: '未开始', phone: '13511110002' })
  const neighbour = await numberOf('neighbour-0')
  await work.caseIn('evaluation', { fullName: neighbour.name, phone: neighbour.phone })
  // A daughter's number beside the mother's name is not the daughter.
  await work.caseIn('evaluation', { fullName: '诸葛老太太', phone: (await numberOf('neighbour-1')).phone })
  await heldGroup(work, [
    { person: work.resident.id },
    { fullName: '秋芸子' },
    { fullName: '申大爷' },
    { fullName: '戚阿姨' },
    { fullName: '郁先生' },
  ])
  const { id } = await app.ok(work.who('reviewer'), contract.planEvaluation, {
    body: {
      contract: work.contract,
      kind: 'mid-term',
      evaluator: work.who('evaluator').id,
      items: [{ source: 'survey', name: '满意', weight: 100, questions: ['服务态度您满意吗？'] }],
    },
  })
  survey = (await app.ok(work.who('evaluator'), surveys.openSurvey, { params: { id } })).survey
  await app.settle()
}, 180_000)
afterAll(() => work?.app.close())

test('people of cases without an account are on the list, each once, and stand among the others by masked name alone', async () => {
  const papers = await papersOf()
  expect(papers.map((paper) => [paper.maskedName, paper.guardian]).toSorted()).toEqual(
    [
      ['秋*子', false],
      ['秋*满', true],
      ['诸***太', false],
      ['申*爷', false],
      ['戚*姨', false],
      ['郁*生', false],
    ].toSorted(),
  )
  const seen = await work.app.ok('nobody', surveys.getSurvey, { params: { id: survey } })
  expect(seen).toMatchObject({ state: 'asking', population: withAccount + 6, invited: withAccount + 6 })
  // No row says what somebody was served by: neither case nor group, neither name nor number.
  const rows = await rowsOf<Record<string, unknown>>(
    work.app.parts.platform.database.reader,
    'SELECT i.*, s.draw, s.roster FROM evaluation.survey_invitation i JOIN evaluation.survey s ON s.id = i.survey',
  )
  expect(new Set(rows.map((row) => Object.keys(row).length)).size).toBe(1)
  expect(JSON.stringify(rows)).not.toMatch(/秋|1351111000/)
  expect(Object.keys(papers[0] ?? {}).toSorted()).toEqual(['guardian', 'id', 'maskedName'])
})

test('who was put down by name and number and has an account by now is asked there, once', async () => {
  const neighbour = work.who('neighbour-0')
  const { links } = await work.app.ok(neighbour, surveys.takeSurveyLink, { params: { id: survey } })
  expect(links).toHaveLength(1)
})

test('the slip opens the survey without a session, once; the list of slips knows nothing of the answer', async () => {
  const client = (await papersOf()).find((paper) => paper.maskedName === '秋*子')
  const { papers } = await hand(client?.id ?? '')
  const code = papers[0]?.code ?? ''
  expect(papers[0]?.receipt).toMatch(/^[0-9a-f]{32}$/)
  const before = JSON.stringify(await papersOf())
  expect((await answer(code, 'self')).status).toBe(200)
  expect(JSON.stringify(await papersOf())).toBe(before)
  const again = await work.app.call('nobody', surveys.answerSurvey, { body: { code, as: 'self', points: [1] } })
  expect([again.status, again.problem.code]).toEqual([409, 'link-used'])
})

test('for a child of a case the guardian consents and answers', async () => {
  const child = (await papersOf()).find((paper) => paper.guardian)
  const code = (await hand(child?.id ?? '')).papers[0]?.code ?? ''
  expect((await work.app.ok('nobody', surveys.openSurveyLink, { body: { code } })).guardian).toBe(true)
  const alone = await answer(code, 'self')
  expect([alone.status, alone.problem.fields?.map((field) => field.code)]).toEqual([422, ['guardian-needed']])
  expect((await answer(code, 'guardian')).status).toBe(200)
})

test('whoever did the work sees no slip and no name; ended, the names are gone', async () => {
  for (const person of [work.worker, work.supervisor, work.director, work.who('evaluator')])
    expect((await work.app.call(person, surveys.listSurveyPapers, { params: { id: survey }, query: {} })).status).toBe(
      403,
    )
  await work.app.pass(20)
  expect(await papersOf()).toEqual([])
  const [kept] = await rowsOf<{ roster: Buffer | null }>(
    work.app.parts.platform.database.reader,
    'SELECT roster FROM evaluation.survey',
  )
  expect(kept?.roster).toBeNull()
})
