// Procurement: what the clock does to tenders.
import type { TimerHandler } from '../../platform/declarations.ts'
import { beginStandstillByTimer, closeByTimer } from './actions/objecting.ts'

export const procurementTimers: readonly TimerHandler[] = [
  { handler: 'procurement.closeTender', run: (act, record) => closeByTimer(act, record.id) },
  { handler: 'procurement.beginStandstill', run: (act, record) => beginStandstillByTimer(act, record.id) },
]
