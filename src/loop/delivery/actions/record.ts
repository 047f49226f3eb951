// Delivery: filing a service record, with its hours claimed once, and taking it back.
import { absent, allow } from '../../../kit/ruling.ts'
import { action } from '../../../platform/action.ts'
import { together } from '../../../platform/together.ts'
import { addEvidence, lockContract } from '../../contracts/public.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import { removeClaim } from '../store/claims.ts'
import * as store from '../store.ts'
import { fileRecord, prepareFiling, refOf } from './filing.ts'

export const fileServiceRecord = action(contract.fileServiceRecord, async (act, { body }) => {
  const card = await lockContract(act, body.contract)
  if (card === undefined || act.actor.kind !== 'person') return absent()
  const filing = await prepareFiling(act, card)
  const ruling = await act.judge({ reach: rules.reachOf(card) }, () => filing.judge(body))
  if (!ruling.ok) return ruling
  const filed = await fileRecord(act, filing, ruling.value, body)
  if (!filed.ok) return filed
  const record = filed.value
  return allow({
    id: record.id,
    version: record.version,
    state: record.state,
    number: rules.shownNumber(record),
    milestone: record.milestone,
    flagged: rules.isFlagged(record),
  })
})

export const voidServiceRecord = action(contract.voidServiceRecord, async (act, { params, body }) => {
  const record = await store.findServiceRecordForUpdate(act.tx, params.id)
  if (record === undefined) return absent()
  const ruling = await act.judge(rules.judgedServiceRecord(record), () =>
    rules.voidServiceRecord(record, act.actor, act.now, body.reason),
  )
  if (!ruling.ok) return ruling
  const card = await lockContract(act, record.contract)
  if (card === undefined) return absent()
  const counted = addEvidence(card, {
    milestone: record.milestone,
    serviceRecords: -1,
    minutes: -record.minutes,
    attendance: -record.attendance,
  })
  if (!counted.ok) return counted
  await together(act.tx, [counted.value.write, store.serviceRecordSaved(ruling.value, act.now)])
  await removeClaim(act.tx, record)
  act.record({
    name: 'delivery.voidServiceRecord',
    of: refOf(record),
    division: record.division,
    organization: record.organization,
    state: { from: record.state, to: ruling.value.state },
    data: {
      contract: record.contract,
      milestone: record.milestone,
      minutes: -record.minutes,
      attendance: -record.attendance,
    },
  })
  return allow({
    id: record.id,
    version: ruling.value.version,
    state: ruling.value.state,
    number: rules.shownNumber(record),
  })
})
