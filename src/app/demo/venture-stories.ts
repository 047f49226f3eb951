// Stories of venture calls: one for each stage that a visitor may want to see, and a template of a project.
import { addMilliseconds } from '../../kit/instant.ts'
import type { Id } from '../../kit/id.ts'
import { addDays, type PlainDate, today } from '../../kit/plain-date.ts'
import { endOfDay } from '../../kit/working-days.ts'
import { submitNeed } from '../../loop/needs/contract.ts'
import { acceptNeed } from '../../loop/needs/contract/desk.ts'
import { makeTemplate } from '../../loop/projects/contract/templates.ts'
import * as calls from '../../loop/venture/contract.ts'
import * as judging from '../../loop/venture/contract/judging.ts'
import * as proposals from '../../loop/venture/contract/proposals.ts'
import type { Cast, Teller } from './story.ts'

export const ventureEndings = ['planning', 'open', 'voting', 'panel', 'announced'] as const
export type VentureEnding = (typeof ventureEndings)[number]

/** How many working days before the end a call must begin to stand at its ending, about. */
export const ventureDays: Readonly<Record<VentureEnding, number>> = {
  planning: 2,
  open: 5,
  voting: 21,
  panel: 29,
  announced: 44,
}

const titles: Readonly<Record<VentureEnding, string>> = {
  planning: '邻里节公益创投',
  open: '“一老一小”公益创投',
  voting: '社区助老微项目公益创投',
  panel: '楼道微治理公益创投',
  announced: '暖邻行动公益创投',
}

const ideas = [
  {
    title: '结对送餐陪聊',
    need: '几位腿脚不便的老人中午吃饭没有着落，希望有人送餐。',
    goals: '邻里志愿者与独居老人结对，送餐时陪着说说话。',
  },
  {
    title: '老人手机学堂',
    need: '老人不会用手机挂号缴费，希望有人教一教。',
    goals: '每周两次小班教学，教会老人挂号、缴费和视频通话。',
  },
  {
    title: '楼道安全小修小补',
    need: '楼道扶手松了，老人上下楼不放心，希望有人修一修。',
    goals: '为有老人的楼道检查并修好扶手和照明，减少跌倒。',
  },
] as const

const points = [
  [88, 85],
  [76, 80],
  [52, 55],
] as const

const day = (teller: Teller, ahead: number): PlainDate => addDays(today(teller.now()), ahead)

async function propose(teller: Teller, cast: Cast, call: string, side: number): Promise<string> {
  const [idea, bidder] = [ideas[side], cast.bidders[side]]
  if (idea === undefined || bidder === undefined) throw new Error('the demo lacks a proposal')
  const division = cast.resident.division
  const { id: need } = await teller.act(cast.resident, submitNeed, {
    body: { text: idea.need, category: '0102', division },
  })
  await teller.act(cast.worker, acceptNeed, { params: { id: need }, body: { category: '0102', routeHint: 'project' } })
  const { id } = await teller.act(bidder.administrator, proposals.draftProposal, {
    params: { id: call },
    body: {
      organization: bidder.organization as Id<'organization'>,
      title: idea.title,
      division,
      targetGroup: '社区六十岁以上老人',
      goals: idea.goals,
      needs: [need],
      activities: [{ name: idea.title, times: 40 }],
      results: [{ kind: 'output', indicator: '服务人次', target: 600, unit: '人次' }],
      start: day(teller, 70),
      end: day(teller, 250),
      budgetLines: [
        { item: '活动物料', purpose: 'materials', quantity: 40, unit: '次', unitPrice: '300.00', amount: '12000.00' },
        { item: '社工补贴', purpose: 'staff', quantity: 6, unit: '月', unitPrice: '2500.00', amount: '15000.00' },
      ],
      asked: '27000.00',
      own: '3000.00',
      partners: [{ kind: 'volunteer', role: '结对服务', persons: 15 }],
      strengths: '在本街道开展为老服务多年，有专职社工和稳定的志愿者队伍。',
    },
  })
  return id
}

/** A township's call, told up to its ending. */
export async function tellVenture(teller: Teller, cast: Cast, ending: VentureEnding): Promise<void> {
  const desk = cast.procurer
  const { id } = await teller.act(desk, calls.planCall, {
    body: {
      division: desk.division,
      places: [cast.resident.division],
      title: titles[ending],
      theme: '征集由社会组织自主设计、回应居民需求的小项目，居民投票，专家评审，入选后给予资助和辅导。',
      categories: ['01'],
      ceiling: '30000.00',
      total: '60000.00',
      source: 'welfare-lottery',
      purchaseItem: 'A01',
      criteria: [
        { name: '回应居民需求', weight: 60 },
        { name: '方案可行、预算合理', weight: 40 },
      ],
      voteWeight: 40,
      panelWeight: 60,
      proposalsUntil: day(teller, 21),
      voteUntil: day(teller, 32),
      scoreUntil: day(teller, 45),
    },
  })
  if (ending === 'planning') return
  const params = { id }
  await teller.act(desk, calls.openCall, { params })
  await teller.pass(1)
  const handed: string[] = []
  for (const side of [0, 1, 2]) {
    const proposal = await propose(teller, cast, id, side)
    // The last one of an open call is still a draft.
    if (ending === 'open' && side === 2) continue
    const administrator = cast.bidders[side]?.administrator
    if (administrator !== undefined) {
      await teller.act(administrator, proposals.submitProposal, { params: { id: proposal } })
      handed.push(proposal)
    }
  }
  if (ending === 'open') return
  const { proposalsUntil, voteUntil, scoreUntil } = await teller.act(desk, calls.getCall, { params })
  await teller.until(addMilliseconds(endOfDay(proposalsUntil as PlainDate), 60_000))
  await teller.pass(0.2)
  for (const proposal of handed) await teller.act(desk, proposals.admitProposal, { params: { id: proposal } })
  await teller.act(desk, calls.startVote, {
    params,
    body: { voteUntil: voteUntil as PlainDate, scoreUntil: scoreUntil as PlainDate },
  })
  await teller.pass(0.5)
  for (const [index, voter] of [cast.resident, ...cast.neighbours].entries()) {
    for (const proposal of index % 2 === 0 ? handed.slice(0, 2) : handed.slice(0, 1))
      await teller.act(voter, judging.castVentureVote, { params: { id: proposal } })
  }
  if (ending === 'voting') return
  await teller.until(addMilliseconds(endOfDay(voteUntil as PlainDate), 60_000))
  await teller.pass(0.2)
  await teller.act(desk, calls.appointPanel, { params })
  if (ending === 'panel') return
  for (const panelist of cast.panelists) {
    const { onPanel } = await teller.act(panelist, calls.getCall, { params })
    if (!onPanel) continue
    for (const [index, proposal] of handed.entries()) {
      await teller.act(panelist, judging.scoreProposal, {
        params: { id: proposal },
        body: { points: [...(points[index] ?? [50, 50])] },
      })
    }
  }
  await teller.pass(0.5)
  await teller.act(desk, calls.announceCall, { params })
  await teller.pass(1)
  const [first] = handed
  if (first === undefined) return
  await teller.act(cast.head, proposals.coachProposal, {
    params: { id: first },
    body: { words: '请写清志愿者培训和应急联系的安排，天热时说明怎样保证餐食安全。' },
  })
}

/** What a township keeps for its communities. */
export async function tellTemplate(teller: Teller, cast: Cast): Promise<void> {
  await teller.act(cast.reviewer, makeTemplate, {
    body: {
      division: cast.reviewer.division,
      title: '独居老人助餐示范方案',
      targetGroup: '八十岁以上独居和空巢老人',
      goals: '让独居老人每个工作日吃上一顿热午饭，并有人每天见面问候。',
      categories: ['0102'],
      activities: [
        { name: '午餐配送', times: 240 },
        { name: '上门问候', times: 240, note: '由结对志愿者完成' },
      ],
      results: [
        { kind: 'output', indicator: '配送份数', target: 4800, unit: '份' },
        { kind: 'outcome', indicator: '老人满意率', target: 90, unit: '%' },
      ],
      budgetShares: [
        { item: '餐费补贴', share: 4500 },
        { item: '配送人员', purpose: 'staff', share: 4500 },
        { item: '宣传和评估', purpose: 'evaluation', share: 1000 },
      ],
      partners: [
        { kind: 'social-worker', role: '个案跟进', persons: 2 },
        { kind: 'volunteer', role: '结对问候', persons: 12 },
      ],
      purchaseItem: 'A01',
    },
  })
}
