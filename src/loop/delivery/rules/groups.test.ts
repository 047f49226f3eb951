// The life of a group by tables: its plan, who leads it, how many the room holds, which session is held when.
import { describe, expect, test } from 'vitest'
import {
  clock,
  division,
  group,
  groupTerms,
  hours,
  id,
  nobody,
  now,
  person,
  session,
} from '../../../../tests/support/delivery-record.ts'
import { codeOf } from '../../../../tests/support/tender-record.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { FieldFault, Ruling } from '../../../kit/ruling.ts'
import { groupStates } from '../contract/groups.ts'
import * as groups from './groups.ts'

const leader = person(10)
const fieldsOf = (ruling: Ruling<unknown>) => (ruling.ok ? [] : ruling.fields)
const held = { from: hours(24), until: hours(25), attendance: 5, strangers: 0 }
const end = { result: 'reached' as never, summary: '成员学会了视频通话' }
const threeHeld = [1, 2, 3].map((n) => session(n, { state: 'held' }))

/** Every verb as its rule is called, with input that is sound. */
const acts: Readonly<Record<groups.GroupVerb, (of: groups.Group, who?: typeof leader) => Ruling<unknown>>> = {
  addGroupMember: (of, who = leader) => groups.addGroupMember(of, who, now, false),
  removeGroupMember: (of, who = leader) => groups.removeGroupMember(of, who, now, false),
  startGroup: (of, who = leader) => groups.startGroup(of, who, now, groupTerms),
  moveGroupSession: (of, who = leader) =>
    groups.moveGroupSession(of, who, now, id(101), { from: hours(30), until: hours(31) }, groupTerms),
  dropGroupSession: (of, who = leader) => groups.dropGroupSession(of, who, now, id(101), groupTerms),
  openSessionCheckIn: (of, who = leader) => groups.openSessionCheckIn(of, who, hours(24), id(101)),
  recordGroupSession: (of, who = leader) => groups.recordGroupSession(of, who, now, id(101), held),
  endGroup: (of, who = leader) => groups.endGroup({ ...of, sessions: threeHeld }, who, now, end, groupTerms),
  cancelGroup: (of, who = leader) => groups.cancelGroup(of, who, now, '人数不足'),
}

describe('the lifecycle', () => {
  test.each(groupStates)('%s: each verb leads where the table says, and no other is taken', (state) => {
    for (const [verb, act] of Object.entries(acts)) {
      const next = (groups.groupLifecycle[state] as Record<string, string>)[verb]
      const ruling = act(group({ state }))
      const value = ruling.ok ? (ruling.value as { state?: string; group?: { state: string } }) : undefined
      expect([verb, value?.group?.state ?? value?.state ?? codeOf(ruling)]).toEqual([verb, next ?? 'not-in-this-state'])
    }
    expect(groups.verbsOfGroup(state)).toEqual(Object.keys(groups.groupLifecycle[state]))
  })

  test('only its leader does anything with a group', () => {
    for (const [verb, act] of Object.entries(acts))
      for (const other of [person(11), clock, nobody])
        expect([verb, codeOf(act(group({ state: verb === 'startGroup' ? 'preparing' : 'running' }), other))]).toEqual([
          verb,
          'not-leader',
        ])
  })

  test('a step makes a new version; the history grows when the state changes', () => {
    const of = group()
    expect(groups.addGroupMember(of, leader, now, false)).toEqual({
      ok: true,
      value: { ...of, members: 6, version: 2 },
    })
    expect(groups.cancelGroup(of, leader, now, '人数不足')).toEqual({
      ok: true,
      value: {
        ...of,
        state: 'cancelled',
        summary: '人数不足',
        version: 2,
        history: [...of.history, { state: 'cancelled', at: now }],
      },
    })
    expect(groups.judgedGroup(of)).toEqual({
      reach: { division, organizations: [id(3)] },
      version: 1,
      lineage: [{ kind: 'group-work', id: id(5) }],
    })
    expect(groups.shownGroupNumber(of)).toBe('组2026-0007')
  })
})

describe('the plan', () => {
  const good = [session(1), session(2, { phase: 'transition' }), session(3), session(4, { phase: 'ending' })]
  const changed = (index: number, more: Partial<groups.GroupSession>) =>
    good.map((each, at) => (at === index ? { ...each, ...more } : each))
  const number = [{ path: 'body.sessions', code: 'sessions-number', params: { least: 3, most: 8 } }]

  const cases: [string, groups.GroupSession[], FieldFault[]][] = [
    ['in order', good, []],
    ['back to back', changed(1, { from: hours(25), until: hours(26) }), []],
    ['from this moment on', changed(0, { from: now, until: hours(1) }), []],
    ['as long as may be', changed(1, { until: hours(50) }), []],
    ['with as few as may be', [good[0], good[2], good[3]] as groups.GroupSession[], []],
    ['with too few', [good[0], good[3]] as groups.GroupSession[], number],
    ['with none', [], number],
    [
      'with too many',
      [...Array.from({ length: 8 }, (_, n) => session(n + 1)), session(9, { phase: 'ending' })],
      number,
    ],
    [
      'that begins in the past',
      changed(0, { from: hours(-1), until: now }),
      [{ path: 'body.sessions.0.from', code: 'session-passed' }],
    ],
    [
      'with one of no length',
      changed(1, { until: hours(48) }),
      [{ path: 'body.sessions.1.until', code: 'time-not-in-order' }],
    ],
    [
      'with one too long',
      changed(1, { until: hours(51) }),
      [{ path: 'body.sessions.1.until', code: 'too-long-at-once', params: { hours: 2 } }],
    ],
    [
      'with one before the end of another',
      changed(1, { from: hours(24), until: hours(26) }),
      [{ path: 'body.sessions.1.from', code: 'sessions-order' }],
    ],
    [
      'that goes back a stage',
      changed(2, { phase: 'forming' }),
      [{ path: 'body.sessions.2.phase', code: 'phases-order' }],
    ],
    [
      'that does not begin by forming',
      changed(0, { phase: 'transition' }),
      [{ path: 'body.sessions.0.phase', code: 'phases-order' }],
    ],
    ['that does not end', changed(3, { phase: 'maturity' }), [{ path: 'body.sessions.3.phase', code: 'phases-order' }]],
  ]
  test.each(cases)('%s', (_what, sessions, expected) => {
    expect(groups.planFaults(sessions, now, groupTerms)).toEqual(expected)
  })

  test('its words carry no number of a person', () => {
    const wish = { title: '手机课堂', aims: '学会视频通话', place: '活动室', sessions: good }
    expect(groups.planGroup(wish, now, groupTerms)).toEqual({ ok: true, value: true })
    for (const field of ['title', 'aims', 'place'])
      expect(fieldsOf(groups.planGroup({ ...wish, [field]: '打 13812345678' }, now, groupTerms))).toEqual([
        { path: `body.${field}`, code: 'text-has-phone' },
      ])
    expect(fieldsOf(groups.planGroup({ ...wish, aims: '11010519491231002X', sessions: [] }, now, groupTerms))).toEqual([
      ...number,
      { path: 'body.aims', code: 'text-has-citizen-id' },
    ])
  })
})

describe('members', () => {
  test('come once, as far as the room holds, and leave once', () => {
    expect(codeOf(groups.addGroupMember(group(), leader, now, true))).toBe('member-already')
    expect(groups.addGroupMember(group({ members: 6 }), leader, now, false)).toMatchObject({
      code: 'room-full',
      params: { capacity: 6 },
    })
    expect(groups.removeGroupMember(group(), leader, now, false)).toMatchObject({ ok: true, value: { members: 4 } })
    expect(codeOf(groups.removeGroupMember(group(), leader, now, true))).toBe('member-left')
  })

  test('are enough for a start', () => {
    const start = (members: number) =>
      groups.startGroup(group({ state: 'preparing', members }), leader, now, groupTerms)
    expect(start(4)).toMatchObject({ ok: true, value: { state: 'running' } })
    expect(start(3)).toMatchObject({ code: 'members-few', params: { least: 4, now: 3 } })
  })
})

describe('a session', () => {
  const move = (n: number, from: number, until: number, of = group()) =>
    groups.moveGroupSession(of, leader, now, id(100 + n), { from: hours(from), until: hours(until) }, groupTerms)

  test.each([
    ['between its neighbours', 2, 30, 32, []],
    ['from the end of the one before to the beginning of the next', 2, 25, 27, []],
    ['up to the next', 2, 70, 72, []],
    ['into the one before', 2, 24, 26, [{ path: 'body.from', code: 'sessions-order' }]],
    ['into the next', 2, 71, 73, [{ path: 'body.from', code: 'sessions-order' }]],
    ['into the past', 1, -2, -1, [{ path: 'body.from', code: 'session-passed' }]],
    ['to now', 1, 0, 1, []],
    ['to no length', 2, 30, 30, [{ path: 'body.until', code: 'time-not-in-order' }]],
    ['to more than may be', 2, 30, 33, [{ path: 'body.until', code: 'too-long-at-once', params: { hours: 2 } }]],
  ])('is moved %s', (_what, n, from, until, expected) => {
    expect(fieldsOf(move(n, from, until))).toEqual(expected)
  })

  test('moved it is closed for checking in; the others stay', () => {
    const of = group({ sessions: [session(1), session(2, { openedAt: now })] })
    const moved = move(2, 30, 31, of)
    expect(moved.ok && moved.value.sessions).toEqual([
      session(1),
      { ...session(2), from: hours(30), until: hours(31), openedAt: undefined },
    ])
    const dropped = group({ sessions: [session(1), session(2), session(3, { state: 'dropped' })] })
    expect(codeOf(move(2, 71, 73, dropped))).toBe('ok')
  })

  test('that was held or is not there is neither moved, dropped, opened nor recorded', () => {
    const of = group({ sessions: [session(1, { state: 'held' }), session(2), session(3), session(4), session(5)] })
    for (const verb of ['moveGroupSession', 'dropGroupSession', 'openSessionCheckIn', 'recordGroupSession'] as const) {
      expect(codeOf(acts[verb](of))).toBe('session-not-planned')
      expect(acts[verb](group({ sessions: [] }))).toMatchObject({ code: 'not-found', kind: 'absent' })
    }
  })

  test('is dropped while enough are left', () => {
    const dropped = groups.dropGroupSession(group(), leader, now, id(102), groupTerms)
    expect(dropped.ok && dropped.value.sessions.map((each) => each.state)).toEqual([
      'planned',
      'dropped',
      'planned',
      'planned',
    ])
    const three = group({ sessions: [session(1), session(2, { state: 'dropped' }), session(3), session(4)] })
    expect(groups.dropGroupSession(three, leader, now, id(101), groupTerms)).toMatchObject({
      code: 'sessions-number',
      params: { least: 3, most: 8 },
    })
  })

  test('is opened on its day, by the calendar of the place', () => {
    const of = group({ sessions: [session(1, { from: '2026-11-24T15:00:00.000Z' as Instant })] })
    const open = (at: string) => groups.openSessionCheckIn(of, leader, at as Instant, id(101))
    const opened = open('2026-11-23T16:00:00.000Z')
    expect(opened.ok && opened.value.sessions[0]?.openedAt).toBe('2026-11-23T16:00:00.000Z')
    expect(open('2026-11-23T15:59:59.999Z')).toMatchObject({
      code: 'not-session-day',
      params: { date: '2026-11-24' },
    })
  })

  test.each([
    ['opened today', { openedAt: hours(1) }, true],
    ['opened yesterday', { openedAt: hours(-24) }, false],
    ['not opened', {}, false],
    ['held', { openedAt: hours(1), state: 'held' }, false],
  ] as const)('that is %s takes check-ins: %s', (_what, more, open) => {
    expect(groups.checkInIsOpen(session(1, more), hours(2))).toBe(open)
  })

  test('is recorded with who came, one after the other', () => {
    const of = group({ sessions: [session(1, { openedAt: now }), session(2)] })
    const recorded: groups.GroupSession = {
      ...session(1),
      from: hours(23),
      until: hours(26),
      state: 'held',
      openedAt: undefined,
      attendance: 6,
    }
    expect(
      groups.recordGroupSession(of, leader, now, id(101), {
        from: hours(23),
        until: hours(26),
        attendance: 6,
        strangers: 0,
      }),
    ).toEqual({
      ok: true,
      value: { session: recorded, group: { ...of, sessions: [recorded, session(2)], version: 2 } },
    })
    const faults = (more: Partial<typeof held>, n = 1) =>
      fieldsOf(groups.recordGroupSession(group(), leader, now, id(100 + n), { ...held, ...more }))
    expect(faults({ attendance: 1 })).toEqual([])
    expect(faults({ attendance: 0 })).toEqual([{ path: 'body.present', code: 'nobody-present' }])
    expect(faults({ attendance: 7 })).toEqual([{ path: 'body.present', code: 'room-full', params: { capacity: 6 } }])
    expect(faults({ attendance: 7, strangers: 1 })).toEqual([{ path: 'body.present', code: 'member-unknown' }])
    expect(faults({}, 2)).toEqual([{ path: 'body.from', code: 'sessions-order' }])
    expect(codeOf(acts.recordGroupSession(group({ sessions: [session(1), session(2, { state: 'held' })] })))).toBe('ok')
  })
})

describe('the end', () => {
  const finish = (sessions: readonly groups.GroupSession[], summary = end.summary) =>
    groups.endGroup(group({ sessions }), leader, now, { ...end, summary }, groupTerms)

  test('comes after enough sessions, with none open, and says what was reached', () => {
    expect(finish(threeHeld)).toMatchObject({ ok: true, value: { ...end, state: 'ended' } })
    expect(codeOf(finish([...threeHeld, session(4, { state: 'dropped' })]))).toBe('ok')
    expect(codeOf(finish([...threeHeld, session(4)]))).toBe('sessions-open')
    expect(finish([...threeHeld.slice(1), session(4, { state: 'dropped' })])).toMatchObject({
      code: 'sessions-number',
      params: { least: 3, most: 8 },
    })
  })

  test('or the group is given up; neither names anybody', () => {
    const phone = '找 13812345678'
    expect(fieldsOf(finish(threeHeld, phone))).toEqual([{ path: 'body.summary', code: 'text-has-phone' }])
    expect(fieldsOf(groups.cancelGroup(group(), leader, now, phone))).toEqual([
      { path: 'body.reason', code: 'text-has-phone' },
    ])
  })
})

test('a full room and a room over its number take nobody; told is how many it holds', () => {
  const arrival = {
    open: true,
    codeHolds: true,
    member: true,
    here: false,
    elsewhere: false,
    attendance: 4,
    capacity: 4,
  }
  expect(groups.checkInToSession(arrival)).toMatchObject({ code: 'room-full', params: { capacity: 4 } })
  expect(groups.checkInToSession({ ...arrival, attendance: 3 })).toEqual({ ok: true, value: true })
})
