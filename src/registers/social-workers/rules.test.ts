// Rules of the register of social workers: validity, renewal against hours, lapse, employers.
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../kit/actor.ts'
import { asDivision, joinId } from '../../kit/id.ts'
import { instant } from '../../kit/instant.ts'
import { plainDateOf } from '../../kit/plain-date.ts'
import { workerStates, type WorkerState } from './contract.ts'
import * as rules from './rules.ts'

const now = instant('2026-11-23T03:00:00.000Z')
const policy = { years: 3, hoursAssistant: 72, hoursOthers: 90, windowDays: 90 }
const place = asDivision('320505001001')

function actor(person: string): Actor {
  return {
    kind: 'person',
    personId: joinId<'person'>('320000', person),
    sessionId: 's',
    verified: true,
    adult: true,
    grants: [],
  }
}
const officer = actor('officer')

function worker(state: WorkerState, more: Partial<rules.Worker> = {}): rules.Worker {
  return {
    id: joinId('320000', '00000000-0000-7000-8000-000000000001'),
    division: place,
    state,
    version: 1,
    number: { year: 2026, value: 7 },
    person: '320000-self',
    certificate: 'ZG20190001',
    level: 'social-worker',
    post: 'frontline',
    passedOn: plainDateOf('2019-06-20'),
    registeredOn: plainDateOf('2020-01-01'),
    validUntil: plainDateOf('2026-12-31'),
    hours: 0,
    history: [{ state: 'registered', at: now }],
    ...more,
  }
}

const codeOf = (ruling: { ok: boolean; code?: string }) => (ruling.ok ? 'ok' : ruling.code)
const employment = { employer: 'o', division: place, post: 'supervisor' as const }

test.each(workerStates)('in state %s exactly the verbs of the lifecycle are allowed', (state) => {
  const it = worker(state)
  const over = instant('2026-12-31T16:00:00.000Z')
  const allowed = {
    renewWorker: rules.renewWorker(it, officer, now, 90, policy).ok,
    changeEmployer: rules.changeEmployer(it, officer, now, employment, true).ok,
    lapseWorker: rules.lapseWorker(it, over) !== undefined,
  }
  expect(
    Object.entries(allowed)
      .filter(([, ok]) => ok)
      .map(([verb]) => verb),
  ).toEqual(Object.keys(rules.workerLifecycle[state]))
})

describe('a registration', () => {
  const wish = { person: '320000-self', passedOn: plainDateOf('2026-06-20') }
  test('is valid three years less one day; one entered late may have ended', () => {
    expect(rules.registerWorker(wish, officer, now, true, policy)).toEqual({
      ok: true,
      value: { state: 'registered', registeredOn: '2026-11-23', validUntil: '2029-11-22' },
    })
    const old = { ...wish, passedOn: plainDateOf('2010-06-20'), registeredOn: plainDateOf('2011-01-01') }
    expect(rules.registerWorker(old, officer, now, true, policy)).toMatchObject({
      ok: true,
      value: { state: 'lapsed', validUntil: '2013-12-31' },
    })
  })
  test('is refused for oneself, for an employer out of the register, and for impossible days', () => {
    expect(codeOf(rules.registerWorker(wish, actor('self'), now, true, policy))).toBe('duties-separated')
    expect(codeOf(rules.registerWorker(wish, officer, now, false, policy))).toBe('employer-inactive')
    expect(codeOf(rules.registerWorker(wish, officer, now, undefined, policy))).toBe('ok')
    expect(
      codeOf(rules.registerWorker({ ...wish, passedOn: plainDateOf('2026-11-24') }, officer, now, true, policy)),
    ).toBe('invalid-input')
    expect(
      codeOf(rules.registerWorker({ ...wish, registeredOn: plainDateOf('2026-06-19') }, officer, now, true, policy)),
    ).toBe('invalid-input')
  })
})

describe('a renewal', () => {
  test.each([
    ['assistant', 71, 'hours-short'],
    ['assistant', 72, 'ok'],
    ['social-worker', 89, 'hours-short'],
    ['social-worker', 90, 'ok'],
    ['senior', 90, 'ok'],
  ] as const)('of a %s with %i hours: %s', (level, hours, code) => {
    expect(codeOf(rules.renewWorker(worker('registered', { level }), officer, now, hours, policy))).toBe(code)
  })
  test('opens ninety days before the end and goes on from the end', () => {
    expect(
      rules.renewWorker(worker('registered', { validUntil: plainDateOf('2027-02-21') }), officer, now, 90, policy),
    ).toMatchObject({ ok: true, value: { validUntil: '2030-02-21' } })
    expect(
      rules.renewWorker(worker('registered', { validUntil: plainDateOf('2027-02-22') }), officer, now, 90, policy),
    ).toMatchObject({
      ok: false,
      code: 'renewal-too-early',
      params: { from: '2026-11-24' },
    })
  })
  test('after a lapse restores from today', () => {
    const restored = rules.renewWorker(
      worker('lapsed', { validUntil: plainDateOf('2025-01-01') }),
      officer,
      now,
      90,
      policy,
    )
    expect(restored).toMatchObject({
      ok: true,
      value: { state: 'registered', validUntil: '2029-11-22', history: [{}, { state: 'registered', at: now }] },
    })
  })
  test('is not done for oneself', () => {
    expect(codeOf(rules.renewWorker(worker('registered'), actor('self'), now, 90, policy))).toBe('duties-separated')
    expect(codeOf(rules.changeEmployer(worker('registered'), actor('self'), now, employment, true))).toBe(
      'duties-separated',
    )
  })
})

test('a registration lapses with its last day, not before', () => {
  expect(rules.lapseWorker(worker('registered'), instant('2026-12-31T15:59:59.998Z'))).toBeUndefined()
  expect(rules.lapseWorker(worker('registered'), instant('2026-12-31T15:59:59.999Z'))).toMatchObject({
    state: 'lapsed',
  })
})

test('an employer out of the register takes nobody over', () => {
  expect(codeOf(rules.changeEmployer(worker('registered'), officer, now, employment, false))).toBe('employer-inactive')
})
