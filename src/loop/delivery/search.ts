// How service records and cases are shown outside of delivery. Photos of records are reached through them by the same permission.
import type { RecordKind } from '../../platform/declarations.ts'
import { shownCaseNumber } from './rules/cases.ts'
import { reachOf, shownNumber } from './rules.ts'
import { reachOfGroup, shownGroupNumber } from './rules/groups.ts'
import { listCasesById } from './store/cases.ts'
import { listGroupsById } from './store/groups.ts'
import { listOccasionsById } from './store/occasions.ts'
import { listRoomsById } from './store/rooms.ts'
import { reachOfOccasion, shownOccasionNumber } from './rules/occasions.ts'
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
  {
    // Everybody may see what is offered; who comes is not on the card.
    kind: 'occasion',
    permission: 'delivery.readDelivery',
    page: '/occasions',
    cards: async (tx, ids) =>
      (await listOccasionsById(tx, ids)).map((occasion) => ({
        ref: { kind: 'occasion', id: occasion.id },
        number: shownOccasionNumber(occasion),
        title: occasion.title,
        state: occasion.state,
        division: occasion.division,
        reach: reachOfOccasion(occasion),
        open: true,
      })),
  },
  {
    kind: 'room',
    permission: 'delivery.readDelivery',
    cards: async (tx, ids) =>
      (await listRoomsById(tx, ids)).map((room) => ({
        ref: { kind: 'room', id: room.id },
        title: room.name,
        state: room.open ? 'open' : 'closed',
        division: room.division,
        reach: { division: room.division },
        open: false,
      })),
  },
  {
    // To its worker and supervisor, in what waits for them, in notices and in its timeline; to nobody else, whatever role they hold. Never searched.
    kind: 'case',
    permission: 'delivery.seeOwnCase',
    cards: async (tx, ids) =>
      (await listCasesById(tx, ids)).map((file) => ({
        ref: { kind: 'case', id: file.id },
        number: shownCaseNumber(file),
        state: file.state,
        division: file.division,
        reach: { division: file.division, persons: [file.workerPerson, file.supervisor], confidential: true },
        open: false,
      })),
  },
  {
    kind: 'group-work',
    permission: 'delivery.readDelivery',
    cards: async (tx, ids) =>
      (await listGroupsById(tx, ids)).map((group) => ({
        ref: { kind: 'group-work', id: group.id },
        number: shownGroupNumber(group),
        title: group.title,
        state: group.state,
        division: group.division,
        reach: reachOfGroup(group),
        open: false,
      })),
  },
]
