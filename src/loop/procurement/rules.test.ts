// Rules of procurement: the lifecycle over every state and verb, the draw that anyone repeats, ranking, deadlines, objections.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bid as bidRecord,
  clock,
  now,
  organization,
  person,
  personId,
  policy,
  procurer,
  tender as tenderRecord,
  terms,
} from '../../../tests/support/tender-record.ts'
import type { Actor } from '../../kit/actor.ts'
import { addDays } from '../../kit/instant.ts'
import { fen } from '../../kit/money.ts'
import { tenderStates } from './contract.ts'
import * as rules from './rules.ts'
import * as award from './rules/award.ts'
import * as bidding from './rules/bidding.ts'
import { drawOrder, listHash, seedOf } from './rules/draw.ts'
import { outliers, priceScore, qualificationFaults, ranking, sheetScore } from './rules/scoring.ts'

const sm3 = (text: string) => createHash('sm3').update(text, 'utf8').digest('hex')
const criteria = [
  { name: '方案', kind: 'panel', weight: 60 },
  { name: '团队', kind: 'panel', weight: 20 },
  { name: '报价', kind: 'price', weight: 20 },
] as const

/** Planned, nothing published. */
const tender = (more: Partial<rules.Tender> = {}): rules.Tender =>
  tenderRecord({
    state: 'planning',
    criteria,
    terms: undefined,
    publishedAt: undefined,
    deadline: undefined,
    history: [{ state: 'planning', at: now }],
    ...more,
  })
const bid = (n: number, more: Partial<rules.Bid> = {}): rules.Bid => bidRecord(n, { hash: sm3(`bid ${n}`), ...more })
const threeBids = [bid(1), bid(2), bid(3)]
const opened = tender({ state: 'opened', publishedAt: now, deadline: now, terms, secret: 'aa', commitment: sm3('aa') })
const experts = Array.from({ length: 9 }, (_, n) => personId(30 + n))

const verbs = [
  ...new Set(Object.values(rules.tenderLifecycle).flatMap((row) => Object.keys(row))),
] as rules.TenderVerb[]

test('every verb in every state leads where the table says, or is refused with what is possible', () => {
  for (const state of tenderStates) {
    for (const verb of verbs) {
      const ruling = rules.standing(tender({ state }), verb, clock, now)
      const expected = (rules.tenderLifecycle[state] as Partial<Record<string, string>>)[verb]
      if (state === 'award-notice' && verb === 'confirmAward') expect(ruling).toMatchObject({ code: 'standstill-runs' })
      else if (expected === undefined) expect(ruling).toMatchObject({ ok: false, code: 'not-in-this-state' })
      else if (verb !== 'scoreBid' && verb !== 'leavePanel') expect(ruling).toEqual({ ok: true, value: expected })
    }
  }
})

test('weights add up to 100, the notice is as long as the procedure asks, the panel judges something', () => {
  expect(bidding.checkTerms({ criteria, procedure: 'open' }, policy)).toBeUndefined()
  const faulty = bidding.checkTerms(
    { criteria: [{ name: '报价', kind: 'price', weight: 99 }], procedure: 'consultation', noticeDays: 9 },
    policy,
  )
  expect(faulty?.fields?.map((fault) => fault.code)).toEqual([
    'weights-not-100',
    'nothing-to-judge',
    'notice-too-short',
  ])
})

test('publishing freezes the terms and commits to the secret; the deadline is the end of the last day', () => {
  const published = bidding.publishTender(tender(), procurer, now, { ...policy, panelSize: 6 }, 'secret', sm3)
  expect(published).toMatchObject({
    ok: true,
    value: {
      state: 'published',
      deadline: '2026-12-13T15:59:59.999Z',
      commitment: sm3('secret'),
      terms: { noticeDays: 20, panelSize: 7 },
    },
  })
})

test('no bid before the deadline, none above the budget, none received late, one per organization', () => {
  const deadline = addDays(now, 20)
  const published = tender({ state: 'published', publishedAt: now, deadline, terms })
  const body = { organization: organization(1), price: fen(5_000_000n), receivedAt: addDays(now, 1) }
  expect(bidding.enterBid(published, procurer, now, body, [])).toMatchObject({ code: 'before-deadline' })
  expect(bidding.closeTender(published, procurer, now)).toMatchObject({ code: 'before-deadline' })
  const closed = { ...published, state: 'closed' as const }
  const later = addDays(now, 21)
  expect(bidding.enterBid(closed, procurer, later, body, [])).toMatchObject({ ok: true })
  expect(bidding.enterBid(closed, procurer, later, { ...body, price: fen(6_000_001n) }, [])).toMatchObject({
    fields: [{ path: 'body.price', code: 'price-above-budget' }],
  })
  expect(bidding.enterBid(closed, procurer, later, { ...body, receivedAt: later }, [])).toMatchObject({
    fields: [{ code: 'received-late' }],
  })
  expect(bidding.enterBid(closed, procurer, later, body, [bid(1)])).toMatchObject({ code: 'already-bid' })
})

test('the opening is confirmed by a second person', () => {
  const closed = tender({ state: 'closed', publishedAt: now, deadline: now, terms })
  expect(bidding.confirmOpening(closed, procurer, now, threeBids)).toMatchObject({ code: 'duties-separated' })
  expect(bidding.confirmOpening(closed, person(3), now, [])).toMatchObject({ code: 'no-bids' })
  expect(bidding.confirmOpening(closed, person(3), now, threeBids)).toMatchObject({
    ok: true,
    value: { state: 'opened', openedBy: personId(3) },
  })
})

test('qualification comes from the registers', () => {
  const good = {
    active: true,
    abnormal: false,
    illegal: false,
    rating: '4A',
    categories: ['01'],
    certificates: 3,
    barred: false,
  }
  expect(qualificationFaults(good, ['0102'], { certificates: 3, minimumRating: '3A' })).toEqual([])
  expect(qualificationFaults({ ...good, categories: ['0102'] }, ['01'], { certificates: 0 })).toEqual([])
  expect(
    qualificationFaults(
      { active: false, abnormal: true, illegal: true, barred: true, categories: ['02'], certificates: 0 },
      ['0102'],
      { certificates: 1, minimumRating: '3A' },
    ),
  ).toEqual([
    'not-active',
    'abnormal',
    'illegal',
    'barred',
    'category-missing',
    'rating-too-low',
    'certificates-missing',
  ])
})

test('anyone draws the same panel again; another secret, bid or list draws another seed', () => {
  const drawn = award.appointPanel(opened, procurer, now, experts.toReversed(), [], threeBids, sm3)
  if (!drawn.ok || drawn.value.draw === undefined) throw new Error('not drawn')
  const { draw, panel } = drawn.value
  expect(panel).toHaveLength(5)
  expect(draw.listHash).toBe(listHash(draw.list, sm3))
  const seed = seedOf({ secret: draw.secret, bidHashes: threeBids.map((each) => each.hash), list: draw.list }, sm3)
  expect(drawOrder(draw.list, seed, sm3).slice(0, draw.size)).toEqual(panel)
  expect(seedOf({ secret: 'ab', bidHashes: threeBids.map((each) => each.hash), list: draw.list }, sm3)).not.toBe(seed)
  expect(seedOf({ secret: 'aa', bidHashes: [sm3('other')], list: draw.list }, sm3)).not.toBe(seed)
})

test('a draw is a permutation of its list, whatever the order in which bids stand', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 20 }),
      fc.array(fc.string(), { maxLength: 5 }),
      (list, hashes) => {
        const seed = seedOf({ secret: 's', bidHashes: hashes, list }, sm3)
        expect(seedOf({ secret: 's', bidHashes: hashes.toReversed(), list }, sm3)).toBe(seed)
        expect(drawOrder(list, seed, sm3).toSorted()).toEqual(list.toSorted())
      },
    ),
  )
})

test('too few valid bids or experts draw no panel; too few bids is then a reason to fail', () => {
  const invalidOne = [bid(1), bid(2), bid(3, { faults: ['abnormal'] })]
  expect(award.appointPanel(opened, procurer, now, experts, [], invalidOne, sm3)).toMatchObject({
    code: 'too-few-bids',
    params: { valid: 2, needed: 3 },
  })
  expect(award.appointPanel(opened, procurer, now, experts.slice(0, 4), [], threeBids, sm3)).toMatchObject({
    code: 'too-few-panelists',
  })
  expect(
    award.failTender(opened, procurer, now, { reason: 'too-few-bids', words: '不足三家' }, invalidOne),
  ).toMatchObject({ ok: true, value: { state: 'failed' } })
  expect(
    award.failTender(opened, procurer, now, { reason: 'too-few-bids', words: '不足三家' }, threeBids),
  ).toMatchObject({ code: 'enough-bids' })
})

function scoring(): rules.Tender {
  const drawn = award.appointPanel(opened, procurer, now, experts, [], threeBids, sm3)
  if (!drawn.ok) throw new Error(drawn.code)
  return drawn.value
}

test('a panelist scores each valid bid once and whole; others not at all; a tied one is replaced', () => {
  const it = scoring()
  const first = it.panel[0] ?? ''
  const panelist: Actor = { ...person(0), kind: 'person', personId: first as ReturnType<typeof personId> } as Actor
  const body = { bid: bid(1).id, points: [80, 90] }
  expect(award.scoreBid(it, panelist, now, body, threeBids, [])).toMatchObject({ ok: true })
  expect(award.scoreBid(it, panelist, now, { ...body, points: [80] }, threeBids, [])).toMatchObject({
    fields: [{ code: 'points-incomplete' }],
  })
  expect(award.scoreBid(it, panelist, now, body, threeBids, [{ ...body, panelist: first }])).toMatchObject({
    code: 'already-scored',
  })
  expect(award.scoreBid(it, person(99), now, body, threeBids, [])).toMatchObject({ code: 'not-on-panel' })
  const left = award.leavePanel(it, panelist, now, [])
  expect(left).toMatchObject({ ok: true, value: { replaced: [first] } })
  expect(left.ok && left.value.panel[0]).toBe(it.draw?.order[5])
  expect(award.proposeAward(it, procurer, now, threeBids, [], new Map(), sm3)).toMatchObject({ code: 'scores-missing' })
})

test('the best score wins; equal scores go to the lower price, equal prices to the draw', () => {
  expect(sheetScore(criteria, [100, 100])).toBe(8000)
  expect(priceScore(criteria, fen(200n), fen(100n))).toBe(1000)
  const sheets = (points: Record<string, number[]>) =>
    Object.entries(points).map(([id, each]) => ({ bid: id, panelist: 'p', points: each }))
  const only = [{ name: '方案', kind: 'panel', weight: 100 }] as const
  const bids = [
    { id: 'a', price: fen(300n) },
    { id: 'b', price: fen(200n) },
    { id: 'c', price: fen(200n) },
  ]
  expect(ranking(bids, only, sheets({ a: [90], b: [80], c: [70] }), 's', sm3).map((each) => each.bid)).toEqual([
    'a',
    'b',
    'c',
  ])
  const tied = ranking(bids, only, sheets({ a: [80], b: [80], c: [80] }), 's', sm3).map((each) => each.bid)
  expect(tied[2]).toBe('a')
  expect(tied.slice(0, 2)).toEqual(drawOrder(['a', 'b', 'c'], 's', sm3).filter((id) => id !== 'a'))
})

test('a sheet far from the others is flagged, and still counts', () => {
  const only = [{ name: '方案', kind: 'panel', weight: 100 }] as const
  const sheets = [80, 82, 78, 81, 30].map((points, index) => ({ bid: 'a', panelist: `p${index}`, points: [points] }))
  expect(outliers(only, sheets, 20).map((each) => each.panelist)).toEqual(['p4'])
})

function noticed(): rules.Tender {
  const it = scoring()
  const sheets = it.panel.flatMap((panelist) =>
    threeBids.map((each, index) => ({ bid: each.id, panelist, points: [90 - index * 10, 80] })),
  )
  const proposed = award.proposeAward(it, procurer, now, threeBids, sheets, new Map(), sm3)
  if (!proposed.ok) throw new Error(proposed.code)
  return proposed.value
}

test('the standstill runs whole working days from the day after the notice; only then is the award confirmed', () => {
  const it = noticed()
  expect(it.award).toMatchObject({ bid: bid(1).id, organization: organization(1) })
  expect(it.standstillUntil).toBe('2026-12-02T15:59:59.999Z')
  const standstill = award.beginStandstill(it, clock, addDays(now, 1))
  if (!standstill.ok) throw new Error(standstill.code)
  expect(award.confirmAward(standstill.value, procurer, addDays(now, 3), [])).toMatchObject({ code: 'standstill-runs' })
  expect(award.confirmAward(standstill.value, procurer, addDays(now, 10), ['abnormal'])).toMatchObject({
    code: 'winner-not-qualified',
  })
  expect(award.confirmAward(standstill.value, procurer, addDays(now, 10), [])).toMatchObject({
    ok: true,
    value: { state: 'awarded' },
  })
})
