// Terms that change after publication, bids made before, questions, and purchases that look like one: tables and properties.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bidder, codeOf, later, now, policy, procurer, tender, terms } from '../../../../tests/support/tender-record.ts'
import { addMilliseconds, type Instant, isBefore } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import { plainDateOf, today } from '../../../kit/plain-date.ts'
import { endOfDay, workingDaysBetween } from '../../../kit/working-days.ts'
import type { Tender } from '../rules.ts'
import * as bidding from './bidding.ts'
import * as changing from './changing.ts'
import * as clarifying from './clarifying.ts'
import { type Purchase, splitOf } from './split.ts'

const end = (date: string) => endOfDay(plainDateOf(date))
const words = '每天送餐上门，并为行动不便的老人助餐'
const change = (body: Partial<changing.Change>, of = tender(), at: Instant = now, who = procurer) =>
  changing.changeTerms(of, who, at, { files: [], ...body }, policy)

describe('changed terms', () => {
  test('long before the deadline the deadline stays; near it, the working days of the policy remain', () => {
    expect(change({ description: words })).toMatchObject({
      ok: true,
      value: { changed: ['description'], binding: true, tender: { deadline: end('2026-12-13'), termsNumber: 2 } },
    })
    // Thursday the 10th: five working days end on Thursday the 17th.
    expect(change({ description: words }, tender(), later(17))).toMatchObject({
      ok: true,
      value: { changed: ['description', 'deadline'], tender: { deadline: end('2026-12-17') } },
    })
  })

  test('after any change, at any moment, the deadline is no earlier and enough working days remain', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 * 24 * 60 - 1 }),
        fc.option(fc.integer({ min: 21, max: 60 })),
        (minutes, asked) => {
          const at = addMilliseconds(now, minutes * 60_000)
          const lastDay = asked === null ? undefined : today(later(asked))
          const ruling = change({ description: words, lastDay }, tender(), at)
          if (!ruling.ok) throw new Error(ruling.code)
          const { deadline = now } = ruling.value.tender
          expect(isBefore(deadline, tender().deadline ?? now)).toBe(false)
          expect(workingDaysBetween(today(at), today(deadline), new Map()).days).toBeGreaterThanOrEqual(
            terms.changeDays,
          )
          if (lastDay !== undefined) expect(isBefore(deadline, endOfDay(lastDay))).toBe(false)
        },
      ),
    )
  })

  test.each([
    ['nothing', {}, tender(), 'nothing-changed'],
    ['the same', { description: tender().description, criteria: tender().criteria }, tender(), 'nothing-changed'],
    ['weights of 90', { criteria: [{ name: '方案', kind: 'panel', weight: 90 }] }, tender(), 'weights-not-100'],
    ['an earlier last day', { lastDay: plainDateOf('2026-12-12') }, tender(), 'deadline-only-later'],
    ['the same last day', { lastDay: plainDateOf('2026-12-13') }, tender(), 'deadline-only-later'],
    ['a later last day', { lastDay: plainDateOf('2026-12-14') }, tender(), 'ok'],
    ['once too often', { description: words }, tender({ termsNumber: 21 }), 'too-many-changes'],
    ['the last time', { description: words }, tender({ termsNumber: 20 }), 'ok'],
    ['before publication', { description: words }, tender({ state: 'planning' }), 'not-in-this-state'],
    ['after the closing', { description: words }, tender({ state: 'closed' }), 'not-in-this-state'],
    ['past the deadline', { description: words }, tender({ deadline: addMilliseconds(now, -1) }), 'bid-late'],
  ] as const)('%s', (_, body, of, expected) => {
    expect(codeOf(change(body as Partial<changing.Change>, of))).toBe(expected)
  })

  test('only a new deadline binds nobody to answer again; everything else does', () => {
    expect(change({ lastDay: plainDateOf('2026-12-31') })).toMatchObject({
      value: { changed: ['deadline'], binding: false, tender: { bindingNumber: 1, termsNumber: 2 } },
    })
    for (const body of [
      { criteria: [{ name: '方案', kind: 'panel', weight: 100 }] as const },
      { requirements: { certificates: 2 } },
      { files: ['file'] },
    ])
      expect(change(body)).toMatchObject({ value: { binding: true, tender: { bindingNumber: 2, bindingAt: now } } })
  })

  test('what an upheld objection asked for is met by it, and the clock runs on with at least the days of the policy', () => {
    const pending = [{ verb: 'changeTerms', of: 'objection', due: later(3) }] as const
    const stopped = tender({ stoppedAt: later(1), pending })
    const ruling = change({ description: words }, stopped, later(8))
    // Thirteen working days were left on Tuesday the 24th; changed on Tuesday 1 December.
    expect(ruling).toMatchObject({
      ok: true,
      value: { tender: { pending: [], stoppedAt: undefined, deadline: end('2026-12-18') } },
    })
    const other = { verb: 'decideObjection', of: 'other', due: later(3) } as const
    expect(change({ description: words }, { ...stopped, pending: [...pending, other] }, later(8))).toMatchObject({
      value: { tender: { pending: [other], stoppedAt: later(1) } },
    })
  })
})

describe('bids made before a change', () => {
  const sealed = (more: Partial<Tender> = {}) =>
    tender({
      sealing: { threshold: 2, publicKey: 'k' },
      termsNumber: 3,
      bindingNumber: 2,
      bindingAt: later(2),
      ...more,
    })

  test.each([
    [1, false],
    [2, true],
    [3, true],
    [4, false],
  ])('a bid that answers to version %i of three, the second binding: %s', (version, expected) => {
    expect(changing.answersTo(sealed(), version)).toBe(expected)
  })

  test.each([
    ['an older bid', sealed(), 3, { state: 'held', terms: 1 }, 'ok'],
    ['one under the binding terms', sealed(), 3, { state: 'held', terms: 2 }, 'bid-stands'],
    ['terms that are not read', sealed(), 2, { state: 'held', terms: 1 }, 'terms-changed'],
    ['no bid', sealed(), 3, undefined, 'no-bid-held'],
    ['a withdrawn one', sealed(), 3, { state: 'withdrawn', terms: 1 }, 'no-bid-held'],
    ['on paper', sealed({ sealing: undefined }), 3, { state: 'held', terms: 1 }, 'not-sealed'],
    ['too late', sealed({ deadline: addMilliseconds(now, -1) }), 3, { state: 'held', terms: 1 }, 'bid-late'],
    ['after the closing', sealed({ state: 'closed' }), 3, { state: 'held', terms: 1 }, 'not-in-this-state'],
  ] as const)('upholding %s', (_, of, version, held, expected) => {
    expect(codeOf(changing.confirmBid(of, bidder(1), now, version, held))).toBe(expected)
  })

  test('on paper, what was received before the change is not entered', () => {
    const closed = tender({
      state: 'closed',
      bindingNumber: 2,
      termsNumber: 2,
      bindingAt: later(2),
      deadline: later(20),
    })
    const enter = (receivedAt: Instant) =>
      codeOf(bidding.enterBid(closed, procurer, later(21), { organization: 'o', price: fen(100n), receivedAt }, []))
    expect(enter(later(1))).toBe('received-before-change')
    expect(enter(later(2))).toBe('ok')
  })
})

describe('questions', () => {
  // The deadline is Sunday the 13th: the last three working days before it are 9, 10 and 11 December.
  test('close three working days before the deadline, at the end of the day', () => {
    const until = clarifying.questionsUntil(tender(), new Map())
    expect(until).toBe(end('2026-12-09'))
    const ask = (at: Instant, of = tender(), asked = { ofOne: 0, ofAll: 0 }) =>
      codeOf(clarifying.askQuestion(of, bidder(1), at, asked, new Map()))
    expect(ask(until ?? now)).toBe('ok')
    expect(ask(addMilliseconds(until ?? now, 1))).toBe('questions-closed')
    // The deadline stands still and will move: questions are taken.
    expect(ask(addMilliseconds(until ?? now, 1), tender({ stoppedAt: later(1) }))).toBe('ok')
    expect(ask(now, tender(), { ofOne: 10, ofAll: 10 })).toBe('too-many-questions')
    expect(ask(now, tender(), { ofOne: 9, ofAll: 200 })).toBe('too-many-questions')
    for (const state of ['planning', 'closed', 'cancelled'] as const)
      expect(ask(now, tender({ state }))).toBe('not-in-this-state')
  })

  test('are answered once, and then wait no longer', () => {
    const pending = [
      { verb: 'answerQuestion', of: 'q1', due: later(3) },
      { verb: 'answerQuestion', of: 'q2', due: later(3) },
    ] as const
    const answer = (answeredAt?: Instant, of: Partial<Tender> = {}) =>
      clarifying.answerQuestion(tender({ pending, ...of }), procurer, now, { id: 'q1', answeredAt } as never)
    expect(answer()).toMatchObject({ ok: true, value: { pending: [{ of: 'q2' }] } })
    expect(codeOf(answer(now))).toBe('already-answered')
    expect(codeOf(answer(undefined, { state: 'closed' }))).toBe('not-in-this-state')
  })
})

describe('one purchase split in several', () => {
  const purchase = (id: string, yuan: number, more: Partial<Purchase> = {}): Purchase => ({
    id,
    number: id,
    title: id,
    budget: fen(BigInt(yuan) * 100n),
    failed: fen(0n),
    procedure: 'consultation',
    state: 'published',
    ...more,
  })
  const threshold = fen(100_000n * 100n)
  test.each([
    ['two below, together above', purchase('a', 60_000), [purchase('b', 50_000)], ['b'], 110_000],
    ['exactly the threshold', purchase('a', 60_000), [purchase('b', 40_000)], ['b'], 100_000],
    ['a fen less', purchase('a', 60_000), [purchase('b', 39_999)], undefined, 0],
    ['three small ones', purchase('a', 40_000), [purchase('b', 40_000), purchase('c', 40_000)], ['b', 'c'], 120_000],
    ['itself does not count twice', purchase('a', 60_000), [purchase('a', 60_000)], undefined, 0],
    ['alone', purchase('a', 99_999), [], undefined, 0],
    ['one that reaches it by itself', purchase('a', 100_000), [purchase('b', 50_000)], undefined, 0],
    ['beside one that reaches it by itself', purchase('a', 60_000), [purchase('b', 100_000)], undefined, 0],
    [
      'what failed of another is no purchase',
      purchase('a', 60_000),
      [purchase('b', 50_000, { failed: fen(1_000_100n) })],
      undefined,
      0,
    ],
    [
      'what failed is bought by a tender of its own',
      purchase('a', 60_000),
      [purchase('b', 50_000, { failed: fen(1_000_000n) }), purchase('c', 10_000)],
      ['b', 'c'],
      110_000,
    ],
    [
      'beside one that reached it as a whole before lots of it failed',
      purchase('a', 60_000),
      [purchase('b', 150_000, { failed: fen(10_000_000n) })],
      undefined,
      0,
    ],
    ['an open tender', purchase('a', 60_000, { procedure: 'open' }), [purchase('b', 50_000)], undefined, 0],
    ['beside an open tender', purchase('a', 60_000), [purchase('b', 50_000, { procedure: 'open' })], undefined, 0],
    ['beside a cancelled one', purchase('a', 60_000), [purchase('b', 50_000, { state: 'cancelled' })], undefined, 0],
    ['beside a failed one', purchase('a', 60_000), [purchase('b', 50_000, { state: 'failed' })], undefined, 0],
    [
      'beside one under contract',
      purchase('a', 60_000),
      [purchase('b', 50_000, { state: 'contracted' })],
      ['b'],
      110_000,
    ],
  ] as const)('%s', (_, one, others, expected, sum) => {
    const found = splitOf(one, others, threshold)
    expect(found?.tenders.map((each) => each.id)).toEqual(expected)
    if (expected !== undefined) expect(found?.sum).toBe(BigInt(sum) * 100n)
  })

  test('is found from whichever of its parts one looks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 120_000 }), { minLength: 2, maxLength: 6 }), (amounts) => {
        const all = amounts.map((yuan, index) => purchase(String(index), yuan))
        const parts = all.filter((each) => each.budget < threshold)
        const found = parts.map((each) => splitOf(each, all, threshold)?.sum)
        expect(new Set(found).size).toBeLessThanOrEqual(1)
        for (const sum of found) if (sum !== undefined) expect(sum >= threshold).toBe(true)
      }),
    )
  })

  test('what looks split is published only with a reason, and marked', () => {
    const split = { tenders: ['b'], sum: '11000000', threshold: '10000000' }
    const planned = tender({ state: 'planning', publishedAt: undefined, deadline: undefined })
    const publish = (of: Tender, found?: typeof split) =>
      bidding.publishTender(of, procurer, now, policy, 'secret', (text) => text, found)
    expect(publish(planned, split)).toMatchObject({
      code: 'split-unexplained',
      params: { count: 1, sum: '110000.00', least: '100000.00' },
    })
    expect(publish({ ...planned, split: { reason: '两个社区各自的服务' } }, split)).toMatchObject({
      ok: true,
      value: { split: { found: split, reason: '两个社区各自的服务' } },
    })
    expect(publish(planned)).toMatchObject({ ok: true, value: { split: undefined } })
  })
})
