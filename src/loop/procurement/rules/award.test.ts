// From the panel to the award and the ends of a tender: what each act asks, and everything that it leaves.
import { describe, expect, test } from 'vitest'
import { sm3 } from '../../../../tests/support/sm3.ts'
import {
  bid,
  clock,
  codeOf,
  now,
  organization,
  person,
  personId,
  procurer,
  tender,
} from '../../../../tests/support/tender-record.ts'
import { addMilliseconds } from '../../../kit/instant.ts'
import type { Tender } from '../rules.ts'
import * as award from './award.ts'
import { drawOrder, listHash, seedOf } from './draw.ts'
import type { Pending } from './pending.ts'

const opened = tender({ state: 'opened', secret: 'secret' })
const experts = Array.from({ length: 6 }, (_, n) => personId(30 + n))
const bids = [bid(1), bid(2), bid(3)]
const faulty = bid(4, { faults: ['abnormal'] })

describe('drawing the panel', () => {
  const excluded = [{ person: personId(40), reason: 'bidder' }]
  const draw = (candidates = experts, of = opened, given = bids) =>
    award.appointPanel(of, person(3), now, candidates, excluded, given, sm3)

  test('freezes the sorted list, each once; the seed rests on the secret and on every bid', () => {
    const list = experts.toSorted()
    const seed = seedOf({ secret: 'secret', bidHashes: ['hash 1', 'hash 2', 'hash 3', 'hash 4'], list }, sm3)
    const order = drawOrder(list, seed, sm3)
    expect(draw([...experts.toReversed(), ...experts], opened, [...bids, faulty])).toEqual({
      ok: true,
      value: {
        ...opened,
        state: 'scoring',
        version: 2,
        procurers: [personId(1), personId(3)],
        panel: order.slice(0, 5),
        draw: { secret: 'secret', seed, listHash: listHash(list, sm3), list, order, size: 5, excluded },
        history: [...opened.history, { state: 'scoring', at: now }],
      },
    })
  })

  test('needs as many experts as seats and as many valid bids as the terms say', () => {
    expect(codeOf(draw(experts.slice(0, 5)))).toBe('ok')
    expect(draw([...experts.slice(0, 4), personId(30)])).toMatchObject({
      code: 'too-few-panelists',
      params: { found: 4, needed: 5 },
    })
    expect(draw(experts, opened, [bid(1), bid(2), faulty])).toMatchObject({
      code: 'too-few-bids',
      params: { valid: 2, needed: 3 },
    })
    expect(codeOf(draw(experts, tender()))).toBe('not-in-this-state')
    for (const broken of [{ secret: undefined }, { terms: undefined }])
      expect(() => draw(experts, { ...opened, ...broken })).toThrow('an opened tender was published')
  })
})

const panel = [personId(30), personId(31)]
const draw: Tender['draw'] = {
  secret: 'secret',
  seed: 'seed',
  listHash: 'l',
  list: [],
  order: [...panel, personId(32), personId(33)],
  size: 2,
  excluded: [],
}
const scoring = tender({ state: 'scoring', panel, draw, replaced: [personId(32)] })
const sheet = (n: number, of: number, points = [80]) => ({ bid: bid(of).id, panelist: personId(n), points })

describe('the panel', () => {
  test('whoever is tied leaves before the first sheet; the next of the draw takes the seat', () => {
    expect(award.leavePanel(scoring, person(31), now, [sheet(30, 1)])).toEqual({
      ok: true,
      value: {
        ...scoring,
        panel: [personId(30), personId(33)],
        replaced: [personId(32), personId(31)],
        version: 2,
      },
    })
    expect(codeOf(award.leavePanel(scoring, person(31), now, [sheet(31, 1)]))).toBe('already-scored')
    expect(codeOf(award.leavePanel(scoring, person(99), now, []))).toBe('not-on-panel')
    expect(codeOf(award.leavePanel(scoring, clock, now, []))).toBe('not-on-panel')
    for (const none of [{ ...draw, order: draw.order.slice(0, 3) }, undefined])
      expect(award.leavePanel({ ...scoring, draw: none }, person(31), now, [])).toMatchObject({
        code: 'too-few-panelists',
        params: { found: 1, needed: 2 },
      })
  })

  test('each scores each valid bid once, on every criterion of the panel', () => {
    const score = (of: number, points = [80], sheets = [sheet(31, 1), sheet(30, 2)], actor = person(30)) =>
      award.scoreBid(scoring, actor, now, { bid: bid(of).id, points }, [...bids, faulty], sheets)
    expect(score(1)).toEqual({ ok: true, value: { ...scoring, version: 2 } })
    expect(codeOf(score(2))).toBe('already-scored')
    expect(codeOf(score(4))).toBe('bid-not-valid')
    expect(codeOf(score(9))).toBe('bid-not-valid')
    expect(score(1, [80, 20])).toMatchObject({
      fields: [{ path: 'body.points', code: 'points-incomplete', params: { needed: 1 } }],
    })
    expect(codeOf(score(1, [80], [], clock))).toBe('not-on-panel')
  })

  test('all is scored when each of the panel scored each valid bid; others’ sheets do not fill in', () => {
    const all = [1, 2, 3].flatMap((of) => [sheet(30, of), sheet(31, of)])
    const given = [...bids, faulty]
    expect(award.allScored(scoring, given, all)).toBe(true)
    expect(award.allScored(scoring, given, [...all.slice(1), sheet(99, 1)])).toBe(false)
    expect(award.allScored(scoring, [faulty], [])).toBe(false)
    expect(award.allScored({ ...scoring, panel: [] }, given, all)).toBe(false)
    expect(award.panelLeft(scoring, given, all)).toEqual([])
    expect(award.panelLeft(scoring, given, all.slice(1))).toEqual([personId(30)])
    expect(award.panelLeft(scoring, [faulty], [])).toEqual([])
  })
})

describe('the award', () => {
  const sheets = bids.flatMap((each, index) =>
    panel.map((panelist) => ({ bid: each.id, panelist, points: [90 - index * 10] })),
  )
  const propose = (of = scoring, given = sheets) => award.proposeAward(of, procurer, now, bids, given, new Map(), sm3)

  test('goes to the best of the ranking; the rest of the day is notice, seven whole working days are standstill', () => {
    expect(propose()).toEqual({
      ok: true,
      value: {
        ...scoring,
        state: 'award-notice',
        version: 2,
        award: {
          bid: bid(1).id,
          organization: organization(1),
          price: 5_000_000n,
          score: 9_200,
          at: now,
          ranking: [
            { bid: bid(1).id, rank: 1, score: 9_200 },
            { bid: bid(2).id, rank: 2, score: 8_400 },
            { bid: bid(3).id, rank: 3, score: 7_600 },
          ],
        },
        noticeUntil: '2026-11-23T15:59:59.999Z',
        standstillUntil: '2026-12-02T15:59:59.999Z',
        history: [...scoring.history, { state: 'award-notice', at: now }],
      },
    })
  })

  test('rests on the sheets of the panel alone; equal bids on the draw', () => {
    const gone = bids.map((each) => ({ bid: each.id, panelist: personId(99), points: [0] }))
    expect(award.rankBids(scoring, [...bids, faulty], [...gone, ...sheets], sm3).map((each) => each.score)).toEqual([
      9_200, 8_400, 7_600,
    ])
    const even = bids.flatMap((each) => panel.map((panelist) => ({ bid: each.id, panelist, points: [50] })))
    const order = (seed: string | undefined) =>
      award
        .rankBids({ ...scoring, draw: seed === undefined ? undefined : { ...draw, seed } }, bids, even, sm3)
        .map((each) => each.bid)
    for (const seed of ['seed', 'other', 'third'])
      expect(order(seed)).toEqual(
        drawOrder(
          bids.map((each) => each.id),
          seed,
          sm3,
        ),
      )
    expect(order(undefined)).toEqual(
      drawOrder(
        bids.map((each) => each.id),
        '',
        sm3,
      ),
    )
  })

  test('waits for every sheet', () => {
    expect(propose(scoring, sheets.slice(1))).toMatchObject({ code: 'scores-missing', params: { done: 5, needed: 6 } })
    expect(codeOf(propose({ ...scoring, terms: undefined }))).toBe('scores-missing')
    expect(codeOf(propose(opened))).toBe('not-in-this-state')
  })

  test('its notice ends with the standstill; a winner who no longer qualifies gets nothing', () => {
    const noticed = tender({ state: 'award-notice', noticeUntil: now })
    expect(award.beginStandstill(noticed, clock, now)).toMatchObject({
      ok: true,
      value: { state: 'standstill', noticeUntil: undefined },
    })
    const standstill = tender({ state: 'standstill', standstillUntil: now })
    const after = addMilliseconds(now, 1)
    expect(award.confirmAward(standstill, person(3), after, [])).toMatchObject({
      ok: true,
      value: { state: 'awarded', procurers: [personId(1), personId(3)] },
    })
    expect(codeOf(award.confirmAward(standstill, procurer, after, ['abnormal']))).toBe('winner-not-qualified')
    expect(codeOf(award.confirmAward(standstill, procurer, now, []))).toBe('standstill-runs')
    expect(award.tenderContracted(tender({ state: 'awarded' }), clock, now, 'c')).toMatchObject({
      ok: true,
      value: { state: 'contracted', contract: 'c' },
    })
  })
})

describe('ends without an award', () => {
  const words = { words: '不足三家' }
  const owed: Pending = { verb: 'decideObjection', of: 'o', due: now }
  const waiting = { stoppedAt: now, pending: [owed, { ...owed, verb: 'answerQuestion' }] } as const
  const fail = (of: Tender, reason: 'too-few-bids' | 'keys-lost' | 'other', given = bids, sealed?: award.SealedStock) =>
    award.failTender(of, person(3), now, { reason: reason as 'too-few-bids', ...words }, given, sealed)

  test('leave the reason, and to whoever objected an answer', () => {
    const left = {
      version: 2,
      procurers: [personId(1), personId(3)],
      pending: [owed],
      stoppedAt: undefined,
      endReason: 'too-few-bids',
      endWords: '不足三家',
    }
    const of = { ...opened, ...waiting }
    expect(fail(of, 'too-few-bids', [bid(1), bid(2), faulty])).toEqual({
      ok: true,
      value: { ...of, ...left, state: 'failed', history: [...of.history, { state: 'failed', at: now }] },
    })
    expect(award.cancelTender(of, person(3), now, { reason: 'too-few-bids', ...words })).toEqual({
      ok: true,
      value: { ...of, ...left, state: 'cancelled', history: [...of.history, { state: 'cancelled', at: now }] },
    })
    expect(codeOf(fail(tender({ state: 'planning' }), 'too-few-bids'))).toBe('not-in-this-state')
  })

  test('too few bids is a reason after the deadline, and when they are too few', () => {
    expect(fail(opened, 'too-few-bids')).toMatchObject({ code: 'enough-bids', params: { valid: 3, needed: 3 } })
    expect(fail(tender(), 'too-few-bids', [])).toMatchObject({
      code: 'before-deadline',
      params: { until: '2026-12-13' },
    })
    expect(fail(tender({ deadline: undefined }), 'too-few-bids', [])).toMatchObject({
      code: 'before-deadline',
      params: {},
    })
    expect(codeOf(fail({ ...opened, terms: undefined }, 'too-few-bids'))).toBe('ok')
    expect(codeOf(fail(opened, 'other'))).toBe('ok')
  })

  test('sealed bids count as envelopes until they are opened', () => {
    const closed = tender({ state: 'closed', sealing: { threshold: 2 } })
    const envelopes = (n: number, given: typeof bids = [], of = closed) =>
      codeOf(fail(of, 'too-few-bids', given, { envelopes: n, keysLeft: 3 }))
    expect([envelopes(3), envelopes(2), envelopes(3, [bid(1)]), envelopes(3, [], opened)]).toEqual([
      'enough-bids',
      'ok',
      'ok',
      'ok',
    ])
  })

  test('keys are lost when fewer are left than open the bids', () => {
    const closed = tender({ state: 'closed', sealing: { threshold: 2 } })
    expect(codeOf(fail(closed, 'keys-lost', [], { envelopes: 3, keysLeft: 1 }))).toBe('ok')
    expect(fail(closed, 'keys-lost', [], { envelopes: 3, keysLeft: 2 })).toMatchObject({
      code: 'keys-enough',
      params: { left: 2, needed: 2 },
    })
    expect(fail(tender({ state: 'closed' }), 'keys-lost', [])).toMatchObject({
      code: 'keys-enough',
      params: { left: 0, needed: 0 },
    })
  })
})
