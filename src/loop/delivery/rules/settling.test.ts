// What a shift counts for each volunteer, by codes and by a worker's word; what an activity's attendance may be; and what is doubtful.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clock, hours, id, now, occasion, person, signUp } from '../../../../tests/support/delivery-record.ts'
import { codeOf } from '../../../../tests/support/tender-record.ts'
import { asDivision } from '../../../kit/id.ts'
import { addMilliseconds, addMinutes } from '../../../kit/instant.ts'
import type { FieldFault, Ruling } from '../../../kit/ruling.ts'
import { serviceKinds } from '../contract.ts'
import * as doubts from './doubts.ts'
import type { Occasion, SignUp } from './occasions.ts'
import * as settling from './settling.ts'

const fieldsOf = (ruling: Ruling<unknown>) => (ruling.ok ? [] : ruling.fields)
const shift = occasion({ openedAt: hours(1) })
const worker = person(10)
const told = (n: number, more: Partial<settling.Told> = {}): settling.Told => ({ id: id(200 + n), came: true, ...more })

describe('confirming a shift', () => {
  const settle = (
    people: readonly SignUp[],
    words: readonly settling.Told[] = [],
    of = shift,
    who = worker,
    at = hours(5),
  ) => settling.settleShift(of, people, words, who, at)
  const one = (signed: SignUp, word?: settling.Told) => {
    const ruling = settle([signed], word === undefined ? [] : [word])
    return ruling.ok ? ruling.value.people[0] : ruling.fields
  }

  test('is over when it ended, by somebody who was not there; then it takes no codes', () => {
    const ruling = settle([signUp(20)])
    expect(ruling.ok && [ruling.value.occasion.state, ruling.value.occasion.openedAt]).toEqual(['over', undefined])
    expect(codeOf(settle([], [], shift, worker, hours(4)))).toBe('ok')
    expect(settle([], [], shift, worker, addMilliseconds(hours(4), -1))).toMatchObject({
      code: 'not-over-yet',
      params: { until: hours(4) },
    })
    expect(codeOf(settle([], [], occasion({ kind: 'activity' })))).toBe('not-a-shift')
    expect(codeOf(settle([], [], occasion({ state: 'over' })))).toBe('not-in-this-state')
    expect(codeOf(settle([signUp(20), signUp(10)]))).toBe('own-hours')
    expect(codeOf(settle([signUp(10)], [], shift, clock))).toBe('ok')
  })

  test.each([
    ['the whole shift', hours(2), hours(4), 120, 'counted'],
    ['arriving before it and leaving after it', hours(1), hours(5), 120, 'counted'],
    ['a part of it', addMinutes(hours(2), 10), hours(3), 50, 'counted'],
    ['half a minute', hours(2), addMilliseconds(hours(2), 30_000), 1, 'counted'],
    ['less than half a minute', hours(2), addMilliseconds(hours(2), 29_999), 0, 'too-short'],
    ['gone before it began', hours(1), addMinutes(hours(1), 30), 0, 'too-short'],
  ] as const)('codes count %s', (_what, arrivedAt, leftAt, minutes, outcome) => {
    const signed = signUp(20, { arrivedAt, leftAt })
    expect(one(signed)).toEqual({ ...signed, byWorker: false, minutes, outcome })
  })

  test('whoever is not known to have come did not; a worker’s word says that they did, and when', () => {
    expect(one(signUp(20))).toEqual({ ...signUp(20), minutes: 0, outcome: 'no-show' })
    expect(one(signUp(20), told(20, { came: false }))).toMatchObject({ outcome: 'no-show' })
    expect(one(signUp(20), told(20, { from: hours(2), until: hours(3) }))).toEqual({
      ...signUp(20),
      arrivedAt: hours(2),
      leftAt: hours(3),
      byWorker: true,
      minutes: 60,
      outcome: 'counted',
    })
    const arrived = signUp(20, { arrivedAt: hours(1) })
    expect(one(arrived, told(20, { until: hours(4) }))).toMatchObject({
      byWorker: true,
      minutes: 120,
      arrivedAt: hours(1),
    })
  })

  const at = (field: string, code: string): FieldFault => ({ path: `body.people.0.${field}`, code })
  const arrived = signUp(20, { arrivedAt: hours(2) })
  const cases: [string, SignUp, settling.Told | undefined, FieldFault[]][] = [
    [
      'that they did not come though they checked in',
      arrived,
      told(20, { came: false }),
      [at('came', 'checked-in-by-code')],
    ],
    [
      'another arrival than the code’s',
      arrived,
      told(20, { from: hours(2), until: hours(3) }),
      [at('from', 'times-by-code')],
    ],
    [
      'another leaving than the code’s',
      { ...arrived, leftAt: hours(3) },
      told(20, { until: hours(4) }),
      [at('until', 'times-by-code')],
    ],
    ['nothing of somebody who did not check out', arrived, undefined, [{ path: 'body.people', code: 'end-needed' }]],
    ['no leaving', arrived, told(20), [at('until', 'end-needed')]],
    ['neither arrival nor leaving', signUp(20), told(20), [at('from', 'beginning-needed'), at('until', 'end-needed')]],
    ['no arrival', signUp(20), told(20, { until: hours(3) }), [at('from', 'beginning-needed')]],
    [
      'a leaving before the arrival',
      signUp(20),
      told(20, { from: hours(3), until: hours(3) }),
      [at('until', 'time-not-in-order')],
    ],
    [
      'an arrival before the shift',
      signUp(20),
      told(20, { from: hours(1), until: hours(3) }),
      [at('from', 'outside-shift')],
    ],
    [
      'an arrival at its end',
      signUp(20),
      told(20, { from: hours(4), until: hours(5) }),
      [at('from', 'outside-shift'), at('until', 'outside-shift')],
    ],
    [
      'a leaving after it',
      signUp(20),
      told(20, { from: hours(2), until: addMinutes(hours(4), 1) }),
      [at('until', 'outside-shift')],
    ],
  ]
  test.each(cases)('a worker does not say %s', (_what, signed, word, expected) => {
    expect(one(signed, word)).toEqual(expected)
  })

  test('every faulty row is told at once, and rows of nobody', () => {
    const people = [signUp(20), signUp(21, { arrivedAt: hours(2) })]
    const words = [told(99), told(21, { came: false })]
    expect(fieldsOf(settle(people, words))).toEqual([
      { path: 'body.people.0.id', code: 'sign-up-unknown' },
      { path: 'body.people.1.came', code: 'checked-in-by-code' },
    ])
  })

  test('whatever the codes say, nobody has more than the shift, and nobody less than nothing', () => {
    const minute = fc.integer({ min: -300, max: 600 })
    fc.assert(
      fc.property(minute, minute, (first, second) => {
        const signed = signUp(20, {
          arrivedAt: addMinutes(now, Math.min(first, second)),
          leftAt: addMinutes(now, Math.max(first, second)),
        })
        const ruling = settle([signed])
        const minutes = ruling.ok ? (ruling.value.people[0]?.minutes ?? -1) : -1
        expect(minutes).toBeGreaterThanOrEqual(0)
        expect(minutes).toBeLessThanOrEqual(120)
      }),
    )
  })
})

describe('nobody confirmed in time', () => {
  test('whole pairs of codes count, nothing else does', () => {
    const people = [
      signUp(20),
      signUp(21, { arrivedAt: hours(2) }),
      signUp(22, { arrivedAt: hours(2), leftAt: hours(3) }),
    ]
    const ruling = settling.settleByCodes(shift, people, hours(200))
    expect(ruling.ok && ruling.value.people.map(({ minutes, outcome }) => [minutes, outcome])).toEqual([
      [0, 'no-show'],
      [0, 'no-check-out'],
      [60, 'counted'],
    ])
    expect(ruling.ok && ruling.value.people[2]?.byWorker).toBe(false)
    expect(ruling.ok && [ruling.value.occasion.state, ruling.value.occasion.openedAt]).toEqual(['over', undefined])
  })

  test('of an activity it is who came', () => {
    const activity = occasion({ kind: 'activity', openedAt: hours(1) })
    const ruling = settling.settleByCodes(activity, [signUp(20), signUp(21, { arrivedAt: hours(2) })], hours(200))
    expect(ruling.ok && ruling.value.people.map(({ minutes, outcome }) => [minutes, outcome])).toEqual([
      [0, 'no-show'],
      [undefined, 'attended'],
    ])
    expect(ruling.ok && ruling.value.occasion.state).toBe('over')
    for (const kind of ['shift', 'activity'] as const)
      expect(settling.settleByCodes(occasion({ kind, state: 'over' }), [], now)).toMatchObject({
        params: { verb: kind === 'shift' ? 'settleShift' : 'recordActivity' },
      })
  })
})

describe('recording an activity', () => {
  const activity = occasion({ kind: 'activity', openedAt: hours(1), arrived: 2, capacity: 5 })
  const held: settling.Held = { from: hours(2), until: hours(4), guests: 1, newcomers: 1, words: '学会了包粽子' }
  const record = (more: Partial<settling.Held> = {}, of: Occasion = activity, at = hours(5)) =>
    settling.recordActivity(of, { ...held, ...more }, at)

  test('counts who checked in and who was counted beside them', () => {
    const ruling = record()
    expect(ruling.ok && ruling.value).toMatchObject({
      attendance: 3,
      occasion: { state: 'over', guests: 1, summary: '学会了包粽子' },
    })
    expect(ruling.ok && ruling.value.occasion.openedAt).toBeUndefined()
    expect(codeOf(record({}, shift))).toBe('not-an-activity')
    expect(codeOf(record({}, { ...activity, state: 'over' }))).toBe('not-in-this-state')
    expect(record({}, activity, addMilliseconds(hours(2), -1))).toMatchObject({
      code: 'not-over-yet',
      params: { until: hours(4) },
    })
  })

  const cases: [string, Partial<settling.Held>, Occasion, FieldFault[]][] = [
    ['as full as the room', { guests: 3 }, activity, []],
    ['with one person, a newcomer', { guests: 1 }, { ...activity, arrived: 0 }, []],
    ['that touches its end', { from: hours(4), until: hours(5) }, activity, []],
    ['that touches its beginning', { from: hours(1), until: hours(2) }, activity, []],
    ['of no length', { until: hours(2) }, activity, [{ path: 'body.until', code: 'time-not-in-order' }]],
    [
      'after it',
      { from: addMilliseconds(hours(4), 1), until: hours(5) },
      activity,
      [{ path: 'body.from', code: 'outside-activity' }],
    ],
    [
      'before it',
      { from: hours(1), until: addMilliseconds(hours(2), -1) },
      activity,
      [{ path: 'body.from', code: 'outside-activity' }],
    ],
    [
      'in the future',
      { until: addMilliseconds(hours(5), 1) },
      activity,
      [{ path: 'body.until', code: 'time-in-future' }],
    ],
    [
      'with nobody',
      { guests: 0, newcomers: 0 },
      { ...activity, arrived: 0 },
      [{ path: 'body.guests', code: 'nobody-present' }],
    ],
    [
      'with more than the room holds',
      { guests: 4 },
      activity,
      [{ path: 'body.guests', code: 'room-full', params: { capacity: 5 } }],
    ],
    [
      'with more newcomers than people',
      { newcomers: 4 },
      activity,
      [{ path: 'body.newcomers', code: 'newcomers-exceed' }],
    ],
    ['that names somebody', { words: '打 13812345678' }, activity, [{ path: 'body.words', code: 'text-has-phone' }]],
  ]
  test.each(cases)('%s', (_what, more, of, expected) => {
    expect(fieldsOf(record(more, of))).toEqual(expected)
  })
})

describe('what a service record names', () => {
  const community = asDivision('320505001001')
  const room = { capacity: 10, division: asDivision('320505001002') }

  test.each([
    ['no room', {}, undefined, []],
    ['a room of its township', { room: 'r' }, room, []],
    ['a room of nowhere', { room: 'r' }, undefined, [{ path: 'body.room', code: 'room-unknown' }]],
    [
      'a room of another township',
      { room: 'r' },
      { ...room, division: asDivision('320505002001') },
      [{ path: 'body.room', code: 'room-unknown' }],
    ],
    [
      'a room that is too small',
      { room: 'r' },
      { ...room, capacity: 9 },
      [{ path: 'body.attendance', code: 'room-full', params: { capacity: 9 } }],
    ],
  ])('%s', (_what, input, of, expected) => {
    expect(doubts.roomFaults({ attendance: 10, ...input }, of, community)).toEqual(expected)
  })

  const helped = occasion()
  test.each([
    ['of the same contract at the time', helped, []],
    ['none', undefined, ['shift-unknown']],
    ['of another contract', { ...helped, contract: id(9) }, ['shift-unknown']],
    ['that is an activity', { ...helped, kind: 'activity' as const }, ['shift-unknown']],
    ['that was called off', { ...helped, state: 'cancelled' as const }, ['shift-unknown']],
    ['that is over', { ...helped, state: 'over' as const }, []],
    ['that ended when the work began', { ...helped, from: hours(1), until: hours(3) }, ['shift-unknown']],
    ['that began when the work ended', { ...helped, from: hours(5), until: hours(6) }, ['shift-unknown']],
  ])('a shift %s', (_what, of, codes) => {
    const input = { shift: 's', from: hours(3), until: hours(5) }
    expect(doubts.shiftFaults(input, of, id(2))).toEqual(codes.map((code) => ({ path: 'body.shift', code })))
    expect(doubts.shiftFaults({ ...input, shift: undefined }, of, id(2))).toEqual([])
  })
})

describe('what is doubtful', () => {
  const terms = { visitPeople: 20, uncountedPercent: 50 }
  const of = (kind: (typeof serviceKinds)[number], attendance: number, signedUp?: number) =>
    doubts.doubtsOf({ kind, attendance, signedUp }, terms)

  test('is a visit, a talk or a referral with many people; other services have many', () => {
    const few = ['home-visit', 'counselling', 'referral']
    for (const kind of serviceKinds) {
      expect(of(kind, 20)).toEqual([])
      expect(of(kind, 21)).toEqual(few.includes(kind) ? ['many-for-visit'] : [])
    }
  })

  test('is attendance more than half above those who signed up', () => {
    expect(of('home-visit', 15, 10)).toEqual([])
    expect(of('home-visit', 16, 10)).toEqual(['more-than-signed-up'])
    expect(of('home-visit', 21, 10)).toEqual(['many-for-visit', 'more-than-signed-up'])
    expect(of('home-visit', 1, 0)).toEqual(['more-than-signed-up'])
  })
})
