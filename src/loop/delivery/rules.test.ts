// Rules of delivery: who may file what and when, overlaps told with discretion, taking a record back.
import { expect, test } from 'vitest'
import type { Actor } from '../../kit/actor.ts'
import { asDivision, type Id, type Jurisdiction, makeId } from '../../kit/id.ts'
import { addDays, addMinutes, instant } from '../../kit/instant.ts'
import { plainDateOf } from '../../kit/plain-date.ts'
import { granted } from '../../kit/ruling.ts'
import type { serviceRecordStates } from './contract.ts'
import * as rules from './rules.ts'

const now = instant('2027-03-20T08:00:00.000Z')
const id = <Kind extends string>(n: number): Id<Kind> =>
  makeId<Kind>('320505' as Jurisdiction, `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`)
const division = asDivision('320505001001')
const plan: rules.Plan = {
  contract: id(1),
  division,
  project: id(2),
  organization: id(3),
  words: '',
  startedBy: id(4),
  startedAt: addDays(now, -40),
  activities: [{ id: id(5), position: 1, name: '午餐配送', kind: 'home-visit', planned: 20 }],
}
const filing: rules.Filing = {
  from: addMinutes(now, -120),
  until: addMinutes(now, -60),
  attendance: 12,
  newcomers: 3,
  activity: id(5),
  place: '社区活动室',
  words: '为老人送餐并问候。',
}
const filer: rules.Filer = {
  team: [{ worker: 'w1' }],
  worker: { id: 'w1', active: true, certificateValidUntil: plainDateOf('2027-03-20') },
}
const terms: rules.FilingTerms = { longestMinutes: 720, fileDays: 30 }
const file = (more: Partial<rules.Filing> = {}, who: rules.Filer = filer) =>
  rules.fileServiceRecord({ ...filing, ...more }, who, plan, now, terms)
const codes = (ruling: ReturnType<typeof file>) =>
  ruling.ok ? [] : (ruling.fields?.map((fault) => fault.code) ?? [ruling.code])

test('a member of the team with a valid certificate files what was done', () => {
  expect(granted(file()).name).toBe('午餐配送')
})

test('strangers to the team and workers whose certificate was over that day do not', () => {
  expect(codes(file({}, { team: filer.team }))).toEqual(['not-on-team'])
  expect(codes(file({}, { ...filer, team: [{ worker: 'w2' }] }))).toEqual(['not-on-team'])
  expect(
    codes(file({}, { ...filer, worker: { id: 'w1', active: true, certificateValidUntil: plainDateOf('2027-03-19') } })),
  ).toEqual(['certificate-over'])
  expect(
    codes(
      file({}, { ...filer, worker: { id: 'w1', active: false, certificateValidUntil: plainDateOf('2028-03-19') } }),
    ),
  ).toEqual(['certificate-over'])
})

test('impossible times and numbers are all named at once', () => {
  expect(
    codes(
      file({
        until: addMinutes(now, 10),
        from: addMinutes(now, -1000),
        newcomers: 13,
        activity: 'x',
        words: '电话13812345678',
      }),
    ),
  ).toEqual(['too-long-at-once', 'time-in-future', 'newcomers-exceed', 'activity-unknown', 'text-has-phone'])
  expect(codes(file({ until: filing.from }))).toEqual(['time-not-in-order'])
  expect(codes(file({ from: addDays(now, -41), until: addMinutes(addDays(now, -41), 60) }))).toEqual([
    'before-delivery',
  ])
  expect(codes(file({ from: addDays(now, -35), until: addMinutes(addDays(now, -35), 60) }))).toEqual([
    'too-late-to-file',
  ])
})

test('an overlap names the other contract only inside the same organization', () => {
  const claim: rules.Claim = { organization: id(3), contract: id(1), from: filing.from, until: filing.until }
  expect(rules.refuseOverlap(claim, id(3), '合2027-0001')).toMatchObject({
    code: 'hours-overlap',
    params: { contract: '合2027-0001', date: '2027-03-20' },
  })
  expect(rules.refuseOverlap(claim, id(9), '合2027-0001')).toMatchObject({
    code: 'hours-overlap-elsewhere',
    params: { date: '2027-03-20' },
  })
})

test('a record is taken back once, by its author, a supervisor or the administrator', () => {
  const record = (state: (typeof serviceRecordStates)[number]): rules.ServiceRecord => ({
    id: id(7),
    number: { year: 2027, value: 412 },
    division,
    state,
    version: 1,
    contract: id(1),
    milestone: id(8),
    activity: id(5),
    organization: id(3),
    worker: 'w1',
    person: id(10),
    kind: 'home-visit',
    from: filing.from,
    until: filing.until,
    minutes: 60,
    place: '活动室',
    attendance: 12,
    newcomers: 3,
    words: '送餐',
    photos: [],
    reusedPhotos: [],
    doubts: [],
    createdAt: now,
    history: [{ state: 'filed', at: now }],
  })
  const someone = (n: number, role: string): Actor => ({
    kind: 'person',
    personId: id(n),
    sessionId: 's',
    verified: true,
    adult: true,
    grants: [
      {
        role,
        reach: 'organization',
        permissions: new Set(['delivery.voidServiceRecord']),
        division,
        organizationId: id(3),
      },
    ],
  })
  expect(granted(rules.voidServiceRecord(record('filed'), someone(10, 'social-worker'), now, '填错'))).toMatchObject({
    state: 'void',
    version: 2,
    voidReason: '填错',
    voidedBy: id(10),
  })
  expect(rules.voidServiceRecord(record('filed'), someone(11, 'social-worker'), now, '填错')).toMatchObject({
    code: 'not-own-record',
  })
  expect(rules.voidServiceRecord(record('filed'), someone(12, 'social-work-supervisor'), now, '填错').ok).toBe(true)
  expect(rules.voidServiceRecord(record('void'), someone(10, 'social-worker'), now, '填错')).toMatchObject({
    code: 'not-in-this-state',
  })
  expect(rules.shownNumber(record('filed'))).toBe('服2027-0412')
})
