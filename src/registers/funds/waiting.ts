// Who must act on a transfer, and by when.
import type { Waiting } from '../../platform/events.ts'
import { numberOfTransfer, type Transfer } from './rules.ts'

/** A proposed transfer waits for a second person who may approve at its place; afterwards nothing waits. */
export function waitingOfTransfer(transfer: Transfer): Waiting[] {
  if (transfer.state !== 'proposed') return []
  return [
    {
      verb: 'approveTransfer',
      permission: 'funds.approve',
      division: transfer.division,
      number: numberOfTransfer(transfer),
      due: transfer.due,
    },
  ]
}
