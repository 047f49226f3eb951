// A service record at its very edges: who may file what and when, each fault alone; what taking it back leaves; notes of a case as lines.
import { describe, expect, test } from 'vitest'
import { clock, division, hours, id, now, person } from '../../../../tests/support/delivery-record.ts'
import { codeOf } from '../../../../tests/support/tender-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { addDays, addMilliseconds, addMinutes, type Instant } from '../../../kit/instant.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import type { FieldFault } from '../../../kit/ruling.ts'
import * as rules from '../rules.ts'
import * as notes from './case-notes.ts'

const activity: rules.Activity = { id: id(5), position: 1, name: '午餐配送', kind: 'home-visit', planned: 20 }
const plan = { startedAt: addDays(now, -40), activities: [{ ...activity, id: id<'activity'>(6) }, activity] }
const filing: rules.Filing = {
  from: hours(-2),
  until: hours(-1),
  attendance: 12,
  newcomers: 3,
  activity: id(5),
  place: '活动室',
  words: '为老人送餐',
}
const worker = { id: 'w1', active: true, certificateValidUntil: plainDateOf('2026-11-23') }
const filer: rules.Filer = { team: [{ worker: 'w0' }, { worker: 'w1' }], worker }
const terms: rules.FilingTerms = { longestMinutes: 720, fileDays: 30 }
const file = (more: Partial<rules.Filing> = {}, who: rules.Filer = filer, of = plan) =>
  rules.fileServiceRecord({ ...filing, ...more }, who, of, now, terms)

describe('filing', () => {
  test('gives the activity of the plan that it was for', () => {
    expect(file()).toEqual({ ok: true, value: activity })
  })

  test.each([
    ['who is no worker', { ...filer, worker: undefined }, 'not-on-team'],
    ['who is not on the team', { ...filer, team: [{ worker: 'w0' }] }, 'not-on-team'],
    ['who is not active', { ...filer, worker: { ...worker, active: false } }, 'certificate-over'],
    [
      'whose certificate ended the day before',
      { ...filer, worker: { ...worker, certificateValidUntil: plainDateOf('2026-11-22') } },
      'certificate-over',
    ],
  ])('by somebody %s is refused', (_who, who, code) => {
    expect(file({}, who)).toMatchObject({ kind: 'forbidden', code })
  })

  const long = addMinutes(now, -720)
  const old = addDays(now, -30)
  const cases: [string, Partial<rules.Filing>, FieldFault[]][] = [
    ['of one minute', { from: addMinutes(hours(-1), -1) }, []],
    ['up to now, as long as may be', { from: long, until: now }, []],
    ['ended as long ago as may be filed', { from: addMinutes(old, -60), until: old }, []],
    ['with all of them newcomers', { newcomers: 12 }, []],
    [
      'of less than a minute',
      { from: addMilliseconds(hours(-1), -59_999) },
      [{ path: 'body.until', code: 'time-not-in-order' }],
    ],
    [
      'longer than may be',
      { from: addMinutes(long, -1), until: now },
      [{ path: 'body.until', code: 'too-long-at-once', params: { hours: 12 } }],
    ],
    ['that is not over', { until: addMilliseconds(now, 1) }, [{ path: 'body.until', code: 'time-in-future' }]],
    [
      'ended too long ago',
      { from: addMinutes(old, -60), until: addMilliseconds(old, -1) },
      [{ path: 'body.from', code: 'too-late-to-file', params: { days: 30 } }],
    ],
    ['with more newcomers than people', { newcomers: 13 }, [{ path: 'body.newcomers', code: 'newcomers-exceed' }]],
    ['of another activity', { activity: id(9) }, [{ path: 'body.activity', code: 'activity-unknown' }]],
    [
      'that names somebody in its words',
      { words: '11010519491231002X' },
      [{ path: 'body.words', code: 'text-has-citizen-id' }],
    ],
    ['that names somebody in its place', { place: '13812345678' }, [{ path: 'body.place', code: 'text-has-phone' }]],
  ]
  test.each(cases)('a service %s', (_what, more, expected) => {
    const ruling = file(more)
    expect(ruling.ok ? [] : ruling.fields).toEqual(expected)
  })

  test('begins with the delivery, not before', () => {
    const of = (startedAt: Instant) => codeOf(file({}, filer, { ...plan, startedAt }))
    expect([of(hours(-2)), of(addMilliseconds(hours(-2), 1))]).toEqual(['ok', 'before-delivery'])
  })

  test('hours that were claimed already name the other contract inside one organization only', () => {
    const claim = { organization: id(3), contract: id(1), from: '2026-11-20T16:30:00.000Z' as Instant, until: now }
    expect(rules.refuseOverlap(claim, id(3), '合2027-0001')).toMatchObject({
      code: 'hours-overlap',
      params: { contract: '合2027-0001', date: '2026-11-21' },
    })
    for (const [organization, number] of [
      [id(4), '合2027-0001'],
      [id(3), undefined],
    ] as const)
      expect(rules.refuseOverlap(claim, organization, number)).toEqual({
        ok: false,
        kind: 'conflict',
        code: 'hours-overlap-elsewhere',
        params: { date: '2026-11-21' },
        possible: undefined,
      })
  })

  test('minutes are whole', () => {
    expect([rules.minutesOf(now, addMilliseconds(now, 119_999)), rules.minutesOf(now, addMinutes(now, 2))]).toEqual([
      1, 2,
    ])
  })
})

describe('a service record', () => {
  const record: rules.ServiceRecord = {
    ...filing,
    id: id(7),
    number: { year: 2026, value: 412 },
    division,
    state: 'filed',
    version: 1,
    contract: id(1),
    milestone: id(8),
    organization: id(3),
    worker: 'w1',
    person: id(10),
    kind: 'home-visit',
    minutes: 60,
    photos: [],
    reusedPhotos: [],
    doubts: [],
    createdAt: now,
    history: [{ state: 'filed', at: now }],
  }
  const as = (role: string, n: number, permission = 'delivery.voidServiceRecord') =>
    ({ ...person(n), grants: [{ role, reach: 'organization', permissions: new Set([permission]), division }] }) as Actor

  test('stands at its place and with its organization', () => {
    expect(rules.judgedServiceRecord(record)).toEqual({
      reach: { division, organizations: [id(3)] },
      version: 1,
      lineage: [{ kind: 'service-record', id: id(7) }],
    })
  })

  test('is flagged by a reused photo or a doubt', () => {
    const flagged = (more: Partial<rules.ServiceRecord>) => rules.isFlagged({ ...record, ...more })
    expect([flagged({}), flagged({ reusedPhotos: ['h'] }), flagged({ doubts: ['many-for-visit'] })]).toEqual([
      false,
      true,
      true,
    ])
  })

  test('taken back it says why and by whom', () => {
    expect(rules.voidServiceRecord(record, as('social-worker', 10), now, '填错')).toEqual({
      ok: true,
      value: {
        ...record,
        state: 'void',
        version: 2,
        voidReason: '填错',
        voidedBy: id(10),
        history: [...record.history, { state: 'void', at: now }],
      },
    })
  })

  test.each([
    ['a colleague', as('social-worker', 12), 'not-own-record'],
    ['the supervisor', as('social-work-supervisor', 12), 'ok'],
    [
      'an office without the permission',
      as('social-work-supervisor', 12, 'delivery.readServiceRecord'),
      'not-own-record',
    ],
    ['the clock', clock, 'not-own-record'],
  ])('by %s: %s', (_who, who, code) => {
    expect(codeOf(rules.voidServiceRecord(record, who, now, '填错'))).toBe(code)
  })
})

describe('a note of a case', () => {
  test('is made of codes and texts, without what is empty, and read back as it was', () => {
    const lines = notes.linesOf({ situation: '独居', other: '', more: undefined }, { risk: 'low' })
    expect(lines).toEqual([
      { name: 'risk', text: 'low', code: true },
      { name: 'situation', text: '独居' },
    ])
    expect(notes.linesOf({ words: '好' })).toEqual([{ name: 'words', text: '好' }])
    expect(notes.readLines(JSON.stringify(lines))).toEqual(lines)
    expect(() => notes.readLines('{}')).toThrow('not a note')
  })

  test('numbers goals, and says for each its result and what it rests on', () => {
    expect(notes.goalLines(['会打视频', '每周出门'])).toEqual([
      { name: 'goal', text: '会打视频' },
      { name: 'goal', text: '每周出门' },
    ])
    expect(notes.resultLines([{ result: 'reached', grounds: '访谈' }])).toEqual([
      { name: 'result', text: 'reached', code: true },
      { name: 'grounds', text: '访谈' },
    ])
  })
})
