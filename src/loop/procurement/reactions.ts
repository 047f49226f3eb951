// Procurement: what the clock does to tenders, and how a tender learns of a question without learning who asked.
import type { Reaction, TimerHandler } from '../../platform/declarations.ts'
import { tellPanel } from './actions/awarding.ts'
import { receiveQuestion } from './actions/clarifying.ts'
import { beginStandstillByTimer, closeByTimer } from './actions/closing.ts'

export const procurementReactions: readonly Reaction[] = [
  {
    name: 'procurement.tellPanel',
    hears: ['procurement.appointPanel'],
    run: (act, event) => tellPanel(act, event.of.id),
  },
  { name: 'procurement.receiveQuestion', hears: ['procurement.askQuestion'], run: receiveQuestion },
]

export const procurementTimers: readonly TimerHandler[] = [
  { handler: 'procurement.closeTender', run: (act, record) => closeByTimer(act, record.id) },
  { handler: 'procurement.beginStandstill', run: (act, record) => beginStandstillByTimer(act, record.id) },
]
