// The last part of one thread: delivery, milestones accepted and paid, final evaluation, the resident's verdict.
import { addMinutes } from '../../kit/instant.ts'
import * as contracts from '../../loop/contracts/contract.ts'
import * as delivery from '../../loop/delivery/contract.ts'
import * as needs from '../../loop/needs/contract.ts'
import { approveTransfer } from '../../registers/funds/contract.ts'
import type { NeedContent, ProjectContent } from './content.ts'
import type { Cast, Teller } from './story.ts'
import { evaluateContract } from './thread-evaluation.ts'
import type { Narrator } from './thread-start.ts'
import type { Thread } from './thread-story.ts'

type Winner = Cast['bidders'][number]

function contractOf(thread: Thread): string {
  if (thread.contract === undefined) throw new Error('the thread has no contract yet')
  return thread.contract
}

const kindOf = (name: string): delivery.ServiceKind =>
  /探访|上门|送/.test(name)
    ? 'home-visit'
    : /小组|课|培训/.test(name)
      ? 'group'
      : /咨询|辅导/.test(name)
        ? 'counselling'
        : 'activity'

/** Files some of the project's service records as different workers of the team, days apart. */
export async function fileRecords(
  teller: Teller,
  winner: Winner,
  thread: Thread,
  project: ProjectContent,
  from: number,
  count: number,
  days: number,
): Promise<void> {
  const contract = contractOf(thread)
  const [lead] = winner.workers
  if (lead === undefined) throw new Error('the team is empty')
  const plan = await teller.act(lead.player, delivery.getDelivery, { params: { id: contract } })
  for (let index = from; index < from + count; index += 1) {
    const content = project.serviceRecords[index % project.serviceRecords.length]
    const member = winner.workers[index % Math.min(winner.workers.length, 3)]
    const activity = plan.activities[index % plan.activities.length]
    if (content === undefined || member === undefined || activity === undefined) throw new Error('nothing to record')
    await teller.pass(days)
    const until = addMinutes(teller.now(), -30)
    const filed = await teller.act(member.player, delivery.fileServiceRecord, {
      body: {
        contract,
        activity: activity.id,
        kind: kindOf(content.activity),
        from: addMinutes(until, -content.minutes),
        until,
        place: content.place,
        attendance: content.attendance,
        newcomers: Math.min(content.attendance, 1 + (content.attendance % 9)),
        words: content.words,
        photos: [],
      },
    })
    thread.serviceRecords.push(filed.id)
  }
}

/** The team plans its activities and begins. */
export async function startService(
  teller: Teller,
  winner: Winner,
  thread: Thread,
  project: ProjectContent,
  tell: Narrator,
): Promise<void> {
  await teller.pass(2)
  await teller.act(winner.administrator, delivery.startDelivery, {
    params: { id: contractOf(thread) },
    body: {
      activities: project.serviceRecords
        .slice(0, 5)
        .map((record) => ({ name: record.activity, kind: kindOf(record.activity), planned: 3 })),
      words: project.activities.join('；'),
    },
  })
  tell('承接方启动服务', winner.administrator)
}

/** The team plans and begins; the first service records are filed. */
export async function deliver(
  teller: Teller,
  winner: Winner,
  thread: Thread,
  project: ProjectContent,
  tell: Narrator,
): Promise<void> {
  await startService(teller, winner, thread, project, tell)
  await fileRecords(teller, winner, thread, project, 0, 3, 6)
  const [lead] = winner.workers
  if (lead !== undefined) tell('社工登记服务记录', lead.player)
}

async function milestoneAt(
  teller: Teller,
  winner: Winner,
  thread: Thread,
  index: number,
): Promise<{ id: string; state: string; transfer?: string }> {
  const contract = await teller.act(winner.administrator, contracts.getContract, { params: { id: contractOf(thread) } })
  const milestone = contract.milestones[index]
  if (milestone === undefined) throw new Error('no such milestone')
  return milestone
}

/** The undertaker reports a milestone as done. */
export async function reportMilestone(
  teller: Teller,
  winner: Winner,
  thread: Thread,
  index: number,
  project: ProjectContent,
  tell: Narrator,
): Promise<void> {
  const milestone = await milestoneAt(teller, winner, thread, index)
  const content = project.milestones[index]
  await teller.act(winner.administrator, contracts.reportMilestone, {
    params: { id: contractOf(thread), milestone: milestone.id },
    body: { words: `${content?.deliverable ?? '交付内容'}已完成。`, files: [] },
  })
  tell(`报告第 ${index + 1} 个里程碑`, winner.administrator)
}

/** A resident of the need confirms, the head accepts. */
export async function accept(
  teller: Teller,
  cast: Cast,
  winner: Winner,
  thread: Thread,
  index: number,
  project: ProjectContent,
  tell: Narrator,
): Promise<void> {
  const milestone = await milestoneAt(teller, winner, thread, index)
  const params = { id: contractOf(thread), milestone: milestone.id }
  await teller.pass(1)
  await teller.act(cast.resident, contracts.confirmMilestoneAsResident, {
    params,
    body: { words: project.acceptanceWords[index % project.acceptanceWords.length] },
  })
  tell('居民参与验收', cast.resident)
  await teller.act(cast.head, contracts.acceptMilestone, { params })
  tell('社区负责人验收', cast.head)
}

/** The settler proposes, another one approves: the money moves. */
export async function pay(
  teller: Teller,
  cast: Cast,
  winner: Winner,
  thread: Thread,
  index: number,
  tell: Narrator,
): Promise<void> {
  const milestone = await milestoneAt(teller, winner, thread, index)
  await teller.pass(1)
  await teller.confirm(cast.settler)
  await teller.act(cast.settler, contracts.payMilestone, {
    params: { id: contractOf(thread), milestone: milestone.id },
  })
  tell('结算岗提出付款', cast.settler)
  const { transfer } = await milestoneAt(teller, winner, thread, index)
  if (transfer === undefined) throw new Error('no payment was proposed')
  await teller.confirm(cast.secondSettler)
  const approved = await teller.act(cast.secondSettler, approveTransfer, { params: { id: transfer } })
  thread.transfers.push(transfer)
  tell('第二人核准，资金支付', cast.secondSettler, approved.number)
  await teller.pass(0.1)
}

/** Every milestone but the last: reported, accepted with a resident, paid by two; service goes on in between. */
export async function firstMilestone(
  teller: Teller,
  cast: Cast,
  winner: Winner,
  thread: Thread,
  project: ProjectContent,
  tell: Narrator,
): Promise<void> {
  for (let index = 0; index < project.milestones.length - 1; index += 1) {
    if (index > 0) await fileRecords(teller, winner, thread, project, 3 + index * 2, 2, 8)
    await reportMilestone(teller, winner, thread, index, project, tell)
    await accept(teller, cast, winner, thread, index, project, tell)
    await pay(teller, cast, winner, thread, index, tell)
  }
  await fileRecords(teller, winner, thread, project, 3 + project.milestones.length * 2, 2, 8)
}

/** The final evaluation; its factor decides the last payment. */
export async function evaluate(
  teller: Teller,
  cast: Cast,
  winner: Winner,
  thread: Thread,
  project: ProjectContent,
  tell: Narrator,
): Promise<void> {
  const last = project.milestones.length - 1
  await reportMilestone(teller, winner, thread, last, project, tell)
  await accept(teller, cast, winner, thread, last, project, tell)
  thread.evaluation = await evaluateContract(teller, cast, winner, contractOf(thread), project, tell)
}

/** The last milestone by the evaluation's factor; what is left goes back to its source. */
export async function lastMilestone(
  teller: Teller,
  cast: Cast,
  winner: Winner,
  thread: Thread,
  project: ProjectContent,
  tell: Narrator,
): Promise<void> {
  await pay(teller, cast, winner, thread, project.milestones.length - 1, tell)
}

/** Each resident of the needs says whether it is met. */
export async function giveVerdict(
  teller: Teller,
  cast: Cast,
  thread: Thread,
  contents: readonly NeedContent[],
  tell: Narrator,
): Promise<void> {
  await teller.pass(2)
  for (const [index, need] of thread.needs.entries()) {
    const raiser = index === 0 ? cast.resident : (cast.neighbours[index] ?? cast.resident)
    const verdict = index === 2 ? 'partly' : 'met'
    const words = contents[index]?.verdictWords
    await teller.act(raiser, needs.giveVerdict, {
      params: { id: need },
      body: { verdict, rating: verdict === 'met' ? 5 : 4, words: verdict === 'met' ? words?.met : words?.partly },
    })
    tell('居民评价', raiser)
  }
}
