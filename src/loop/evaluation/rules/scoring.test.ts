// How records, answers and judgements become a score, to the tenth; and what a score leads to.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base, items, judgement, now, results } from '../../../../tests/support/evaluation-record.ts'
import type { Measure } from '../contract.ts'
import * as rules from '../rules.ts'

const fieldsOf = (ruling: ReturnType<typeof rules.scoreItems>) => (ruling.ok ? [] : ruling.fields)

describe('a scheme', () => {
  test('weighs 100 and names each indicator once', () => {
    expect(rules.checkScheme(items)).toBeUndefined()
    const [first] = items
    if (first === undefined) throw new Error('it has one')
    const with_ = (...more: rules.SchemeItem[]) => rules.checkScheme([...items, ...more])?.fields
    expect(with_({ ...first, weight: 0 })).toEqual([{ path: 'body.items.3.name', code: 'item-twice' }])
    expect(with_({ ...first, name: '另一项', weight: 1 })).toEqual([
      { path: 'body.items', code: 'weights-not-whole', params: { total: 101 } },
    ])
  })

  test('is scored by somebody who holds the role and has no part in it; each reason is told at the evaluator', () => {
    const fit = { holdsRole: true, ofUndertaker: false, tookPart: false }
    const fault = (more: Partial<rules.Independence>) => rules.checkEvaluator({ ...fit, ...more })?.fields
    expect(fault({})).toBeUndefined()
    expect(fault({ holdsRole: false, tookPart: true })).toEqual([{ path: 'body.evaluator', code: 'not-an-evaluator' }])
    for (const tie of [{ ofUndertaker: true }, { tookPart: true }])
      expect(fault(tie)).toEqual([{ path: 'body.evaluator', code: 'evaluator-conflict' }])
  })
})

describe('what is measured', () => {
  test.each([
    ['service-records', 10],
    ['minutes', 600],
    ['attendance', 150],
    ['beneficiaries', 40],
    ['plan', 75],
  ] as [Measure, number][])('%s: %d', (measure, value) => {
    expect(rules.measured(measure, results)).toBe(value)
  })

  const plan = (...activities: [count: number, planned: number][]) =>
    rules.measured('plan', { ...results, activities: activities.map(([count, planned]) => ({ count, planned })) })

  test('a plan of nothing is not fulfilled; an activity counts no more than it was planned', () => {
    expect([plan(), plan([3, 4], [9, 1]), plan([1, 3]), plan([0, 5]), plan([2, 3], [0, 7])]).toEqual([
      0, 87.5, 33.3, 0, 33.3,
    ])
  })

  test('a plan loses no tenth to binary fractions: 9 of 25 and 1 of 1 are 68 percent', () => {
    expect([plan([1, 1], [9, 25]), plan([1, 1], [21, 25]), plan([1, 2], [21, 25])]).toEqual([68, 92, 67])
    const activity = fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 300 }))
    fc.assert(
      fc.property(fc.array(activity, { minLength: 1, maxLength: 6 }), (activities) => {
        const tenths = plan(...activities) * 10
        // The true share lies between the tenth that is told and the next one.
        const share = activities.reduce((sum, [count, planned]) => sum + Math.min(count, planned) / planned, 0)
        const exact = (share * 1000) / activities.length
        expect(tenths).toBeLessThanOrEqual(exact + 1e-6)
        expect(tenths).toBeGreaterThan(exact - 1 - 1e-6)
      }),
    )
  })
})

describe('tenths of a point', () => {
  test('are the part of the target that was reached, rounded down, and never more than everything', () => {
    const of = (actual: number, target: number) => rules.tenthsOf(actual, target)
    expect([of(0, 7), of(1, 3), of(2, 3), of(3, 3), of(4, 3), of(599, 1000)]).toEqual([0, 333, 666, 1000, 1000, 599])
  })

  test('a percentage with one decimal of a hundred is itself', () => {
    fc.assert(
      fc.property(fc.nat(1000), (tenths) => {
        expect(rules.tenthsOf(tenths / 10, 100)).toBe(tenths)
      }),
    )
  })
})

describe('the score of each indicator', () => {
  const survey: rules.SchemeItem = { source: 'survey', name: '满意', weight: 10, questions: ['态度', '帮助'] }
  const withSurvey = [...items, survey]

  test('says what it rests on', () => {
    const surveyed = [{ name: '满意', tenths: 810, answers: 9, margin: 30 }]
    expect(rules.scoreItems(withSurvey, judgement(85), results, surveyed)).toEqual({
      ok: true,
      value: [
        { item: '服务人次', tenths: 750, actual: 150 },
        { item: '计划完成', tenths: 750, actual: 75 },
        { item: '服务质量', tenths: 850, reason: '走访居民，普遍满意' },
        { item: '满意', tenths: 810, answers: 9, margin: 30 },
      ],
    })
  })

  test('that fewer than five answered is judged', () => {
    const judged = [...judgement(85), { item: '满意', score: 70, reason: '走访' }]
    for (const surveyed of [[], [{ name: '满意' }], [{ name: '别的', tenths: 1 }]]) {
      const ruling = rules.scoreItems(withSurvey, judged, results, surveyed)
      expect(ruling.ok && ruling.value.at(-1)).toEqual({ item: '满意', tenths: 700, reason: '走访' })
    }
    expect(withSurvey.map((item) => rules.isJudged(item, [{ name: '满意' }]))).toEqual([false, false, true, true])
    expect(withSurvey.map((item) => rules.isJudged(item, [{ name: '满意', tenths: 0 }]))).toEqual([
      false,
      false,
      true,
      false,
    ])
    expect(rules.surveyItems(withSurvey)).toEqual([{ name: '满意', questions: ['态度', '帮助'] }])
  })

  test('what is missing, judged twice, computed or unknown is told all at once', () => {
    expect(fieldsOf(rules.scoreItems(items, [], results))).toEqual([
      { path: 'body.judgements', code: 'judgement-missing', params: { item: '服务质量' } },
    ])
    const given = [
      { item: '服务人次', score: 100, reason: '很多' },
      ...judgement(80),
      { item: '没有的', score: 1, reason: '一' },
      ...judgement(90),
    ]
    expect(fieldsOf(rules.scoreItems(items, given, results))).toEqual(
      [0, 2, 3].map((index) => ({ path: `body.judgements.${index}.item`, code: 'judgement-unknown' })),
    )
  })
})

test('the whole is weighed and rounded down; what was not scored counts nothing', () => {
  const scored = (...tenths: number[]) => tenths.map((each, at) => ({ item: items[at]?.name ?? '', tenths: each }))
  expect(rules.totalOf(items, scored(999, 999, 999))).toBe(999)
  expect(rules.totalOf(items, scored(1, 1, 2))).toBe(1)
  expect(rules.totalOf(items, scored(1000, 500))).toBe(500)
  expect(rules.totalOf(items, [])).toBe(0)
})

describe('what a score leads to', () => {
  test('points of the credit record by the highest step reached, none below all of them', () => {
    const of = (tenths: number) => rules.creditOf(base.credit.toReversed(), tenths)
    expect([of(1000), of(800), of(799), of(600), of(599), of(0)]).toEqual([2, 2, 0, 0, -5, -5])
    expect(rules.creditOf([{ from: 60, points: 1 }], 599)).toBe(0)
  })

  test('the credit table is read as the policy writes it; what is none is left out', () => {
    expect(rules.readCredit([...base.credit, null, 3, {}, { from: '1', points: 1 }, { from: 1, points: '1' }])).toEqual(
      base.credit,
    )
    for (const none of ['text', null, undefined, {}]) expect(rules.readCredit(none)).toEqual([])
  })

  test('nothing new for the undertaker of a final one below the line, to the end of next year', () => {
    const of = (more: Partial<rules.Evaluation>) => rules.ineligibleUntil({ ...base, ...more }, 60, now)
    expect([of({ tenths: 599 }), of({ tenths: 600 }), of({}), of({ kind: 'baseline', tenths: 1 })]).toEqual([
      '2028-12-31',
      undefined,
      '2028-12-31',
      undefined,
    ])
  })
})
