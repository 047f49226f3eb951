// Surveys through their endpoints: who is asked, links used once, children, paper, what is shown of few, and the score.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../tests/support/app.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import { setParameter } from '../../foundation/policy/contract.ts'
import { rowsOf } from '../../platform/database.ts'
import { type Casework, startCasework } from '../delivery/casework.fixture.ts'
import { listHash } from '../procurement/rules/draw.ts'
import { sm3 } from './actions/survey-keys.ts'
import * as surveys from './contract/surveys.ts'
import * as contract from './contract.ts'
import { giveProxyTo, heldGroup } from '../../../tests/support/surveys.ts'

let work: Casework
let child: Person
let guardian: Person
let lonely: Person
let evaluation = ''
let survey = ''

const questions = ['服务态度您满意吗？', '对您的生活有帮助吗？']
const codeOf = async (who: Person): Promise<string> =>
  (await work.app.ok(who, surveys.takeSurveyLink, { params: { id: survey } })).links[0]?.code ?? ''
const answer = (code: string, points: readonly number[], as: 'self' | 'guardian' = 'self') =>
  work.app.call('nobody', surveys.answerSurvey, { body: { code, as, points: [...points] } })
const open = (code: string) => work.app.ok('nobody', surveys.openSurveyLink, { body: { code } })

async function plan(kind: 'baseline' | 'mid-term', extra: readonly string[] = []): Promise<string> {
  const { id } = await work.app.ok(work.who('reviewer'), contract.planEvaluation, {
    body: {
      contract: work.contract,
      kind,
      evaluator: work.who('evaluator').id,
      items: [
        { source: 'computed', name: '服务记录', weight: 40, measure: 'service-records', target: 1 },
        { source: 'survey', name: '居民满意', weight: 60 - extra.length * 10, questions },
        ...extra.map((name) => ({ source: 'survey' as const, name, weight: 10, questions: ['您知道投诉电话吗？'] })),
      ],
    },
  })
  return id
}

beforeAll(async () => {
  work = await startCasework()
  const { app } = work
  const [birth, old] = ['2020-03-03', '1970-03-03']
  child = await app.person('resident', { birth })
  lonely = await app.person('resident', { birth, name: '欧阳小满' })
  guardian = await app.person('resident', { birth: old })
  await giveProxyTo(app, child, guardian)
  await heldGroup(work, [
    { person: child.id },
    { person: lonely.id },
    { person: work.resident.id },
    { fullName: '秋芸子' },
  ])
  evaluation = await plan('mid-term', ['渠道'])
}, 180_000)
afterAll(() => work?.app.close())

describe('a survey of a mid-term evaluation', () => {
  test('belongs to its evaluator, comes before the sheet, and is opened once', async () => {
    const { app } = work
    const params = { id: evaluation }
    const sheet = { judgements: [], summary: '服务平稳，居民认可。' }
    expect((await app.ok(work.who('evaluator'), contract.getEvaluation, { params })).survey).toMatchObject({
      closed: false,
    })
    const early = await app.call(work.who('evaluator'), contract.submitEvaluation, { params, body: sheet })
    expect([early.status, early.problem.code]).toEqual([409, 'survey-not-held'])
    for (const who of [work.who('reviewer'), work.director, await app.person('evaluator', { division: '320505' })])
      expect((await app.call(who, surveys.openSurvey, { params })).status).toBe(403)
    survey = (await app.ok(work.who('evaluator'), surveys.openSurvey, { params })).survey
    expect((await app.ok('nobody', surveys.getSurvey, { params: { id: survey } })).state).toBe('preparing')
    await app.settle()
    const again = await app.call(work.who('evaluator'), surveys.openSurvey, { params })
    expect([again.status, again.problem.code]).toEqual([409, 'survey-opened'])
    const running = await app.call(work.who('evaluator'), contract.submitEvaluation, { params, body: sheet })
    expect([running.status, running.problem.code]).toEqual([409, 'survey-runs'])
  })

  test('asks whoever the needs came from and whoever was served, each once, and none of those who did the work', async () => {
    const { app } = work
    const seen = await app.ok('nobody', surveys.getSurvey, { params: { id: survey } })
    // The resident (whose need it was, and in the group), four neighbours who supported it, two children, one member without an account.
    expect(seen).toMatchObject({ state: 'asking', population: 8, invited: 8, tooFew: false })
    expect(seen.populationHash).toMatch(/^[0-9a-f]{64}$/)
    expect(seen.result).toBeUndefined()
    for (const who of [work.worker, work.who('evaluator'), work.who('head'), child]) {
      const taken = await app.call(who, surveys.takeSurveyLink, { params: { id: survey } })
      expect([taken.status, taken.problem.code]).toEqual([403, 'not-asked'])
    }
    const inbox = await app.ok(work.resident, listNotices, { query: {} })
    expect(inbox.rows.find((row) => row.kind === 'evaluation.survey-asked')?.of).toEqual({ kind: 'survey', id: survey })
    expect((await app.ok(guardian, listNotices, { query: {} })).rows.map((row) => row.kind)).toContain(
      'evaluation.survey-guardian',
    )
    expect((await app.ok(child, listNotices, { query: {} })).rows.map((row) => row.kind)).not.toContain(
      'evaluation.survey-asked',
    )
    expect((await app.call('nobody', surveys.takeSurveyLink, { params: { id: survey } })).status).toBe(401)
  })

  test('of a token only its hash is stored, and taking the link twice gives the same one', async () => {
    const code = await codeOf(work.resident)
    expect(await codeOf(work.resident)).toBe(code)
    const token = surveys.readCode(code)?.token ?? ''
    const rows = await rowsOf<Record<string, unknown>>(
      work.app.parts.platform.database.reader,
      'SELECT * FROM evaluation.survey_invitation',
    )
    const text = JSON.stringify(rows)
    expect(rows).toHaveLength(8)
    expect(text).not.toContain(token)
    expect(text).not.toContain(work.resident.id)
    expect(text).not.toContain(Buffer.from('秋').toString('hex'))
  })

  test('everybody on the list, and nobody else, gets a receipt by which the own entry is found', async () => {
    const { app } = work
    const receiptsOf = async (who: Person) =>
      (await app.ok(who, surveys.listSurveyReceipts, { params: { id: survey } })).receipts
    const [own, ...others] = await receiptsOf(work.resident)
    expect([own?.guardian, own?.asked, others]).toEqual([false, true, []])
    expect(await receiptsOf(work.resident)).toEqual([own])
    expect((await receiptsOf(guardian)).map((each) => each.guardian)).toEqual([true])
    for (const who of [child, work.worker, work.who('evaluator'), work.who('head')])
      expect(await receiptsOf(who)).toEqual([])
    expect((await app.call('nobody', surveys.listSurveyReceipts, { params: { id: survey } })).status).toBe(401)
    const [row] = await rowsOf<{ draw: string[] }>(
      app.parts.platform.database.reader,
      'SELECT draw FROM evaluation.survey WHERE id = $1',
      [survey.slice(7)],
    )
    expect(row?.draw).toContain(sm3(own?.receipt ?? ''))
  })

  test('a link is answered once: the same again changes nothing, another answer is refused, and the page says so', async () => {
    const code = await codeOf(work.resident)
    expect(await open(code)).toMatchObject({ state: 'open', guardian: false, survey })
    // Typed from paper: small letters, spaces, O for 0.
    expect((await open(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')} `)).state).toBe('open')
    const faults = async (points: number[]) =>
      (await answer(code, points)).problem.fields?.map((field) => `${field.path}:${field.code}`)
    expect(await faults([5])).toEqual(['body.points:answers-missing'])
    expect(await faults([0, 0, 0])).toEqual(['body.points:nothing-said'])
    expect((await answer(code, [5, 5, 6])).status).toBe(422)
    expect((await answer(code, [5, 4, 0])).status).toBe(200)
    expect((await answer(code, [5, 4, 0])).status).toBe(200)
    const other = await answer(code, [1, 1, 1])
    expect([other.status, other.problem.code]).toEqual([409, 'link-used'])
    expect((await open(code)).state).toBe('used')
    const unknown = await answer('320505-0000-0000-0000-0000', [5, 5, 5])
    expect([unknown.status, unknown.problem.fields?.[0]?.code]).toEqual([422, 'link-unknown'])
    expect((await work.app.call('nobody', surveys.openSurveyLink, { body: { code: '不是问卷码的文字' } })).status).toBe(
      422,
    )
  })

  test('of two answers by one link at once one stands', async () => {
    const code = await codeOf(work.who('neighbour-0'))
    const both = await Promise.all([answer(code, [4, 4, 0]), answer(code, [2, 2, 0])])
    expect(both.map((each) => each.status).toSorted()).toEqual([200, 409])
    const kept = both[0]?.status === 200 ? [4, 4, 0] : [2, 2, 0]
    expect((await answer(code, kept)).status).toBe(200)
  })

  test('for a child under 14 the guardian consents and answers', async () => {
    const code = await codeOf(guardian)
    expect((await open(code)).guardian).toBe(true)
    const alone = await answer(code, [5, 5, 0])
    expect([alone.status, alone.problem.fields?.map((field) => field.code)]).toEqual([422, ['guardian-needed']])
    expect((await answer(code, [5, 5, 0], 'guardian')).status).toBe(200)
  })

  test('whoever has no inbox gets the link on paper from the community, by masked name; others by the whole number', async () => {
    const { app } = work
    const params = { id: survey }
    const worker = work.who('worker')
    const { rows } = await app.ok(worker, surveys.listSurveyPapers, { params, query: {} })
    expect(rows.map((row) => [row.maskedName, row.guardian]).toSorted()).toEqual(
      [
        ['欧**满', true],
        ['秋*子', false],
      ].toSorted(),
    )
    expect((await app.call(work.worker, surveys.listSurveyPapers, { params, query: {} })).status).toBe(403)
    const stranger = await app.person('community-worker', { division: '320506001001' })
    expect((await app.call(stranger, surveys.listSurveyPapers, { params, query: {} })).status).toBe(403)
    const member = rows.find((row) => !row.guardian)
    const handed = await app.ok(worker, surveys.handSurveyPaper, { params, body: { invitation: member?.id } })
    expect(handed.papers[0]?.receipt).toMatch(/^[0-9a-f]{32}$/)
    expect((await answer(handed.papers[0]?.code ?? '', [5, 3, 0])).status).toBe(200)
    expect(
      (await app.ok(worker, surveys.listSurveyPapers, { params, query: {} })).rows.filter((row) => row.onPaper),
    ).toHaveLength(1)
    const byNumber = await app.ok(worker, surveys.handSurveyPaper, {
      params,
      body: { person: work.who('neighbour-1').id },
    })
    const { receipts } = await app.ok(work.who('neighbour-1'), surveys.listSurveyReceipts, { params })
    expect(byNumber.papers).toEqual([
      { code: await codeOf(work.who('neighbour-1')), guardian: false, receipt: receipts[0]?.receipt },
    ])
    const faults = async (body: object) =>
      (await app.call(worker, surveys.handSurveyPaper, { params, body })).problem.fields?.map((field) => field.code)
    expect(await faults({})).toEqual(['one-to-hand'])
    expect(await faults({ invitation: member?.id, person: guardian.id })).toEqual(['one-to-hand'])
    expect(await faults({ person: work.who('head').id })).toEqual(['not-asked'])
    expect(
      (await app.call(stranger, surveys.handSurveyPaper, { params, body: { invitation: member?.id } })).status,
    ).toBe(403)
  })

  test('ended, it says how many answered and how sure that is; a question with fewer than five answers says nothing and is judged', async () => {
    const { app } = work
    expect((await answer(await codeOf(work.who('neighbour-1')), [5, 5, 3])).status).toBe(200)
    const late = await codeOf(work.who('neighbour-2'))
    expect((await app.call('nobody', surveys.getSurveyDraw, { params: { id: survey } })).problem.code).toBe(
      'survey-runs',
    )
    await app.pass(20)
    expect((await open(late)).state).toBe('over')
    const over = await answer(late, [5, 5, 5])
    expect([over.status, over.problem.code]).toEqual([409, 'survey-over'])
    expect((await app.call(work.resident, surveys.takeSurveyLink, { params: { id: survey } })).problem.code).toBe(
      'survey-over',
    )
    const paper = await app.call(work.who('worker'), surveys.handSurveyPaper, {
      params: { id: survey },
      body: { person: work.who('neighbour-2').id },
    })
    expect(paper.problem.code).toBe('survey-over')
    const seen = await app.ok(work.who('evaluator'), surveys.getSurvey, { params: { id: survey } })
    expect(seen).toMatchObject({ state: 'closed', result: { answered: 5, responseRate: 62.5, onPaper: 2 } })
    const [satisfied, channel] = seen.result?.items ?? []
    expect(satisfied?.questions.map((question) => question.counts?.reduce((sum, each) => sum + each, 0))).toEqual([
      5, 5,
    ])
    // Five of eight answered: 98 / root 5 * root (3 / 7), rounded up to a tenth.
    expect(satisfied?.margin).toBe(28.7)
    expect(channel).toEqual({ name: '渠道', questions: [{ text: '您知道投诉电话吗？' }] })
    // Before the evaluation is published, nobody else reads it.
    expect((await app.ok('nobody', surveys.getSurvey, { params: { id: survey } })).result).toBeUndefined()
    expect((await app.ok(work.resident, surveys.getSurvey, { params: { id: survey } })).result).toBeUndefined()
    const draw = await app.ok('nobody', surveys.getSurveyDraw, { params: { id: survey } })
    // All were asked: the list is public, and nothing was drawn.
    expect(draw).toMatchObject({ survey, populationHash: seen.populationHash, commitment: seen.commitment })
    expect([draw.list.length, draw.asked, draw.nonce, draw.seed]).toEqual([8, draw.list, undefined, undefined])
    expect(listHash(draw.list, sm3)).toBe(draw.populationHash)
    const sheet = await app.call(work.who('evaluator'), contract.submitEvaluation, {
      params: { id: evaluation },
      body: { judgements: [{ item: '居民满意', score: 100, reason: '我觉得很好' }], summary: '服务平稳，居民认可。' },
    })
    expect(sheet.problem.fields?.map((field) => field.code)).toEqual(['judgement-unknown', 'judgement-missing'])
  })

  test('the evaluation takes the answers’ score, and a mid-term one moves neither money nor credit', async () => {
    const { app } = work
    const params = { id: evaluation }
    const before = await app.ok('nobody', surveys.getSurvey, { params: { id: survey } })
    expect(before.result).toBeUndefined()
    await app.ok(work.who('evaluator'), contract.submitEvaluation, {
      params,
      body: { judgements: [{ item: '渠道', score: 50, reason: '公示栏里有电话' }], summary: '服务平稳，居民认可。' },
    })
    const seen = await app.ok(work.who('evaluator'), contract.getEvaluation, { params })
    const asked = seen.items.find((item) => item.name === '居民满意')
    const score = asked?.score ?? 0
    expect(seen.score).toBe(Math.floor((40 * 1000 + 50 * Math.round(score * 10) + 10 * 500) / 100) / 10)
    expect(asked).toMatchObject({ source: 'survey', answers: 5, margin: 28.7, judged: false })
    await app.pass(10)
    await app.ok(work.who('reviewer'), contract.publishEvaluation, { params })
    const published = await app.ok('nobody', contract.getEvaluation, { params })
    expect(published).toMatchObject({ kind: 'mid-term', state: 'published' })
    expect(published.factorBps).toBeUndefined()
    expect((await app.ok('nobody', surveys.getSurvey, { params: { id: survey } })).result?.answered).toBe(5)
  })
})

describe('a survey of a baseline', () => {
  const points = [4, 4]
  const counted = async (act: () => Promise<unknown>) => {
    const { statements } = work.app.parts.platform.database
    await work.app.settle()
    const sent: string[] = []
    statements.listener = (text) => sent.push(text)
    await act()
    statements.listener = undefined
    return sent.filter((text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\./.test(text)).length
  }

  test('where there are more than the county asks all of, a sample is drawn that anyone can draw again', async () => {
    const { app } = work
    await app.ok(work.who('civil-affairs'), setParameter, {
      params: { key: 'evaluation.survey-all' },
      body: { division: '320505' as never, value: 5, reason: '试行抽样' },
    })
    await app.settle()
    evaluation = await plan('baseline')
    const own = randomBytes(32).toString('hex')
    const params = { id: evaluation }
    const evaluator = work.who('evaluator')
    const statements = await counted(async () => {
      survey = (await app.ok(evaluator, surveys.openSurvey, { params })).survey
    })
    // One of them reads the session.
    expect(statements).toBeLessThanOrEqual(9)
    await app.settle()
    const { populationHash = '' } = await app.ok('nobody', surveys.getSurvey, { params: { id: survey } })
    const drawing = { nonce: own, populationHash }
    expect(await counted(() => app.ok(evaluator, surveys.drawSurvey, { params, body: drawing }))).toBeLessThanOrEqual(9)
    await app.settle()
    const seen = await app.ok('nobody', surveys.getSurvey, { params: { id: survey } })
    expect(seen).toMatchObject({ state: 'asking', population: 8, invited: 8 })
    const code = await codeOf(work.resident)
    expect(await counted(() => answer(code, points))).toBeLessThanOrEqual(5)
    for (const key of ['neighbour-0', 'neighbour-1', 'neighbour-2'])
      expect((await answer(await codeOf(work.who(key)), points)).status).toBe(200)
    const { rows } = await app.ok(work.who('worker'), surveys.listSurveyPapers, { params: { id: survey }, query: {} })
    const body = { invitation: rows[0]?.id }
    expect(
      await counted(() => app.ok(work.who('worker'), surveys.handSurveyPaper, { params: { id: survey }, body })),
    ).toBeLessThanOrEqual(9)
    await app.pass(20)
    const draw = await app.ok('nobody', surveys.getSurveyDraw, { params: { id: survey } })
    expect(draw.nonce).toBe(own)
    expect(draw.asked.toSorted()).toEqual(draw.list)
    expect(sm3(draw.secret)).toBe(draw.commitment)
    expect(draw.list).toHaveLength(8)
    expect(draw.list).toEqual(draw.list.toSorted())
    expect(listHash(draw.list, sm3)).toBe(draw.populationHash)
    expect(draw.populationHash).toBe(seen.populationHash)
    expect(draw.commitment).toBe(seen.commitment)
  })

  test('fewer than five answers are destroyed unread: nothing is shown to anybody, and the evaluator judges with a reason', async () => {
    const { app } = work
    for (const who of ['nobody', work.who('evaluator'), work.who('reviewer'), work.director] as const)
      expect(await app.ok(who, surveys.getSurvey, { params: { id: survey } })).toMatchObject({
        state: 'closed',
        tooFew: true,
      })
    const mine = await app.ok(work.who('evaluator'), surveys.getSurvey, { params: { id: survey } })
    expect(mine.result).toBeUndefined()
    const [row] = await rowsOf<Record<string, unknown>>(
      app.parts.platform.database.reader,
      'SELECT answered, tally, secret FROM evaluation.survey WHERE id = $1',
      [survey.slice(7)],
    )
    expect(row).toEqual({ answered: null, tally: null, secret: null })
    const events = await rowsOf<{ data: Record<string, unknown> }>(
      app.parts.platform.database.reader,
      `SELECT data FROM platform.event WHERE name = 'evaluation.closeSurvey' AND record_id = $1`,
      [survey],
    )
    expect(events.map((event) => event.data['answered'])).toEqual([null])
    const params = { id: evaluation }
    const sheet = { judgements: [], summary: '问卷太少，走访后评定。' }
    const missing = await app.call(work.who('evaluator'), contract.submitEvaluation, { params, body: sheet })
    expect(missing.problem.fields?.map((field) => field.code)).toEqual(['judgement-missing'])
    const judgements = [{ item: '居民满意', score: 70, reason: '逐户走访四户' }]
    const submitted = { params, body: { ...sheet, judgements } }
    expect(
      await counted(() => app.ok(work.who('evaluator'), contract.submitEvaluation, submitted)),
    ).toBeLessThanOrEqual(9)
    // 40 in full by the records, 60 by the judgement: the weight went nowhere else.
    expect((await app.ok(work.who('evaluator'), contract.getEvaluation, { params })).score).toBe(82)
  })

  test('a scheme without questions has no survey, and a second evaluation of a kind is refused', async () => {
    const again = await work.app.call(work.who('reviewer'), contract.planEvaluation, {
      body: {
        contract: work.contract as never,
        kind: 'baseline',
        evaluator: work.who('evaluator').id,
        items: [{ source: 'expert', name: '现状', weight: 100 }],
      },
    })
    expect([again.status, again.problem.code]).toEqual([409, 'evaluation-exists'])
    const empty = await work.app.call(work.who('reviewer'), contract.planEvaluation, {
      body: {
        contract: work.contract as never,
        evaluator: work.who('evaluator').id,
        items: [{ source: 'survey', name: '满意', weight: 100, questions: [] }],
      },
    })
    expect(empty.problem.fields?.map((field) => field.path)).toEqual(['body.items.0.questions'])
    const early = await work.app.call(work.who('reviewer'), contract.planEvaluation, {
      body: {
        contract: work.contract as never,
        evaluator: work.who('evaluator').id,
        items: [{ source: 'expert', name: '现状', weight: 100 }],
      },
    })
    expect(early.problem.code).toBe('milestones-open')
  })
})
