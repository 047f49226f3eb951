// Objections and complaints: who may when, what stops the clock and for how long, and what each remedy leads to.
import { describe, expect, test } from 'vitest'
import {
  bidder,
  clock,
  codeOf,
  later,
  now,
  organization,
  person,
  personId,
  procurer,
  tender,
  uuid,
} from '../../../../tests/support/tender-record.ts'
import { type Jurisdiction, makeId } from '../../../kit/id.ts'
import { addMilliseconds } from '../../../kit/instant.ts'
import { endOfDay } from '../../../kit/working-days.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import type { TenderState } from '../contract.ts'
import type { Remedy } from '../contract/matters.ts'
import { standing, type Tender, tenderLifecycle } from '../rules.ts'
import { waitingOfTender } from '../waiting.ts'
import * as award from './award.ts'
import * as objecting from './objecting.ts'

const calendar = new Map()
const end = (date: string) => endOfDay(plainDateOf(date))
const objectionId = makeId<'objection'>('320505' as Jurisdiction, uuid(50))
const bidders = [organization(1), organization(2), organization(3)]
/** Monday the 23rd: seven working days end on Wednesday the 2nd. */
const standstill = tender({ state: 'standstill', openedAt: now, standstillUntil: end('2026-12-02') })
const made = { id: objectionId, due: end('2026-12-03') }

const objection = (more: Partial<objecting.Objection> = {}): objecting.Objection => ({
  id: objectionId,
  organization: organization(2),
  organizationName: '机构2',
  person: personId(102),
  against: 'award',
  argument: '评分有误',
  asked: '重评',
  files: [],
  at: later(1),
  due: made.due,
  state: 'open',
  ...more,
})
const complaint = (more: Partial<objecting.Complaint> = {}): objecting.Complaint => ({
  id: makeId<'complaint'>('320505' as Jurisdiction, uuid(60)),
  person: personId(102),
  argument: '答复没有回应理由',
  asked: '重评',
  files: [],
  at: later(3),
  due: end('2027-01-04'),
  state: 'open',
  ...more,
})

const object = (of: Tender, at = later(1), who = bidder(2), against: objecting.Objection['against'] = 'award') =>
  objecting.objectToTender(of, who, at, { against }, made, [], bidders, calendar)
const stoppedTender = (): Tender => {
  const ruling = object(standstill)
  if (!ruling.ok) throw new Error(ruling.code)
  return ruling.value.tender
}

describe('objecting', () => {
  test('a bidder stops the clock, and the overseer has work; one open objection of each', () => {
    const stopped = stoppedTender()
    expect(stopped).toMatchObject({ stoppedAt: later(1), pending: [{ verb: 'decideObjection', of: objectionId }] })
    expect(waitingOfTender(stopped).map((each) => [each.verb, each.permission])).toEqual([
      ['decideObjection', 'procurement.decideObjection'],
    ])
    const again = objecting.objectToTender(
      stopped,
      bidder(2),
      later(2),
      { against: 'award' },
      made,
      [objection()],
      bidders,
      calendar,
    )
    expect(codeOf(again)).toBe('already-objecting')
    expect(codeOf(object(standstill, later(1), bidder(7)))).toBe('forbidden')
    expect(codeOf(award.confirmAward(stopped, procurer, later(20), []))).toBe('objection-open')
  })

  test.each([
    ['published', 'terms', 'ok'],
    ['published', 'award', 'not-now-objectable'],
    ['closed', 'terms', 'not-in-this-state'],
    ['opened', 'qualification', 'ok'],
    ['scoring', 'qualification', 'ok'],
    ['scoring', 'award', 'not-now-objectable'],
    ['award-notice', 'award', 'ok'],
    ['standstill', 'qualification', 'ok'],
    ['standstill', 'cancellation', 'not-now-objectable'],
    ['awarded', 'award', 'not-in-this-state'],
    ['cancelled', 'cancellation', 'ok'],
    ['failed', 'cancellation', 'ok'],
    ['failed', 'award', 'not-now-objectable'],
    ['contracted', 'award', 'not-in-this-state'],
  ] as const)('while it is %s, against the %s: %s', (state, against, expected) => {
    const of = { ...standstill, state, history: [{ state, at: now }] }
    expect(codeOf(object(of, later(1), bidder(2), against))).toBe(expected)
  })

  test('an end has no clock; it is objected to within the days of the standstill, before the opening by anybody', () => {
    const cancelled = {
      ...standstill,
      state: 'cancelled' as const,
      history: [{ state: 'cancelled' as const, at: now }],
    }
    const ruling = object(cancelled, later(1), bidder(2), 'cancellation')
    expect(ruling.ok && ruling.value.tender.stoppedAt).toBeUndefined()
    expect(codeOf(object(cancelled, end('2026-12-02'), bidder(2), 'cancellation'))).toBe('ok')
    expect(codeOf(object(cancelled, addMilliseconds(end('2026-12-02'), 1), bidder(2), 'cancellation'))).toBe(
      'objection-late',
    )
    expect(codeOf(object(cancelled, later(1), bidder(7), 'cancellation'))).toBe('forbidden')
    expect(codeOf(object({ ...cancelled, openedAt: undefined }, later(1), bidder(7), 'cancellation'))).toBe('ok')
  })

  test('after the standstill it is too late, unless somebody else’s objection holds the clock', () => {
    const over = addMilliseconds(end('2026-12-02'), 1)
    expect(codeOf(object(standstill, over))).toBe('objection-late')
    expect(codeOf(object({ ...standstill, stoppedAt: later(2) }, over))).toBe('ok')
  })
})

const decide = (body: objecting.Decision, of = stoppedTender(), who = person(60), about = objection()) =>
  objecting.decideObjection(of, who, later(8), body, about, calendar)

describe('deciding an objection', () => {
  test('rejected: the working days that were left run on', () => {
    // Stopped on the 24th with six working days left (to 2 December); decided on 1 December.
    expect(decide({ decision: 'rejected', words: '不成立' })).toMatchObject({
      ok: true,
      value: { state: 'standstill', stoppedAt: undefined, pending: [], standstillUntil: end('2026-12-09') },
    })
  })

  test('another open objection keeps the clock standing; an open question does not', () => {
    const stopped = stoppedTender()
    const other = { verb: 'decideComplaint', of: 'other', due: made.due } as const
    const held = decide({ decision: 'rejected', words: '不成立' }, { ...stopped, pending: [...stopped.pending, other] })
    expect(held).toMatchObject({ ok: true, value: { stoppedAt: later(1), pending: [other] } })
    const question = { verb: 'answerQuestion', of: 'question', due: made.due } as const
    const runs = decide(
      { decision: 'rejected', words: '不成立' },
      { ...stopped, pending: [...stopped.pending, question] },
    )
    expect(runs).toMatchObject({ ok: true, value: { stoppedAt: undefined, pending: [question] } })
  })

  test('an objection to the terms moves the deadline of bids', () => {
    const published = tender({
      stoppedAt: later(1),
      pending: [{ verb: 'decideObjection', of: objectionId, due: made.due }],
    })
    const ruling = decide({ decision: 'rejected', words: '不成立' }, published)
    // Thirteen working days were left on the 24th (to Friday the 11th, before the weekend of the deadline).
    expect(ruling).toMatchObject({ ok: true, value: { state: 'published', deadline: end('2026-12-18') } })
  })

  test.each([
    ['whoever ran it', procurer, objection(), 'duties-separated'],
    ['decided already', person(60), objection({ state: 'rejected', decidedAt: later(2) }), 'objection-decided'],
    ['gone on to a complaint', person(60), objection({ complaint: complaint() }), 'complained'],
  ] as const)('not by or when %s', (_, who, about, expected) => {
    expect(codeOf(decide({ decision: 'rejected', words: '不成立' }, stoppedTender(), who, about))).toBe(expected)
  })

  const states: readonly TenderState[] = [
    'published',
    'closed',
    'scoring',
    'award-notice',
    'standstill',
    'awarded',
    'contracted',
    'cancelled',
    'failed',
  ]
  const possible: Readonly<Record<Remedy, readonly TenderState[]>> = {
    'score-again': ['award-notice', 'standstill'],
    // An undivided tender has no lot to fail.
    'fail-lot': [],
    fail: ['published', 'closed', 'scoring', 'award-notice', 'standstill', 'awarded'],
    'change-terms': ['published'],
    'tender-anew': ['cancelled', 'failed'],
    'go-on': states,
  }
  test.each(Object.keys(possible) as Remedy[])(
    'the remedy %s is possible where it can be done, and refused elsewhere',
    (remedy) => {
      for (const state of states) {
        const of = { ...stoppedTender(), state }
        const code = codeOf(decide({ decision: 'upheld', words: '成立', remedy }, of))
        const refused = remedy === 'score-again' ? 'cannot-score-again' : 'remedy-not-now'
        expect([state, code]).toEqual([state, possible[remedy].includes(state) ? 'ok' : refused])
      }
    },
  )

  test('scoring again begins a new round; failing leaves only what others are still owed', () => {
    expect(decide({ decision: 'upheld', words: '成立', remedy: 'score-again' })).toMatchObject({
      ok: true,
      value: { state: 'scoring', round: 2, award: undefined, standstillUntil: undefined },
    })
    const stopped = stoppedTender()
    const pending = [
      ...stopped.pending,
      { verb: 'decideObjection', of: 'other', due: made.due },
      { verb: 'answerQuestion', of: 'question', due: made.due },
    ] as const
    expect(decide({ decision: 'upheld', words: '成立', remedy: 'fail' }, { ...stopped, pending })).toMatchObject({
      ok: true,
      value: { state: 'failed', endReason: 'objection-upheld', stoppedAt: undefined, pending: [{ of: 'other' }] },
    })
  })

  test('terms that must change keep the clock standing and are the procurer’s work', () => {
    const published = tender({
      stoppedAt: later(1),
      pending: [{ verb: 'decideObjection', of: objectionId, due: made.due }],
    })
    const ruling = decide({ decision: 'upheld', words: '成立', remedy: 'change-terms' }, published)
    if (!ruling.ok) throw new Error(ruling.code)
    expect(ruling.value).toMatchObject({ stoppedAt: later(1), pending: [{ verb: 'changeTerms', of: objectionId }] })
    expect(waitingOfTender(ruling.value).map((each) => [each.verb, each.permission])).toEqual([
      ['changeTerms', 'procurement.runTender'],
    ])
    expect(codeOf(standing(ruling.value, 'closeTender', clock, later(60)))).toBe('objection-open')
  })
})

const complaintMade = { id: complaint().id, due: complaint().due }
const complain = (of: Tender, about: objecting.Objection, at = later(3)) =>
  objecting.complain(of, bidder(2), at, about, complaintMade, calendar)
const rejected = objection({ state: 'rejected', decision: '不成立', decidedAt: later(2), decidedBy: personId(60) })

describe('the complaint', () => {
  const answered = { ...standstill, pending: [] }
  test('after a rejection the clock stands again, and county finance has work', () => {
    const ruling = complain(answered, rejected)
    if (!ruling.ok) throw new Error(ruling.code)
    expect(ruling.value).toMatchObject({ stoppedAt: later(3), pending: [{ verb: 'decideComplaint', of: objectionId }] })
    expect(waitingOfTender(ruling.value).map((each) => each.permission)).toEqual(['procurement.decideComplaint'])
    expect(codeOf(award.confirmAward(ruling.value, procurer, later(40), []))).toBe('objection-open')
  })

  test('when the answer stayed away, the unanswered query makes room for it', () => {
    const stopped = stoppedTender()
    expect(codeOf(complain(stopped, objection(), made.due))).toBe('answer-awaited')
    const ruling = complain(stopped, objection(), addMilliseconds(made.due, 1))
    expect(ruling).toMatchObject({ ok: true, value: { stoppedAt: later(1), pending: [{ verb: 'decideComplaint' }] } })
  })

  test.each([
    // Answered on Wednesday 25 November: fifteen working days end on Wednesday 16 December.
    ['on the last day', rejected, end('2026-12-16'), 'ok'],
    ['a millisecond later', rejected, addMilliseconds(end('2026-12-16'), 1), 'complaint-late'],
    // The answer was due on Thursday 3 December.
    ['on the last day after no answer', objection(), end('2026-12-24'), 'ok'],
    ['later than that', objection(), addMilliseconds(end('2026-12-24'), 1), 'complaint-late'],
    ['after an upheld objection', objection({ state: 'upheld', decidedAt: later(2) }), later(3), 'nothing-to-complain'],
    ['twice', { ...rejected, complaint: complaint({ state: 'rejected' }) }, later(3), 'complained'],
  ] as const)('%s', (_, about, at, expected) => {
    expect(codeOf(complain(answered, about, at))).toBe(expected)
  })

  test('is the objector’s alone to bring', () => {
    expect(objecting.judgedComplaint(answered, rejected).reach.organizations).toEqual([organization(2)])
  })

  test('holds the contract where the award is confirmed, and stops nothing where it is signed or ended', () => {
    const awarded = complain({ ...answered, state: 'awarded' }, rejected)
    if (!awarded.ok) throw new Error(awarded.code)
    expect(codeOf(award.tenderContracted(awarded.value, clock, later(4), 'c'))).toBe('objection-open')
    expect(codeOf(award.tenderContracted({ ...answered, state: 'awarded' }, clock, later(4), 'c'))).toBe('ok')
    for (const state of ['contracted', 'cancelled', 'failed'] as const) {
      const ruling = complain({ ...answered, state }, rejected)
      expect(ruling.ok && ruling.value.stoppedAt).toBeUndefined()
      expect(ruling.ok && ruling.value.pending).toHaveLength(1)
    }
  })

  test('can be brought wherever an objection can have led', () => {
    for (const [state, verbs] of Object.entries(tenderLifecycle)) {
      if (state === 'planning') expect(Object.keys(verbs)).not.toContain('complain')
      else
        expect(Object.keys(verbs)).toEqual(expect.arrayContaining(['complain', 'decideComplaint', 'decideObjection']))
    }
  })

  const complained = { ...rejected, complaint: complaint() }
  const stopped = {
    ...standstill,
    stoppedAt: later(3),
    pending: [{ verb: 'decideComplaint', of: objectionId, due: made.due }] as const,
  }
  const decideComplaint = (
    body: objecting.Decision,
    who = person(70),
    about: objecting.Objection = complained,
    of: Tender = stopped,
  ) => objecting.decideComplaint(of, who, later(8), body, about, calendar)

  test.each([
    ['county finance', person(70), complained, 'ok'],
    ['whoever answered the query', person(60), complained, 'duties-separated'],
    ['whoever ran the tender', procurer, complained, 'duties-separated'],
    ['about nothing', person(70), rejected, 'no-complaint'],
    ['twice', person(70), { ...rejected, complaint: complaint({ state: 'rejected' }) }, 'complaint-decided'],
  ] as const)('decided by %s', (_, who, about, expected) => {
    expect(codeOf(decideComplaint({ decision: 'rejected', words: '驳回' }, who, about))).toBe(expected)
  })

  test('rejected: what was left of the standstill runs on; upheld: its remedy', () => {
    // Stopped on Thursday the 26th with four working days left; decided on Tuesday 1 December.
    expect(decideComplaint({ decision: 'rejected', words: '驳回' })).toMatchObject({
      ok: true,
      value: { state: 'standstill', stoppedAt: undefined, standstillUntil: end('2026-12-07') },
    })
    expect(decideComplaint({ decision: 'upheld', words: '属实', remedy: 'fail' })).toMatchObject({
      value: { state: 'failed' },
    })
    expect(decideComplaint({ decision: 'upheld', words: '属实', remedy: 'go-on' })).toMatchObject({
      value: { state: 'standstill', stoppedAt: undefined },
    })
  })

  test('a confirmed award goes on to its contract without another standstill', () => {
    const awarded = { ...stopped, state: 'awarded' as const }
    const ruling = decideComplaint({ decision: 'rejected', words: '驳回' }, person(70), complained, awarded)
    expect(ruling).toMatchObject({ ok: true, value: { stoppedAt: undefined, standstillUntil: end('2026-12-02') } })
    expect(ruling.ok && codeOf(award.tenderContracted(ruling.value, clock, later(9), 'c'))).toBe('ok')
  })
})
