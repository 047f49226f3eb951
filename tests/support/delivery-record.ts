// A case, a group and an occasion as rules see them, with the people around them, for tables of cases.
import type { Actor } from '../../src/kit/actor.ts'
import { asDivision, type Id, type Jurisdiction, makeId } from '../../src/kit/id.ts'
import { addHours, type Instant, instant } from '../../src/kit/instant.ts'
import { plainDateOf } from '../../src/kit/plain-date.ts'
import type { Case } from '../../src/loop/delivery/rules/cases.ts'
import type { Group, GroupSession } from '../../src/loop/delivery/rules/groups.ts'
import type { Occasion, OccasionTerms, SignUp } from '../../src/loop/delivery/rules/occasions.ts'

/** A Monday, ten in the morning in Nanjing. */
export const now: Instant = instant('2026-11-23T02:00:00.000Z')
export const hours = (n: number) => addHours(now, n)
export const id = <Kind extends string>(n: number): Id<Kind> =>
  makeId<Kind>('320505' as Jurisdiction, `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`)
export const division = asDivision('320505001001')
export const clock: Actor = { kind: 'system', name: 'test', grants: [] }
export const nobody: Actor = { kind: 'anonymous', grants: [] }
export const person = (n: number): Actor => ({
  kind: 'person',
  personId: id(n),
  sessionId: 's',
  verified: true,
  adult: true,
  grants: [],
})

/** In its first stage, with the consent of the person; worker 10, supervisor 11. */
export function caseFile(more: Partial<Case> = {}): Case {
  return {
    id: id(1),
    number: { year: 2026, value: 3 },
    division,
    state: 'intake',
    version: 1,
    contract: id(2),
    organization: id(3),
    worker: 'w10',
    workerPerson: id(10),
    supervisor: id(11),
    topic: 'family',
    source: 'self',
    underFourteen: false,
    beneficiary: new Uint8Array([1]),
    consent: {
      form: 'written',
      givenBy: 'self',
      givenOn: plainDateOf('2026-11-20'),
      recordedBy: id(10),
      recordedAt: now,
    },
    goalCount: 0,
    awaiting: false,
    sessions: 0,
    retention: 'none',
    createdAt: hours(-72),
    history: [{ state: 'intake', at: hours(-72) }],
    ...more,
  }
}

export const groupTerms = { leastMembers: 4, leastSessions: 3, mostSessions: 8, longestMinutes: 120 }

export const session = (n: number, more: Partial<GroupSession> = {}): GroupSession => ({
  id: id(100 + n),
  position: n,
  phase: n === 1 ? 'forming' : 'maturity',
  theme: '相识',
  from: hours(n * 24),
  until: hours(n * 24 + 1),
  state: 'planned',
  attendance: 0,
  ...more,
})

/** Led by 10, with four sessions, one on each of the next days. */
export function group(more: Partial<Group> = {}): Group {
  return {
    id: id(5),
    number: { year: 2026, value: 7 },
    division,
    state: 'running',
    version: 1,
    contract: id(2),
    activity: id(4),
    organization: id(3),
    worker: 'w10',
    person: id(10),
    workerName: '王*',
    title: '手机课堂',
    type: 'education',
    aims: '学会视频通话',
    place: '活动室',
    capacity: 6,
    members: 5,
    sessions: [1, 2, 3, 4].map((n) => session(n)),
    createdAt: now,
    history: [{ state: 'running', at: now }],
    ...more,
  }
}

export const occasionTerms: OccasionTerms = {
  longestMinutes: 480,
  leadMinutes: 30,
  aheadDays: 60,
  noShows: 3,
  pauseDays: 30,
}

/** A shift of an organization in two hours, for two hours, with one of three places taken. */
export function occasion(more: Partial<Occasion> = {}): Occasion {
  return {
    id: id(6),
    kind: 'shift',
    number: { year: 2026, value: 3 },
    division,
    state: 'open',
    version: 1,
    contract: id(2),
    activity: id(4),
    organization: id(3),
    person: id(10),
    title: '送餐',
    words: '为老人送餐',
    place: '食堂',
    from: hours(2),
    until: hours(4),
    capacity: 3,
    taken: 1,
    arrived: 0,
    guests: 0,
    createdAt: now,
    history: [{ state: 'open', at: now }],
    ...more,
  }
}

export function signUp(n: number, more: Partial<SignUp> = {}): SignUp {
  return { id: id(200 + n), occasion: id(6), person: id(n), takenAt: now, byWorker: false, ...more }
}
