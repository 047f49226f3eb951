// Stations of the thread that money reaches: set aside at the contract, paid, given back.
import type { Station } from '../../platform/declarations.ts'

/** The organization sees its own money arrive; the public sees sums, which are public money. */
export const fundsStations: readonly Station[] = [
  {
    station: 'contract',
    hears: ['funds.encumber'],
    party: 'government',
    facing: 'public',
    money: (event) => (event.amount === undefined ? undefined : { kind: 'encumbered', amount: event.amount }),
  },
  {
    station: 'payment',
    hears: ['funds.approveTransfer'],
    party: 'government',
    facing: 'public',
    facts: (event) => ({ purpose: String(event.data['purpose'] ?? '') }),
    // A payment that is taken back stands in the line with the opposite sign; bookings and allotments have no link to a thread.
    money: (event) => {
      if (event.amount === undefined) return undefined
      if (event.data['purpose'] === 'payment') return { kind: 'paid', amount: event.amount }
      return event.data['reversedPurpose'] === 'payment' ? { kind: 'paid', amount: -event.amount } : undefined
    },
  },
  {
    station: 'payment',
    hears: ['funds.refund'],
    party: 'government',
    facing: 'public',
    money: (event) => (event.amount === undefined ? undefined : { kind: 'refunded', amount: event.amount }),
  },
]
