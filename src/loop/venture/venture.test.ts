// Venture calls through their endpoints: the call, the proposals and their screening, up to the residents' vote.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, type TestApp } from '../../../tests/support/app.ts'
import { setParameter } from '../../foundation/policy/contract.ts'
import * as organizations from '../../registers/organizations/contract.ts'
import { submitNeed } from '../needs/contract.ts'
import * as contract from './contract.ts'
import * as proposals from './contract/proposals.ts'
import { startVentureWorld, type VentureWorld } from './venture.fixture.ts'

let world: VentureWorld
let app: TestApp
let procurer: Person

beforeAll(async () => {
  world = await startVentureWorld()
  app = world.app
  procurer = world.who('procurer')
}, 60_000)
afterAll(() => app?.close())

const fieldsOf = (answer: { problem: { fields?: readonly { path: string }[] } }) =>
  answer.problem.fields?.map((field) => field.path)

describe('the call', () => {
  test('is planned by a township or county for its own places, and every faulty field is named at once', async () => {
    const plan = (who: Person, more: Parameters<VentureWorld['callBody']>[0]) =>
      app.call(who, contract.planCall, { body: world.callBody(more) })
    expect((await plan(world.who('head'), {})).status).toBe(403)
    expect((await plan(procurer, { division: places.otherTownship, places: [places.otherTownship] })).status).toBe(403)
    const faulty = await plan(procurer, {
      places: [places.otherTownship, places.otherTownship],
      ceiling: '0.00',
      total: '-1.00',
      criteria: [{ name: '可行性', weight: 99 }],
      voteWeight: 50,
      panelWeight: 60,
      proposalsUntil: world.day(0),
      voteUntil: world.day(0),
      scoreUntil: world.day(0),
      theme: '请致电 13800138000 咨询征集要求。',
      purchaseItem: 'Z99',
    })
    expect(faulty.status).toBe(422)
    expect(fieldsOf(faulty)).toEqual([
      'body.places.0',
      'body.places.1',
      'body.places',
      'body.ceiling',
      'body.total',
      'body.criteria',
      'body.panelWeight',
      'body.proposalsUntil',
      'body.voteUntil',
      'body.scoreUntil',
      'body.theme',
      'body.purchaseItem',
    ])
    expect(fieldsOf(await plan(world.who('civil-affairs'), { division: places.community }))).toEqual(['body.division'])
  })

  test('stays hidden while it is planned, changes then only, and is open long enough', async () => {
    const { id, number } = await app.ok(procurer, contract.planCall, {
      body: world.callBody({ proposalsUntil: world.day(10) }),
    })
    const params = { id }
    expect(number).toMatch(/^创\d{4}-\d{4}$/)
    expect((await app.call('nobody', contract.getCall, { params })).status).toBe(404)
    expect((await app.call(world.administrator(0), contract.getCall, { params })).status).toBe(404)
    const short = await app.call(procurer, contract.openCall, { params })
    expect([short.status, short.problem.code]).toEqual([409, 'open-too-short'])
    const { division: _, ...content } = world.callBody()
    await app.ok(procurer, contract.editCall, { params, body: content })
    const opened = await app.ok(procurer, contract.openCall, { params })
    expect(opened.state).toBe('open')
    expect((await app.call(procurer, contract.openCall, { params })).problem.code).toBe('not-in-this-state')
    expect((await app.call(procurer, contract.editCall, { params, body: content })).problem.code).toBe(
      'not-in-this-state',
    )
    expect(await app.ok('nobody', contract.getCall, { params })).toMatchObject({
      state: 'open',
      terms: { votesEach: 3, panelSize: 5 },
      places: [{ code: places.community }],
      results: [],
    })
  })

  test('is found by the places that take part, and by desks and organizations', async () => {
    const id = await world.openCall()
    const ids = async (division: string) =>
      (await app.ok('nobody', contract.listCalls, { query: { division, size: 100 } })).rows.map((row) => row.id)
    expect(await ids(places.community)).toContain(id)
    expect(await ids(places.county)).toContain(id)
    expect(await ids(places.otherCommunity)).not.toContain(id)
    const desk = await app.ok(world.who('head'), contract.listDeskCalls, { query: { size: 100 } })
    expect(desk.rows.map((row) => row.id)).toContain(id)
    expect((await app.call(world.who('resident'), contract.listDeskCalls, { query: {} })).status).toBe(403)
    const open = await app.ok(world.administrator(0), contract.listCalls, { query: { state: 'open', size: 100 } })
    expect(open.rows.map((row) => row.id)).toContain(id)
    const first = await app.ok('nobody', contract.listCalls, { query: { size: 1 } })
    const second = await app.ok('nobody', contract.listCalls, { query: { size: 1, cursor: first.next } })
    expect(second.rows[0]?.id).not.toBe(first.rows[0]?.id)
  })

  test('cancelled, its proposals lapse and nothing more is done with them', async () => {
    const id = await world.openCall()
    const proposal = await world.submitted(id, 0)
    expect(
      (await app.call(world.who('head'), contract.cancelCall, { params: { id }, body: { reason: '不办了吧' } })).status,
    ).toBe(403)
    await app.ok(procurer, contract.cancelCall, { params: { id }, body: { reason: '资金另有安排' } })
    expect(await app.ok('nobody', contract.getCall, { params: { id } })).toMatchObject({
      state: 'cancelled',
      endReason: '资金另有安排',
    })
    const view = await app.ok(world.administrator(0), proposals.getProposal, { params: { id: proposal } })
    expect(view.state).toBe('lapsed')
    expect((await app.call(procurer, contract.cancelCall, { params: { id }, body: { reason: '再取消' } })).status).toBe(
      422,
    )
    expect(
      (await app.call(procurer, contract.cancelCall, { params: { id }, body: { reason: '再取消一次' } })).problem.code,
    ).toBe('not-in-this-state')
  })
})

describe('a proposal', () => {
  test('names every faulty field: budget, ceiling, place, dates, personal numbers, needs', async () => {
    const call = await world.openCall()
    const { id: hidden } = await app.ok(world.who('resident'), submitNeed, {
      body: { text: '家里的私事想请社区帮忙。', category: '0102', division: places.community, visibility: 'private' },
    })
    const draft = (more: Parameters<VentureWorld['proposalBody']>[2], needs: string[] = []) =>
      app.call(world.administrator(0), proposals.draftProposal, {
        params: { id: call },
        body: world.proposalBody(0, needs, more),
      })
    const faulty = await draft({
      division: places.otherCommunity,
      asked: '50000.01',
      own: '-1.00',
      start: world.day(10),
      end: world.day(9),
      strengths: '联系人身份证号 11010519491231002X，可以核对。',
    })
    expect(faulty.status).toBe(422)
    expect(fieldsOf(faulty)).toEqual([
      'body.asked',
      'body.division',
      'body.asked',
      'body.own',
      'body.end',
      'body.start',
      'body.strengths',
    ])
    const private_ = await draft({}, [hidden, `320505-${crypto.randomUUID()}`])
    expect(private_.problem.fields?.map((field) => field.message)).toEqual([
      expect.stringContaining('没有公开'),
      expect.stringContaining('没有公开'),
    ])
    const stranger = await app.person('resident', { division: places.otherCommunity })
    const { id: elsewhere } = await app.ok(stranger, submitNeed, {
      body: { text: '隔壁社区也想要送餐服务。', category: '0102', division: places.otherCommunity },
    })
    expect((await draft({}, [elsewhere])).problem.fields?.[0]?.message).toContain('不在项目所在地')
    const need = await world.need()
    expect(fieldsOf(await draft({}, [need, need]))).toEqual(['body.needs'])
  })

  test('is drafted for one’s own organization, at most twice, and seen by nobody else before it is handed in', async () => {
    const call = await world.openCall()
    const params = { id: call }
    const need = await world.need()
    const draft = (who: Person, side: number) =>
      app.call(who, proposals.draftProposal, { params, body: world.proposalBody(side, [need]) })
    expect((await draft(world.administrator(1), 0)).status).toBe(403)
    const { body: first } = await draft(world.administrator(0), 0)
    const { body: second } = await draft(world.administrator(0), 0)
    expect((await draft(world.administrator(0), 0)).problem.code).toBe('too-many-proposals')
    for (const who of ['nobody' as const, procurer, world.administrator(1)]) {
      expect((await app.call(who, proposals.getProposal, { params: { id: first.id } })).status).toBe(404)
    }
    await app.ok(world.administrator(0), proposals.withdrawProposal, { params: { id: second.id } })
    expect((await draft(world.administrator(0), 0)).status).toBe(200)
    const mine = await app.ok(world.administrator(0), proposals.listMyProposals, { query: { size: 100 } })
    expect(mine.rows.map((row) => row.id)).toEqual(expect.arrayContaining([first.id, second.id]))
    const others = await app.ok(world.administrator(1), proposals.listMyProposals, { query: { size: 100 } })
    expect(others.rows.map((row) => row.id)).not.toContain(first.id)
  })

  test('answers a need, goes to the desk, can be taken back while the call is open, and not after', async () => {
    const call = await world.openCall()
    const admin = world.administrator(0)
    const { id } = await app.ok(admin, proposals.draftProposal, {
      params: { id: call },
      body: world.proposalBody(0, []),
    })
    const params = { id }
    expect((await app.call(admin, proposals.submitProposal, { params })).problem.code).toBe('need-missing')
    const need = await world.need()
    const { organization: _, ...content } = world.proposalBody(0, [need], { title: '邻里互助送餐（改）' })
    await app.ok(admin, proposals.editProposal, { params, body: content })
    await app.ok(admin, proposals.submitProposal, { params })
    expect((await app.call(admin, proposals.editProposal, { params, body: content })).problem.code).toBe(
      'not-in-this-state',
    )
    // Handed in: its desk reads it, residents and competitors not yet.
    expect((await app.ok(procurer, proposals.getProposal, { params })).title).toBe('邻里互助送餐（改）')
    for (const who of ['nobody' as const, world.administrator(1)])
      expect((await app.call(who, proposals.getProposal, { params })).status).toBe(404)
    expect((await app.ok('nobody', proposals.listProposals, { params: { id: call }, query: {} })).rows).toEqual([])
    expect((await app.call(procurer, proposals.admitProposal, { params })).problem.code).toBe('not-screening')
    await app.ok(admin, proposals.takeBackProposal, { params })
    expect((await app.call(procurer, proposals.getProposal, { params })).status).toBe(404)
    await app.pass(22)
    expect((await app.call(admin, proposals.submitProposal, { params })).problem.code).toBe('not-in-this-state')
    expect((await app.ok(admin, proposals.getProposal, { params })).state).toBe('lapsed')
    expect(
      (await app.call(admin, proposals.draftProposal, { params: { id: call }, body: world.proposalBody(0, [need]) }))
        .problem.code,
    ).toBe('call-not-open')
  })

  test('a call takes no more than the policy of its opening allows', async () => {
    const most = (value: number) =>
      app.ok(world.who('civil-affairs'), setParameter, {
        params: { key: 'venture.most-proposals' },
        body: { division: places.township, value, reason: '试行期间先少受理' },
      })
    await most(1)
    await app.settle()
    const call = await world.openCall()
    await most(100)
    await app.settle()
    await world.submitted(call, 0)
    const { id } = await app.ok(world.administrator(1), proposals.draftProposal, {
      params: { id: call },
      body: world.proposalBody(1, [await world.need()]),
    })
    const full = await app.call(world.administrator(1), proposals.submitProposal, { params: { id } })
    expect([full.status, full.problem.code]).toEqual([409, 'call-full'])
  })

  test('an organization on the list of abnormal activity takes no part', async () => {
    const call = await world.openCall()
    const need = await world.need()
    const draft = await app.ok(world.administrator(2), proposals.draftProposal, {
      params: { id: call },
      body: world.proposalBody(2, [need]),
    })
    const listed = { params: { id: world.organization(2) }, body: { reason: '年报逾期未报' } }
    await app.ok(world.who('civil-affairs'), organizations.enterAbnormal, listed)
    const refused = await app.call(world.administrator(2), proposals.submitProposal, { params: { id: draft.id } })
    expect(refused.problem.code).toBe('abnormal')
    expect(
      (
        await app.call(world.administrator(2), proposals.draftProposal, {
          params: { id: call },
          body: world.proposalBody(2, [need]),
        })
      ).problem.code,
    ).toBe('abnormal')
    await app.ok(world.who('civil-affairs'), organizations.leaveAbnormal, listed)
    await app.ok(world.administrator(2), proposals.submitProposal, { params: { id: draft.id } })
  })
})

describe('screening', () => {
  test('each proposal is admitted or turned away with its reason; only then may residents vote', async () => {
    const call = await world.openCall()
    const [good, bad] = [await world.submitted(call, 0), await world.submitted(call, 1)]
    const start = (body = { voteUntil: world.day(13), scoreUntil: world.day(25) }) =>
      app.call(procurer, contract.startVote, { params: { id: call }, body })
    expect((await start()).problem.code).toBe('not-in-this-state')
    await app.pass(22)
    expect((await app.ok('nobody', contract.getCall, { params: { id: call } })).state).toBe('screening')
    expect((await start()).problem.code).toBe('proposals-undecided')
    expect((await app.call(world.who('head'), proposals.admitProposal, { params: { id: good } })).status).toBe(403)
    await app.ok(procurer, proposals.turnAwayProposal, { params: { id: bad }, body: { reason: '预算与活动不符' } })
    expect((await app.ok(world.administrator(1), proposals.getProposal, { params: { id: bad } })).reason).toBe(
      '预算与活动不符',
    )
    expect((await app.call(procurer, proposals.admitProposal, { params: { id: bad } })).problem.code).toBe(
      'not-in-this-state',
    )
    await app.ok(procurer, proposals.admitProposal, { params: { id: good } })
    expect((await app.ok('nobody', proposals.getProposal, { params: { id: good } })).state).toBe('admitted')
    expect((await app.call('nobody', proposals.getProposal, { params: { id: bad } })).status).toBe(404)
    expect(fieldsOf(await start({ voteUntil: world.day(3), scoreUntil: world.day(3) }))).toEqual([
      'body.voteUntil',
      'body.scoreUntil',
    ])
    expect(fieldsOf(await start({ voteUntil: world.day(12), scoreUntil: world.day(22) }))).toEqual([
      'body.voteUntil',
      'body.scoreUntil',
    ])
    expect((await start()).body.state).toBe('voting')
  })

  test('with nothing admitted no vote starts', async () => {
    const call = await world.openCall()
    const only = await world.submitted(call, 0)
    await app.pass(22)
    await app.ok(procurer, proposals.turnAwayProposal, { params: { id: only }, body: { reason: '不符合主题' } })
    const answer = await app.call(procurer, contract.startVote, {
      params: { id: call },
      body: { voteUntil: world.day(13), scoreUntil: world.day(23) },
    })
    expect(answer.problem.code).toBe('nothing-admitted')
  })
})
