// Venture calls through their endpoints: the announced result, coaching, declining, and the project that goes to its contract without a tender.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, type TestApp } from '../../../tests/support/app.ts'
import { hearActs, mostStatements } from '../../../tests/support/statements.ts'
import { tellerOf } from '../../../tests/support/story.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import { demoPaper } from '../../app/demo/thread-middle.ts'
import { draftContract, getContract, sendForSigning, uploadSignedContract } from '../contracts/contract.ts'
import { getNeed } from '../needs/contract.ts'
import { planTender } from '../procurement/contract.ts'
import * as projects from '../projects/contract.ts'
import { getThread } from '../thread/contract.ts'
import { sm3 } from './actions/recording.ts'
import * as contract from './contract.ts'
import * as judging from './contract/judging.ts'
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

const proposal = (who: Person | 'nobody', id: string) => app.ok(who, proposals.getProposal, { params: { id } })

/** A call with its result: the first proposal wins, the second scores too low, the third would be too much money. */
async function announced(): Promise<{ call: string; won: string; low: string; dear: string; need: string }> {
  const need = await world.need()
  const call = await world.openCall({ total: '50000.00' })
  const won = await world.submitted(call, 0, { needs: [need] })
  const [low, dear] = [await world.submitted(call, 1), await world.submitted(call, 2)]
  await app.pass(22)
  for (const id of [won, low, dear]) await app.ok(procurer, proposals.admitProposal, { params: { id } })
  const { voteUntil, scoreUntil } = await app.ok('nobody', contract.getCall, { params: { id: call } })
  await app.ok(procurer, contract.startVote, { params: { id: call }, body: { voteUntil, scoreUntil } })
  for (const [id, votes] of [
    [won, 3],
    [low, 1],
  ] as const) {
    for (let voter = 0; voter < votes; voter += 1)
      await app.ok(await app.person(), judging.castVentureVote, { params: { id } })
  }
  await world.scored(call, { [won]: 90, [low]: 50, [dear]: 80 })
  await app.ok(procurer, contract.announceCall, { params: { id: call } })
  return { call, won, low, dear, need }
}

describe('the result', () => {
  test('ranks by the declared weights, awards within the money, and shows everything to everybody', async () => {
    const { call, won, low, dear } = await announced()
    const view = await app.ok('nobody', contract.getCall, { params: { id: call } })
    expect(view).toMatchObject({ state: 'announced', awarded: '30000.00' })
    // 40 % residents (3, 1 and no votes of at most 3), 60 % panel.
    expect(view.results).toMatchObject([
      { proposal: won, rank: 1, votes: 3, voteScore: 100, panelScore: 90, score: 94, award: '30000.00' },
      { proposal: dear, rank: 2, votes: 0, voteScore: 0, panelScore: 80, score: 48, state: 'not-awarded' },
      { proposal: low, rank: 3, votes: 1, voteScore: 33.33, panelScore: 50, score: 43.33, state: 'not-awarded' },
    ])
    expect(view.draw?.secret === undefined ? '' : sm3(view.draw.secret)).toBe(view.draw?.commitment)
    expect(await proposal('nobody', won)).toMatchObject({ state: 'awarded', award: '30000.00', result: { votes: 3 } })
    const late = await app.call(procurer, contract.cancelCall, { params: { id: call }, body: { reason: '结果不满意' } })
    expect(late.problem.code).toBe('not-in-this-state')
    expect((await app.call(procurer, contract.announceCall, { params: { id: call } })).problem.code).toBe(
      'not-in-this-state',
    )
    expect((await app.call(procurer, contract.closeCall, { params: { id: call } })).problem.code).toBe('awards-open')
    expect(
      (
        await app.call(world.administrator(1), proposals.declineAward, {
          params: { id: won },
          body: { reason: '替别人放弃' },
        })
      ).status,
    ).toBe(403)
    await app.ok(world.administrator(0), proposals.declineAward, { params: { id: won }, body: { reason: '人手不足' } })
    expect((await proposal(procurer, won)).reason).toBe('人手不足')
    expect((await proposal('nobody', won)).reason).toBeUndefined()
    expect((await app.ok(procurer, contract.closeCall, { params: { id: call } })).state).toBe('closed')
  })
})

describe('the way to the contract', () => {
  test('coached, made a project, reviewed like every project, and contracted with its undertaker without a tender', async () => {
    const { call, won, need } = await announced()
    const admin = world.administrator(0)
    const make = (needs: string[]) =>
      app.call(procurer, proposals.makeVentureProject, { params: { id: won }, body: { needs } })
    expect((await make([need])).problem.code).toBe('coaching-missing')
    const coach = (who: Person) =>
      app.call(who, proposals.coachProposal, { params: { id: won }, body: { words: '请写清志愿者培训的安排。' } })
    expect((await coach(admin)).status).toBe(403)
    const elsewhere = await app.person('community-head', { division: places.otherCommunity })
    expect((await coach(elsewhere)).status).toBe(403)
    expect((await coach(world.who('head'))).status).toBe(200)
    expect((await proposal(admin, won)).coaching).toMatchObject([{ words: '请写清志愿者培训的安排。' }])
    expect((await proposal('nobody', won)).coaching).toEqual([])
    // Improved by the advice, within what was voted and awarded.
    const { organization: _, ...improved } = world.proposalBody(0, [need], {
      goals: '先培训志愿者，再结对送餐和陪伴。',
    })
    const edit = (more: object) =>
      app.call(admin, proposals.editProposal, { params: { id: won }, body: { ...improved, ...more } })
    const line = { item: '送餐补贴', quantity: 1, unit: '项', unitPrice: '30000.01', amount: '30000.01' }
    const dearer = await edit({ budgetLines: [line], asked: '30000.01', needs: [] })
    expect(dearer.problem.fields?.map((field) => field.path)).toEqual(['body.asked', 'body.needs'])
    expect((await edit({})).status).toBe(200)
    expect((await make([await world.need()])).problem.fields?.map((field) => field.path)).toEqual(['body.needs.0'])
    expect((await make([need])).body.state).toBe('project-made')
    expect((await make([need])).problem.code).toBe('not-in-this-state')
    expect((await app.ok(procurer, contract.closeCall, { params: { id: call } })).state).toBe('closed')

    const project = (await proposal('nobody', won)).project ?? ''
    const params = { id: project }
    const view = await app.ok(world.who('head'), projects.getProject, { params })
    expect(view).toMatchObject({
      state: 'drafting',
      mode: 'venture-call',
      budget: '30000.00',
      goals: '先培训志愿者，再结对送餐和陪伴。',
      needs: [{ id: need }],
      undertaker: { id: world.organization(0), proposal: won, award: '30000.00' },
    })
    expect((await app.ok(world.who('resident'), getNeed, { params: { id: need } })).route).toBe('project')
    // The rules of projects hold: three votes are no evidence, so residents are asked.
    const straight = await app.call(world.who('head'), projects.submitProject, { params, body: { to: 'review' } })
    expect(straight.problem.code).toBe('evidence-missing')
    const design = {
      ...view,
      needs: [need],
      purchaseItem: 'F01',
      mode: 'contracting-out' as const,
      budgetLines: [{ ...line, unitPrice: '30001.00', amount: '30001.00' }],
      budget: '30001.00',
    }
    const edited = await app.call(world.who('head'), projects.editProject, { params, body: design as never })
    expect(edited.problem.fields?.map((field) => field.path)).toEqual(['body.mode', 'body.budget'])
    await app.ok(world.who('head'), projects.submitProject, { params, body: {} })
    await app.pass(8)
    await app.ok(world.who('head'), projects.closeComment, { params, body: { summary: '居民普遍赞成。' } })
    const tooEarly = await app.call(procurer, draftContract, { body: contractBody(project) })
    expect(tooEarly.problem.code).toBe('not-awarded')
    await app.ok(world.who('reviewer'), projects.approveProject, { params, body: {} })

    const tender = await app.call(procurer, planTender, {
      body: {
        project,
        procedure: 'consultation',
        description: '绕开公益创投，另行采购这个项目。',
        criteria: [
          { name: '方案', kind: 'panel', weight: 70 },
          { name: '价格', kind: 'price', weight: 30 },
        ],
        requirements: { certificates: 1 },
        bidForm: 'paper',
      },
    })
    expect([tender.status, tender.problem.code]).toEqual([409, 'not-in-this-state'])
    expect((await app.call(procurer, draftContract, { body: contractBody(undefined) })).problem.fields?.[0]?.path).toBe(
      'body.tender',
    )
    const { id: drafted } = await app.ok(procurer, draftContract, { body: contractBody(project) })
    expect((await app.call(procurer, draftContract, { body: contractBody(project) })).problem.code).toBe(
      'contract-exists',
    )
    const made = await app.ok(procurer, getContract, { params: { id: drafted } })
    expect(made).toMatchObject({ organization: world.organization(0), value: '30000.00', proposal: won })
    expect(made.tender).toBeUndefined()
    await app.ok(procurer, sendForSigning, { params: { id: drafted } })
    const undertaker = world.story.cast.bidders[0]?.administrator
    if (undertaker === undefined) throw new Error('no undertaker')
    const { id: file, sha256 } = await tellerOf(app, world.story.people).upload(undertaker, '合同.pdf', demoPaper('合'))
    const sign = (who: Person, body: { file?: string; sha256: string }) =>
      app.ok(who, uploadSignedContract, { params: { id: drafted }, body })
    await sign(admin, { file, sha256 })
    await sign(procurer, { sha256 })
    expect((await app.ok('nobody', getContract, { params: { id: drafted } })).state).toBe('active')
    expect((await app.ok('nobody', projects.getProject, { params })).state).toBe('contracted')
    const thread = await app.ok('nobody', getThread, { params: { kind: 'project', id: project } })
    expect(JSON.stringify(thread)).toContain('公益创投入选，第 1 名')
  })
})

function contractBody(project: string | undefined) {
  const team = (world.story.cast.bidders[0]?.workers ?? []).map(({ worker }, index) => ({
    worker,
    duty: index === 0 ? ('lead' as const) : ('social-worker' as const),
    key: index === 0,
  }))
  return {
    ...(project === undefined ? {} : { project: projects.projectId.parse(project) }),
    start: world.day(60),
    end: world.day(360),
    milestones: [50, 50].map((share, index) => ({
      title: `第${index + 1}阶段`,
      deliverable: '阶段报告',
      criteria: '服务记录齐全，居民代表确认。',
      due: world.day(120 + 100 * index),
      share: share * 100,
      needsRecords: true,
    })),
    team,
    dataClause: '承接方只为履行本合同收集和使用必要的个人信息，期满后移交或删除。',
    clauses: '',
  }
}

describe('statements', () => {
  /** What an act sent itself: delivery starts with its commit. */
  async function sentFor(work: () => Promise<unknown>): Promise<number> {
    const { statements } = app.parts.platform.database
    await app.settle()
    const sent: string[] = []
    statements.listener = (text) => sent.push(text)
    await work()
    statements.listener = undefined
    return sent.filter(
      (text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\.|^(BEGIN|COMMIT)|identity\./.test(text),
    ).length
  }

  test('a vote takes few, and a result of three proposals as many as one of a single proposal', async () => {
    const announcing = async (sides: readonly number[]) => {
      const { call, proposals: ids } = await world.voting(sides)
      const voter = await app.person()
      const [first = ''] = ids
      const voting = await sentFor(() => app.ok(voter, judging.castVentureVote, { params: { id: first } }))
      expect(voting).toBeLessThanOrEqual(8)
      const scores = Object.fromEntries(ids.map((id) => [id, 80]))
      await world.scored(call, scores)
      return sentFor(() => app.ok(procurer, contract.announceCall, { params: { id: call } }))
    }
    const single = await announcing([0])
    expect(single).toBeLessThanOrEqual(8)
    expect(await announcing([0, 1, 2])).toBe(single)
  })

  test('drawing the panel and making an award a project stay within eight', async () => {
    const need = await world.need()
    const call = await world.openCall({ total: '50000.00' })
    const won = await world.submitted(call, 0, { needs: [need] })
    await app.pass(22)
    await app.ok(procurer, proposals.admitProposal, { params: { id: won } })
    const { voteUntil, scoreUntil } = await app.ok('nobody', contract.getCall, { params: { id: call } })
    await app.ok(procurer, contract.startVote, { params: { id: call }, body: { voteUntil, scoreUntil } })
    await app.ok(await app.person(), judging.castVentureVote, { params: { id: won } })
    await app.pass(15)
    const hear = hearActs(app)
    const drawn = await hear(() => app.ok(procurer, contract.appointPanel, { params: { id: call } }))
    expect(drawn.statements.length, drawn.statements.join('\n')).toBeLessThanOrEqual(mostStatements)
    await app.settle()
    for (let seat = 0; seat < 7; seat += 1) {
      const panelist = world.who(`panelist-${seat}`)
      const { onPanel } = await app.ok(panelist, contract.getCall, { params: { id: call } })
      const told = (await app.ok(panelist, listNotices, { query: {} })).rows.filter(
        (row) => row.of.id === call && row.kind === 'venture.drawn',
      )
      expect(told.length).toBe(onPanel === true ? 1 : 0)
      if (onPanel === true)
        await app.ok(panelist, judging.scoreProposal, { params: { id: won }, body: { points: [90, 90] } })
    }
    await app.ok(procurer, contract.announceCall, { params: { id: call } })
    const words = '请写清志愿者培训的安排。'
    await app.ok(world.who('head'), proposals.coachProposal, { params: { id: won }, body: { words } })
    const made = await hear(() =>
      app.ok(procurer, proposals.makeVentureProject, { params: { id: won }, body: { needs: [need] } }),
    )
    expect(made.statements.length, made.statements.join('\n')).toBeLessThanOrEqual(mostStatements)
  })
})
