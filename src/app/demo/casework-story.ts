// Casework on a contract of the demo: two cases, one of which is closed, and a group in the middle of its sessions. Persons and words are made up.
import { addDays, addMinutes, type Instant } from '../../kit/instant.ts'
import { today } from '../../kit/plain-date.ts'
import { getContract } from '../../loop/contracts/contract.ts'
import * as stages from '../../loop/delivery/contract/case-stages.ts'
import { openCase } from '../../loop/delivery/contract/cases.ts'
import * as groups from '../../loop/delivery/contract/groups.ts'
import * as delivery from '../../loop/delivery/contract.ts'
import type { Cast, Player, Teller } from './story.ts'
import { tellVolunteers } from './volunteer-story.ts'

/** Who works on the cases of one contract, and under which activity of its plan. */
export type Team = {
  readonly contract: string
  readonly activity: string
  readonly worker: Player
  readonly supervisor: Player
}

const lonely = {
  problem: '独居老人，夜里胸闷不敢一个人去医院，和外地的女儿三年没有联系。',
  basis: '本人主动求助，愿意接受服务，问题适合个案处理。',
  situation: '七十九岁，住五楼，没有电梯；有退休金和医保；睡眠差，白天很少下楼。',
  needs: '需要有人陪着定期复诊；需要和女儿恢复联系；需要有人经常说说话。',
  strengths: '会用手机接打电话，识字；楼下邻居愿意帮着买菜；女儿留有旧的联系方式。',
  goals: ['每月按时复诊一次', '和女儿恢复联系，每周通话一次', '每周至少下楼参加一次活动'],
  measures: '社工每两周上门一次；联系家庭医生签约；先征得老人同意再联系女儿；邻居结对。',
} as const

const sessions = [
  {
    kind: 'home-visit',
    process: '第一次上门。老人起初话少，聊到年轻时在纺织厂上班，慢慢打开话匣子。一起列出常用药和复诊时间。',
    progress: '同意签约家庭医生。',
  },
  {
    kind: 'home-visit',
    process: '陪同到社区卫生服务站复诊，医生调整了用药。回来路上谈到女儿，说当年为了一句气话断了来往，其实一直后悔。',
    progress: '完成第一次复诊。',
  },
  {
    kind: 'counselling',
    process: '和老人一起拟了给女儿的第一条语音，练了几遍，当场发出。晚上女儿回了电话。',
    progress: '与女儿恢复联系。',
  },
] as const

/** An hour that a session took, so many hours ago. */
function hourBefore(now: Instant, hours: number): { from: Instant; until: Instant } {
  const until = addMinutes(now, -60 * hours)
  return { from: addMinutes(until, -60), until }
}

/** Intake to approved plan. Answers the case. */
async function plannedCase(
  teller: Teller,
  team: Team,
  fullName: string,
  topic: 'elder-care' | 'family',
): Promise<string> {
  const { worker, supervisor } = team
  const opened = await teller.act(worker, openCase, {
    body: {
      contract: team.contract,
      supervisor: supervisor.person,
      fullName,
      topic,
      source: 'community',
      problem: lonely.problem,
    },
  })
  const params = { id: opened.id }
  await teller.act(worker, stages.recordConsent, {
    params,
    body: {
      form: 'written',
      givenBy: 'self',
      givenOn: today(teller.now()),
      note: '说明了保密原则和例外情形，本人签字。',
    },
  })
  await teller.act(worker, stages.acceptCase, { params, body: { basis: lonely.basis } })
  await teller.pass(1)
  await teller.act(worker, stages.assessCase, {
    params,
    body: { situation: lonely.situation, needs: lonely.needs, strengths: lonely.strengths, risk: 'medium' },
  })
  await teller.act(worker, stages.planCase, {
    params,
    body: { goals: [...lonely.goals], measures: lonely.measures, agreed: true },
  })
  await teller.pass(0.3)
  await teller.act(supervisor, stages.approveCase, {
    params,
    body: { remarks: '目标具体、可以衡量。联系女儿前务必再确认老人的意愿。' },
  })
  return opened.id
}

async function holdSessions(teller: Teller, team: Team, id: string, count: number): Promise<void> {
  for (const session of sessions.slice(0, count)) {
    await teller.pass(1)
    await teller.act(team.worker, stages.recordCaseSession, {
      params: { id },
      body: {
        activity: team.activity,
        ...session,
        ...hourBefore(teller.now(), 2),
        nextAt: addDays(teller.now(), 7),
      },
    })
  }
}

async function closeCase(teller: Teller, team: Team, id: string): Promise<void> {
  const params = { id }
  await teller.act(team.worker, stages.beginCaseEvaluation, { params })
  await teller.act(team.worker, stages.evaluateCase, {
    params,
    body: {
      results: [
        { result: 'met', grounds: '三个月复诊三次，病历在案。' },
        { result: 'met', grounds: '每周日晚和女儿视频。' },
        { result: 'partly', grounds: '天气好时下楼，冬天下楼少。' },
      ],
      outcome: '老人情绪明显好转，能自己安排复诊，和女儿恢复来往。',
      followUp: '由邻居结对继续关照，社工每月电话回访一次。',
    },
  })
  await teller.pass(0.3)
  await teller.act(team.supervisor, stages.approveCase, { params, body: { remarks: '同意结案。' } })
}

const phases = ['forming', 'transition', 'maturity', 'maturity', 'ending'] as const
/** Days after the first session: two are held while the story is told, the others lie ahead of whoever looks at the demo. */
const after = [0, 2, 20, 27, 34]
/** Days from the group’s second session to the shifts and the activity that lie ahead too. */
const volunteersAhead = 18
const themes = ['认识新朋友', '打字和语音', '视频通话', '手机挂号', '结业分享']

async function runGroup(teller: Teller, team: Team, cast: Cast): Promise<void> {
  const { worker } = team
  const start = addDays(teller.now(), 1)
  const planned = await teller.act(worker, groups.planGroup, {
    body: {
      contract: team.contract,
      activity: team.activity,
      title: '银龄手机课堂小组',
      type: 'education',
      aims: '六位老人学会视频通话和手机挂号，结成互助伙伴。',
      place: '社区活动室',
      capacity: 12,
      sessions: phases.map((phase, index) => ({
        theme: themes[index] ?? '',
        phase,
        from: addDays(start, after[index] ?? 0),
        until: addMinutes(addDays(start, after[index] ?? 0), 90),
      })),
    },
  })
  const params = { id: planned.id }
  const members = [
    ...cast.neighbours.slice(0, 3).map(({ person }) => ({ person })),
    { fullName: '葛秀珍' },
    { fullName: '范杏林' },
  ]
  for (const body of members) await teller.act(worker, groups.addGroupMember, { params, body })
  await teller.act(worker, groups.startGroup, { params })
  for (let held = 0; held < 2; held += 1) {
    const view = await teller.act(worker, groups.getGroup, { params })
    const session = view.sessions[held]
    if (session === undefined) return
    await teller.until(addMinutes(session.until as Instant, 30))
    await teller.act(worker, groups.recordGroupSession, {
      params: { ...params, session: session.id },
      body: {
        from: session.from,
        until: session.until,
        present: (view.people ?? []).slice(0, 5 - held).map((person) => person.id),
        words: held === 0 ? '互相认识，定下小组约定，检查大家的手机。' : '练习打字和发语音，两人一组互相发消息。',
      },
    })
  }
}

/** One case from intake to its closing, three sessions long. */
export async function tellCase(teller: Teller, team: Team, fullName: string): Promise<void> {
  const id = await plannedCase(teller, team, fullName, 'elder-care')
  await holdSessions(teller, team, id, sessions.length)
  await closeCase(teller, team, id)
}

/** Tells the casework of a contract on which work goes on; an organization without a supervisor has none. */
export async function tellCasework(teller: Teller, cast: Cast, contract: string): Promise<void> {
  const { organization } = await teller.act(cast.procurer, getContract, { params: { id: contract } })
  const winner = cast.bidders.find((bidder) => bidder.organization === organization)
  const [lead, second] = winner?.workers ?? []
  const supervisor = winner?.supervisor
  if (lead === undefined || second === undefined || supervisor === undefined) return
  const plan = await teller.act(lead.player, delivery.getDelivery, { params: { id: contract } })
  const activity = plan.activities[0]?.id
  if (activity === undefined) return
  const team = { contract, activity, worker: lead.player, supervisor }
  await tellCase(teller, team, '秦桂香')
  const open = await plannedCase(teller, team, '季月娥', 'family')
  await holdSessions(teller, team, open, 2)
  await runGroup(teller, { ...team, worker: second.player }, cast)
  await tellVolunteers(teller, { contract, activity, worker: lead.player }, cast.neighbours, volunteersAhead)
}
