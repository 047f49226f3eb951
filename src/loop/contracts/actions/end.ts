// Contracts: how a contract ends: before its time with a settlement, or because every milestone is closed. What is left goes back to its source.
import { jurisdictionOf } from '../../../kit/id.ts'
import { fen, formatYuan } from '../../../kit/money.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { moneyOf, releaseEncumbrance } from '../../../registers/funds/public.ts'
import { projectCompleted, projectTerminated } from '../../projects/public.ts'
import * as contract from '../contract/changes.ts'
import { type Contract, judgedContract, promisedOf } from '../rules.ts'
import * as rules from '../rules/terms.ts'
import * as store from '../store.ts'
import { answerOf, keep, refOf, tellOrganization } from './recording.ts'

/** Gives back what is set aside, neither paid nor promised to a payable milestone. Answers what was paid. */
async function release(act: Act, ended: Contract) {
  const money = await moneyOf(act.tx, [refOf(ended)])
  const rest = fen(money.encumbered - money.paid - money.refunded - promisedOf(ended))
  if (rest > 0n) {
    const refund = await releaseEncumbrance(act, { contract: refOf(ended), division: ended.division, amount: rest })
    if (!refund.ok) return refund
  }
  return allow(money.paid)
}

export const terminateContract = action(contract.terminateContract, async (act, { params, body }) => {
  const before = await store.findContractForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const id = act.newId<'milestone'>(jurisdictionOf(before.division))
  const ruling = await act.judge(judgedContract(before), () =>
    rules.terminateContract(before, act.actor, act.now, body, id),
  )
  if (!ruling.ok) return ruling
  const after = ruling.value
  if (before.state === 'active') {
    const money = await release(act, after)
    if (!money.ok) return money
    // What is still promised is owed whatever becomes of the project.
    const end = {
      contract: after.id,
      cost: fen(money.value + promisedOf(after)),
      reason: 'contract-terminated',
    } as const
    const project = await projectTerminated(act, after.project, end)
    if (!project.ok) return project
  }
  await keep(act, 'terminateContract', before, after, {
    data: { reason: body.reason, settlement: formatYuan(after.termination?.settlement ?? fen(0n)) },
  })
  await tellOrganization(act, after, 'terminated')
  return allow(answerOf(after))
})

/** All milestones are closed: the rest goes back; with the last of its contracts the project is completed and its needs are answered. */
export async function completeContract(act: Act, before: Contract): Promise<Ruling<void>> {
  const ruling = rules.completeContract(before, act.actor, act.now)
  if (!ruling.ok) return ruling
  const after = ruling.value
  const paid = await release(act, after)
  if (!paid.ok) return paid
  await keep(act, 'completeContract', before, after, { amount: paid.value, data: { score: after.factor?.score } })
  const result = { contract: after.id, cost: paid.value, score: after.factor?.score ?? 0 }
  const project = await projectCompleted(act, after.project, result)
  if (!project.ok) return project
  await tellOrganization(act, after, 'completed')
  return allow(undefined)
}
