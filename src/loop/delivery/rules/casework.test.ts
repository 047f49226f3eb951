// Rules of casework and group work by tables and properties: who stands how to a case, which plans of sessions hold.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Actor, Grant } from '../../../kit/actor.ts'
import { addMinutes, type Instant } from '../../../kit/instant.ts'
import { groupPhases } from '../contract/groups.ts'
import { relationOf } from './cases.ts'
import { checkInToSession, planFaults } from './groups.ts'

const organization = '320505-0190f1c0-0000-7000-8000-00000000000a'
const file = { organization, workerPerson: 'w', supervisor: 's' }

function actor(personId: string, role: string, more: Partial<Grant> = {}): Actor {
  const grant = {
    role,
    reach: 'organization',
    permissions: new Set(['delivery.readCase']),
    division: '320505',
    organizationId: organization,
    ...more,
  } as Grant
  return {
    kind: 'person',
    personId: personId as never,
    sessionId: 'x',
    verified: true,
    adult: true,
    grants: [grant],
  } as Actor
}

test('only the named worker and supervisor, each in that role and organization now, stand in a relation to a case', () => {
  expect(relationOf(file, actor('w', 'social-worker'))).toBe('worker')
  expect(relationOf(file, actor('s', 'social-work-supervisor'))).toBe('supervisor')
  const both = {
    ...actor('w', 'social-worker'),
    grants: [...actor('w', 'volunteer').grants, ...actor('w', 'social-worker').grants],
  }
  expect(relationOf(file, both as Actor)).toBe('worker')
  const strangers: readonly Actor[] = [
    actor('x', 'social-worker'),
    actor('x', 'social-work-supervisor'),
    // The same person in another office, in another organization, or with somebody else's office for a while.
    actor('w', 'organization-administrator'),
    actor('w', 'social-work-supervisor'),
    actor('s', 'social-worker'),
    actor('w', 'social-worker', { organizationId: '320505-0190f1c0-0000-7000-8000-00000000000b' as never }),
    actor('w', 'social-worker', { delegatedFrom: 'x' as never }),
    actor('x', 'social-worker', { delegatedFrom: 'w' as never }),
    { kind: 'anonymous', grants: [] },
    { kind: 'system', name: 'timer', grants: [] },
  ]
  expect(strangers.map((stranger) => relationOf(file, stranger))).toEqual(strangers.map(() => undefined))
})

const now = '2026-11-23T02:00:00.000Z' as Instant
const terms = { leastMembers: 4, leastSessions: 5, mostSessions: 8, longestMinutes: 720 }

test('a plan without fault has its number of sessions, in the order of time and of stages, none in the past', () => {
  const session = fc
    .record({
      phase: fc.constantFrom(...groupPhases),
      start: fc.integer({ min: -60, max: 5000 }),
      minutes: fc.integer({ min: -10, max: 900 }),
    })
    .map(({ phase, start, minutes }) => ({
      phase,
      from: addMinutes(now, start),
      until: addMinutes(now, start + minutes),
    }))
  const rank = (phase: (typeof groupPhases)[number]) => groupPhases.indexOf(phase)
  const holds = (plan: readonly { phase: (typeof groupPhases)[number]; from: Instant; until: Instant }[]) =>
    plan.length >= 5 &&
    plan.length <= 8 &&
    plan[0]?.phase === 'forming' &&
    plan.at(-1)?.phase === 'ending' &&
    plan.every((each, index) => {
      const before = plan[index - 1]
      const minutes = (Date.parse(each.until) - Date.parse(each.from)) / 60_000
      return (
        each.from >= now &&
        minutes >= 1 &&
        minutes <= 720 &&
        (before === undefined || (each.from >= before.until && rank(each.phase) >= rank(before.phase)))
      )
    })
  fc.assert(
    fc.property(fc.array(session, { maxLength: 10 }), fc.boolean(), (drawn, tidy) => {
      // Half of the plans are put in order, so that sound ones are among them.
      const phases = drawn.map((each) => each.phase).sort((a, b) => rank(a) - rank(b))
      const plan = tidy
        ? drawn.map((_, index) => ({
            phase:
              index === 0 ? 'forming' : index === drawn.length - 1 ? 'ending' : (phases[index] ?? ('ending' as const)),
            from: addMinutes(now, index * 1440),
            until: addMinutes(now, index * 1440 + 60),
          }))
        : drawn
      expect(planFaults(plan as never, now, terms).length === 0).toBe(holds(plan as never))
    }),
  )
})

test('checking in tells a wrong code nothing about the group, and never fills the room over its number', () => {
  const arrival = {
    open: true,
    codeHolds: true,
    member: true,
    here: false,
    elsewhere: false,
    attendance: 3,
    capacity: 4,
  }
  const code = (part: Partial<typeof arrival>) => {
    const ruling = checkInToSession({ ...arrival, ...part })
    return ruling.ok ? 'in' : ruling.code
  }
  expect(code({})).toBe('in')
  expect(code({ open: false, codeHolds: false, member: false })).toBe('check-in-closed')
  expect(code({ codeHolds: false, member: false, here: true, attendance: 4 })).toBe('code-wrong')
  expect(code({ member: false, attendance: 4 })).toBe('not-a-member')
  expect(code({ here: true, attendance: 4 })).toBe('already-checked-in')
  expect(code({ elsewhere: true, attendance: 4 })).toBe('elsewhere-now')
  expect(code({ attendance: 4 })).toBe('room-full')
  expect(code({ attendance: 5 })).toBe('room-full')
})
