// What the funds count: money set aside, paid and given back, in fen, from the events of posted transfers.
import type { Indicator } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'

function amountOf(event: StoredEvent) {
  return event.amount === undefined ? [] : [{ amount: event.amount }]
}

/** A payment adds, a payment taken back subtracts; other transfers say nothing about what was paid. */
function paid(event: StoredEvent) {
  if (event.amount === undefined) return []
  if (event.data['purpose'] === 'payment') return [{ amount: event.amount }]
  return event.data['reversedPurpose'] === 'payment' ? [{ amount: -event.amount }] : []
}

export const fundsIndicators: readonly Indicator[] = [
  { name: 'funds.paid', unit: 'fen', kind: 'sum', hears: ['funds.approveTransfer'], entries: paid },
  { name: 'funds.encumbered', unit: 'fen', kind: 'sum', hears: ['funds.encumber'], entries: amountOf },
  { name: 'funds.refunded', unit: 'fen', kind: 'sum', hears: ['funds.refund'], entries: amountOf },
]
