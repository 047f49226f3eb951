// Deliberation: the verbs of the meeting's day: agenda and minutes, checking in by code, two counts of the paper ballots.
import { createHash, timingSafeEqual } from 'node:crypto'
import { notify } from '../../../foundation/notices/public.ts'
import { may } from '../../../kit/actor.ts'
import { type Instant, instant, toMilliseconds } from '../../../kit/instant.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action, question } from '../../../platform/action.ts'
import type { Platform } from '../../../platform/platform.ts'
import * as contract from '../contract/meeting.ts'
import * as rules from '../rules/meeting-day.ts'
import { judgedMotion, type Motion, type MotionVerb, shownNumber } from '../rules.ts'
import { findMotion, findMotionForUpdate } from '../store.ts'
import {
  countAttendance,
  findLastDay,
  insertAttendance,
  insertPaperCount,
  listPaperCounts,
  saveDay,
} from '../store/meeting.ts'
import { recordMotion } from './recording.ts'

/** The day of the meeting that is called now; a new one when nothing was written of it yet. Undefined: no meeting is called. */
function dayNow(motion: Motion, last: rules.MeetingDay | undefined): rules.MeetingDay | undefined {
  if (motion.meeting === undefined) return undefined
  const key = rules.keyOf(motion, motion.meeting)
  return last?.round === key.round && last.heldOn === key.heldOn ? last : rules.newDay(key, last?.agenda ?? [])
}

/** Six digits that hold for one stretch of time. Nothing is stored: they follow from the installation's key, the meeting and the time. */
function codeAt(platform: Platform, motion: Motion, key: rules.MeetingKey, stretch: number): string {
  const text = platform.cipher.blind('meeting-code', `${motion.id}|${key.round}|${key.heldOn}|${stretch}`)
  const number = createHash('sha256').update(text).digest().readUIntBE(0, 6) % 1_000_000
  return String(number).padStart(6, '0')
}

function stretchAt(platform: Platform, motion: Motion, now: Instant): { stretch: number; until: Instant } {
  const length = platform.policy.number('deliberation.code-minutes', motion.division) * 60_000
  const stretch = Math.floor(toMilliseconds(now) / length)
  return { stretch, until: instant((stretch + 1) * length) }
}

/** Holds: the code of now, or of the stretch before, for whoever was still typing. */
function codeHolds(platform: Platform, motion: Motion, key: rules.MeetingKey, now: Instant, code: string): boolean {
  const { stretch } = stretchAt(platform, motion, now)
  return [stretch, stretch - 1].some((each) =>
    timingSafeEqual(Buffer.from(codeAt(platform, motion, key, each)), Buffer.from(code)),
  )
}

type Change = (motion: Motion, day: rules.MeetingDay) => Ruling<rules.MeetingDay>

/** Loads, judges, saves and records a verb of the meeting's day. The version that a caller saw is that of the day. */
async function changeDay(
  act: Act,
  id: string,
  verb: MotionVerb,
  rule: Change,
  data: (day: rules.MeetingDay) => Record<string, unknown> = () => ({}),
): Promise<Ruling<{ id: string; version: number }>> {
  const motion = await findMotionForUpdate(act.tx, id)
  if (motion === undefined) return absent()
  const day = dayNow(motion, await findLastDay(act.tx, motion.id))
  const ruling = await act.judge({ ...judgedMotion(motion), version: day?.version }, () =>
    day === undefined ? refuse('not-in-this-state', { state: motion.state, verb }) : rule(motion, day),
  )
  if (!ruling.ok) return ruling
  await saveDay(act.tx, motion.id, ruling.value, act.now)
  recordMotion(act, verb, motion, motion, data(ruling.value), { quiet: true })
  return allow({ id: motion.id, version: ruling.value.version })
}

export const setAgenda = action(contract.setAgenda, (act, { params, body }) =>
  changeDay(
    act,
    params.id,
    'setAgenda',
    (motion, day) => rules.setAgenda(motion, day, act.actor, act.now, body.items),
    (day) => ({ items: day.agenda.length, minuted: day.agenda.filter((item) => item.minutes).length }),
  ),
)

export const openCheckIn = action(contract.openCheckIn, (act, { params }) =>
  changeDay(act, params.id, 'openCheckIn', (motion, day) => rules.openCheckIn(motion, day, act.actor, act.now)),
)

export const closeCheckIn = action(contract.closeCheckIn, (act, { params }) =>
  changeDay(act, params.id, 'closeCheckIn', (motion, day) => rules.closeCheckIn(motion, day, act.actor, act.now)),
)

export const checkIn = action(contract.checkIn, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  // Without a lock: a hall full of people checks in at once, and each has a row of their own.
  const motion = await findMotion(act.tx, params.id)
  if (motion === undefined) return absent()
  const day = dayNow(motion, await findLastDay(act.tx, motion.id))
  const ruling = await act.judge(judgedMotion(motion, true), () =>
    rules.checkIn(
      motion,
      day,
      actor,
      act.now,
      day !== undefined && codeHolds(act.platform, motion, day, act.now, body.code),
    ),
  )
  if (!ruling.ok) return ruling
  const { counted } = ruling.value
  if (day === undefined || !(await insertAttendance(act.tx, motion.id, day, actor.personId, counted, act.now)))
    return refuse('already-checked-in')
  recordMotion(act, 'checkIn', motion, motion, { counted }, { quiet: true })
  return allow({ id: motion.id, counted })
})

export const enterPaperCount = action(contract.enterPaperCount, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const { actor } = act
  const motion = await findMotionForUpdate(act.tx, params.id)
  if (motion === undefined) return absent()
  const day = dayNow(motion, await findLastDay(act.tx, motion.id))
  const entries = day === undefined ? [] : await listPaperCounts(act.tx, motion.id, day, day.attempt)
  const ruling = await act.judge(judgedMotion(motion), () =>
    day === undefined
      ? refuse('not-in-this-state', { state: motion.state, verb: 'enterPaperCount' })
      : rules.enterPaperCount(motion, day, entries, actor, act.now, body),
  )
  if (!ruling.ok || day === undefined) return ruling.ok ? absent() : ruling
  const { day: next, outcome } = ruling.value
  await insertPaperCount(act.tx, motion.id, day, day.attempt, { ...body, person: actor.personId }, act.now)
  await saveDay(act.tx, motion.id, next, act.now)
  // Before both agree nobody reads a number anywhere, the record's history included.
  const told = outcome === 'equal' ? { ...body } : {}
  recordMotion(act, 'enterPaperCount', motion, motion, { attempt: day.attempt, outcome, ...told }, { quiet: true })
  if (outcome !== 'first')
    notify(act, {
      persons: entries.map((entry) => entry.person),
      kind: `deliberation.paper-${outcome}`,
      of: { kind: 'motion', id: motion.id },
      params: { motion: `${shownNumber(motion)}「${motion.title}」` },
    })
  return allow({ id: motion.id, version: next.version, outcome })
})

export const getCheckInCode = question(contract.getCheckInCode, async (ask, { params }) => {
  const motion = await findMotion(ask.tx, params.id)
  if (motion === undefined) return absent()
  const hidden = ask.see(judgedMotion(motion))
  if (hidden !== undefined) return hidden
  const day = dayNow(motion, await findLastDay(ask.tx, motion.id))
  if (day === undefined || !rules.checksIn(motion, day, ask.now)) return refuse('check-in-closed')
  const { stretch, until } = stretchAt(ask.platform, motion, ask.now)
  return allow({ code: codeAt(ask.platform, motion, day, stretch), until })
})

export const getMeetingDay = question(contract.getMeetingDay, async (ask, { params }) => {
  const motion = await findMotion(ask.tx, params.id)
  if (motion === undefined) return absent()
  const { meeting } = motion
  const day = dayNow(motion, await findLastDay(ask.tx, motion.id))
  if (meeting === undefined || day === undefined) return allow({})
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  const came = await countAttendance(ask.tx, motion.id, day, me)
  const officer = may(ask.actor, 'deliberation.recordMeeting', judgedMotion(motion).reach)
  const entries = officer ? await listPaperCounts(ask.tx, motion.id, day, day.attempt) : []
  const recorded = meeting.recordedBy !== undefined
  return allow({
    day: {
      version: day.version,
      on: meeting.on,
      place: meeting.place,
      running: motion.state === 'voting' && !recorded && today(ask.now) === meeting.on,
      // Residents read the minutes when the result stands; before that they are the officers' draft.
      agenda: day.agenda.map((item) =>
        officer || meeting.confirmedAt !== undefined ? { ...item } : { title: item.title },
      ),
      eligible: meeting.eligible,
      quorum: rules.quorumOf(meeting),
      checkIn: {
        open: rules.checksIn(motion, day, ask.now),
        counted: came.counted,
        others: came.others,
        mine: came.mine === undefined ? undefined : came.mine ? ('counted' as const) : ('present' as const),
      },
      paper: officer
        ? {
            attempt: day.attempt,
            entered: day.counted === undefined ? entries.length : 2,
            mine: entries.some((entry) => entry.person === me),
            accepted: day.counted,
          }
        : undefined,
    },
  })
})
