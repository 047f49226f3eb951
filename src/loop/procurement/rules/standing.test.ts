// Who reaches a tender and what each verb asks first, by tables.
import { describe, expect, test } from 'vitest'
import {
  clock,
  codeOf,
  later,
  now,
  organization,
  person,
  personId,
  procurer,
  tender,
} from '../../../../tests/support/tender-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { addMilliseconds, type Instant } from '../../../kit/instant.ts'
import * as rules from '../rules.ts'

const sealing: rules.Sealing = { threshold: 2 }
const deadline = '2026-12-13T15:59:59.999Z' as Instant
const code = (more: Partial<rules.Tender>, verb: rules.TenderVerb, actor: Actor = clock, at = now) =>
  codeOf(rules.standing(tender(more), verb, actor, at))

describe('reach', () => {
  test('a tender is confidential until it is published; panelists reach it in person, bidders by their organization', () => {
    const of = tender({ panel: [personId(30)] })
    expect(rules.reachOf(of, [organization(1)])).toEqual({
      division: of.division,
      persons: [personId(30)],
      organizations: [organization(1)],
      confidential: false,
    })
    expect(rules.reachOf(tender({ publishedAt: undefined }))).toMatchObject({ organizations: [], confidential: true })
  })

  test('what happened to its project and its bids counts for separation of duties', () => {
    const of = tender({ version: 4 })
    const own = [
      { kind: 'tender', id: of.id },
      { kind: 'project', id: 'p' },
    ]
    expect(rules.judgedTender(of)).toEqual({ reach: rules.reachOf(of), version: 4, lineage: own })
    expect(rules.judgedTender(of, [{ id: 'b' as rules.BidId }]).lineage).toEqual([...own, { kind: 'bid', id: 'b' }])
  })

  test('a bid without fault is valid', () => {
    const bids = [{ faults: [] }, { faults: ['abnormal'] }] as never[] as rules.Bid[]
    expect(rules.validBids(bids)).toEqual([bids[0]])
  })
})

describe('before and after the deadline', () => {
  const published = { state: 'published' as const }

  test.each(['closeTender', 'enterBid', 'startOpening', 'contributeShare', 'openBid', 'voidBid'] as const)(
    '%s is too early until the last moment, and says until when',
    (verb) => {
      expect(rules.standing(tender(published), verb, clock, now)).toMatchObject({
        code: 'before-deadline',
        params: { until: '2026-12-13' },
      })
      expect(code(published, verb, clock, addMilliseconds(deadline, -1))).toBe('before-deadline')
      expect(code(published, verb, clock, deadline)).toBe(verb === 'closeTender' ? 'ok' : 'not-in-this-state')
      expect(code({ ...published, deadline: undefined }, verb)).toBe(
        verb === 'closeTender' ? 'ok' : 'not-in-this-state',
      )
      expect(code({ state: 'opened' }, verb)).toBe('not-in-this-state')
    },
  )

  test.each(['depositBid', 'withdrawBid', 'confirmBid', 'changeTerms'] as const)(
    '%s ends with the deadline, unless an objection stops the clock',
    (verb) => {
      const over = addMilliseconds(deadline, 1)
      expect(code(published, verb, clock, deadline)).toBe('ok')
      expect(rules.standing(tender(published), verb, clock, over)).toMatchObject({
        code: 'bid-late',
        params: { deadline: '2026-12-13' },
      })
      expect(code({ ...published, stoppedAt: now }, verb, clock, over)).toBe('ok')
      expect(code({ ...published, deadline: undefined }, verb, clock, over)).toBe('ok')
    },
  )

  test('other verbs do not end with it', () => {
    expect(code(published, 'askQuestion', clock, later(40))).toBe('ok')
  })
})

describe('what a verb asks first', () => {
  const until = later(7)
  const cases: [string, Partial<rules.Tender>, rules.TenderVerb, Actor, string][] = [
    ['bids on paper need no key', { state: 'planning' }, 'publishTender', procurer, 'ok'],
    [
      'sealed bids need confirmed keys',
      { state: 'planning', sealing },
      'publishTender',
      procurer,
      'keys-not-confirmed',
    ],
    [
      'and with them are published',
      { state: 'planning', sealing: { ...sealing, confirmedAt: now } },
      'publishTender',
      procurer,
      'ok',
    ],
    ['sealed bids are not entered', { state: 'closed', sealing }, 'enterBid', procurer, 'bids-are-sealed'],
    ['bids on paper are', { state: 'closed' }, 'enterBid', procurer, 'ok'],
    ['nobody confirms an opening that they ran', { state: 'closed' }, 'confirmOpening', procurer, 'duties-separated'],
    ['somebody else does', { state: 'closed' }, 'confirmOpening', person(3), 'ok'],
    [
      'nor who leads the session',
      { state: 'closed', sealing: { ...sealing, session: { key: 'k', seat: 's', person: personId(3), at: now } } },
      'confirmOpening',
      person(3),
      'duties-separated',
    ],
    [
      'every envelope is settled first',
      { state: 'closed', sealing: { ...sealing, envelopes: 3, settled: 2 } },
      'confirmOpening',
      person(3),
      'envelopes-left',
    ],
    [
      'then it is confirmed',
      { state: 'closed', sealing: { ...sealing, envelopes: 3, settled: 3 } },
      'confirmOpening',
      person(3),
      'ok',
    ],
    [
      'uncounted envelopes are not settled',
      { state: 'closed', sealing },
      'confirmOpening',
      person(3),
      'envelopes-left',
    ],
    [
      'none settled of none is',
      { state: 'closed', sealing: { ...sealing, envelopes: 0 } },
      'confirmOpening',
      person(3),
      'ok',
    ],
    ['a panelist scores', { state: 'scoring', panel: [personId(30)] }, 'scoreBid', person(30), 'ok'],
    ['and leaves', { state: 'scoring', panel: [personId(30)] }, 'leavePanel', person(30), 'ok'],
    ['nobody else scores', { state: 'scoring', panel: [personId(30)] }, 'scoreBid', person(31), 'not-on-panel'],
    ['nor the clock', { state: 'scoring', panel: [personId(30)] }, 'leavePanel', clock, 'not-on-panel'],
    [
      'nor a designer who was drawn',
      { state: 'scoring', panel: [personId(2)] },
      'scoreBid',
      person(2),
      'duties-separated',
    ],
    ['who ran it decides no objection', { state: 'published' }, 'decideObjection', procurer, 'duties-separated'],
    ['nor complaint', { state: 'published' }, 'decideComplaint', procurer, 'duties-separated'],
    ['somebody else decides', { state: 'published' }, 'decideObjection', person(3), 'ok'],
    ['or the clock', { state: 'published' }, 'decideComplaint', clock, 'ok'],
    [
      'no award is proposed while an objection is open',
      { state: 'scoring', stoppedAt: now },
      'proposeAward',
      procurer,
      'objection-open',
    ],
    ['without one it is', { state: 'scoring' }, 'proposeAward', procurer, 'ok'],
    [
      'nothing is contracted while an objection is open',
      { state: 'awarded', stoppedAt: now },
      'tenderContracted',
      clock,
      'objection-open',
    ],
    ['without one it is', { state: 'awarded' }, 'tenderContracted', clock, 'ok'],
    [
      'no award is confirmed while an objection is open',
      { state: 'standstill', stoppedAt: now, standstillUntil: until },
      'confirmAward',
      procurer,
      'objection-open',
    ],
    [
      'nor while the standstill runs',
      { state: 'standstill', standstillUntil: until },
      'confirmAward',
      procurer,
      'standstill-runs',
    ],
    ['without one it is', { state: 'standstill' }, 'confirmAward', procurer, 'ok'],
    [
      'nor in the notice before it',
      { state: 'award-notice', standstillUntil: until },
      'confirmAward',
      procurer,
      'standstill-runs',
    ],
  ]
  test.each(cases)('%s', (_what, more, verb, actor, answer) => {
    expect(code(more, verb, actor)).toBe(answer)
  })

  test('a closing waits for the objection, not only for the deadline', () => {
    expect(code({ state: 'published', stoppedAt: now }, 'closeTender', clock, later(30))).toBe('objection-open')
  })

  test('who may not is told which duty it is, and until when the standstill runs', () => {
    const duty = (more: Partial<rules.Tender>, verb: rules.TenderVerb, actor: Actor) => {
      const ruling = rules.standing(tender(more), verb, actor, now)
      return ruling.ok ? undefined : ruling.params['duty']
    }
    expect(duty({ state: 'closed' }, 'confirmOpening', procurer)).toBe('procurer-opens')
    expect(duty({ state: 'scoring', panel: [personId(2)] }, 'scoreBid', person(2))).toBe('designer-scores')
    expect(duty({ state: 'published' }, 'decideObjection', procurer)).toBe('procurer-decides')
    for (const state of ['standstill', 'award-notice'] as const) {
      const ruling = rules.standing(tender({ state, standstillUntil: until }), 'confirmAward', procurer, now)
      expect(ruling).toMatchObject({ params: { until: '2026-11-30' } })
    }
    expect(rules.standing(tender({ state: 'award-notice' }), 'confirmAward', procurer, now)).toMatchObject({
      params: {},
    })
  })

  test('the standstill is over after its last moment', () => {
    const at = (when: Instant) => code({ state: 'standstill', standstillUntil: until }, 'confirmAward', procurer, when)
    expect([at(until), at(addMilliseconds(until, 1))]).toEqual(['standstill-runs', 'ok'])
  })
})

describe('the record after a verb', () => {
  test('has a new version; its history grows only when the state changes', () => {
    const of = tender()
    expect(rules.moved(of, 'published', later(1), { title: '新' })).toEqual({ ...of, title: '新', version: 2 })
    expect(rules.moved(of, 'closed', later(1))).toEqual({
      ...of,
      state: 'closed',
      version: 2,
      history: [
        { state: 'published', at: now },
        { state: 'closed', at: later(1) },
      ],
    })
    expect(rules.decide(of, 'scoreAgain', procurer, now, () => ({}))).toMatchObject({ code: 'not-in-this-state' })
  })

  test('whoever acts joins those who ran it, once; the clock does not', () => {
    const procurers = (actor: Actor) => rules.run(tender(), actor).procurers
    expect([procurers(procurer), procurers(person(3)), procurers(clock)]).toEqual([
      [personId(1)],
      [personId(1), personId(3)],
      [personId(1)],
    ])
  })

  test('how bids come in, whether the award is public, and the number', () => {
    expect([rules.bidFormOf({}), rules.bidFormOf({ sealing })]).toEqual(['paper', 'sealed'])
    expect(
      (['scoring', 'award-notice', 'standstill', 'awarded', 'contracted', 'failed'] as const).map((state) =>
        rules.awardIsPublic(tender({ state })),
      ),
    ).toEqual([false, true, true, true, true, false])
    expect([rules.shownNumber(tender()), rules.shownNumber(tender(), 'P')]).toEqual(['采2026-0009', 'P2026-0009'])
  })
})
