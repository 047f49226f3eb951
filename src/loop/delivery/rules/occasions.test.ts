// Shifts and activities by tables: offering, places, checking in and out, and when each is too early or too late.
import { describe, expect, test } from 'vitest'
import {
  clock,
  division,
  hours,
  id,
  now,
  occasion,
  occasionTerms as terms,
  person,
  signUp,
} from '../../../../tests/support/delivery-record.ts'
import { codeOf } from '../../../../tests/support/tender-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { asDivision } from '../../../kit/id.ts'
import { addDays, addMilliseconds, addMinutes, type Instant } from '../../../kit/instant.ts'
import type { FieldFault, Ruling } from '../../../kit/ruling.ts'
import { occasionStates } from '../contract/occasions.ts'
import * as occasions from './occasions.ts'

const fieldsOf = (ruling: Ruling<unknown>) => (ruling.ok ? [] : ruling.fields)
const activity = (more: Partial<occasions.Occasion> = {}) => occasion({ kind: 'activity', ...more })
const verbs = Object.keys(occasions.occasionLifecycle.open) as occasions.OccasionVerb[]

test.each(occasionStates)('an occasion that is %s knows its own verbs', (state) => {
  for (const verb of verbs) {
    const next = (occasions.occasionLifecycle[state] as Record<string, string>)[verb]
    expect(occasions.standing(occasion({ state }), verb)?.code).toBe(
      next === undefined ? 'not-in-this-state' : undefined,
    )
    const moved = occasions.moved(occasion({ state }), verb, now)
    expect(moved.ok ? moved.value.state : undefined).toBe(next)
  }
})

describe('the record', () => {
  test('has a new version after a step; its history grows when the state changes', () => {
    const of = occasion()
    expect(occasions.moved(of, 'takePlace', now, { taken: 2 })).toEqual({
      ok: true,
      value: { ...of, taken: 2, version: 2 },
    })
    expect(occasions.moved(of, 'cancelOccasion', now)).toEqual({
      ok: true,
      value: { ...of, state: 'cancelled', version: 2, history: [...of.history, { state: 'cancelled', at: now }] },
    })
  })

  test('stands at its place and with its organization; a number tells its kind', () => {
    expect(occasions.judgedOccasion(occasion())).toEqual({
      reach: { division, organizations: [id(3)] },
      version: 1,
      lineage: [{ kind: 'occasion', id: id(6) }],
    })
    expect(occasions.reachOfOccasion(occasion({ organization: undefined })).organizations).toEqual([])
    expect([occasions.shownOccasionNumber(occasion()), occasions.shownOccasionNumber(activity())]).toEqual([
      '班2026-0003',
      '活2026-0003',
    ])
  })

  test('is held by the organization’s own workers, or by the community’s where it has none', () => {
    const grant = (permission: string, more: object) =>
      ({
        ...person(10),
        grants: [{ role: 'r', reach: 'place', permissions: new Set([permission]), division, ...more }],
      }) as Actor
    const own = grant('delivery.holdOccasion', { organizationId: id(3), reach: 'organization' })
    const other = grant('delivery.holdOccasion', { organizationId: id(4), reach: 'organization' })
    const reader = grant('delivery.readOccasion', { organizationId: id(3), reach: 'organization' })
    const community = grant('delivery.holdOccasion', {})
    const elsewhere = grant('delivery.holdOccasion', { division: asDivision('320505001002') })
    const holds = (of: occasions.Occasion) =>
      [own, other, reader, community, elsewhere, clock].map((who) => occasions.holds(of, who))
    const two = { ...own, grants: [...reader.grants, ...own.grants] } as Actor
    expect(occasions.holds(occasion(), two)).toBe(true)
    expect(holds(occasion())).toEqual([true, false, false, false, false, true])
    expect(holds(occasion({ organization: undefined }))).toEqual([false, false, false, true, false, true])
  })
})

describe('offering', () => {
  type Wish = Parameters<typeof occasions.planOccasion>[0]
  const plan = (more: Partial<Wish>, room?: { capacity: number }) =>
    fieldsOf(occasions.planOccasion({ ...occasion(), ...more }, room, now, terms))

  const cases: [string, Partial<Wish>, { capacity: number } | undefined, FieldFault[]][] = [
    ['now, for a minute', { from: now, until: addMinutes(now, 1) }, undefined, []],
    ['for as long as may be', { until: hours(10) }, undefined, []],
    ['as far ahead as may be', { from: addDays(now, 60), until: addMinutes(addDays(now, 60), 60) }, undefined, []],
    ['with as many as the room holds', {}, { capacity: 3 }, []],
    [
      'for less than a minute',
      { until: addMilliseconds(hours(2), 59_999) },
      undefined,
      [{ path: 'body.until', code: 'time-not-in-order' }],
    ],
    [
      'for longer than may be',
      { until: addMinutes(hours(10), 1) },
      undefined,
      [{ path: 'body.until', code: 'too-long-at-once', params: { hours: 8 } }],
    ],
    ['in the past', { from: addMilliseconds(now, -1) }, undefined, [{ path: 'body.from', code: 'session-passed' }]],
    [
      'too far ahead',
      { from: addDays(now, 61), until: addMinutes(addDays(now, 61), 60) },
      undefined,
      [{ path: 'body.from', code: 'too-far-ahead', params: { days: 60 } }],
    ],
    [
      'with more than the room holds',
      {},
      { capacity: 2 },
      [{ path: 'body.capacity', code: 'over-room', params: { capacity: 2 } }],
    ],
  ]
  test.each(cases)('%s', (_what, more, room, expected) => {
    expect(plan(more, room)).toEqual(expected)
    const ruling = occasions.planOccasion({ ...occasion(), ...more }, room, now, terms)
    expect(ruling.ok).toBe(expected.length === 0)
  })

  test.each(['title', 'words', 'asks', 'place'])('its %s carries no number of a person', (field) => {
    expect(plan({ [field]: '打 13812345678' })).toEqual([{ path: `body.${field}`, code: 'text-has-phone' }])
    expect(plan({ [field]: '11010519491231002X' })).toEqual([{ path: `body.${field}`, code: 'text-has-citizen-id' }])
  })
})

describe('taking a place', () => {
  const taker: occasions.Taker = { person: id(20), volunteer: true, missed: [] }
  const take = (more: Partial<occasions.Taker> = {}, of = occasion(), at = now) =>
    occasions.takePlace(of, { ...taker, ...more }, at, terms)

  test('one more is taken', () => {
    expect(take()).toMatchObject({ ok: true, value: { taken: 2, version: 2 } })
    expect(codeOf(take({ mine: { givenBackAt: now } }))).toBe('ok')
  })

  test.each([
    ['one’s own', { person: id(10) }, occasion(), 'own-occasion'],
    ['a second', { mine: {} }, occasion(), 'already-taken'],
    ['the last one', {}, occasion({ taken: 2 }), 'ok'],
    ['one too many', {}, occasion({ taken: 3 }), 'places-full'],
    ['a shift without being a volunteer', { volunteer: false }, occasion(), 'not-volunteer'],
    ['an activity without being one', { volunteer: false }, activity(), 'ok'],
    ['one at the time of another', { overlapping: hours(2) }, occasion(), 'times-overlap'],
    ['one that was called off', {}, occasion({ state: 'cancelled' }), 'not-in-this-state'],
  ])('%s', (_what, more, of, code) => {
    expect(codeOf(take(more, of))).toBe(code)
  })

  test('a shift until it begins, an activity until it ends', () => {
    const last = (of: occasions.Occasion, moment: Instant) =>
      [moment, addMilliseconds(moment, 1)].map((at) => codeOf(take({}, of, at)))
    expect(last(occasion(), hours(2))).toEqual(['ok', 'occasion-begun'])
    expect(last(activity(), hours(4))).toEqual(['ok', 'occasion-begun'])
  })

  test('who often stayed away pauses; dates are those of the place, also before eight in the morning', () => {
    const missed = (latest: Instant) => [latest, addDays(latest, -5), addDays(latest, -9)]
    const early = '2026-11-20T23:30:00.000Z' as Instant
    expect(take({ missed: missed(early) })).toMatchObject({
      code: 'paused-for-no-shows',
      params: { count: 3, until: '2026-12-21' },
    })
    expect(codeOf(take({ missed: missed(early).slice(1) }))).toBe('ok')
    expect(codeOf(take({ missed: missed(early) }, activity()))).toBe('ok')
    expect(take({ overlapping: '2026-11-23T23:30:00.000Z' as Instant })).toMatchObject({
      params: { date: '2026-11-24' },
    })
    expect(take({}, occasion({ taken: 3 }))).toMatchObject({ params: { capacity: 3 } })
    const paused = (latest: Instant) => occasions.pausedUntil(missed(latest), now, terms)
    expect([paused(addDays(now, -30)), paused(addMilliseconds(addDays(now, -30), 1))]).toEqual([
      undefined,
      addMilliseconds(now, 1),
    ])
    expect(occasions.pausedUntil([], now, { ...terms, noShows: 0 })).toBeUndefined()
  })
})

describe('giving it back', () => {
  const give = (mine = signUp(20) as occasions.SignUp | undefined, of = occasion(), at = now) =>
    occasions.giveBackPlace(of, mine, at)

  test('until it begins, once, and not after checking in', () => {
    expect(give()).toMatchObject({ ok: true, value: { taken: 0 } })
    expect(give(signUp(20), occasion({ taken: 0 }))).toMatchObject({ ok: true, value: { taken: 0 } })
    expect(codeOf(give(signUp(20, { givenBackAt: now })))).toBe('no-place')
    expect(codeOf(occasions.giveBackPlace(occasion(), undefined, now))).toBe('no-place')
    expect(codeOf(give(signUp(20, { arrivedAt: now })))).toBe('already-checked-in')
    expect([hours(2), addMilliseconds(hours(2), 1)].map((at) => codeOf(give(signUp(20), occasion(), at)))).toEqual([
      'ok',
      'occasion-begun',
    ])
    expect(codeOf(give(signUp(20), occasion({ state: 'over' })))).toBe('not-in-this-state')
  })
})

const opened = (more: Partial<occasions.Occasion> = {}) => occasion({ openedAt: hours(1), ...more })

describe('opening the check-in', () => {
  test.each([
    [addMilliseconds(addMinutes(hours(2), -30), -1), 'check-in-not-yet'],
    [addMinutes(hours(2), -30), 'ok'],
    [addMinutes(hours(4), 30), 'ok'],
    [addMilliseconds(addMinutes(hours(4), 30), 1), 'check-in-over'],
  ])('at %s: %s', (at, code) => {
    expect(codeOf(occasions.openCheckIn(occasion(), at, terms))).toBe(code)
  })

  test('keeps the moment at which it was opened first', () => {
    const opens = (of: occasions.Occasion) => {
      const ruling = occasions.openCheckIn(of, hours(2), terms)
      return ruling.ok ? ruling.value.openedAt : ruling.code
    }
    expect([opens(occasion()), opens(opened()), opens(occasion({ state: 'over' }))]).toEqual([
      hours(2),
      hours(1),
      'not-in-this-state',
    ])
    expect(occasions.openCheckIn(occasion(), now, terms)).toMatchObject({ params: { minutes: 30 } })
  })

  test('codes hold until a while after the end', () => {
    const open = (of: occasions.Occasion, at = hours(3)) => occasions.checkInIsOpen(of, at, terms)
    const last = addMinutes(hours(4), 30)
    expect([open(opened()), open(occasion()), open(opened({ state: 'cancelled' }))]).toEqual([true, false, false])
    expect([open(opened(), last), open(opened(), addMilliseconds(last, 1))]).toEqual([true, false])
  })
})

describe('checking in', () => {
  const arrival: occasions.Arrival = { codeHolds: true, mine: signUp(20), volunteer: true, elsewhere: false }
  const arrive = (more: Partial<occasions.Arrival> = {}, of = opened(), at = hours(3)) =>
    occasions.checkIn(of, { ...arrival, ...more }, at, terms)

  test('who has a place is there; whoever walks in to an activity takes one', () => {
    expect(arrive()).toMatchObject({ ok: true, value: { known: true, occasion: { arrived: 1, taken: 1 } } })
    expect(arrive({ mine: undefined }, opened({ kind: 'activity' }))).toMatchObject({
      ok: true,
      value: { known: false, occasion: { arrived: 1, taken: 2 } },
    })
    const back = { mine: signUp(20, { givenBackAt: now }) }
    expect(arrive(back, opened({ kind: 'activity' }))).toMatchObject({
      value: { known: false, occasion: { taken: 2 } },
    })
  })

  test.each([
    ['while it is closed', {}, occasion(), 'check-in-closed'],
    ['when it was called off', {}, opened({ state: 'cancelled' }), 'not-in-this-state'],
    [
      'with a wrong code, whoever one is',
      { codeHolds: false, mine: undefined, elsewhere: true },
      opened(),
      'code-wrong',
    ],
    ['twice', { mine: signUp(20, { arrivedAt: hours(2) }) }, opened(), 'already-checked-in'],
    ['to a shift without a place', { mine: undefined }, opened(), 'no-place'],
    ['to a shift whose place was given back', { mine: signUp(20, { givenBackAt: now }) }, opened(), 'no-place'],
    ['to a shift as no volunteer any more', { volunteer: false }, opened(), 'not-volunteer'],
    ['to an activity as none', { volunteer: false }, opened({ kind: 'activity' }), 'ok'],
    ['into a full room', {}, opened({ arrived: 3 }), 'room-full'],
    ['as the last one', {}, opened({ arrived: 2 }), 'ok'],
    ['while one is elsewhere', { elsewhere: true }, opened(), 'elsewhere-now'],
  ])('%s', (_what, more, of, code) => {
    expect(codeOf(arrive(more, of))).toBe(code)
  })

  test('up to the end, not after it', () => {
    expect([hours(4), addMilliseconds(hours(4), 1)].map((at) => codeOf(arrive({}, opened(), at)))).toEqual([
      'ok',
      'check-in-closed',
    ])
  })

  test('before it begins places are kept for those who are expected, afterwards not', () => {
    const full = opened({ kind: 'activity', taken: 3, arrived: 1 })
    const at = (moment: Instant, mine: occasions.SignUp | undefined) => codeOf(arrive({ mine }, full, moment))
    const before = addMilliseconds(hours(2), -1)
    expect([at(before, undefined), at(hours(2), undefined), at(before, signUp(20))]).toEqual(['room-full', 'ok', 'ok'])
    expect(arrive({}, opened({ arrived: 3 }))).toMatchObject({ params: { capacity: 3 } })
  })
})

describe('checking out', () => {
  const here = signUp(20, { arrivedAt: hours(2) })
  const leave = (mine: occasions.SignUp | undefined = here, of = opened(), codeHolds = true, at = hours(4)) =>
    occasions.checkOut(of, { codeHolds, mine }, at, terms)

  test('writes the moment, once, for who was there', () => {
    expect(leave()).toEqual({ ok: true, value: { ...here, leftAt: hours(4) } })
    expect(codeOf(leave({ ...here, leftAt: hours(3) }))).toBe('already-checked-out')
    expect(codeOf(leave(signUp(20)))).toBe('not-checked-in')
    expect(codeOf(leave({ ...here, givenBackAt: now }))).toBe('no-place')
    expect(codeOf(occasions.checkOut(opened(), { codeHolds: true, mine: undefined }, hours(4), terms))).toBe('no-place')
    expect(codeOf(leave(here, opened(), false))).toBe('code-wrong')
    expect(codeOf(leave(here, occasion()))).toBe('check-in-closed')
    expect(codeOf(leave(here, opened({ kind: 'activity' })))).toBe('no-check-out')
    expect(codeOf(leave(here, opened({ state: 'over' })))).toBe('not-in-this-state')
  })
})

describe('calling off', () => {
  test('while nobody is there, with a reason that names nobody', () => {
    const off = (of: occasions.Occasion, reason = '天气原因') => occasions.cancelOccasion(of, now, reason)
    const gone = off(opened())
    expect(gone.ok && [gone.value.state, gone.value.summary, gone.value.openedAt]).toEqual([
      'cancelled',
      '天气原因',
      undefined,
    ])
    expect(off(opened({ arrived: 1 }))).toMatchObject({ code: 'somebody-here', params: { count: 1 } })
    expect(fieldsOf(off(occasion(), '打 13812345678'))).toEqual([{ path: 'body.reason', code: 'text-has-phone' }])
    expect(codeOf(off(occasion({ state: 'over' })))).toBe('not-in-this-state')
  })
})
