// Delivery: what a shift and an activity counted: hours confirmed for the volunteers' records, attendance as a service record.
import { jurisdictionOf } from '../../../kit/id.ts'
import { isBefore } from '../../../kit/instant.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, forbid, invalid, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { together } from '../../../platform/together.ts'
import { addHours } from '../../../registers/volunteers/public.ts'
import { lockContract } from '../../contracts/public.ts'
import { isFlagged } from '../rules.ts'
import * as contract from '../contract/attending.ts'
import * as rules from '../rules/occasions.ts'
import * as settling from '../rules/settling.ts'
import * as store from '../store/occasions.ts'
import * as signUps from '../store/sign-ups.ts'
import { fileRecord, prepareFiling } from './filing.ts'
import { occasionAnswer, recordOccasion, tellOfOccasion } from './occasion-changes.ts'

/** Enters the hours, saves, records and tells each volunteer; by a worker or when nobody confirmed in time. */
export async function keepSettled(
  act: Act,
  before: rules.Occasion,
  settled: { readonly occasion: rules.Occasion; readonly people: readonly rules.SignUp[] },
  verb: 'settleShift' | 'settleByCodes',
): Promise<Ruling<void>> {
  const { occasion: after, people } = settled
  const counted = people.filter((each) => each.outcome === 'counted')
  const entered = await addHours(
    act,
    counted.flatMap(({ person, arrivedAt, leftAt, minutes = 0, byWorker }) => {
      if (arrivedAt === undefined || leftAt === undefined) return []
      const from = isBefore(arrivedAt, before.from) ? before.from : arrivedAt
      const until = isBefore(before.until, leftAt) ? before.until : leftAt
      const { title, place, division, organization } = before
      return [{ person, shift: before.id, title, place, division, organization, from, until, minutes, byWorker }]
    }),
  )
  if (!entered.ok) return entered
  await together(act.tx, [
    signUps.signUpsSaved(jurisdictionOf(before.division), people),
    store.occasionSaved(after, act.now),
  ])
  const minutes = counted.reduce((total, each) => total + (each.minutes ?? 0), 0)
  const missed = people.filter((each) => each.outcome === 'no-show')
  recordOccasion(act, verb, before, after, { volunteers: counted.length, minutes, missed: missed.length })
  if (before.kind === 'shift') {
    const tell = (who: readonly rules.SignUp[], what: string) =>
      tellOfOccasion(
        act,
        before,
        who.map((each) => each.person),
        what,
        { date: today(before.from) },
      )
    tell(counted, 'hours-counted')
    tell(missed, 'hours-missed')
    tell(
      people.filter((each) => each.outcome === 'no-check-out' || each.outcome === 'too-short'),
      'hours-not-counted',
    )
  }
  return allow(undefined)
}

export const settleShift = action(contract.settleShift, async (act, { params, body }) => {
  const before = await store.findOccasionForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const may = await act.judge(rules.judgedOccasion(before), () =>
    rules.holds(before, act.actor) ? allow(true) : forbid('forbidden'),
  )
  if (!may.ok) return may
  const people = await signUps.listSignUps(act.tx, before.id)
  const ruling = settling.settleShift(before, people, body.people, act.actor, act.now)
  if (!ruling.ok) return ruling
  // What a worker notes by hand must not contradict where the volunteer was by their own code.
  const noted = ruling.value.people.flatMap(({ id, person, arrivedAt, leftAt, byWorker }) =>
    byWorker && arrivedAt !== undefined && leftAt !== undefined ? [{ id, person, from: arrivedAt, until: leftAt }] : [],
  )
  const elsewhere = await signUps.listElsewhere(act.tx, before.id, noted)
  if (elsewhere.size > 0)
    return invalid(
      noted
        .filter((each) => elsewhere.has(each.person))
        .map((each) => ({
          path: `body.people.${body.people.findIndex((told) => told.id === each.id)}.until`,
          code: 'present-elsewhere',
        })),
    )
  const kept = await keepSettled(act, before, ruling.value, 'settleShift')
  return kept.ok ? allow(occasionAnswer(ruling.value.occasion)) : kept
})

export const recordActivity = action(contract.recordActivity, async (act, { params, body }) => {
  const before = await store.findOccasionForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const ruling = await act.judge(rules.judgedOccasion(before), () =>
    rules.holds(before, act.actor) ? settling.recordActivity(before, body, act.now) : forbid('forbidden'),
  )
  if (!ruling.ok) return ruling
  const { occasion: after, attendance } = ruling.value
  const ended = signUps.signUpsEnded(before, 'by-arrival')
  if (before.contract === undefined || before.activity === undefined) {
    await together(act.tx, [ended, store.occasionSaved(after, act.now)])
    recordOccasion(act, 'recordActivity', before, after, { attendance, guests: body.guests })
    return allow({ ...occasionAnswer(after), flagged: false })
  }
  const card = await lockContract(act, before.contract)
  if (card === undefined) throw new Error('an occasion stands under its contract')
  const filing = await prepareFiling(act, card, { id: before.activity, kind: 'activity' })
  const input = {
    from: body.from,
    until: body.until,
    place: before.place,
    words: body.words,
    photos: body.photos,
    activity: before.activity,
    kind: 'activity' as const,
    attendance,
    newcomers: body.newcomers,
    occasion: before,
    shift: body.shift,
  }
  const sound = filing.judge(input)
  if (!sound.ok) return sound
  const filed = await fileRecord(act, filing, sound.value, input, (record) => [
    ended,
    store.occasionSaved({ ...after, serviceRecord: record }, act.now),
  ])
  if (!filed.ok) return filed
  recordOccasion(act, 'recordActivity', before, after, {
    attendance,
    guests: body.guests,
    serviceRecord: filed.value.id,
  })
  return allow({
    ...occasionAnswer(after),
    serviceRecord: filed.value.id,
    flagged: isFlagged(filed.value),
  })
})
