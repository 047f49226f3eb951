// From the submission to the approval or the end: what each act leaves on record and what it clears.
import { describe, expect, test } from 'vitest'
import {
  clock,
  county,
  community,
  designer,
  needId,
  now,
  person,
  personId,
  project,
  reviewer,
  terms,
} from '../../../../tests/support/project-record.ts'
import { addDays } from '../../../kit/instant.ts'
import { fen } from '../../../kit/money.ts'
import type { Project } from '../rules.ts'
import { addPurchaseItem, removePurchaseItem } from './purchase.ts'
import * as reviewing from './review.ts'

const earlier = addDays(now, -30)
const periods = { commentUntil: now, summaryUntil: now, reviewUntil: now }
const none = { commentUntil: undefined, summaryUntil: undefined, reviewUntil: undefined }

describe('submitting', () => {
  const submit = (it: Project, to: 'comment' | 'review', supports = 0) =>
    reviewing.submitProject(it, designer, now, { to }, supports, terms)

  test('to the residents opens a whole new round: seven days whole, five working days for the summary', () => {
    const before = project({
      openedAt: earlier,
      round: 1,
      tally: { agree: 3, disagree: 2, neutral: 1 },
      summary: { agree: 3, disagree: 2, neutral: 1, at: earlier },
      evidence: { kind: 'comment', count: 6 },
    })
    expect(submit(before, 'comment')).toEqual({
      ok: true,
      value: {
        ...before,
        state: 'resident-review',
        version: 2,
        openedAt: earlier,
        commentUntil: '2026-11-30T15:59:59.999Z',
        summaryUntil: '2026-12-07T15:59:59.999Z',
        round: 2,
        tally: { agree: 0, disagree: 0, neutral: 0 },
        summary: undefined,
        evidence: undefined,
        history: [...before.history, { state: 'resident-review', at: now }],
      },
    })
  })

  test('to the township with evidence gives it ten working days, and leaves nothing of the round before', () => {
    const before = project({ motion: 'm', ...periods, summary: { agree: 0, disagree: 0, neutral: 0, at: earlier } })
    expect(submit(before, 'review')).toEqual({
      ok: true,
      value: {
        ...before,
        state: 'township-review',
        version: 2,
        openedAt: now,
        evidence: { kind: 'resolution' },
        commentUntil: undefined,
        summaryUntil: undefined,
        summary: undefined,
        reviewUntil: '2026-12-07T15:59:59.999Z',
        history: [...before.history, { state: 'township-review', at: now }],
      },
    })
  })

  test('needs a need, evidence for the short way, and a draft', () => {
    expect(submit(project({ needs: [] }), 'comment')).toMatchObject({ code: 'need-missing' })
    expect(submit(project({ needs: [] }), 'review', 30)).toMatchObject({ code: 'need-missing' })
    expect(submit(project(), 'review', 29)).toMatchObject({ code: 'evidence-missing' })
    expect(submit(project({ state: 'approved' }), 'comment')).toMatchObject({
      code: 'not-in-this-state',
      params: { verb: 'openComment' },
    })
    expect(submit(project({ state: 'approved' }), 'review')).toMatchObject({ params: { verb: 'submitForReview' } })
  })
})

describe('comments', () => {
  const open = project({
    state: 'resident-review',
    openedAt: earlier,
    commentUntil: addDays(now, 1),
    summaryUntil: addDays(now, 9),
    tally: { agree: 4, disagree: 2, neutral: 1 },
  })

  test.each([
    ['agree', { agree: 5, disagree: 2, neutral: 1 }],
    ['disagree', { agree: 4, disagree: 3, neutral: 1 }],
    ['neutral', { agree: 4, disagree: 2, neutral: 2 }],
  ] as const)('one that says %s counts as one of them', (stance, tally) => {
    const ruling = reviewing.commentOnProject(open, person(3), now, { stance, words: '很好' })
    expect(ruling).toEqual({ ok: true, value: { ...open, tally, version: 2 } })
  })

  test('carry no phone number, since everybody reads them', () => {
    expect(
      reviewing.commentOnProject(open, person(3), now, { stance: 'agree', words: '打 13800138000' }),
    ).toMatchObject({ fields: [{ path: 'body.words', code: 'text-has-phone' }] })
  })

  test('the summary counts them all as evidence and starts the township’s ten working days', () => {
    const at = addDays(now, 2)
    expect(reviewing.closeComment(open, designer, at, '多数赞成', terms)).toEqual({
      ok: true,
      value: {
        ...open,
        state: 'township-review',
        version: 2,
        summary: { agree: 4, disagree: 2, neutral: 1, words: '多数赞成', at },
        evidence: { kind: 'comment', count: 7 },
        summaryUntil: undefined,
        reviewUntil: '2026-12-09T15:59:59.999Z',
        history: [...open.history, { state: 'township-review', at }],
      },
    })
  })
})

describe('approving', () => {
  const before = project({ state: 'township-review', evidence: { kind: 'resolution' }, reviewUntil: now })
  const listed = { listed: true }
  const duty = (money: bigint) => ({ duty: { department: 'civil-affairs', matter: '巡访', money: fen(money) } })

  test('is signed with who and when, and the review is over; the clock signs with no name', () => {
    const approved = {
      ...before,
      state: 'approved',
      version: 2,
      approvedAt: now,
      approvedBy: personId(2),
      reviewUntil: undefined,
      history: [...before.history, { state: 'approved', at: now }],
    }
    expect(reviewing.approveProject(before, reviewer, now, listed)).toEqual({ ok: true, value: approved })
    expect(reviewing.approveProject(before, clock, now, listed)).toEqual({
      ok: true,
      value: { ...approved, approvedBy: undefined },
    })
  })

  test.each([
    ['no need', { needs: [] }, listed, 'need-missing', {}],
    ['no evidence', { evidence: undefined }, listed, 'evidence-missing', {}],
    ['an item that may not be bought', {}, { listed: true, negative: 'goods' }, 'on-negative-list', { item: 'A01' }],
    ['an item off the list', {}, { listed: false }, 'not-on-purchase-list', { item: 'A01' }],
    [
      'a duty without its money',
      duty(5_999_999n),
      listed,
      'funds-must-follow-duty',
      { brought: '59999.99', budget: '60000.00' },
    ],
    ['a draft', { state: 'drafting' }, listed, 'not-in-this-state', { state: 'drafting', verb: 'approveProject' }],
  ] as const)('%s is refused', (_what, changes, item, code, params) => {
    const it = { ...before, ...changes } as Project
    expect(reviewing.approveProject(it, reviewer, now, item)).toMatchObject({ ok: false, code, params })
  })

  test.each([
    ['no duty', {}, false],
    ['a duty that brings one fen too little', duty(5_999_999n), true],
    ['a duty that brings all', duty(6_000_000n), false],
  ])('%s leaves the project without money: %s', (_what, given, unfunded) => {
    expect(reviewing.isUnfunded({ ...given, budget: fen(6_000_000n) })).toBe(unfunded)
  })
})

describe('sending back and ending', () => {
  test.each([
    ['resident-review', designer],
    ['township-review', reviewer],
  ] as const)('remarks of the %s are added to those before; its periods are over', (state, actor) => {
    const first = { from: 'township-review' as const, words: '一', at: earlier }
    const before = project({ state, ...periods, remarks: [first], evidence: { kind: 'resolution' } })
    expect(reviewing.sendBackProject(before, actor, now, { remarks: '请细化' })).toEqual({
      ok: true,
      value: {
        ...before,
        ...none,
        state: 'drafting',
        version: 2,
        remarks: [first, { from: state, words: '请细化', at: now }],
        history: [...before.history, { state: 'drafting', at: now }],
      },
    })
  })

  test('an end has its reason and no period runs on', () => {
    const before = project({ state: 'resident-review', ...periods })
    expect(reviewing.terminateProject(before, designer, now, { reason: '居民不需要' })).toEqual({
      ok: true,
      value: {
        ...before,
        ...none,
        state: 'terminated',
        version: 2,
        endReason: '居民不需要',
        history: [...before.history, { state: 'terminated', at: now }],
      },
    })
  })
})

describe('the purchase list', () => {
  const item = { code: 'A01', listed: false }

  test.each([
    ['an item', item, county, 2026, 'ok', 'not-on-purchase-list'],
    ['an item of next year', item, county, 2027, 'ok', 'not-on-purchase-list'],
    ['one that is on it', { ...item, listed: true }, county, 2026, 'already-on-list', 'ok'],
    [
      'one that may not be bought',
      { ...item, negative: 'goods' },
      county,
      2026,
      'on-negative-list',
      'not-on-purchase-list',
    ],
    ['one without a ban', { ...item, negative: null }, county, 2026, 'ok', 'not-on-purchase-list'],
    ['none of the catalogue', undefined, county, 2026, 'purchase-item-unknown', 'purchase-item-unknown'],
    ['an item of last year', { ...item, listed: true }, county, 2025, 'year-over', 'year-over'],
    ['an item of a community', item, community, 2026, 'invalid-input', 'invalid-input'],
  ])('%s: put on %s, taken off %s', (_what, given, place, year, on, off) => {
    const code = (ruling: ReturnType<typeof addPurchaseItem>) => (ruling.ok ? 'ok' : ruling.code)
    expect(code(addPurchaseItem(given, place, year, 2026))).toBe(on)
    expect(code(removePurchaseItem(given, place, year, 2026))).toBe(off)
  })

  test('an item that may be put on or taken off is allowed to be', () => {
    expect(addPurchaseItem(item, county, 2026, 2026)).toEqual({ ok: true, value: true })
    expect(removePurchaseItem({ ...item, listed: true }, county, 2026, 2026)).toEqual({ ok: true, value: true })
  })

  test('refusals say which item, year or field', () => {
    expect(addPurchaseItem({ ...item, listed: true }, county, 2026, 2026)).toMatchObject({
      params: { item: 'A01', year: 2026 },
    })
    expect(addPurchaseItem({ ...item, negative: 'goods' }, county, 2026, 2026)).toMatchObject({
      params: { item: 'A01' },
    })
    expect(removePurchaseItem(item, county, 2026, 2026)).toMatchObject({ params: { item: 'A01' } })
    expect(addPurchaseItem(item, county, 2025, 2026)).toMatchObject({ params: { year: 2025 } })
    expect(addPurchaseItem(item, community, 2026, 2026)).toMatchObject({
      fields: [{ path: 'body.division', code: 'not-a-county' }],
    })
    for (const rule of [addPurchaseItem, removePurchaseItem])
      expect(rule(undefined, county, 2026, 2026)).toMatchObject({ kind: 'absent' })
  })

  test('the evidence is what a project rests on: a resolution before supports, supports before votes', () => {
    const votes = { undertaker: 'o', proposal: 'p', award: fen(1n), publicVotes: 30 }
    const all = project({ motion: 'm', venture: votes, needs: [needId(1)] })
    expect(reviewing.evidenceOf(all, 30, terms)).toEqual({ kind: 'resolution' })
    expect(reviewing.evidenceOf({ ...all, motion: undefined }, 30, terms)).toEqual({ kind: 'supports', count: 30 })
    expect(reviewing.evidenceOf({ ...all, motion: undefined }, 29, terms)).toEqual({ kind: 'public-vote', count: 30 })
    expect(reviewing.evidenceOf(project(), 29, terms)).toBeUndefined()
    expect(reviewing.evidenceOf(project(), 0, { ...terms, evidenceSupports: 1 })).toBeUndefined()
  })
})
