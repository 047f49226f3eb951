// Procurement: what the clock does by itself, and what the deadline does to bids that nobody upheld.
import { notify } from '../../../foundation/notices/public.ts'
import type { Act } from '../../../platform/action.ts'
import * as rules from '../rules.ts'
import { beginStandstill } from '../rules/award.ts'
import * as bidding from '../rules/bidding.ts'
import * as store from '../store.ts'
import { removeOutdated } from '../store/sealing.ts'
import { recordTender } from './recording.ts'

/** Keeps and records the closing. Sealed bids made before the last binding change of the terms lapse unless replaced or confirmed; their bidders are told. */
export async function recordClosing(
  act: Act,
  before: rules.Tender,
  after: rules.Tender,
  data: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const changed = after.sealing !== undefined && after.bindingNumber > 1
  const lapsed = changed ? await removeOutdated(act.tx, after.id, after.bindingNumber, act.now) : []
  await store.saveTender(act.tx, after, act.now)
  recordTender(act, 'closeTender', before, after, { ...data, lapsed: lapsed.length === 0 ? undefined : lapsed.length })
  notify(act, {
    persons: lapsed,
    kind: 'procurement.lapsed',
    of: { kind: 'tender', id: after.id },
    params: { number: rules.shownNumber(after) },
  })
}

/** The timer at the deadline. */
export async function closeByTimer(act: Act, id: string): Promise<void> {
  const tender = await store.findTenderForUpdate(act.tx, id)
  if (tender === undefined || tender.stoppedAt !== undefined) return
  const ruling = bidding.closeTender(tender, act.actor, act.now)
  if (ruling.ok) await recordClosing(act, tender, ruling.value, { byTimer: true })
}

/** The timer at the end of the notice's day. */
export async function beginStandstillByTimer(act: Act, id: string): Promise<void> {
  const tender = await store.findTenderForUpdate(act.tx, id)
  if (tender === undefined) return
  const ruling = beginStandstill(tender, act.actor, act.now)
  if (!ruling.ok) return
  await store.saveTender(act.tx, ruling.value, act.now)
  recordTender(act, 'beginStandstill', tender, ruling.value)
}
