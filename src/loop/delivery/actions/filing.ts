// Delivery: how work becomes a service record, whoever files it: the hours of a visit, of a group's session, of a case. Claimed once, counted once.
import { jurisdictionOf } from '../../../kit/id.ts'
import { allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import type { Act } from '../../../platform/action.ts'
import { type WorkerCard, workerOfPerson } from '../../../registers/social-workers/public.ts'
import { addEvidence, getContract, type LockedContract } from '../../contracts/public.ts'
import * as rules from '../rules.ts'
import * as store from '../store.ts'

export const refOf = (record: rules.ServiceRecord) => ({ kind: 'service-record', id: record.id })

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
  const claimed = await store.claimHours(act.tx, record)
  if (claimed === undefined) return allow(undefined)
  const number =
    claimed.organization === record.organization ? (await getContract(act.tx, claimed.contract)).number : undefined
  return rules.refuseOverlap(claimed, record.organization, number)
}

/** What is filed; `kind` left out: that of the activity. */
export type FilingInput = rules.Filing & {
  readonly milestone?: string
  readonly kind?: rules.Activity['kind']
  readonly photos: readonly string[]
}

/** Whoever files, and what they may: looked up once, judged by the rule of filing. */
export type Filing = {
  readonly card: LockedContract
  readonly worker: WorkerCard | undefined
  readonly judge: (input: rules.Filing) => Ruling<rules.Activity>
}

/** Looks up plan and worker of the acting person for a locked contract. */
export async function prepareFiling(act: Act, card: LockedContract): Promise<Filing> {
  const plan = await store.findPlan(act.tx, card.id)
  const worker = act.actor.kind === 'person' ? await workerOfPerson(act.tx, act.actor.personId) : undefined
  const terms = {
    longestMinutes: act.policy.number('delivery.longest-minutes', card.division),
    fileDays: act.policy.number('delivery.file-days', card.division),
  }
  return {
    card,
    worker,
    judge: (input) =>
      plan === undefined
        ? refuse('delivery-not-started')
        : rules.fileServiceRecord(input, { team: card.team, worker }, plan, act.now, terms),
  }
}

/** Files what was judged: evidence of the contract, hours, photos, row and event. Refuses overlaps and a milestone that is closed. */
export async function fileRecord(
  act: Act,
  { card, worker }: Filing,
  activity: rules.Activity,
  input: FilingInput,
): Promise<Ruling<rules.ServiceRecord>> {
  if (worker === undefined) return forbid('not-on-team')
  const minutes = rules.minutesOf(input.from, input.until)
  const counted = await addEvidence(act, card, {
    milestone: input.milestone,
    serviceRecords: 1,
    minutes,
    attendance: input.attendance,
  })
  if (!counted.ok) return counted
  const jurisdiction = jurisdictionOf(card.division)
  const bare: rules.ServiceRecord = {
    id: act.newId<'service-record'>(jurisdiction),
    number: await act.nextNumber('service-record', jurisdiction),
    division: card.division,
    state: 'filed',
    version: 1,
    contract: card.id,
    milestone: counted.value.milestone,
    activity: activity.id,
    organization: card.organization,
    worker: worker.id,
    person: worker.personId,
    workerName: worker.maskedName,
    kind: input.kind ?? activity.kind,
    from: input.from,
    until: input.until,
    minutes,
    place: input.place,
    attendance: input.attendance,
    newcomers: input.newcomers,
    words: input.words,
    photos: [],
    reusedPhotos: [],
    createdAt: act.now,
    history: [{ state: 'filed', at: act.now }],
  }
  const claimed = await claim(act, bare)
  if (!claimed.ok) return claimed
  const photos = await photosOf(act, bare.id, input.photos)
  if (!photos.ok) return photos
  const record = { ...bare, photos: photos.value.photos, reusedPhotos: photos.value.reused }
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
  return allow(record)
}
