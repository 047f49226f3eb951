// Money comes in and is handed down: bookings into a pool and allotments from it, both put forward for a second person.
import { allow, absent, type Ruling } from '../../../kit/ruling.ts'
import { action } from '../../../platform/action.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as accountStore from '../store/accounts.ts'
import { doerOf, newAccountId, proposeTransfer } from './propose.ts'

/** What an act on a transfer answers. */
export function answerOf(ruling: Ruling<rules.Transfer>) {
  if (!ruling.ok) return ruling
  const { id, version, state } = ruling.value
  return allow({ id, version, state, number: rules.numberOfTransfer(ruling.value) })
}

/** The classes of service for which welfare-lottery money may be booked. */
function welfareEarmarks(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

export const bookSource = action(contract.bookSource, async (act, { body }) => {
  const earmarks = welfareEarmarks(act.policy.data('funds.welfare-lottery-earmarks', body.division))
  const ruling = await act.judge({ reach: { division: body.division } }, () => rules.bookSource(body, earmarks))
  if (!ruling.ok) return ruling
  const key = { division: body.division, source: body.source, earmark: body.earmark }
  const from = await accountStore.openAccount(
    act.tx,
    { ...key, stage: 'source' },
    newAccountId(act, body.division),
    act.now,
  )
  const to = await accountStore.openAccount(
    act.tx,
    { ...key, stage: 'pool' },
    newAccountId(act, body.division),
    act.now,
  )
  return answerOf(
    await proposeTransfer(act, 'funds.bookSource', {
      purpose: 'booking',
      division: body.division,
      from,
      to,
      amount: ruling.value,
      proposedBy: doerOf(act),
      document: body.document,
    }),
  )
})

export const allot = action(contract.allot, async (act, { body }) => {
  await accountStore.getAccountsForUpdate(act.tx, [body.account])
  // Read after the lock: another allotment from the same pool has then written its proposal.
  const pool = await accountStore.findAccount(act.tx, body.account)
  if (pool === undefined) return absent()
  const ruling = await act.judge({ reach: { division: pool.division } }, () =>
    rules.allot(pool, body.division, body.amount),
  )
  if (!ruling.ok) return ruling
  const to = await accountStore.openAccount(
    act.tx,
    { division: body.division, source: pool.source, earmark: pool.earmark, stage: ruling.value },
    newAccountId(act, body.division),
    act.now,
  )
  return answerOf(
    await proposeTransfer(act, 'funds.allot', {
      purpose: 'allotment',
      division: pool.division,
      from: pool,
      to,
      amount: body.amount,
      proposedBy: doerOf(act),
      document: body.document,
    }),
  )
})
