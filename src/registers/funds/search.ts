// How transfers are shown outside of the funds: as cards with number, state and place.
import type { RecordKind } from '../../platform/declarations.ts'
import { numberOfTransfer, reachOfTransfer } from './rules.ts'
import { listFoundTransfers, listTransfersById } from './store/transfers.ts'

export const fundsRecords: readonly RecordKind[] = [
  {
    kind: 'transfer',
    permission: 'funds.read',
    find: listFoundTransfers,
    cards: async (tx, ids) =>
      (await listTransfersById(tx, ids)).map((transfer) => ({
        ref: { kind: 'transfer', id: transfer.id },
        number: numberOfTransfer(transfer),
        state: transfer.state,
        division: transfer.division,
        reach: reachOfTransfer(transfer),
        open: false,
      })),
  },
]
