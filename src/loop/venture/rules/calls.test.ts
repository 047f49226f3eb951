// What is checked of a call, each fault alone at its field; its opening, its vote and its end.
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../tests/support/tender-record.ts'
import { actor, call, day, now, proposal } from '../../../../tests/support/venture-record.ts'
import { asDivision } from '../../../kit/id.ts'
import { fen } from '../../../kit/money.ts'
import type { FieldFault } from '../../../kit/ruling.ts'
import type { Call, CallContent, CallTerms } from '../rules.ts'
import * as calls from './calls.ts'

const today = day('2026-11-10')

describe('what is checked of a call', () => {
  const faults = (changes: Partial<CallContent>, place = '320505001', itemKnown = true) =>
    calls.checkCall({ ...call, ...changes }, asDivision(place), now, itemKnown)?.fields ?? []

  test.each([
    ['as it stands', {}, '320505001'],
    [
      'of a county, for a township and a community',
      { places: ['320505002', '320505001002'].map(asDivision) },
      '320505',
    ],
    ['of a county, for itself', { places: [asDivision('320505')] }, '320505'],
    ['whose money is for one award', { total: call.ceiling }, '320505001'],
    [
      'with a day for each step',
      { proposalsUntil: day('2026-11-11'), voteUntil: day('2026-11-12'), scoreUntil: day('2026-11-13') },
      '320505001',
    ],
  ] as const)('a call %s has no fault', (_what, changes, place) => {
    expect(faults(changes, place)).toEqual([])
  })

  const outOfOrder = (field: string) => ({ path: `body.${field}`, code: 'dates-out-of-order' })
  const cases: [string, Partial<CallContent>, FieldFault[]][] = [
    ['for a grid', { places: [asDivision('320505001002001')] }, [{ path: 'body.places.0', code: 'place-elsewhere' }]],
    [
      'for a place of elsewhere beside its own',
      { places: ['320505001002', '320505002001'].map(asDivision) },
      [{ path: 'body.places.1', code: 'place-elsewhere' }],
    ],
    [
      'that names a place twice',
      { places: ['320505001002', '320505001002'].map(asDivision) },
      [{ path: 'body.places', code: 'place-twice' }],
    ],
    ['for nothing', { ceiling: fen(0n) }, [{ path: 'body.ceiling', code: 'amount-not-positive' }]],
    [
      'whose money does not do for one award',
      { total: fen(4_999_999n) },
      [{ path: 'body.total', code: 'total-below-ceiling' }],
    ],
    [
      'whose criteria weigh 99',
      {
        criteria: [
          { name: '针对性', weight: 59 },
          { name: '可行性', weight: 40 },
        ],
      },
      [{ path: 'body.criteria', code: 'weights-do-not-add-up', params: { sum: 99 } }],
    ],
    [
      'whose vote and panel weigh 101',
      { voteWeight: 41 },
      [{ path: 'body.panelWeight', code: 'weights-do-not-add-up', params: { sum: 101 } }],
    ],
    ['that ends today', { proposalsUntil: today }, [{ path: 'body.proposalsUntil', code: 'date-over' }]],
    ['whose vote ends with the proposals', { voteUntil: call.proposalsUntil }, [outOfOrder('voteUntil')]],
    ['whose scoring ends with the vote', { scoreUntil: call.voteUntil }, [outOfOrder('scoreUntil')]],
    [
      'with a phone number in its title',
      { title: '咨询 13800138000' },
      [{ path: 'body.title', code: 'text-has-phone' }],
    ],
    [
      'with a phone number in its theme',
      { theme: '咨询 13800138000' },
      [{ path: 'body.theme', code: 'text-has-phone' }],
    ],
  ]
  test.each(cases)('a call %s is told where and what', (_what, changes, expected) => {
    expect(faults(changes)).toEqual(expected)
  })

  test('counties and townships call; the item is one of the catalogue', () => {
    expect(faults({}, '320505001002')).toEqual([{ path: 'body.division', code: 'not-a-caller' }])
    expect(faults({}, '3205')).toEqual([{ path: 'body.division', code: 'not-a-caller' }])
    expect(faults({}, '320505001', false)).toEqual([{ path: 'body.purchaseItem', code: 'purchase-item-unknown' }])
  })
})

describe('planning and opening', () => {
  const planned: Call = { ...call, state: 'planning', terms: undefined, secret: undefined, openedAt: undefined }
  const draw = { secret: 's', commitment: 'c' }
  const terms: CallTerms = { ...(call.terms as CallTerms), votesEach: 5 }

  test('it is edited while it is planned, without fault', () => {
    const edit = (of: Call, content: CallContent, known = true) => calls.editCall(of, actor(), now, content, known)
    expect(edit(planned, { ...planned, title: '新' })).toEqual({
      ok: true,
      value: { ...planned, title: '新', version: 2 },
    })
    expect(codeOf(edit(planned, planned, false))).toBe('purchase-item-unknown')
    expect(codeOf(edit(call, call))).toBe('not-in-this-state')
  })

  test('it is open for as many days as the policy says; terms are frozen and the draw committed to', () => {
    const open = (days: number) => calls.openCall(planned, actor(), now, terms, days, draw)
    expect(open(10)).toEqual({
      ok: true,
      value: {
        ...planned,
        ...draw,
        terms,
        state: 'open',
        openedAt: now,
        version: 2,
        history: [{ state: 'open', at: now }],
      },
    })
    expect(open(11)).toMatchObject({ code: 'open-too-short', params: { earliest: '2026-11-21', days: 11 } })
    expect(calls.openCall(call, actor(), now, terms, 1, draw)).toMatchObject({ code: 'not-in-this-state' })
  })
})

describe('screening and vote', () => {
  const screening: Call = { ...call, state: 'screening', screenUntil: now }
  const body = { voteUntil: call.voteUntil, scoreUntil: call.scoreUntil }
  const start = (changes: Partial<typeof body> = {}, counts = { undecided: 0, admitted: 1 }, days = 7) =>
    calls.startVote(screening, actor(), now, { ...body, ...changes }, counts, days)

  test('by the clock the call is screened until its day, and later its vote is closed', () => {
    expect(calls.startScreening(call, actor(), now, now)).toMatchObject({
      ok: true,
      value: { state: 'screening', screenUntil: now },
    })
    expect(calls.startScreening(screening, actor(), now, now)).toMatchObject({ code: 'not-in-this-state' })
    expect(calls.closeVote({ ...call, state: 'voting' }, actor(), now)).toMatchObject({
      ok: true,
      value: { state: 'panel' },
    })
    expect(calls.closeVote(call, actor(), now)).toMatchObject({ code: 'not-in-this-state' })
  })

  test('the vote starts when every proposal is decided and one is admitted; its days may move back', () => {
    expect(start({ voteUntil: day('2026-12-02'), scoreUntil: day('2026-12-11') })).toEqual({
      ok: true,
      value: {
        ...screening,
        state: 'voting',
        version: 2,
        voteUntil: '2026-12-02',
        scoreUntil: '2026-12-11',
        screenUntil: undefined,
        history: [{ state: 'voting', at: now }],
      },
    })
    expect(start({}, { undecided: 2, admitted: 1 })).toMatchObject({
      code: 'proposals-undecided',
      params: { count: 2 },
    })
    expect(start({}, { undecided: 0, admitted: 0 })).toMatchObject({ code: 'nothing-admitted' })
    expect(calls.startVote(call, actor(), now, body, { undecided: 0, admitted: 1 }, 7)).toMatchObject({
      code: 'not-in-this-state',
    })
  })

  test.each([
    ['exactly as announced, and long enough', {}, 21, []],
    [
      'shorter than the policy allows',
      {},
      22,
      [{ path: 'body.voteUntil', code: 'vote-too-short', params: { earliest: '2026-12-02', days: 22 } }],
    ],
    [
      'a day earlier than announced',
      { voteUntil: day('2026-11-30') },
      7,
      [{ path: 'body.voteUntil', code: 'earlier-than-announced', params: { date: '2026-12-01' } }],
    ],
    [
      'with the scores a day earlier than announced',
      { scoreUntil: day('2026-12-09') },
      7,
      [{ path: 'body.scoreUntil', code: 'earlier-than-announced', params: { date: '2026-12-10' } }],
    ],
    [
      'with the scores on its last day',
      { voteUntil: day('2026-12-10') },
      7,
      [{ path: 'body.scoreUntil', code: 'dates-out-of-order' }],
    ],
  ])('a vote %s', (_what, changes, days, faults) => {
    const ruling = start(changes, undefined, days)
    expect(ruling.ok ? [] : ruling.fields).toEqual(faults)
  })
})

describe('ends', () => {
  test('a call is cancelled with a reason, until its result is known', () => {
    expect(calls.cancelCall(call, actor(), now, { reason: '资金调整' })).toMatchObject({
      ok: true,
      value: { state: 'cancelled', endReason: '资金调整' },
    })
    expect(calls.cancelCall({ ...call, state: 'announced' }, actor(), now, { reason: '资金调整' })).toMatchObject({
      code: 'not-in-this-state',
    })
  })

  test('it is closed when no award is left hanging', () => {
    const announced: Call = { ...call, state: 'announced' }
    const made = { ...proposal, state: 'project-made' as const }
    const open = { ...proposal, state: 'awarded' as const }
    expect(calls.closeCall(announced, actor(), now, [made])).toMatchObject({ ok: true, value: { state: 'closed' } })
    expect(calls.closeCall(announced, actor(), now, [open, made, open])).toMatchObject({
      code: 'awards-open',
      params: { count: 2 },
    })
    expect(calls.closeCall(call, actor(), now, [])).toMatchObject({ code: 'not-in-this-state' })
  })
})
