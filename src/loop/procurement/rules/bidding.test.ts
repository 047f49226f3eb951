// From planning to the opening: what is checked of the terms and of a bid on paper, each fault alone, and what each act leaves.
import { describe, expect, test } from 'vitest'
import { sm3 } from '../../../../tests/support/sm3.ts'
import {
  bid,
  clock,
  codeOf,
  later,
  now,
  organization,
  person,
  personId,
  policy,
  procurer,
  tender,
  terms,
} from '../../../../tests/support/tender-record.ts'
import { addMilliseconds, type Instant } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import type { FieldFault } from '../../../kit/ruling.ts'
import type { Tender } from '../rules.ts'
import * as bidding from './bidding.ts'

const deadline = '2026-12-13T15:59:59.999Z' as Instant
const planned = (more: Partial<Tender> = {}) =>
  tender({
    state: 'planning',
    publishedAt: undefined,
    deadline: undefined,
    terms: undefined,
    history: [{ state: 'planning', at: now }],
    ...more,
  })
const [panel, price] = [
  (weight: number) => ({ name: '方案', kind: 'panel', weight }) as const,
  (weight: number) => ({ name: '报价', kind: 'price', weight }) as const,
]

describe('the terms of a tender', () => {
  const faults = (criteria: Tender['criteria'], noticeDays?: number, procedure: Tender['procedure'] = 'open') =>
    bidding.checkTerms({ criteria, procedure, noticeDays }, policy)?.fields ?? []

  const cases: [string, Tender['criteria'], number | undefined, Tender['procedure'], FieldFault[]][] = [
    ['the panel alone', [panel(100)], undefined, 'open', []],
    ['a price and the shortest notice', [panel(70), price(30)], 20, 'open', []],
    ['the shortest notice of a consultation', [panel(100)], 10, 'consultation', []],
    [
      'a weight too little',
      [panel(99)],
      undefined,
      'open',
      [{ path: 'body.criteria', code: 'weights-not-100', params: { sum: 99 } }],
    ],
    ['nothing to judge', [price(100)], undefined, 'open', [{ path: 'body.criteria', code: 'nothing-to-judge' }]],
    [
      'the price twice',
      [panel(50), price(25), price(25)],
      undefined,
      'open',
      [{ path: 'body.criteria', code: 'price-twice' }],
    ],
    [
      'a notice too short',
      [panel(100)],
      19,
      'open',
      [{ path: 'body.noticeDays', code: 'notice-too-short', params: { least: 20 } }],
    ],
    [
      'one too short for a consultation',
      [panel(100)],
      9,
      'consultation',
      [{ path: 'body.noticeDays', code: 'notice-too-short', params: { least: 10 } }],
    ],
  ]
  test.each(cases)('with %s', (_what, criteria, noticeDays, procedure, expected) => {
    expect(faults(criteria, noticeDays, procedure)).toEqual(expected)
  })

  test('what an edit leaves out is gone; the editor runs the tender', () => {
    const before = planned({ noticeDays: 30, sealing: { threshold: 2 }, split: { reason: '不同服务' } })
    const { procedure, criteria, requirements } = before
    const input = { procedure, description: '新', criteria, requirements }
    expect(bidding.editTender(before, person(3), now, input, policy)).toEqual({
      ok: true,
      value: {
        ...before,
        description: '新',
        noticeDays: undefined,
        sealing: undefined,
        split: undefined,
        procurers: [personId(1), personId(3)],
        version: 2,
      },
    })
    expect(codeOf(bidding.editTender(before, procurer, now, { ...input, criteria: [panel(1)] }, policy))).toBe(
      'weights-not-100',
    )
    expect(codeOf(bidding.editTender(tender(), procurer, now, input, policy))).toBe('not-in-this-state')
  })
})

describe('publishing', () => {
  const publish = (of: Tender, split?: Parameters<typeof bidding.publishTender>[6], as = policy) =>
    bidding.publishTender(of, procurer, now, as, 'secret', sm3, split)
  const found = { tenders: ['t1', 't2'], sum: '12000000', threshold: '10000000' }

  test('freezes the policy, commits to the secret and ends on the last day of notice', () => {
    const before = planned()
    expect(publish(before)).toEqual({
      ok: true,
      value: {
        ...before,
        state: 'published',
        version: 2,
        publishedAt: now,
        deadline,
        secret: 'secret',
        commitment: sm3('secret'),
        terms,
        split: undefined,
        history: [...before.history, { state: 'published', at: now }],
      },
    })
    expect(publish(planned({ noticeDays: 25 }))).toMatchObject({
      ok: true,
      value: { deadline: '2026-12-18T15:59:59.999Z', terms: { noticeDays: 25 } },
    })
  })

  test.each([
    [3, 3],
    [4, 5],
    [5, 5],
    [6, 7],
  ])('a panel of %i is drawn as one of %i', (panelSize, drawn) => {
    expect(publish(planned(), undefined, { ...policy, panelSize })).toMatchObject({
      ok: true,
      value: { terms: { panelSize: drawn } },
    })
  })

  test('what looks like one purchase in several needs its reason, and is marked', () => {
    expect(publish(planned(), found)).toMatchObject({
      code: 'split-unexplained',
      params: { count: 2, sum: '120000.00', least: '100000.00' },
    })
    expect(publish(planned({ split: {} }), found)).toMatchObject({ code: 'split-unexplained' })
    expect(publish(planned({ split: { reason: '不同服务' } }), found)).toMatchObject({
      ok: true,
      value: { split: { reason: '不同服务', found } },
    })
    expect(publish(planned({ split: { reason: '不同服务' } }))).toMatchObject({
      ok: true,
      value: { split: { reason: '不同服务' } },
    })
    expect(codeOf(publish(tender(), found))).toBe('not-in-this-state')
    expect(codeOf(publish(planned({ criteria: [panel(1)] })))).toBe('weights-not-100')
  })

  test('after the deadline it is closed, with the moment', () => {
    expect(bidding.closeTender(tender(), clock, later(30))).toMatchObject({
      ok: true,
      value: { state: 'closed', closedAt: later(30) },
    })
  })
})

describe('a bid on paper', () => {
  const closed = tender({ state: 'closed' })
  const body = { organization: organization(1), price: fen(5_000_000n), receivedAt: later(1) }
  const enter = (changes: Partial<typeof body> = {}, of = closed, bids = [bid(2)]) =>
    bidding.enterBid(of, person(3), later(30), { ...body, ...changes }, bids)

  test('is entered, and who enters it runs the tender', () => {
    expect(enter()).toEqual({ ok: true, value: { ...closed, procurers: [personId(1), personId(3)], version: 2 } })
  })

  const binding = { ...closed, bindingAt: later(5) }
  const cases: [string, Partial<typeof body>, Tender, FieldFault[]][] = [
    ['for one fen', { price: fen(1n) }, closed, []],
    ['for the whole budget', { price: closed.budget }, closed, []],
    ['received in the last moment', { receivedAt: deadline }, closed, []],
    ['received with the notice', { receivedAt: now }, closed, []],
    ['received with the last change', { receivedAt: later(5) }, binding, []],
    ['for nothing', { price: fen(0n) }, closed, [{ path: 'body.price', code: 'price-not-positive' }]],
    [
      'above the budget',
      { price: fen(6_000_001n) },
      closed,
      [{ path: 'body.price', code: 'price-above-budget', params: { budget: '60000.00' } }],
    ],
    [
      'received late',
      { receivedAt: addMilliseconds(deadline, 1) },
      closed,
      [{ path: 'body.receivedAt', code: 'received-late', params: { deadline: '2026-12-13' } }],
    ],
    [
      'received before the notice',
      { receivedAt: later(-1) },
      binding,
      [{ path: 'body.receivedAt', code: 'received-before-notice' }],
    ],
    [
      'received before the last change',
      { receivedAt: later(4) },
      binding,
      [{ path: 'body.receivedAt', code: 'received-before-change', params: { at: '2026-11-28' } }],
    ],
  ]
  test.each(cases)('%s', (_what, changes, of, expected) => {
    const ruling = enter(changes, of)
    expect(ruling.ok ? [] : ruling.fields).toEqual(expected)
  })

  test('is one of each organization, and none before the tender is closed', () => {
    expect(codeOf(enter({}, closed, [bid(2), bid(1)]))).toBe('already-bid')
    expect(codeOf(enter({}, tender({ state: 'opened' })))).toBe('not-in-this-state')
  })

  test('is opened by somebody who entered none', () => {
    const open = (actor = person(4), bids = [bid(1, { enteredBy: personId(3) })]) =>
      bidding.confirmOpening(closed, actor, now, bids)
    expect(open()).toMatchObject({ ok: true, value: { state: 'opened', openedAt: now, openedBy: personId(4) } })
    expect(open(person(3))).toMatchObject({ code: 'duties-separated', params: { duty: 'procurer-opens' } })
    expect(codeOf(open(person(4), []))).toBe('no-bids')
    expect(codeOf(bidding.confirmOpening(tender(), person(4), now, [bid(1)]))).toBe('not-in-this-state')
  })
})
