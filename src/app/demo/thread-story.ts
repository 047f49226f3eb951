// One whole thread, stage by stage, told by any teller: the demo, the smoke run and the tests share it.
import type { NeedContent, ProjectContent } from './content.ts'
import type { Cast, Teller } from './story.ts'
import { deliver, evaluate, firstMilestone, giveVerdict, lastMilestone, reportMilestone } from './thread-end.ts'
import { compete, contractFor, publishTender } from './thread-middle.ts'
import {
  acceptNeed,
  approve,
  deliberate,
  design,
  type Narrator,
  raiseNeed,
  submitDesign,
  supportNeed,
} from './thread-start.ts'

/** Where a thread can be left; each stage includes those before it. */
export const stages = [
  'raised',
  'deliberation',
  'review',
  'approved',
  'published',
  'standstill',
  'signing',
  'delivering',
  'reported',
  'second-milestone',
  'evaluated',
  'verdict',
] as const
export type Stage = (typeof stages)[number]

/** Ids of what the thread made, as far as it came. */
export type Thread = {
  readonly needs: string[]
  motion?: string
  project?: string
  tender?: string
  contract?: string
  evaluation?: string
  readonly transfers: string[]
  readonly serviceRecords: string[]
}

/** Tells a thread from its first need up to a stage. */
export async function tellThread(
  teller: Teller,
  cast: Cast,
  contents: readonly NeedContent[],
  project: ProjectContent,
  options: { until: Stage; tell: Narrator },
): Promise<Thread> {
  const { until, tell } = options
  const reached = (stage: Stage) => stages.indexOf(until) <= stages.indexOf(stage)
  const thread: Thread = { needs: [], transfers: [], serviceRecords: [] }
  for (const [index, content] of contents.entries()) {
    const raiser = index === 0 ? cast.resident : (cast.neighbours[index] ?? cast.resident)
    const need = await raiseNeed(teller, raiser, content)
    thread.needs.push(need)
    tell('居民提出需求', raiser)
    await teller.pass(0.4)
    await supportNeed(
      teller,
      need,
      cast.neighbours.filter((neighbour) => neighbour.person !== raiser.person).slice(0, 6),
    )
    const [neighbour] = cast.neighbours
    if (neighbour !== undefined) tell('邻居附议', neighbour)
    await teller.pass(0.6)
    await acceptNeed(teller, cast.worker, need, content, 'deliberation')
    tell('社区受理', cast.worker)
  }
  if (reached('raised')) return thread
  await teller.pass(2)
  thread.motion = await deliberate(teller, cast, thread.needs, project, tell)
  if (reached('deliberation')) return thread
  thread.project = await design(teller, cast, thread.needs, thread.motion, project, tell)
  await submitDesign(teller, cast, thread.project, tell)
  if (reached('review')) return thread
  await approve(teller, cast, thread.project, tell)
  if (reached('approved')) return thread
  await teller.pass(2)
  thread.tender = await publishTender(teller, cast, thread.project, project, tell)
  if (reached('published')) return thread
  const winner = await compete(teller, cast, thread.tender, project, { tell, leaveAtStandstill: reached('standstill') })
  if (winner === undefined) return thread
  await teller.pass(2)
  thread.contract = await contractFor(teller, cast, thread.tender, winner, project, {
    tell,
    leaveUnsigned: reached('signing'),
  })
  if (reached('signing')) return thread
  await deliver(teller, winner, thread, project, tell)
  if (reached('delivering')) return thread
  if (reached('reported')) {
    await reportMilestone(teller, winner, thread, 0, project, tell)
    return thread
  }
  await firstMilestone(teller, cast, winner, thread, project, tell)
  if (reached('second-milestone')) return thread
  await evaluate(teller, cast, winner, thread, project, tell)
  if (reached('evaluated')) return thread
  await lastMilestone(teller, cast, winner, thread, project, tell)
  await giveVerdict(teller, cast, thread, contents, tell)
  return thread
}
