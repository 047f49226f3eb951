// What comes up beside a tender's straight path, through its endpoints: objections, complaints, cancellations, split purchases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeStory, type TestStory } from '../../../tests/support/story.ts'
import { upload } from '../../../tests/support/upload.ts'
import { assign, openSession } from '../../foundation/identity/public.ts'
import { listMyWork, listNotices } from '../../foundation/notices/contract.ts'
import { setParameter } from '../../foundation/policy/contract.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as projects from '../projects/contract.ts'
import * as contract from './contract.ts'
import * as desk from './contract/desk.ts'
import * as objections from './contract/objections.ts'

type Asked = { readonly app: TestApp }

const tenderOf = ({ app }: Asked, who: Person | 'nobody', id: string) =>
  app.ok(who, contract.getTender, { params: { id } })
const noticesOf = async ({ app }: Asked, who: Person) =>
  (await app.ok(who, listNotices, { query: {} })).rows.map((row) => row.kind)
const verbsOf = async ({ app }: Asked, who: Person, id: string) =>
  (await app.ok(who, listMyWork, { query: {} })).rows.flatMap((row) => (row.of.id === id ? [row.verb] : []))

describe('objections and complaints', () => {
  let app: TestApp
  let story: TestStory
  let tender: string
  const person = (key: string): Person => {
    const found = story.people.get(key)
    if (found === undefined) throw new Error(`nobody plays ${key}`)
    return found
  }

  beforeAll(async () => {
    app = await startApp()
    story = await makeStory(app, 'standstill')
    tender = story.thread.tender ?? ''
  }, 120_000)
  afterAll(() => app?.close())

  test('query, answer, complaint: the clock stands in both, evidence stays with those concerned, and finance decides', async () => {
    const [objector, rival] = [person('administrator-1'), person('administrator-2')]
    const [procurer, overseer, finance] = [person('procurer'), person('overseer'), person('finance')]
    const file = await upload(app, objector, Buffer.from('评分表复印件'), '证据.txt')
    const claim = { argument: '我单位团队得分与公布的人数不符，请复核。', asked: '重新评审' }
    const phone = { against: 'award' as const, ...claim, argument: '请回电 13812345678，得分与公布的不符。' }
    const told = await app.call(objector, objections.objectToTender, { params: { id: tender }, body: phone })
    expect(told.problem.fields).toMatchObject([{ path: 'body.argument', code: 'text-has-phone' }])
    const { id: objection } = await app.ok(objector, objections.objectToTender, {
      params: { id: tender },
      body: { against: 'award', ...claim, files: [file] },
    })
    const params = { id: tender, objection }
    const fileFor = async (who: Person) =>
      (await app.server.inject({ url: `/api/files/${file}`, headers: { cookie: who.cookie } })).statusCode
    expect([await fileFor(overseer), await fileFor(finance), await fileFor(objector), await fileFor(procurer)]).toEqual(
      [200, 200, 200, 200],
    )
    expect([await fileFor(rival), await fileFor(person('resident')), await fileFor(person('head'))]).toEqual([
      404, 404, 404,
    ])
    const early = await app.call(objector, objections.complain, { params, body: claim })
    expect(early.problem.code).toBe('answer-awaited')
    const none = { params, body: { decision: 'rejected' as const, words: '没有投诉' } }
    expect((await app.call(finance, objections.decideComplaint, none)).problem.code).toBe('no-complaint')
    expect(await verbsOf({ app }, overseer, tender)).toEqual(['decideObjection'])

    // Overseer and county finance in one person: whoever answers the query does not decide the complaint.
    const { platform } = app.parts
    const assignment = granted(
      await systemAct(platform, 'test.assign', (act) =>
        assign(act, { person: overseer.id, role: 'county-finance', division: places.county }),
      ),
    )
    const token = granted(
      await systemAct(platform, 'test.session', (act) =>
        openSession(act, overseer.id, { secondFactor: true, assignment }),
      ),
    )
    const both: Person = { id: overseer.id, role: 'county-finance', cookie: `liandong_session=${token}` }
    await app.ok(overseer, objections.decideObjection, { params, body: { decision: 'rejected', words: '得分无误' } })
    expect(await noticesOf({ app }, objector)).toContain('procurement.objectionDecided')
    const answered = await tenderOf({ app }, objector, tender)
    expect(answered).toMatchObject({
      stopped: false,
      objections: [{ state: 'rejected', mayComplain: true, files: [{ id: file }] }],
    })
    const seen = await tenderOf({ app }, 'nobody', tender)
    expect(seen.objections).toMatchObject([{ state: 'rejected', mayComplain: false, files: [] }])

    expect((await app.call(rival, objections.complain, { params, body: claim })).status).toBe(403)
    await app.ok(objector, objections.complain, { params, body: claim })
    expect((await app.call(objector, objections.complain, { params, body: claim })).problem.code).toBe('complained')
    expect(
      (
        await app.call(overseer, objections.decideObjection, {
          params,
          body: { decision: 'rejected', words: '再次驳回' },
        })
      ).problem.code,
    ).toBe('complained')
    await app.pass(30)
    expect((await app.call(procurer, contract.confirmAward, { params: { id: tender } })).problem.code).toBe(
      'objection-open',
    )
    expect(await verbsOf({ app }, finance, tender)).toContain('decideComplaint')
    // Nobody outside learns of a complaint before it is decided.
    expect((await tenderOf({ app }, 'nobody', tender)).objections[0]?.complaint).toBeUndefined()
    expect((await tenderOf({ app }, rival, tender)).objections[0]?.complaint).toBeUndefined()

    const decide = {
      params,
      body: { decision: 'upheld' as const, words: '评分表与公示不一致', remedy: 'score-again' as const },
    }
    expect((await app.call(both, objections.decideComplaint, decide)).problem.code).toBe('duties-separated')
    expect((await app.call(overseer, objections.decideComplaint, decide)).status).toBe(403)
    const wrong = { params, body: { ...decide.body, remedy: 'change-terms' as const } }
    expect((await app.call(finance, objections.decideComplaint, wrong)).problem.code).toBe('remedy-not-now')
    expect(await app.ok(finance, objections.decideComplaint, decide)).toMatchObject({ state: 'scoring' })
    expect((await app.call(finance, objections.decideComplaint, decide)).problem.code).toBe('complaint-decided')
    expect(await noticesOf({ app }, objector)).toContain('procurement.complaintDecided')
    expect((await tenderOf({ app }, 'nobody', tender)).objections).toMatchObject([
      {
        state: 'rejected',
        complaint: { state: 'upheld', remedy: 'score-again', decision: '评分表与公示不一致', files: [] },
      },
    ])
  })

  test('a panelist’s sheet does not take an open objection off anybody’s work', async () => {
    const objector = person('administrator-2')
    await app.ok(objector, objections.objectToTender, {
      params: { id: tender },
      body: { against: 'qualification', argument: '中标人的持证社工人数与登记册不符。', asked: '核查资格' },
    })
    const view = await tenderOf({ app }, person('procurer'), tender)
    const [seat] = view.panel ?? []
    const panelist = [...story.people.values()].find((each) => each.id === seat?.person)
    const judged = view.criteria.filter((each) => each.kind === 'panel').length
    if (panelist === undefined) throw new Error('no panelist')
    await app.ok(panelist, contract.scoreBid, {
      params: { id: tender },
      body: { bid: view.bids[0]?.id ?? '', points: Array.from({ length: judged }, () => 80) },
    })
    expect(await verbsOf({ app }, person('overseer'), tender)).toContain('decideObjection')
  })

  test('a cancellation can be objected to, and ended wrongly it is to be tendered anew', async () => {
    await app.ok(person('procurer'), desk.cancelTender, {
      params: { id: tender },
      body: { reason: 'other', words: '不再需要这项服务' },
    })
    const objector = person('administrator-1')
    const body = { argument: '取消没有正当理由，服务仍然需要。', asked: '继续采购' }
    const outsider = await app.person('organization-administrator', {
      division: places.county,
      organization: '320000-0190f1c0-1111-7000-8000-000000000001' as never,
    })
    const wish = { params: { id: tender }, body: { against: 'cancellation' as const, ...body } }
    expect((await app.call(outsider, objections.objectToTender, wish)).status).toBe(403)
    const { id: objection } = await app.ok(objector, objections.objectToTender, wish)
    expect(await verbsOf({ app }, person('overseer'), tender)).toContain('decideObjection')
    const params = { id: tender, objection }
    const upheld = (remedy: 'fail' | 'tender-anew') => ({
      params,
      body: { decision: 'upheld' as const, words: '取消理由不成立', remedy },
    })
    expect((await app.call(person('overseer'), objections.decideObjection, upheld('fail'))).problem.code).toBe(
      'remedy-not-now',
    )
    expect(await app.ok(person('overseer'), objections.decideObjection, upheld('tender-anew'))).toMatchObject({
      state: 'cancelled',
    })
    const again = await app.call(objector, objections.complain, { params, body })
    expect(again.problem.code).toBe('nothing-to-complain')
    const { project } = story.thread
    expect((await app.ok(person('head'), projects.getProject, { params: { id: project ?? '' } })).state).toBe(
      'approved',
    )
  })

  test('what looks like one purchase in several is published with a reason only, and stands on the overseer’s list', async () => {
    const { project = '' } = story.thread
    const [procurer, overseer] = [person('procurer'), person('overseer')]
    const { budget } = await app.ok(person('head'), projects.getProject, { params: { id: project } })
    const terms = {
      procedure: 'consultation' as const,
      description: '分期采购的第二部分，服务内容相同。',
      criteria: [{ name: '服务方案', kind: 'panel' as const, weight: 100 }],
    }
    const { id } = await app.ok(procurer, contract.planTender, { body: { ...terms, project } })
    const params = { id }
    expect((await tenderOf({ app }, procurer, id)).split).toBeUndefined()
    // The earlier tender of this project was cancelled: a running one of the same item, bought by consultation too, stands in for it.
    await app.parts.platform.database.pool.query(
      `UPDATE procurement.tender SET state = 'scoring', end_reason = NULL, end_words = NULL, procedure = 'consultation', project = project || 'x',
         created_at = (SELECT created_at FROM procurement.tender WHERE id = $2) WHERE id = $1`,
      [tender.slice(7), id.slice(7)],
    )
    const fen = Number(budget.replace('.', '')) * 2 - 1
    await app.ok(person('civil-affairs'), setParameter, {
      params: { key: 'procurement.open-tender-threshold' },
      body: { division: places.county, value: fen, reason: '测试用限额' },
    })
    await app.settle()
    expect((await tenderOf({ app }, procurer, id)).split).toMatchObject({ tenders: [{ id: tender }] })
    const refused = await app.call(procurer, contract.publishTender, { params })
    expect(refused.problem).toMatchObject({ code: 'split-unexplained', params: { count: 1 } })
    await app.ok(procurer, desk.editTender, { params, body: { ...terms, splitReason: '两个社区分别申报，时间不同' } })
    await app.ok(procurer, contract.publishTender, { params })
    expect(await noticesOf({ app }, overseer)).toContain('procurement.splitFound')
    const listed = await app.ok(overseer, desk.listDeskTenders, { query: { split: 'found' } })
    expect(listed.rows.map((row) => [row.id, row.split])).toEqual([[id, true]])
    expect((await tenderOf({ app }, overseer, id)).split).toMatchObject({
      tenders: [{ id: tender }],
      reason: '两个社区分别申报，时间不同',
    })
    expect((await tenderOf({ app }, 'nobody', id)).split).toBeUndefined()
    expect(
      (await app.ok('nobody', contract.listTenders, { query: {} })).rows.every((row) => row.split === undefined),
    ).toBe(true)
  })
})
