// Deliberation: the lifecycle over every state and verb, and the result of a meeting from its numbers, without a database.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Actor } from '../../kit/actor.ts'
import { asDivision, type Id } from '../../kit/id.ts'
import { instant } from '../../kit/instant.ts'
import { possibleVerbs } from '../../kit/lifecycle.ts'
import { plainDateOf } from '../../kit/plain-date.ts'
import { motionStates, type MotionState } from './contract.ts'
import { resultOf } from './rules/meeting.ts'
import { type Meeting, type Motion, motionLifecycle, type MotionVerb, standing } from './rules.ts'

const now = instant('2026-11-23T02:00:00.000Z')
const division = asDivision('320505001001')
const me = '320000-00000000-0000-7000-8000-000000000001' as Id<'person'>
const actor: Actor = {
  kind: 'person',
  personId: me,
  sessionId: 's',
  verified: true,
  adult: true,
  residence: division,
  grants: [],
}
const meeting: Meeting = {
  on: plainDateOf('2026-11-23'),
  place: '会议室',
  form: 'residents',
  eligible: 100,
  quorumPercent: 50,
  majorityPercent: 50,
}

function motion(state: MotionState): Motion {
  return {
    id: '320505-00000000-0000-7000-8000-00000000000a' as Id<'motion'>,
    number: { year: 2026, value: 1 },
    division,
    state,
    version: 1,
    title: '议题',
    text: '内容',
    origin: 'community',
    proposer: me,
    needs: [],
    supports: 0,
    verifiedSupports: 0,
    admitAt: 50,
    createdAt: now,
    objections: [],
    pastMeetings: [],
    meeting,
    files: [],
    history: [],
  }
}

const verbs = [
  ...new Set(motionStates.flatMap((state) => possibleVerbs<MotionState, string>(motionLifecycle, state))),
] as MotionVerb[]

test.each(motionStates.flatMap((state) => verbs.map((verb) => [state, verb] as const)))(
  '%s, %s: as the table says',
  (state, verb) => {
    const ruling = standing(motion(state), verb, actor, now)
    const next = (motionLifecycle[state] as Record<string, MotionState>)[verb]
    if (next === undefined)
      expect(ruling).toMatchObject({ ok: false, code: 'not-in-this-state', params: { state, verb } })
    else if (!ruling.ok) expect(ruling.code).not.toBe('not-in-this-state')
  },
)

test.each([
  [50, 50, 'no-quorum'],
  [51, 51, 'adopted'],
  [60, 30, 'rejected'],
  [60, 31, 'adopted'],
  [100, 0, 'rejected'],
] as const)('of 100 entitled %i came, %i for it: %s', (attendance, inFavour, result) => {
  expect(resultOf({ ...meeting, attendance, for: inFavour, against: attendance - inFavour, abstain: 0 })).toBe(result)
})

test('one more in favour never turns an adopted motion into a rejected one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), fc.nat(500), (eligible, present, votes) => {
      const attendance = Math.min(present, eligible)
      const inFavour = Math.min(votes, attendance)
      const at = (count: number) =>
        resultOf({ ...meeting, eligible, attendance, for: count, against: attendance - count, abstain: 0 })
      if (at(inFavour) === 'adopted' && inFavour < attendance) expect(at(inFavour + 1)).toBe('adopted')
    }),
  )
})
