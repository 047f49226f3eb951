// Rules of venture calls: lifecycles by table, ranking and awards by properties.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actor, call, me, now, proposal } from '../../../tests/support/venture-record.ts'
import type { Instant } from '../../kit/instant.ts'
import { fen, sum } from '../../kit/money.ts'
import { callStates, proposalStates } from './contract.ts'
import * as rules from './rules.ts'
import * as award from './rules/award.ts'
import { checkEligibility } from './rules/proposals.ts'

const code = (ruling: { ok: boolean; code?: string }) => (ruling.ok ? 'ok' : ruling.code)

describe('lifecycle', () => {
  const callVerbs = [...new Set(Object.values(rules.callLifecycle).flatMap((verbs) => Object.keys(verbs)))]
  const proposalVerbs = [...new Set(Object.values(rules.proposalLifecycle).flatMap((verbs) => Object.keys(verbs)))]

  test.each(callStates)('a call that is %s allows its own verbs and no other', (state) => {
    const own = Object.keys(rules.callLifecycle[state])
    for (const verb of callVerbs as rules.CallVerb[]) {
      const ruling = rules.callStanding(
        { ...call, state, panel: verb === 'appointVenturePanel' ? [] : [me] },
        verb,
        actor(),
      )
      expect([verb, code(ruling)]).toEqual([verb, own.includes(verb) ? 'ok' : 'not-in-this-state'])
    }
  })

  test.each(proposalStates)('a proposal that is %s allows its own verbs and no other', (state) => {
    const own = Object.keys(rules.proposalLifecycle[state])
    for (const verb of proposalVerbs as rules.ProposalVerb[]) {
      const stage = verb === 'castVentureVote' ? 'voting' : verb.match(/^(admit|turnAway)/) ? 'screening' : 'open'
      const ruling = rules.proposalStanding({ ...proposal, state }, { ...call, state: stage }, verb, actor(), now)
      expect([verb, code(ruling)]).toEqual([verb, own.includes(verb) ? 'ok' : 'not-in-this-state'])
    }
  })
})

describe('the last moment', () => {
  test.each([
    ['2026-11-20T15:59:59.999Z', true],
    ['2026-11-20T16:00:00.000Z', false],
  ])('proposals at %s: %s', (at, open) => {
    expect(rules.takesProposals(call, at as Instant)).toBe(open)
  })

  test.each([
    ['2026-12-01T15:59:59.999Z', 'ok'],
    ['2026-12-01T16:00:00.000Z', 'vote-not-open'],
  ])('votes at %s: %s', (at, answer) => {
    const voting = { ...call, state: 'voting' as const }
    const ruling = rules.proposalStanding(
      { ...proposal, state: 'admitted' },
      voting,
      'castVentureVote',
      actor(),
      at as Instant,
    )
    expect(code(ruling)).toBe(answer)
  })
})

test.each([
  [{ active: true, abnormal: false, illegal: false, barred: false }, undefined],
  [{ active: false, abnormal: true, illegal: true, barred: false }, 'not-active'],
  [{ active: true, abnormal: true, illegal: true, barred: false }, 'illegal'],
  [{ active: true, abnormal: true, illegal: false, barred: false }, 'abnormal'],
  [{ active: true, abnormal: false, illegal: false, barred: true }, 'barred'],
])('%j takes part: %s', (standing, refused) => {
  expect(checkEligibility(standing)?.code).toBe(refused)
})

describe('ranking', () => {
  const id = (n: number) => `p${n}`
  const entries = fc.uniqueArray(
    fc.record({
      n: fc.integer({ min: 0, max: 40 }),
      votes: fc.integer({ min: 0, max: 500 }),
      points: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 2 }),
      asked: fc.bigInt({ min: 1n, max: 6_000_000n }),
    }),
    { selector: (entry) => entry.n, minLength: 1, maxLength: 30 },
  )
  type Entry = { n: number; votes: number; points: number[]; asked: bigint }
  const ranked = (list: readonly Entry[], drawn = list.map((entry) => id(entry.n))) =>
    award.ranking(
      call,
      list.map((entry) => ({ id: id(entry.n), votes: entry.votes })),
      list.map((entry) => ({ proposal: id(entry.n), panelist: 'a', points: entry.points })),
      drawn,
    )

  test('is the declared weights’ sum, best first, each rank once, whatever the order of what came in', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const drawn = list.map((entry) => id(entry.n)).toSorted()
        const result = ranked(list, drawn)
        expect(result.map((each) => each.rank)).toEqual(list.map((_none, index) => index + 1))
        for (const each of result) {
          expect(each.score).toBe(Math.floor((40 * each.voteScore + 60 * each.panelScore) / 100))
          expect(each.score).toBeGreaterThanOrEqual(0)
          expect(each.score).toBeLessThanOrEqual(10_000)
        }
        for (const [index, each] of result.entries()) {
          const next = result[index + 1]
          if (next !== undefined) expect(each.score).toBeGreaterThanOrEqual(next.score)
        }
        expect(ranked(list.toReversed(), drawn)).toEqual(result)
      }),
    )
  })

  test('equal scores go by the panel’s, then by the draw', () => {
    const even = [
      { n: 1, votes: 5, points: [70, 70], asked: 1n },
      { n: 2, votes: 5, points: [70, 70], asked: 1n },
    ]
    expect(ranked(even, ['p2', 'p1']).map((each) => each.id)).toEqual(['p2', 'p1'])
    expect(ranked(even, ['p1', 'p2']).map((each) => each.id)).toEqual(['p1', 'p2'])
  })

  test('the favourite of the residents has 100 points from them, and nobody any when nobody voted', () => {
    expect(award.voteScore(7, 7)).toBe(10_000)
    expect(award.voteScore(1, 3)).toBe(3333)
    expect(award.voteScore(0, 0)).toBe(0)
  })

  test('awards never exceed the money or the ceiling, are whole, and pass nobody over who would have fitted', () => {
    fc.assert(
      fc.property(entries, fc.bigInt({ min: 1n, max: 20_000_000n }), (list, total) => {
        const order = ranked(list).map((each) => ({
          ...each,
          asked: fen(list.find((entry) => id(entry.n) === each.id)?.asked ?? 0n),
        }))
        const given = award.awards(order, { total: fen(total), ceiling: call.ceiling }, 60)
        expect(sum(given.values())).toBeLessThanOrEqual(total)
        let left = total
        for (const each of order) {
          const got = given.get(each.id)
          const fits = each.panelScore >= 6000 && each.asked <= left && each.asked <= call.ceiling
          expect(got).toBe(fits ? each.asked : undefined)
          if (got !== undefined) left -= got
        }
      }),
    )
  })
})

describe('the panel', () => {
  const hash = (text: string) =>
    text
      .split('')
      .reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) % 1_000_003, 7)
      .toString(16)
      .padStart(8, '0')
  const panelCall: rules.Call = { ...call, state: 'panel', panel: [] }

  test('has the policy’s size, all of them candidates, and is the same whoever draws it again', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 4, maxLength: 8 }), { minLength: 3, maxLength: 12 }),
        (candidates) => {
          const once = award.appointPanel(panelCall, actor(), now, candidates, [{ hash: 'a' }], hash)
          const again = award.appointPanel(panelCall, actor(), now, candidates.toReversed(), [{ hash: 'a' }], hash)
          if (!once.ok || !again.ok) throw new Error('refused')
          expect(once.value.panel).toHaveLength(3)
          expect(once.value.panel.every((person) => candidates.includes(person))).toBe(true)
          expect(again.value.panel).toEqual(once.value.panel)
        },
      ),
    )
  })

  test('two candidates are too few for three seats', () => {
    expect(code(award.appointPanel(panelCall, actor(), now, ['a', 'b'], [], hash))).toBe('too-few-panelists')
  })

  test('who is tied or not on it does not score, and every criterion gets its points', () => {
    const [seated, voted] = [
      { ...call, state: 'panel' as const },
      { ...proposal, state: 'voted' as const },
    ]
    const score = (of: rules.Call, points: number[], tied: string[] = []) =>
      code(award.scoreProposal(voted, of, actor(), now, { points }, tied))
    expect(score(seated, [1, 2])).toBe('ok')
    expect(score(seated, [1, 2], [me])).toBe('tied-to-proposer')
    expect(score({ ...seated, panel: ['other'] }, [1, 2])).toBe('not-on-panel')
    expect(score(seated, [1])).toBe('invalid-input')
  })

  test('the result waits for every sheet of every member', () => {
    const three: rules.Call = { ...call, state: 'panel', panel: ['a', 'b', 'c'] }
    const voted = [{ ...proposal, state: 'voted' as const, votes: 1 }]
    const sheets = ['a', 'b'].map((panelist) => ({ proposal: proposal.id, panelist, points: [90, 90] }))
    expect(award.sheetsLeft(three, voted, sheets)).toBe(1)
    expect(code(award.announceCall(three, actor(), now, voted, sheets, hash))).toBe('sheets-missing')
    expect(award.panelLeft(three, voted, sheets)).toEqual(['c'])
    const all = [...sheets, { proposal: proposal.id, panelist: 'c', points: [90, 90] }]
    expect(code(award.announceCall(three, actor(), now, voted, all, hash))).toBe('ok')
    // Sheets of a member who stepped down do not count.
    expect(award.sheetsLeft({ ...three, panel: ['a', 'b', 'd'] }, voted, all)).toBe(1)
  })
})
