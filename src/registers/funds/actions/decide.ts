// The second person decides: approve (the money moves), refuse, or take a posted transfer back by an opposite one.
import { absent, type Ruling } from '../../../kit/ruling.ts'
import { hasFreshSecondFactor } from '../../../foundation/identity/public.ts'
import { type Act, action } from '../../../platform/action.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as accountStore from '../store/accounts.ts'
import * as transferStore from '../store/transfers.ts'
import { answerOf } from './book.ts'
import { doerOf, eventOf, proposeTransfer } from './propose.ts'

export const approveTransfer = action(contract.approveTransfer, async (act, { params }) => {
  const transfer = await transferStore.findTransferForUpdate(act.tx, params.id)
  if (transfer === undefined) return absent()
  const original =
    transfer.reverses === undefined ? undefined : await transferStore.findTransferForUpdate(act.tx, transfer.reverses)
  const accounts = await accountStore.getAccountsForUpdate(act.tx, [transfer.from, transfer.to])
  const from = accounts.get(transfer.from)
  if (from === undefined) throw new Error('no such account')
  const ruling = await act.judge(rules.judgedTransfer(transfer), () =>
    rules.approveTransfer(transfer, act.actor, act.now, from, original),
  )
  if (!ruling.ok) return ruling
  // Moving money is signed with a second factor, as a contract is.
  const confirmed = hasFreshSecondFactor(act.actor, act.platform)
  if (!confirmed.ok) return confirmed
  const version = await transferStore.saveTransfer(act.tx, ruling.value, act.now)
  await transferStore.insertPosting(act.tx, ruling.value)
  act.record(eventOf('funds.approveTransfer', ruling.value, transfer.state))
  if (original !== undefined) {
    const taken = await endOriginal(act, original)
    if (!taken.ok) return taken
  }
  return answerOf({ ok: true, value: { ...ruling.value, version } })
})

/** The first transfer is reversed now; its own history says so too. */
async function endOriginal(act: Act, original: rules.Transfer): Promise<Ruling<rules.Transfer>> {
  const taken = rules.takeBack(original, act.now)
  if (!taken.ok) return taken
  await transferStore.saveTransfer(act.tx, taken.value, act.now)
  act.record(eventOf('funds.takeBack', taken.value, original.state))
  return taken
}

export const refuseTransfer = action(contract.refuseTransfer, async (act, { params, body }) => {
  const transfer = await transferStore.findTransferForUpdate(act.tx, params.id)
  if (transfer === undefined) return absent()
  const ruling = await act.judge(rules.judgedTransfer(transfer), () =>
    rules.refuseTransfer(transfer, act.actor, act.now, body.reason),
  )
  if (!ruling.ok) return ruling
  const version = await transferStore.saveTransfer(act.tx, ruling.value, act.now)
  act.record(eventOf('funds.refuseTransfer', ruling.value, transfer.state))
  return answerOf({ ok: true, value: { ...ruling.value, version } })
})

export const reverseTransfer = action(contract.reverseTransfer, async (act, { params, body }) => {
  const transfer = await transferStore.findTransferForUpdate(act.tx, params.id)
  if (transfer === undefined) return absent()
  const [from, to, underway] = [
    await accountStore.findAccount(act.tx, transfer.from),
    await accountStore.findAccount(act.tx, transfer.to),
    await transferStore.findReversal(act.tx, transfer.id),
  ]
  if (from === undefined || to === undefined) throw new Error('no such account')
  const ruling = await act.judge(rules.judgedTransfer(transfer), () => rules.reverseTransfer(transfer, to, underway))
  if (!ruling.ok) return ruling
  const { division, amount, organization, project, contract: contractId, milestone, accepters } = transfer
  return answerOf(
    await proposeTransfer(act, 'funds.reverseTransfer', {
      purpose: 'reversal',
      division,
      from: to,
      to: from,
      amount,
      organization,
      project,
      contract: contractId,
      milestone,
      accepters,
      proposedBy: doerOf(act),
      reason: body.reason,
      reverses: transfer,
    }),
  )
})
