// Delivery: the list of service records and one of them.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { may } from '../../../kit/actor.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { listSignUps } from '../store/sign-ups.ts'
import { findOccasion } from '../store/occasions.ts'
import { shownOccasionNumber } from '../rules/occasions.ts'
import { listPeople } from '../../../foundation/identity/public.ts'
import { listContractNumbers } from '../../contracts/public.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as store from '../store.ts'

function rowOf(
  record: rules.ServiceRecord,
  activities: ReadonlyMap<string, string>,
  contractNumber: string | undefined,
  people: Awaited<ReturnType<typeof listPeople>>,
) {
  return {
    id: record.id,
    number: rules.shownNumber(record),
    state: record.state,
    contract: record.contract,
    contractNumber,
    division: record.division,
    divisionName: divisionName(record.division),
    activity: record.activity,
    activityName: activities.get(record.activity) ?? '',
    kind: record.kind,
    from: record.from,
    until: record.until,
    minutes: record.minutes,
    attendance: record.attendance,
    newcomers: record.newcomers,
    workerName: people.get(record.person)?.maskedName ?? '',
    flagged: rules.isFlagged(record),
  }
}

export const listServiceRecords = question(contract.listServiceRecords, async (ask, { query }) => {
  const filter: store.RecordFilter = {
    contract: query.contract,
    division: query.division,
    state: query.state,
    flagged: query.flagged === 'yes',
    size: query.size,
    cursor: query.cursor,
    person: query.mine === 'yes' && ask.actor.kind === 'person' ? ask.actor.personId : undefined,
  }
  const { records, next } = await store.listServiceRecords(ask.tx, ask.scopes, filter)
  const activities = await store.listActivityNames(
    ask.tx,
    records.map((record) => record.activity),
  )
  const contracts = await listContractNumbers(ask.tx, [...new Set(records.map((record) => record.contract))])
  const people = await listPeople(ask.tx, [...new Set(records.map((record) => record.person))])
  const count = query.cursor === undefined ? await store.getServiceRecordCount(ask.tx, ask.scopes, filter) : undefined
  return allow({
    rows: records.map((record) => rowOf(record, activities, contracts.get(record.contract), people)),
    next,
    count,
  })
})

/** The volunteers of the shift that a record names: masked names and the minutes that were confirmed. */
async function volunteersOf(ask: Ask, record: rules.ServiceRecord) {
  const shift = record.shift === undefined ? undefined : await findOccasion(ask.tx, record.shift)
  if (shift === undefined) return undefined
  const counted = (await listSignUps(ask.tx, shift.id)).filter((each) => each.outcome === 'counted')
  const people = await listPeople(
    ask.tx,
    counted.map((each) => each.person),
  )
  return {
    shift: shift.id,
    number: shownOccasionNumber(shift),
    minutes: counted.reduce((total, each) => total + (each.minutes ?? 0), 0),
    people: counted.map((each) => ({ name: people.get(each.person)?.maskedName ?? '', minutes: each.minutes ?? 0 })),
  }
}

export const getServiceRecord = question(contract.getServiceRecord, async (ask, { params }) => {
  const record = await store.findServiceRecord(ask.tx, params.id)
  if (record === undefined) return absent()
  const hidden = ask.see(rules.judgedServiceRecord(record))
  if (hidden !== undefined) return hidden
  const activities = await store.listActivityNames(ask.tx, [record.activity])
  const contracts = await listContractNumbers(ask.tx, [record.contract])
  const voiding = may(ask.actor, 'delivery.voidServiceRecord', rules.reachOf(record))
    ? rules.voidServiceRecord(record, ask.actor, ask.now, '')
    : forbid('forbidden')
  return allow({
    ...rowOf(record, activities, contracts.get(record.contract), await listPeople(ask.tx, [record.person])),
    version: record.version,
    milestone: record.milestone,
    place: record.place,
    words: record.words,
    doubts: [...record.doubts],
    occasion: record.occasion,
    volunteers: await volunteersOf(ask, record),
    photos: record.photos.map((photo) => ({ ...photo, reused: record.reusedPhotos.includes(photo.sha256) })),
    voidReason: record.voidReason,
    history: record.history.map((each) => ({ ...each })),
    actions: actionsOf({ voidServiceRecord: voiding }),
  })
})
