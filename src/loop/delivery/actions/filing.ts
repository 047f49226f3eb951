// Delivery: how work becomes a service record, whoever files it: the hours of a visit, of a session, of an activity. Claimed once, counted once.
import { jurisdictionOf } from '../../../kit/id.ts'
import { allow, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import type { Act } from '../../../platform/action.ts'
import { numbersTaken, yearOfNumbers } from '../../../platform/numbers.ts'
import type { Statement } from '../../../platform/together.ts'
import { findRegistration } from '../../../registers/social-workers/public.ts'
import { addEvidence, getContract, type LockedContract } from '../../contracts/public.ts'
import * as doubts from '../rules/doubts.ts'
import type { Occasion } from '../rules/occasions.ts'
import * as rules from '../rules.ts'
import * as occasions from '../store/occasions.ts'
import * as claims from '../store/claims.ts'
import { findRoom } from '../store/rooms.ts'
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
    reused: await claims.insertPhotoHashes(
      act.tx,
      id,
      photos.map((photo) => photo.sha256),
      act.now,
    ),
  })
}

/** Claims the hours; an overlap names the other contract only to those of the same organization. */
async function claim(act: Act, record: rules.ServiceRecord): Promise<Ruling<void>> {
  const claimed = await claims.claimHours(act.tx, record)
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
  readonly room?: string
  /** The activity that it was, whose sign-ups its attendance is held against. */
  readonly occasion?: Occasion
  /** The volunteers' shift that helped. */
  readonly shift?: string
}

/** Whoever files, and what they may: looked up once, judged by the rule of filing. */
export type Filing = {
  readonly card: LockedContract
  readonly worker: Awaited<ReturnType<typeof findRegistration>>
  readonly judge: (input: rules.Filing) => Ruling<rules.Activity>
}

/** Looks up plan and worker of the acting person for a locked contract. `known`: an activity of the plan that another record stands on already. */
export async function prepareFiling(
  act: Act,
  card: LockedContract,
  known?: { readonly id: string; readonly kind: rules.Activity['kind'] },
): Promise<Filing> {
  const plan =
    known === undefined || card.deliveryAt === undefined
      ? await store.findPlan(act.tx, card.id)
      : {
          startedAt: card.deliveryAt,
          activities: [{ id: known.id as rules.Activity['id'], kind: known.kind, position: 0, name: '', planned: 0 }],
        }
  const worker = act.actor.kind === 'person' ? await findRegistration(act.tx, act.actor.personId) : undefined
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

/** What the record says of a room and a shift must be so; the doubts that remain. One statement for each that is named. */
async function circumstancesOf(
  act: Act,
  card: LockedContract,
  kind: rules.Activity['kind'],
  input: FilingInput,
): Promise<Ruling<readonly rules.Doubt[]>> {
  const room = input.room === undefined ? undefined : await findRoom(act.tx, input.room)
  const shift = input.shift === undefined ? undefined : await occasions.findOccasion(act.tx, input.shift)
  const faults = [...doubts.roomFaults(input, room, card.division), ...doubts.shiftFaults(input, shift, card.id)]
  if (faults.length > 0) return invalid(faults)
  return allow(
    doubts.doubtsOf(
      { kind, attendance: input.attendance, signedUp: input.occasion?.taken },
      {
        visitPeople: act.policy.number('delivery.visit-people', card.division),
        uncountedPercent: act.policy.number('delivery.uncounted-percent', card.division),
      },
    ),
  )
}

/**
 * Files what was judged: hours, photos, then row, number, evidence of the contract and what else the act writes in one statement; the event.
 * `alongside`: writes that name the record. Refuses overlaps, a milestone that is closed, more people than the room holds.
 */
export async function fileRecord(
  act: Act,
  { card, worker }: Filing,
  activity: rules.Activity,
  input: FilingInput,
  alongside: (record: rules.ServiceRecordId) => readonly Statement[] | Promise<readonly Statement[]> = () => [],
): Promise<Ruling<rules.ServiceRecord>> {
  if (worker === undefined) return forbid('not-on-team')
  const minutes = rules.minutesOf(input.from, input.until)
  const kind = input.kind ?? activity.kind
  const doubtful = await circumstancesOf(act, card, kind, input)
  if (!doubtful.ok) return doubtful
  const counted = addEvidence(card, {
    milestone: input.milestone,
    serviceRecords: 1,
    minutes,
    attendance: input.attendance,
  })
  if (!counted.ok) return counted
  const jurisdiction = jurisdictionOf(card.division)
  const bare: rules.ServiceRecord = {
    id: act.newId<'service-record'>(jurisdiction),
    number: { year: yearOfNumbers(act.now), value: 0 },
    division: card.division,
    state: 'filed',
    version: 1,
    contract: card.id,
    milestone: counted.value.milestone,
    activity: activity.id,
    organization: card.organization,
    worker: worker.id,
    person: worker.personId,
    kind,
    from: input.from,
    until: input.until,
    minutes,
    place: input.place,
    attendance: input.attendance,
    newcomers: input.newcomers,
    words: input.words,
    photos: [],
    reusedPhotos: [],
    doubts: doubtful.value,
    occasion: input.occasion?.id,
    shift: input.shift,
    room: input.room,
    createdAt: act.now,
    history: [{ state: 'filed', at: act.now }],
  }
  const claimed = await claim(act, bare)
  if (!claimed.ok) return claimed
  const photos = await photosOf(act, bare.id, input.photos)
  if (!photos.ok) return photos
  const drafted = { ...bare, photos: photos.value.photos, reusedPhotos: photos.value.reused }
  const value = await store.insertServiceRecord(act.tx, drafted, [
    numbersTaken('service-record', jurisdiction, 1, act.now),
    counted.value.write,
    ...(await alongside(bare.id)),
  ])
  const record = { ...drafted, number: { ...drafted.number, value } }
  act.record({
    name: 'delivery.fileServiceRecord',
    of: refOf(record),
    division: record.division,
    organization: record.organization,
    state: { to: record.state },
    links: [
      { kind: 'contract', id: record.contract },
      ...[record.occasion, record.shift].flatMap((id) => (id === undefined ? [] : [{ kind: 'occasion', id }])),
    ],
    data: {
      contract: record.contract,
      milestone: record.milestone,
      kind: record.kind,
      minutes,
      attendance: record.attendance,
      newcomers: record.newcomers,
      flagged: rules.isFlagged(record),
    },
  })
  return allow(record)
}
