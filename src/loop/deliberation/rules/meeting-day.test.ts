// The meeting's day without a database: two counts compared number by number; and that no division into groups leaves one too small.
import { expect, test } from 'vitest'
import type { Actor } from '../../../kit/actor.ts'
import { asDivision, type Id } from '../../../kit/id.ts'
import { instant } from '../../../kit/instant.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import type { Point } from './axes.ts'
import { clustersOf } from './clusters.ts'
import { enterPaperCount, keyOf, newDay, quorumOf } from './meeting-day.ts'
import type { Meeting, Motion } from '../rules.ts'

const now = instant('2026-11-23T02:00:00.000Z')
const division = asDivision('320505001001')
const idOf = (last: number) => `320000-00000000-0000-7000-8000-00000000000${last}` as Id<'person'>
const officer = (last: number): Actor => ({
  kind: 'person',
  personId: idOf(last),
  sessionId: 's',
  verified: true,
  adult: true,
  residence: division,
  grants: [],
})
const meeting: Meeting = {
  on: plainDateOf('2026-11-23'),
  place: '会议室',
  form: 'residents',
  eligible: 60,
  quorumPercent: 50,
  majorityPercent: 50,
}
const motion: Motion = {
  id: '320505-00000000-0000-7000-8000-00000000000a' as Id<'motion'>,
  number: { year: 2026, value: 1 },
  division,
  state: 'voting',
  version: 1,
  title: '议题',
  text: '内容',
  origin: 'community',
  proposer: idOf(9),
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
const day = newDay(keyOf(motion, meeting), [])
const count = { for: 30, against: 4, abstain: 1, invalid: 1 }

test.each([
  [{}, 'equal', 1],
  [{ for: 31 }, 'unequal', 2],
  [{ against: 3 }, 'unequal', 2],
  [{ abstain: 2 }, 'unequal', 2],
  [{ invalid: 0 }, 'unequal', 2],
])('the second officer counts %j otherwise: %s, then attempt %i', (other, outcome, attempt) => {
  const ruling = enterPaperCount(motion, day, [{ ...count, person: idOf(1) }], officer(2), now, { ...count, ...other })
  expect(ruling).toMatchObject({ ok: true, value: { outcome, day: { attempt } } })
  if (ruling.ok) expect(ruling.value.day.counted).toEqual(outcome === 'equal' ? count : undefined)
})

test('nobody is the second officer to themselves', () => {
  const ruling = enterPaperCount(motion, day, [{ ...count, person: idOf(1) }], officer(1), now, count)
  expect(ruling).toMatchObject({ ok: false, code: 'counted-already' })
})

test.each([
  [60, 50, 31],
  [61, 50, 31],
  [100, 66, 67],
])('of %i entitled, more than %i percent are %i people', (eligible, quorumPercent, people) => {
  expect(quorumOf({ eligible, quorumPercent })).toBe(people)
})

test('four who stand far away from thirty are no group of their own', () => {
  const cloud = (middle: Point, size: number): Point[] =>
    Array.from({ length: size }, (_, index) => [middle[0] + (index % 5) / 20, middle[1] + (index % 7) / 20])
  const always = () => true
  expect(clustersOf([...cloud([0, 0], 30), ...cloud([9, 9], 4)], 5, undefined, always).centers).toHaveLength(1)
  expect(clustersOf([...cloud([0, 0], 30), ...cloud([9, 9], 5)], 5, undefined, always).centers).toHaveLength(2)
  // What differs in nothing is one group, however far apart.
  expect(clustersOf([...cloud([0, 0], 30), ...cloud([9, 9], 5)], 5, undefined, () => false).centers).toHaveLength(1)
})
