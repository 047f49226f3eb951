// Rules of evaluation: how a score is made, who may evaluate, reply and publish; findings.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base, id, items, judgement, now, results, terms } from '../../../tests/support/evaluation-record.ts'
import { addDays } from '../../kit/instant.ts'
import { granted } from '../../kit/ruling.ts'
import { evaluationStates, findingStates } from './contract.ts'
import * as rules from './rules.ts'
import * as findings from './rules/findings.ts'

const submitted = () =>
  granted(rules.submitEvaluation(base, now, { judgements: judgement(85), summary: '总体良好' }, results, terms))

describe('the scheme', () => {
  test('weights make 100 and names are single', () => {
    expect(rules.checkScheme(items)).toBeUndefined()
    const twice = [...items, { ...items[2], weight: 5 } as rules.SchemeItem]
    expect(rules.checkScheme(twice)?.fields?.map((fault) => [fault.code, fault.params?.['total']])).toEqual([
      ['weights-not-whole', 105],
      ['item-twice', undefined],
    ])
  })

  test('the evaluator holds the role and has no tie to the undertaker or the project', () => {
    const fit = { holdsRole: true, ofUndertaker: false, tookPart: false }
    expect(rules.checkEvaluator(fit)).toBeUndefined()
    expect(rules.checkEvaluator({ ...fit, holdsRole: false })?.fields?.[0]?.code).toBe('not-an-evaluator')
    expect(rules.checkEvaluator({ ...fit, ofUndertaker: true })?.fields?.[0]?.code).toBe('evaluator-conflict')
    expect(rules.checkEvaluator({ ...fit, tookPart: true })?.fields?.[0]?.code).toBe('evaluator-conflict')
  })
})

describe('the score', () => {
  test('computed indicators come from the records, the others with a reason; the whole is weighed and rounded down', () => {
    const evaluation = submitted()
    // 150/200 -> 75.0; plan (1 + 0.5) / 2 -> 75.0; 85: 30 + 15 + 34 = 79.
    expect(evaluation.scored?.map((each) => each.tenths)).toEqual([750, 750, 850])
    expect(evaluation.tenths).toBe(790)
    expect(
      granted(rules.publishEvaluation({ ...evaluation, reply: { words: '无异议', at: now } }, now)).factorBps,
    ).toBe(9_000)
  })

  test('nothing missing, nothing computed judged by hand, nothing judged twice', () => {
    const codesOf = (judgements: rules.Judgement[]) => {
      const ruling = rules.scoreItems(items, judgements, results)
      return ruling.ok ? [] : ruling.fields?.map((fault) => fault.code)
    }
    expect(codesOf([])).toEqual(['judgement-missing'])
    expect(codesOf([...judgement(80), { item: '服务人次', score: 100, reason: '很多' }])).toEqual(['judgement-unknown'])
    expect(codesOf([...judgement(80), ...judgement(90)])).toEqual(['judgement-unknown'])
  })

  test('stays between 0 and 100 and never falls when more was done', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.nat(5000),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 100 }),
        (some, more, target, judged) => {
          const scheme: rules.SchemeItem[] = [
            { source: 'computed', name: '人次', weight: 60, measure: 'attendance', target },
            { source: 'expert', name: '质量', weight: 40, guide: '' },
          ]
          const of = (attendance: number) =>
            rules.totalOf(
              scheme,
              granted(
                rules.scoreItems(scheme, [{ item: '质量', score: judged, reason: '说明' }], { ...results, attendance }),
              ),
            )
          const [less, greater] = [of(some), of(some + more)]
          expect(less).toBeGreaterThanOrEqual(0)
          expect(greater).toBeLessThanOrEqual(1000)
          expect(greater).toBeGreaterThanOrEqual(less)
        },
      ),
    )
  })

  test('credit follows its table', () => {
    expect([1000, 800, 799, 600, 599].map((tenths) => rules.creditOf(base.credit, tenths))).toEqual([2, 2, 0, 0, -5])
    expect(rules.readCredit('nonsense')).toEqual([])
  })
})

describe('from planning to publication', () => {
  test('every verb from every state leads where the table says', () => {
    const verbs = [
      'replaceEvaluator',
      'submitEvaluation',
      'sendBackEvaluation',
      'replyToEvaluation',
      'publishEvaluation',
    ] as const
    for (const state of evaluationStates) {
      for (const verb of verbs) {
        const ruling = rules.standing({ ...base, state }, verb, now)
        expect(ruling.ok ? ruling.value : undefined).toBe(
          (rules.evaluationLifecycle[state] as Record<string, string>)[verb],
        )
      }
    }
  })

  test('it is published after the reply or when its time is over, never before', () => {
    const evaluation = submitted()
    expect(rules.publishEvaluation(evaluation, now)).toMatchObject({ code: 'reply-period-runs' })
    const replied = granted(rules.replyToEvaluation(evaluation, now, '将改进'))
    expect(rules.replyToEvaluation(replied, now, '再说一次')).toMatchObject({ code: 'replied-already' })
    expect(rules.publishEvaluation(replied, now).ok).toBe(true)
    const late = addDays(now, 20)
    expect(rules.replyToEvaluation(evaluation, late, '迟到的答复')).toMatchObject({ code: 'reply-over' })
    expect(rules.publishEvaluation(evaluation, late).ok).toBe(true)
  })

  test('sent back, it is handed in anew and the reply with it', () => {
    const back = granted(
      rules.sendBackEvaluation(granted(rules.replyToEvaluation(submitted(), now, '不同意')), now, '理由不充分'),
    )
    expect(back).toMatchObject({ state: 'planned', sendBack: '理由不充分' })
    expect(
      granted(rules.submitEvaluation(back, now, { judgements: judgement(90), summary: '补充了理由' }, results, terms)),
    ).toMatchObject({ reply: undefined, sendBack: undefined, tenths: 810 })
  })
})

test('a finding is put right, verified, or goes back with its days anew', () => {
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
  for (const state of findingStates) {
    for (const verb of ['rectifyFinding', 'verifyFinding', 'reopenFinding'] as const) {
      const ruling = findings.findingStanding({ ...finding, state }, verb)
      expect(ruling.ok ? ruling.value : undefined).toBe(
        (findings.findingLifecycle[state] as Record<string, string>)[verb],
      )
    }
  }
  const rectified = granted(findings.rectifyFinding(finding, now, '已消毒并建立台账'))
  const back = granted(
    findings.reopenFinding(rectified, addDays(now, 9), '台账不全', { rectifyDays: 10, calendar: new Map() }),
  )
  expect(back.state).toBe('open')
  expect(back.rectifyUntil > finding.rectifyUntil).toBe(true)
  expect(granted(findings.verifyFinding(rectified, now)).verifiedAt).toBe(now)
  expect(findings.isFindingOverdue(finding, addDays(now, 11))).toBe(true)
})
