// A contract of a tender in lots carried to its end over HTTP: work, milestones, evaluation, payments; and what the books say at each step.
import { type Fen, fen, parseYuan, sum } from '../../src/kit/money.ts'
import * as contracts from '../../src/loop/contracts/contract.ts'
import * as delivery from '../../src/loop/delivery/contract.ts'
import * as evaluation from '../../src/loop/evaluation/contract.ts'
import { getProject } from '../../src/loop/projects/contract.ts'
import * as funds from '../../src/registers/funds/contract.ts'
import { moneyOf } from '../../src/registers/funds/public.ts'
import { places } from './app.ts'
import type { LotRoom } from './lots.ts'

const amountOf = (text: string): Fen => parseYuan(text) ?? fen(0n)
const contractOf = ({ app, who }: LotRoom, id: string) =>
  app.ok(who('procurer'), contracts.getContract, { params: { id } })

export async function begin({ app, who }: LotRoom, contract: string, bidder: number): Promise<void> {
  await app.ok(who(`administrator-${bidder}`), delivery.startDelivery, {
    params: { id: contract },
    body: { words: '按片区开展送餐和探访。', activities: [{ name: '上门送餐', kind: 'activity', planned: 20 }] },
  })
}

/** Reports a milestone; a resident confirms, the head accepts. */
export async function accepted(room: LotRoom, contract: string, bidder: number, index: number): Promise<void> {
  const { app, who } = room
  const milestone = (await contractOf(room, contract)).milestones[index]?.id ?? ''
  const params = { id: contract, milestone }
  await app.ok(who(`administrator-${bidder}`), contracts.reportMilestone, { params, body: { words: '全部完成了' } })
  await app.ok(who('resident'), contracts.confirmMilestoneAsResident, { params, body: {} })
  await app.ok(who('head'), contracts.acceptMilestone, { params })
}

/** Proposed by one, approved by another. Answers the transfer. */
export async function paid(room: LotRoom, contract: string, index: number): Promise<string> {
  const { app, who } = room
  const milestone = (await contractOf(room, contract)).milestones[index]?.id ?? ''
  await app.ok(who('settler'), contracts.payMilestone, { params: { id: contract, milestone } })
  const transfer = (await contractOf(room, contract)).milestones[index]?.transfer ?? ''
  await app.ok(who('settler-2'), funds.approveTransfer, { params: { id: transfer } })
  await app.settle()
  return transfer
}

/** The final evaluation is planned and handed in with a score. Answers its id. */
export async function judged({ app, who }: LotRoom, contract: string, score: number): Promise<string> {
  const { id } = await app.ok(who('reviewer'), evaluation.planEvaluation, {
    body: {
      contract: contract as never,
      evaluator: who('evaluator').id,
      items: [{ source: 'expert', name: '服务质量', weight: 100 }],
    },
  })
  await app.ok(who('evaluator'), evaluation.submitEvaluation, {
    params: { id },
    body: { judgements: [{ item: '服务质量', score, reason: '查阅记录并走访' }], summary: '服务达到合同的要求。' },
  })
  return id
}

/** After the days of reply. */
export async function published({ app, who }: LotRoom, id: string): Promise<void> {
  await app.pass(12)
  await app.ok(who('reviewer'), evaluation.publishEvaluation, { params: { id } })
  await app.settle()
}

/** The project's budget, what of it is set aside and not yet paid, what is paid, and what is free; and whether the books of the county agree. */
export async function books(room: LotRoom) {
  const { app, who, project } = room
  const money = await moneyOf(app.parts.platform.database.reader, [{ kind: 'project', id: project }])
  const { rows } = await app.ok(who('finance'), funds.listAccounts, {
    query: { division: places.county as never, size: 100 },
  })
  const at = (...stages: funds.Stage[]) =>
    sum(rows.filter((row) => stages.includes(row.stage)).map((row) => amountOf(row.balance)))
  const view = await app.ok(who('procurer'), getProject, { params: { id: project } })
  const encumbered = fen(money.encumbered - money.paid - money.refunded)
  return {
    budget: amountOf(view.budget),
    encumbered,
    paid: money.paid,
    free: fen(amountOf(view.budget) - encumbered - money.paid),
    /** Of the county and its townships: one thread is all that they pay for here. */
    county: { encumbered: at('encumbered'), paid: at('paid'), free: at('pool', 'township') },
    balanced: (await app.ok(who('finance'), funds.booksBalance)).balanced,
  }
}
