// How service records are shown outside of delivery. Their photos are reached through them by the same permission.
import type { RecordKind } from '../../platform/declarations.ts'
import { reachOf, shownNumber } from './rules.ts'
import { listActivityNames, listFoundServiceRecords, listServiceRecordsById } from './store.ts'

export const deliveryRecords: readonly RecordKind[] = [
  {
    kind: 'service-record',
    permission: 'delivery.readDelivery',
    find: listFoundServiceRecords,
    cards: async (tx, ids) => {
      const records = await listServiceRecordsById(tx, ids)
      const names = await listActivityNames(
        tx,
        records.map((record) => record.activity),
      )
      return records.map((record) => ({
        ref: { kind: 'service-record', id: record.id },
        number: shownNumber(record),
        title: names.get(record.activity),
        state: record.state,
        division: record.division,
        reach: reachOf(record),
        open: false,
      }))
    },
  },
]
