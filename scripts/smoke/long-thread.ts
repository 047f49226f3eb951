// The smoke run's thread: every deep way of the loop in one line, from a resident's sentence to the verdict and the refund.
import { tellCase } from '../../src/app/demo/casework-story.ts'
import type { NeedContent, ProjectContent } from '../../src/app/demo/content.ts'
import type { Cast, Teller } from '../../src/app/demo/story.ts'
import { accept, fileRecords, giveVerdict, pay, reportMilestone, startService } from '../../src/app/demo/thread-end.ts'
import { evaluateContract } from '../../src/app/demo/thread-evaluation.ts'
import { awardTo, draftFor } from '../../src/app/demo/thread-middle.ts'
import {
  acceptNeed,
  approve,
  design,
  type Narrator,
  raiseNeed,
  submitDesign,
  supportNeed,
} from '../../src/app/demo/thread-start.ts'
import type { Thread } from '../../src/app/demo/thread-story.ts'
import { getContract } from '../../src/loop/contracts/contract.ts'
import { getDelivery } from '../../src/loop/delivery/contract.ts'
import { listTransfers } from '../../src/registers/funds/contract.ts'
import { decideByBallot } from './ballot.ts'
import { signAndAmend } from './paper.ts'
import { competeSealed, publishSealed } from './sealed.ts'

/** Tells the whole thread; throws at the first thing that is not as it should be. */
export async function tellLongThread(
  teller: Teller,
  cast: Cast,
  content: NeedContent,
  project: ProjectContent,
  tell: Narrator,
): Promise<Thread> {
  const need = await raiseNeed(teller, cast.resident, content)
  const thread: Thread = { needs: [need], transfers: [], serviceRecords: [] }
  tell('居民提出需求', cast.resident)
  await teller.pass(0.4)
  await supportNeed(teller, need, cast.neighbours.slice(0, 6))
  const [neighbour] = cast.neighbours
  if (neighbour !== undefined) tell('邻居附议', neighbour)
  await acceptNeed(teller, cast.worker, need, content, 'deliberation')
  tell('社区受理', cast.worker)
  await teller.pass(1)

  thread.motion = await decideByBallot(teller, cast, thread.needs, project, tell)
  thread.project = await design(teller, cast, thread.needs, thread.motion, project, tell)
  await submitDesign(teller, cast, thread.project, tell)
  await approve(teller, cast, thread.project, tell)
  await teller.pass(1)

  const ceremony = await publishSealed(teller, cast, thread.project, project, tell)
  thread.tender = ceremony.tender
  await competeSealed(ceremony, cast, project, tell)
  const winner = await awardTo(teller, cast, ceremony.tender, tell)
  const drafted = await draftFor(teller, cast, ceremony.tender, winner, project, tell)
  thread.contract = drafted.id
  await signAndAmend(teller, cast, winner, drafted, tell)

  await startService(teller, winner, thread, project, tell)
  const [lead] = winner.workers
  if (lead === undefined || winner.supervisor === undefined) throw new Error('nobody supervises casework here')
  const last = project.milestones.length - 1
  for (let index = 0; index <= last; index += 1) {
    await fileRecords(teller, winner, thread, project, index * 2, 2, 5)
    tell('社工登记两条服务记录', lead.player)
    if (index === 0) {
      const plan = await teller.act(lead.player, getDelivery, { params: { id: drafted.id } })
      const activity = plan.activities[0]?.id ?? ''
      const team = { contract: drafted.id, activity, worker: lead.player, supervisor: winner.supervisor }
      await tellCase(teller, team, '秦桂香')
      tell('个案从接案到结案', lead.player)
    }
    await reportMilestone(teller, winner, thread, index, project, tell)
    await accept(teller, cast, winner, thread, index, project, tell)
    if (index < last) await pay(teller, cast, winner, thread, index, tell)
  }
  thread.evaluation = await evaluateContract(teller, cast, winner, drafted.id, project, tell)
  await pay(teller, cast, winner, thread, last, tell)
  await checkMoney(teller, cast, drafted.id, tell)
  await giveVerdict(teller, cast, thread, [content], tell)
  return thread
}

/** The last milestone was paid at a factor below 1, and what it left went back to where the money came from. */
async function checkMoney(teller: Teller, cast: Cast, contract: string, tell: Narrator): Promise<void> {
  const { factor, value, milestones } = await teller.act(cast.procurer, getContract, { params: { id: contract } })
  if (factor === undefined || factor.factorBps >= 10_000)
    throw new Error('the last milestone was not paid at a factor below 1')
  const transfers = await teller.act(cast.finance, listTransfers, {
    query: { contract: contract as never, state: 'posted', size: 50 },
  })
  const sum = (purposes: readonly string[]) =>
    transfers.rows.reduce(
      (total, row) => (purposes.includes(row.purpose) ? total + BigInt(row.amount.replace('.', '')) : total),
      0n,
    )
  const [paid, returned] = [sum(['payment']), sum(['refund'])]
  if (returned <= 0n || paid + returned !== BigInt(value.replace('.', '')))
    throw new Error(`of ${value} were paid ${paid} and returned ${returned} fen`)
  tell(`${milestones.length} 个里程碑付清，系数 ${factor.factorBps / 10_000}，余款退回`, cast.finance)
}
