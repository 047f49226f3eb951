// The panel that is drawn, its sheets, and the result as it is announced.
import { describe, expect, test } from 'vitest'
import { sm3 } from '../../../../tests/support/sm3.ts'
import { actor, call, me, now, proposal } from '../../../../tests/support/venture-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { fen } from '../../../kit/money.ts'
import { drawOrder, listHash, seedOf } from '../../procurement/rules/draw.ts'
import type { Call, Proposal, ProposalId } from '../rules.ts'
import * as award from './award.ts'

const clock: Actor = { kind: 'system', name: 'test', grants: [] }
const atPanel: Call = { ...call, state: 'panel', panel: [] }

describe('drawing the panel', () => {
  test('rests on the secret, the hashes of what was handed in and the sorted list; anyone draws it again', () => {
    const list = ['a', 'b', 'c', 'd']
    const seed = seedOf({ secret: 'secret', bidHashes: ['h1', 'h2'], list }, sm3)
    const order = drawOrder(list, seed, sm3)
    expect(
      award.appointPanel(atPanel, clock, now, ['d', 'b', 'a', 'c'], [{ hash: 'h2' }, {}, { hash: 'h1' }], sm3),
    ).toEqual({
      ok: true,
      value: {
        ...atPanel,
        version: 2,
        draw: { order, seed, listHash: listHash(list, sm3) },
        panel: order.slice(0, 3),
      },
    })
  })

  test('as many candidates as seats are enough, one less is told', () => {
    expect(award.appointPanel(atPanel, clock, now, ['a', 'b', 'c'], [], sm3)).toMatchObject({ ok: true })
    expect(award.appointPanel(atPanel, clock, now, ['a', 'b'], [], sm3)).toMatchObject({
      code: 'too-few-panelists',
      params: { needed: 3, found: 2 },
    })
    expect(award.appointPanel({ ...atPanel, panel: ['x'] }, clock, now, ['a', 'b', 'c'], [], sm3)).toMatchObject({
      code: 'panel-stands',
    })
  })
})

describe('leaving the panel', () => {
  const seated: Call = {
    ...atPanel,
    panel: ['a', me, 'c'],
    replaced: ['d'],
    draw: { order: ['a', me, 'c', 'd', 'e'], listHash: 'l', seed: 's' },
  }
  const sheet = (panelist: string) => ({ proposal: proposal.id, panelist, points: [1, 2] })

  test('the next of the draw who has not left takes the very seat', () => {
    expect(award.leavePanel(seated, actor(), now, [sheet('a')])).toEqual({
      ok: true,
      value: { ...seated, panel: ['a', 'e', 'c'], replaced: ['d', me], version: 2 },
    })
  })

  test('not after a sheet, not when nobody stands by, and not by the clock', () => {
    expect(award.leavePanel(seated, actor(), now, [sheet(me)])).toMatchObject({ code: 'scored-before' })
    const lonely = { ...seated, replaced: ['d', 'e'] }
    expect(award.leavePanel(lonely, actor(), now, [])).toMatchObject({ code: 'nobody-stands-by' })
    expect(award.leavePanel({ ...seated, draw: undefined }, actor(), now, [])).toMatchObject({
      code: 'nobody-stands-by',
    })
    expect(award.leavePanel(seated, clock, now, [])).toMatchObject({ kind: 'forbidden', code: 'not-on-panel' })
  })
})

describe('a sheet', () => {
  const voted: Proposal = { ...proposal, state: 'voted' }
  const score = (points: number[], tied: string[] = [], of = voted) =>
    award.scoreProposal(of, { ...atPanel, panel: [me] }, actor(), now, { points }, tied)

  test('leaves the proposal as it is; it has a point for each criterion, by somebody tied to no proposer', () => {
    expect(score([1, 2])).toEqual({ ok: true, value: voted })
    expect(score([1, 2, 3])).toMatchObject({
      fields: [{ path: 'body.points', code: 'points-per-criterion', params: { count: 2 } }],
    })
    expect(score([1, 2], ['somebody', me])).toMatchObject({ kind: 'forbidden', code: 'tied-to-proposer' })
    expect(score([1, 2], [], proposal)).toMatchObject({ code: 'not-in-this-state' })
  })

  test('weighs its points; the panel’s score is the mean of a proposal’s sheets, rounded down', () => {
    expect(award.sheetScore(call.criteria, [100, 100])).toBe(10_000)
    expect(award.sheetScore(call.criteria, [50, 10])).toBe(3_400)
    expect(award.sheetScore(call.criteria, [50])).toBe(3_000)
    const sheets = [
      { proposal: 'p', panelist: 'a', points: [90, 91] },
      { proposal: 'p', panelist: 'b', points: [90, 90] },
      { proposal: 'q', panelist: 'a', points: [0, 0] },
      { proposal: 'p', panelist: 'c', points: [90, 90] },
    ]
    expect(award.panelScore(call.criteria, sheets, 'p')).toBe(9_013)
    expect(award.panelScore(call.criteria, sheets, 'none')).toBe(0)
  })
})

test('residents’ points follow the favourite', () => {
  expect([award.voteScore(2, 3), award.voteScore(3, 3), award.voteScore(0, 3), award.voteScore(1, 0)]).toEqual([
    6666, 10_000, 0, 0,
  ])
})

describe('ranking', () => {
  const sheets = (points: Record<string, number>) =>
    Object.entries(points).map(([id, each]) => ({ proposal: id, panelist: 'a', points: [each, each] }))

  test('equal scores go to the one that the panel puts first', () => {
    const weights = { ...call, voteWeight: 50, panelWeight: 50 }
    const votes = [
      { id: 'loved', votes: 10 },
      { id: 'sound', votes: 5 },
    ]
    const ranked = award.ranking(weights, votes, sheets({ loved: 40, sound: 90 }), ['loved', 'sound'])
    expect(ranked).toEqual([
      { id: 'sound', rank: 1, votes: 5, voteScore: 5_000, panelScore: 9_000, score: 7_000 },
      { id: 'loved', rank: 2, votes: 10, voteScore: 10_000, panelScore: 4_000, score: 7_000 },
    ])
  })

  test('nobody has points of the residents when nobody voted', () => {
    const ranked = award.ranking(call, [{ id: 'p', votes: 0 }], sheets({ p: 100 }), ['p'])
    expect(ranked).toMatchObject([{ voteScore: 0, score: 6_000 }])
  })
})

test.each([
  ['what is asked for is all that is left', 100n, 6_000, 100n],
  ['it asks for more than is left', 101n, 6_000, undefined],
  ['the panel gives it the least that is needed', 1n, 6_000, 1n],
  ['the panel gives it less', 1n, 5_999, undefined],
  ['it asks for nothing', 0n, 6_000, undefined],
])('an award where %s', (_what, asked, panelScore, given) => {
  const order = [{ id: 'p', panelScore, asked: fen(asked) }]
  expect(award.awards(order, { total: fen(100n), ceiling: fen(200n) }, 60).get('p')).toBe(given)
})

describe('the announcement', () => {
  const id = (n: number) => `320505-0190f1c0-0000-7000-8000-00000000010${n}` as ProposalId
  const of = (n: number, more: Partial<Proposal> = {}): Proposal => ({
    ...proposal,
    id: id(n),
    state: 'voted',
    hash: `h${n}`,
    ...more,
  })
  const three: Call = { ...atPanel, panel: ['a', 'b', 'c'] }
  const sheets = (points: readonly (readonly [number, number])[], panel = three.panel) =>
    points.flatMap(([n, each]) => panel.map((panelist) => ({ proposal: id(n), panelist, points: [each, each] })))

  test('gives every proposal that was voted on its result, the best within the money an award', () => {
    const voted = [
      of(1, { votes: 10, asked: fen(5_000_000n) }),
      of(2, { votes: 5, asked: fen(5_000_000n) }),
      of(3, { asked: fen(1_000_000n) }),
      of(4, { state: 'withdrawn' }),
    ]
    const points: [number, number][] = [
      [1, 90],
      [2, 80],
      [3, 59],
    ]
    expect(award.announceCall(three, clock, now, voted, sheets(points), sm3)).toEqual({
      ok: true,
      value: {
        call: {
          ...three,
          state: 'announced',
          version: 2,
          awarded: 10_000_000n,
          history: [{ state: 'announced', at: now }],
        },
        proposals: [
          {
            ...voted[0],
            state: 'awarded',
            version: 2,
            result: { rank: 1, votes: 10, voteScore: 10_000, panelScore: 9_000, score: 9_400 },
            award: 5_000_000n,
            history: [{ state: 'awarded', at: now }],
          },
          {
            ...voted[1],
            state: 'awarded',
            version: 2,
            result: { rank: 2, votes: 5, voteScore: 5_000, panelScore: 8_000, score: 6_800 },
            award: 5_000_000n,
            history: [{ state: 'awarded', at: now }],
          },
          {
            ...voted[2],
            state: 'not-awarded',
            version: 2,
            result: { rank: 3, votes: 0, voteScore: 0, panelScore: 5_900, score: 3_540 },
            award: undefined,
            history: [{ state: 'not-awarded', at: now }],
          },
        ],
      },
    })
  })

  test('what is equal in everything stands in the order of the draw that the secret and the hashes give', () => {
    const voted = [of(1), of(2), of(3)]
    const list = voted.map((each) => each.id)
    const seed = seedOf({ secret: 'secret', bidHashes: ['h1', 'h2', 'h3'], list }, sm3)
    const even: [number, number][] = [
      [1, 70],
      [2, 70],
      [3, 70],
    ]
    for (const order of [voted, voted.toReversed()]) {
      const announced = award.announceCall(three, clock, now, order, sheets(even), sm3)
      expect(announced.ok && announced.value.proposals.map((each) => each.id)).toEqual(drawOrder(list, seed, sm3))
    }
  })

  test('sheets of somebody who is not on the panel neither count nor weigh', () => {
    const voted = [of(1, { votes: 1 })]
    const gone = { proposal: id(1), panelist: 'gone', points: [0, 0] }
    expect(award.sheetsLeft(three, voted, [gone, ...sheets([[1, 90]], ['a', 'b'])])).toBe(1)
    const announced = award.announceCall(three, clock, now, voted, [gone, ...sheets([[1, 90]])], sm3)
    expect(announced).toMatchObject({ ok: true, value: { proposals: [{ result: { panelScore: 9_000 } }] } })
  })

  test('waits for every sheet, and while no panel was drawn for as many as it will have', () => {
    const voted = [of(1), of(2), of(4, { state: 'withdrawn' })]
    expect(
      award.sheetsLeft(
        three,
        voted,
        sheets([
          [1, 90],
          [4, 90],
        ]),
      ),
    ).toBe(3)
    expect(award.sheetsLeft(atPanel, voted, [])).toBe(6)
    expect(award.sheetsLeft({ ...atPanel, terms: undefined }, voted, [])).toBe(2)
    expect(award.announceCall(three, clock, now, voted, sheets([[1, 90]]), sm3)).toMatchObject({
      code: 'sheets-missing',
      params: { left: 3 },
    })
    expect(award.announceCall(call, clock, now, voted, [], sm3)).toMatchObject({ code: 'not-in-this-state' })
    expect(award.announceCall(three, clock, now, [], [], sm3)).toMatchObject({ ok: true, value: { proposals: [] } })
  })

  test('whoever has a sheet to fill in is known by name', () => {
    const voted = [of(1), of(2), of(4, { state: 'withdrawn' })]
    const some = [...sheets([[1, 90]]), ...sheets([[2, 90]], ['b']), ...sheets([[9, 90]], ['c'])]
    expect(award.panelLeft(three, voted, some)).toEqual(['a', 'c'])
  })
})
