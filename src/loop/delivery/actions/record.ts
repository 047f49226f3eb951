// Delivery: filing a service record, with its hours claimed once, and taking it back.
import { jurisdictionOf } from '../../../kit/id.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { type WorkerCard, workerOfPerson } from '../../../registers/social-workers/public.ts'
import { addEvidence, type ContractCard, getContract, lockContract } from '../../contracts/public.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as store from '../store.ts'

const refOf = (record: rules.ServiceRecord) => ({ kind: 'service-record', id: record.id })

/** The photos attached to the record, and the hashes that another record carries already. */
async function photosOf(
  act: Act,
  id: string,
  files: readonly string[],
): Promise<Ruling<{ photos: rules.Photo[]; reused: string[] }>> {
  if (files.length === 0 || act.actor.kind !== 'person') return allow({ photos: [], reused: [] })
  const attached = await act.platform.files.attach(act.tx, act.actor.personId, files, { kind: 'service-record', id })
  if (!attached.ok) return attached
  const photos = attached.value.map(({ id: file, name, sha256 }) => ({ id: file, name, sha256 }))
  return allow({
    photos,
    reused: await store.insertPhotoHashes(
      act.tx,
      id,
      photos.map((photo) => photo.sha256),
      act.now,
    ),
  })
}

/** Claims the hours; an overlap names the other contract only to those of the same organization. */
async function claim(act: Act, record: rules.ServiceRecord): Promise<Ruling<void>> {
  const other = await store.findClaim(act.tx, record.worker, record.from, record.until)
  if (other !== undefined) {
    const number =
      other.organization === record.organization ? (await getContract(act.tx, other.contract)).number : undefined
    return rules.refuseOverlap(other, record.organization, number)
  }
  // Another act may claim between the look and the claim; the table's own constraint then decides.
  return (await store.insertClaim(act.tx, record))
    ? allow(undefined)
    : refuse('hours-overlap-elsewhere', { date: today(record.from) })
}

async function drafted(
  act: Act,
  card: ContractCard,
  worker: WorkerCard,
  activity: rules.Activity,
  input: {
    milestone: string
    body: {
      from: rules.ServiceRecord['from']
      until: rules.ServiceRecord['until']
      place: string
      attendance: number
      newcomers: number
      words: string
      kind?: rules.Activity['kind']
    }
  },
): Promise<rules.ServiceRecord> {
  const { body } = input
  const jurisdiction = jurisdictionOf(card.division)
  return {
    id: act.newId<'service-record'>(jurisdiction),
    number: await act.nextNumber('service-record', jurisdiction),
    division: card.division,
    state: 'filed',
    version: 1,
    contract: card.id,
    milestone: input.milestone,
    activity: activity.id,
    organization: card.organization,
    worker: worker.id,
    person: worker.personId,
    workerName: worker.maskedName,
    kind: body.kind ?? activity.kind,
    from: body.from,
    until: body.until,
    minutes: rules.minutesOf(body.from, body.until),
    place: body.place,
    attendance: body.attendance,
    newcomers: body.newcomers,
    words: body.words,
    photos: [],
    reusedPhotos: [],
    createdAt: act.now,
    history: [{ state: 'filed', at: act.now }],
  }
}

export const fileServiceRecord = action(contract.fileServiceRecord, async (act, { body }) => {
  const card = await lockContract(act, body.contract)
  if (card === undefined || act.actor.kind !== 'person') return absent()
  const [plan, worker] = [await store.findPlan(act.tx, card.id), await workerOfPerson(act.tx, act.actor.personId)]
  const terms = {
    longestMinutes: act.policy.number('delivery.longest-minutes', card.division),
    fileDays: act.policy.number('delivery.file-days', card.division),
  }
  const ruling = await act.judge({ reach: rules.reachOf(card) }, () =>
    plan === undefined
      ? refuse('delivery-not-started')
      : rules.fileServiceRecord(body, { team: card.team, worker }, plan, act.now, terms),
  )
  if (!ruling.ok) return ruling
  if (worker === undefined) return forbid('not-on-team')
  const minutes = rules.minutesOf(body.from, body.until)
  const counted = await addEvidence(act, card, {
    milestone: body.milestone,
    serviceRecords: 1,
    minutes,
    attendance: body.attendance,
  })
  if (!counted.ok) return counted
  const bare = await drafted(act, card, worker, ruling.value, { milestone: counted.value.milestone, body })
  const claimed = await claim(act, bare)
  if (!claimed.ok) return claimed
  const photos = await photosOf(act, bare.id, body.photos)
  if (!photos.ok) return photos
  const record: rules.ServiceRecord = { ...bare, photos: photos.value.photos, reusedPhotos: photos.value.reused }
  await store.insertServiceRecord(act.tx, record)
  act.record({
    name: 'delivery.fileServiceRecord',
    of: refOf(record),
    division: record.division,
    organization: record.organization,
    state: { to: record.state },
    links: [{ kind: 'contract', id: record.contract }],
    data: {
      contract: record.contract,
      milestone: record.milestone,
      kind: record.kind,
      minutes,
      attendance: record.attendance,
      newcomers: record.newcomers,
      flagged: record.reusedPhotos.length > 0,
    },
  })
  return allow({
    id: record.id,
    version: record.version,
    state: record.state,
    number: rules.shownNumber(record),
    milestone: record.milestone,
    flagged: record.reusedPhotos.length > 0,
  })
})

export const voidServiceRecord = action(contract.voidServiceRecord, async (act, { params, body }) => {
  const record = await store.findServiceRecordForUpdate(act.tx, params.id)
  if (record === undefined) return absent()
  const ruling = await act.judge(rules.judgedServiceRecord(record), () =>
    rules.voidServiceRecord(record, act.actor, act.now, body.reason),
  )
  if (!ruling.ok) return ruling
  const card = await lockContract(act, record.contract)
  if (card === undefined) return absent()
  const counted = await addEvidence(act, card, {
    milestone: record.milestone,
    serviceRecords: -1,
    minutes: -record.minutes,
    attendance: -record.attendance,
  })
  if (!counted.ok) return counted
  await store.saveServiceRecord(act.tx, ruling.value, act.now)
  await store.removeClaim(act.tx, record)
  act.record({
    name: 'delivery.voidServiceRecord',
    of: refOf(record),
    division: record.division,
    organization: record.organization,
    state: { from: record.state, to: ruling.value.state },
    data: {
      contract: record.contract,
      milestone: record.milestone,
      minutes: -record.minutes,
      attendance: -record.attendance,
    },
  })
  return allow({
    id: record.id,
    version: ruling.value.version,
    state: ruling.value.state,
    number: rules.shownNumber(record),
  })
})
