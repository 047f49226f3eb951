// The course of an evaluation and of a finding: who reaches them, what each verb asks first, and everything that it leaves.
import { describe, expect, test } from 'vitest'
import { base, id, judgement, now, results, terms } from '../../../../tests/support/evaluation-record.ts'
import { codeOf } from '../../../../tests/support/tender-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { addDays, addMilliseconds, type Instant } from '../../../kit/instant.ts'
import * as rules from '../rules.ts'
import type { SurveyPlan } from './survey.ts'
import * as findings from './findings.ts'

const nobody: Actor = { kind: 'anonymous', grants: [] }
const evaluator: Actor = {
  kind: 'person',
  personId: id(6),
  sessionId: 's',
  verified: true,
  adult: true,
  grants: [
    { role: 'evaluator', reach: 'self', permissions: new Set(['evaluation.readEvaluation']), division: base.division },
  ],
}
const survey: SurveyPlan = { all: 60, sample: 80, secret: 's', commitment: 'c', days: 10 }
const submitted = (more: Partial<rules.Evaluation> = {}): rules.Evaluation => ({
  ...base,
  state: 'submitted',
  tenths: 790,
  replyUntil: addDays(now, 7),
  ...more,
})

describe('reach', () => {
  test('an evaluation stands at its place, with its undertaker, and its evaluator reaches it in person', () => {
    const own = ['evaluation', 'contract', 'project', 'tender'].map((kind, at) => ({ kind, id: id(at + 1) }))
    expect(rules.judgedEvaluation(base)).toEqual({
      reach: { division: base.division, organizations: [id(5)], persons: [id(6)] },
      version: 1,
      lineage: own,
    })
    expect(rules.lineageOf({ ...base, tender: undefined })).toEqual(own.slice(0, 3))
    expect(rules.shownNumber(base)).toBe('评2027-0003')
  })

  test('it is read by everybody once it is published, before that by those who take part', () => {
    const reads = (state: rules.Evaluation['state'], who: Actor) => rules.mayRead({ ...base, state }, who)
    expect([reads('planned', nobody), reads('submitted', nobody), reads('published', nobody)]).toEqual([
      false,
      false,
      true,
    ])
    expect([reads('planned', evaluator), rules.mayReadAll({ ...base, evaluator: id(99) }, evaluator)]).toEqual([
      true,
      false,
    ])
  })

  test('it is overdue after its last moment while it is planned', () => {
    const at = (moment: Instant, state: rules.Evaluation['state'] = 'planned') =>
      rules.isOverdue({ ...base, state }, moment)
    const after = addMilliseconds(base.dueAt, 1)
    expect([at(base.dueAt), at(after), at(after, 'submitted')]).toEqual([false, true, false])
  })
})

describe('what a verb asks first', () => {
  const over = addMilliseconds(addDays(now, 7), 1)
  const reply = { words: '无异议', at: now }
  const cases: [string, rules.EvaluationVerb, rules.Evaluation, Instant, string][] = [
    ['there is nothing to survey', 'openSurvey', base, now, 'nothing-to-survey'],
    ['a survey is opened', 'openSurvey', { ...base, survey }, now, 'ok'],
    ['once', 'openSurvey', { ...base, survey: { ...survey, id: 'x' } }, now, 'survey-opened'],
    [
      'nothing is drawn from no list',
      'drawSurvey',
      { ...base, survey: { ...survey, id: 'x' } },
      now,
      'nothing-to-draw',
    ],
    ['nor without a survey', 'drawSurvey', base, now, 'nothing-to-draw'],
    ['a frozen list is drawn from', 'drawSurvey', { ...base, survey: { ...survey, id: 'x', toDraw: true } }, now, 'ok'],
    ['without a survey it is handed in', 'submitEvaluation', base, now, 'ok'],
    ['a survey is held first', 'submitEvaluation', { ...base, survey }, now, 'survey-not-held'],
    ['and has ended', 'submitEvaluation', { ...base, survey: { ...survey, id: 'x' } }, now, 'survey-runs'],
    ['then it is handed in', 'submitEvaluation', { ...base, survey: { ...survey, id: 'x', results: [] } }, now, 'ok'],
    ['the undertaker replies', 'replyToEvaluation', submitted(), now, 'ok'],
    ['in the last moment too', 'replyToEvaluation', submitted(), addDays(now, 7), 'ok'],
    ['not after it', 'replyToEvaluation', submitted(), over, 'reply-over'],
    ['without a last moment at any time', 'replyToEvaluation', submitted({ replyUntil: undefined }), over, 'ok'],
    ['and once', 'replyToEvaluation', submitted({ reply }), now, 'replied-already'],
    [
      'it is not published while the reply may come',
      'publishEvaluation',
      submitted(),
      addDays(now, 7),
      'reply-period-runs',
    ],
    ['after it it is', 'publishEvaluation', submitted(), over, 'ok'],
    ['with the reply at once', 'publishEvaluation', submitted({ reply }), now, 'ok'],
    ['without a last moment as well', 'publishEvaluation', submitted({ replyUntil: undefined }), now, 'ok'],
    ['another evaluator comes while it is planned', 'replaceEvaluator', { ...base, survey }, now, 'ok'],
    ['and not after', 'replaceEvaluator', submitted(), now, 'not-in-this-state'],
  ]
  test.each(cases)('%s', (_what, verb, of, at, answer) => {
    expect(codeOf(rules.standing(of, verb, at))).toBe(answer)
  })

  test('who publishes too early is told until when the reply may come', () => {
    expect(rules.standing(submitted(), 'publishEvaluation', now)).toMatchObject({ params: { until: '2027-12-08' } })
  })
})

describe('what each act leaves', () => {
  test('another evaluator, an opened survey, and its results', () => {
    expect(rules.replaceEvaluator(base, now, id(9))).toEqual({
      ok: true,
      value: { ...base, evaluator: id(9), version: 2 },
    })
    const surveyed = { ...base, survey }
    expect(rules.openSurvey(surveyed, now, 'x')).toEqual({
      ok: true,
      value: { ...base, survey: { ...survey, id: 'x' }, version: 2 },
    })
    expect(codeOf(rules.openSurvey(base, now, 'x'))).toBe('nothing-to-survey')
    const ended = [{ name: '满意' }]
    expect(rules.putSurveyed(surveyed, ended)).toEqual({ ...base, survey: { ...survey, results: ended }, version: 2 })
    expect(() => rules.putSurveyed(base, ended)).toThrow('an evaluation without a survey heard of one')
  })

  test('handed in it has its scores, and the undertaker five working days', () => {
    const before = { ...base, sendBack: '理由不充分', reply: { words: '旧', at: now } }
    const input = { judgements: judgement(85), summary: '总体良好' }
    const ruling = rules.submitEvaluation(before, now, input, results, terms)
    expect(ruling).toMatchObject({ ok: true, value: { scored: [{ tenths: 750 }, { tenths: 750 }, { tenths: 850 }] } })
    expect(ruling.ok && { ...ruling.value, scored: undefined }).toEqual({
      ...base,
      state: 'submitted',
      version: 2,
      tenths: 790,
      summary: '总体良好',
      submittedAt: now,
      sendBack: undefined,
      reply: undefined,
      scored: undefined,
      replyUntil: '2027-12-08T15:59:59.999Z',
      history: [...base.history, { state: 'submitted', at: now }],
    })
    expect(codeOf(rules.submitEvaluation(base, now, { ...input, judgements: [] }, results, terms))).toBe(
      'judgement-missing',
    )
    expect(codeOf(rules.submitEvaluation(submitted(), now, input, results, terms))).toBe('not-in-this-state')
  })

  test('an indicator that was surveyed takes its score from the survey that was held', () => {
    const items = [{ source: 'survey', name: '满意', weight: 100, questions: ['态度'] }] as const
    const held = { ...survey, id: 'x', results: [{ name: '满意', tenths: 640, answers: 9, margin: 1 }] }
    const ruling = rules.submitEvaluation(
      { ...base, items, survey: held },
      now,
      { judgements: [], summary: '好' },
      results,
      terms,
    )
    expect(ruling).toMatchObject({ ok: true, value: { tenths: 640 } })
  })

  test('sent back it is planned again with the words, and nothing runs', () => {
    const before = submitted({ submittedAt: now })
    expect(rules.sendBackEvaluation(before, now, '理由不充分')).toEqual({
      ok: true,
      value: {
        ...before,
        state: 'planned',
        version: 2,
        sendBack: '理由不充分',
        submittedAt: undefined,
        replyUntil: undefined,
        history: [...base.history, { state: 'planned', at: now }],
      },
    })
    expect(rules.replyToEvaluation(before, now, '不同意')).toEqual({
      ok: true,
      value: { ...before, reply: { words: '不同意', at: now }, version: 2 },
    })
  })

  test.each([
    ['final', 800, 10_000],
    ['final', 799, 9_000],
    ['final', 600, 9_000],
    ['final', 599, 0],
    ['final', undefined, 0],
    ['mid-term', 900, undefined],
  ] as const)('published as %s with %s tenths it gives the factor %s', (kind, tenths, factorBps) => {
    const ruling = rules.publishEvaluation(submitted({ kind, tenths, reply: { words: '好', at: now } }), now)
    expect(ruling.ok && [ruling.value.state, ruling.value.publishedAt, ruling.value.factorBps]).toEqual([
      'published',
      now,
      factorBps,
    ])
  })
})

describe('a finding', () => {
  const finding: findings.Finding = {
    id: id(20),
    division: base.division,
    state: 'open',
    version: 1,
    contract: id(2),
    project: id(3),
    organization: id(5),
    number: '合2027-0001',
    title: '老人助餐',
    kind: 'safety',
    serious: true,
    words: '配送箱未消毒',
    foundBy: id(8),
    rectifyUntil: addDays(now, 10),
    createdAt: now,
    history: [{ state: 'open', at: now }],
  }

  test('stands with the undertaker, and who found it reaches it', () => {
    expect(findings.judgedFinding(finding)).toEqual({
      reach: { division: base.division, organizations: [id(5)], persons: [id(8)] },
      version: 1,
      lineage: [{ kind: 'finding', id: id(20) }],
    })
  })

  test('is put right, verified, or opened again with its days anew', () => {
    const rectified: findings.Finding = {
      ...finding,
      state: 'rectified',
      version: 2,
      rectification: '已消毒',
      rectifiedAt: now,
      remarks: undefined,
      history: [...finding.history, { state: 'rectified', at: now }],
    }
    expect(findings.rectifyFinding({ ...finding, remarks: '旧' }, now, '已消毒')).toEqual({
      ok: true,
      value: rectified,
    })
    expect(findings.verifyFinding(rectified, now)).toEqual({
      ok: true,
      value: {
        ...rectified,
        state: 'verified',
        version: 3,
        verifiedAt: now,
        history: [...rectified.history, { state: 'verified', at: now }],
      },
    })
    expect(findings.reopenFinding(rectified, now, '台账不全', { rectifyDays: 3, calendar: new Map() })).toEqual({
      ok: true,
      value: {
        ...rectified,
        state: 'open',
        version: 3,
        remarks: '台账不全',
        rectifiedAt: undefined,
        rectifyUntil: '2027-12-06T15:59:59.999Z',
        history: [...rectified.history, { state: 'open', at: now }],
      },
    })
    expect(codeOf(findings.verifyFinding(finding, now))).toBe('not-in-this-state')
  })

  test('is overdue after its last moment while it is open', () => {
    const after = addMilliseconds(finding.rectifyUntil, 1)
    expect(findings.isFindingOverdue(finding, finding.rectifyUntil)).toBe(false)
    expect(findings.isFindingOverdue(finding, after)).toBe(true)
    expect(findings.isFindingOverdue({ ...finding, state: 'rectified' }, after)).toBe(false)
  })
})
