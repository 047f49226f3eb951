// Rules of surveys: who is asked, what answers make, how sure that is, what a link still opens, codes as people type them.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../../kit/instant.ts'
import { drawOrder, listHash, seedOf } from '../../procurement/rules/draw.ts'
import { codeLetters, codeLength, readCode, shownCode } from '../contract/surveys.ts'
import * as rules from '../rules.ts'
import * as survey from './survey.ts'

const sm3 = (text: string) => createHash('sm3').update(text).digest('hex')
const items = [
  { name: '满意', questions: ['态度', '帮助'] },
  { name: '渠道', questions: ['电话'] },
]
const points = fc.integer({ min: 0, max: 5 })
const answers = (least: number) => fc.array(fc.tuple(points, points, points), { minLength: least, maxLength: 80 })

describe('the sample', () => {
  const basis = { secret: 'a'.repeat(64), nonce: 'b'.repeat(64) }
  const list = (n: number) => Array.from({ length: n }, (_, at) => `m${String(at).padStart(4, '0')}`)

  test('up to sixty all are asked, of more the sample, nobody twice, all of the list', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (n) => {
        const terms = { all: 60, sample: 80 }
        const frozen = survey.frozenList(list(n).toReversed(), terms, sm3)
        expect(frozen.list).toEqual(list(n))
        expect(frozen.asked === undefined).toBe(n > 60)
        const asked = frozen.asked ?? survey.drawSample(frozen.list, terms, basis, sm3)
        expect(asked).toHaveLength(n <= 60 ? n : Math.min(n, 80))
        expect(new Set(asked).size).toBe(asked.length)
        expect(asked.every((mark) => list(n).includes(mark))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('the same secret, number and list draw the same; either of the two numbers changes it', () => {
    const terms = { all: 60, sample: 80 }
    const first = survey.drawSample(list(200), terms, basis, sm3)
    expect(survey.frozenList(list(200), terms, sm3)).toEqual({ list: list(200), hash: listHash(list(200), sm3) })
    expect(survey.frozenList(list(3), terms, sm3)).toEqual({
      list: list(3),
      hash: listHash(list(3), sm3),
      asked: list(3),
    })
    const seed = seedOf({ secret: basis.secret, bidHashes: [basis.nonce], list: list(200) }, sm3)
    expect(first).toEqual(drawOrder(list(200), seed, sm3).slice(0, 80))
    expect(survey.sampleSeed(list(200), basis, sm3)).toBe(seed)
    expect(survey.drawSample(list(200), terms, { ...basis, nonce: 'c'.repeat(64) }, sm3)).not.toEqual(first)
    expect(survey.drawSample(list(200), terms, { ...basis, secret: 'c'.repeat(64) }, sm3)).not.toEqual(first)
  })

  test('is drawn once, from the frozen list that the evaluator saw', () => {
    const may = (state: 'preparing' | 'listed' | 'asking' | 'closed', seen = 'h') => {
      const ruling = survey.mayDraw({ state, populationHash: 'h' }, seen)
      return ruling.ok ? 'may' : ruling.code
    }
    expect((['preparing', 'listed', 'asking', 'closed'] as const).map((state) => may(state))).toEqual([
      'nothing-to-draw',
      'may',
      'nothing-to-draw',
      'nothing-to-draw',
    ])
    expect(may('listed', 'another')).toBe('list-differs')
  })

  test('links can be had while answers may come in, neither before nor after', () => {
    const now = instant('2026-05-04T01:00:00Z')
    const reach = (state: 'preparing' | 'listed' | 'asking' | 'closed', until = '2026-05-05T01:00:00Z') => {
      const ruling = survey.withinReach({ state, until: instant(until) }, now)
      return ruling.ok ? 'open' : ruling.code
    }
    expect((['preparing', 'listed', 'asking', 'closed'] as const).map((state) => reach(state))).toEqual([
      'survey-not-begun',
      'survey-not-begun',
      'open',
      'survey-over',
    ])
    expect(reach('asking', '2026-05-03T01:00:00Z')).toBe('survey-over')
  })
})

describe('the count', () => {
  test('below five answers there is none', () => {
    expect(
      survey.tallyOf(
        items,
        Array.from({ length: 4 }, () => [5, 5, 5]),
      ),
    ).toBeUndefined()
    expect(
      survey.tallyOf(
        items,
        Array.from({ length: 5 }, () => [5, 5, 5]),
      ),
    ).toBeDefined()
  })

  test('every answer is counted once, „cannot say“ not at all, and the order of the answers does not matter', () => {
    fc.assert(
      fc.property(answers(5), (given) => {
        const tally = survey.tallyOf(items, given)
        const total = tally?.flatMap((each) => each.counts.flat()).reduce((sum, count) => sum + count, 0)
        expect(total).toBe(given.flat().filter((each) => each > 0).length)
        expect(survey.tallyOf(items, given.toReversed())).toEqual(tally)
      }),
    )
  })

  test('every question keeps its own counts, from 1 point to 5', () => {
    const given = [
      [1, 2, 5],
      [1, 3, 5],
      [2, 0, 5],
      [5, 4, 5],
      [5, 4, 0],
    ]
    expect(survey.tallyOf(items, given)).toEqual([
      {
        name: '满意',
        counts: [
          [2, 1, 0, 0, 2],
          [0, 1, 1, 2, 0],
        ],
      },
      { name: '渠道', counts: [[0, 0, 0, 0, 4]] },
    ])
  })

  test('answers to the question that was answered least stand behind an indicator', () => {
    const given = Array.from({ length: 9 }, (_, at) => [5, at < 6 ? 3 : 0, 1])
    expect(survey.surveyedOf(survey.tallyOf(items, given) ?? [], 20)).toEqual([
      { name: '满意', tenths: 800, answers: 6, margin: survey.marginOf(6, 20) },
      { name: '渠道', tenths: 0, answers: 9, margin: survey.marginOf(9, 20) },
    ])
  })

  test('a score lies within 0 and 100, is the mean of its answers, and needs five of them', () => {
    fc.assert(
      fc.property(answers(5), (given) => {
        const tally = survey.tallyOf(items, given) ?? []
        const [, channel] = survey.surveyedOf(tally, 100)
        const said = given.map((each) => each[2]).filter((each) => each > 0)
        if (said.length < 5) expect(channel).toEqual({ name: '渠道' })
        else {
          const mean = said.reduce((sum, each) => sum + each - 1, 0) / said.length
          expect(channel?.tenths).toBe(Math.floor((mean * 1000) / 4 + 1e-9))
          expect(channel?.answers).toBe(said.length)
        }
      }),
    )
  })

  test('all best is 100, all worst is 0, the middle is 50', () => {
    const of = (value: number) =>
      survey.surveyedOf(
        survey.tallyOf(
          items,
          Array.from({ length: 6 }, () => [value, value, value]),
        ) ?? [],
        6,
      )[0]
    expect([of(5)?.tenths, of(1)?.tenths, of(3)?.tenths]).toEqual([1000, 0, 500])
  })

  test('a question with fewer than five answers neither shows nor counts', () => {
    const given = Array.from({ length: 8 }, (_, at) => [5, at < 4 ? 1 : 0, 0])
    const tally = survey.tallyOf(items, given) ?? []
    expect(survey.surveyedOf(tally, 8)).toEqual([
      { name: '满意', tenths: 1000, answers: 8, margin: 0 },
      { name: '渠道' },
    ])
    expect(survey.shownCounts(tally[0]?.counts[1] ?? [])).toBeUndefined()
  })

  test('the margin is nothing when all answered, shrinks with answers and grows with the population', () => {
    expect(survey.marginOf(8, 8)).toBe(0)
    expect(survey.marginOf(5, 8)).toBe(287)
    expect([survey.marginOf(0, 1), survey.marginOf(5, 1_000_000), survey.marginOf(9, 8)]).toEqual([0, 439, 0])
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 400 }), fc.integer({ min: 1, max: 2000 }), (n, more) => {
        expect(survey.marginOf(n, n + more)).toBeGreaterThan(0)
        expect(survey.marginOf(n + 1, n + more)).toBeLessThanOrEqual(survey.marginOf(n, n + more))
        expect(survey.marginOf(n, n + more + 1)).toBeGreaterThanOrEqual(survey.marginOf(n, n + more))
      }),
    )
    expect([survey.responseRate(5, 8), survey.responseRate(0, 0), survey.responseRate(2, 3)]).toEqual([62.5, 0, 66.6])
  })
})

describe('the total', () => {
  test('is the declared weights’ sum of the indicators, whether counted, asked or judged, and never spreads a weight', () => {
    const tenths = fc.integer({ min: 0, max: 1000 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 98 }),
        tenths,
        fc.option(tenths),
        fc.nat(100),
        (weight, actual, asked, judged) => {
          const scheme: rules.SchemeItem[] = [
            { source: 'computed', name: '人次', weight, measure: 'attendance', target: 1000 },
            { source: 'survey', name: '满意', weight: 1, questions: ['态度'] },
            { source: 'expert', name: '质量', weight: 99 - weight, guide: '' },
          ]
          const results = { serviceRecords: 0, minutes: 0, attendance: actual, beneficiaries: 0, activities: [] }
          const surveyed = [asked === null ? { name: '满意' } : { name: '满意', tenths: asked, answers: 9, margin: 0 }]
          const sheet = [{ item: '质量', score: judged, reason: '查阅记录' }]
          const more = asked === null ? [{ item: '满意', score: judged, reason: '走访居民' }] : []
          const scored = rules.scoreItems(scheme, [...sheet, ...more], results, surveyed)
          if (!scored.ok) throw new Error('refused')
          const own = asked ?? judged * 10
          expect(rules.totalOf(scheme, scored.value)).toBe(
            Math.floor((weight * actual + own + (99 - weight) * judged * 10) / 100),
          )
          // Without the judgement of an indicator that has no result nothing is handed in; with a result none is taken.
          const other = rules.scoreItems(
            scheme,
            asked === null ? sheet : [...sheet, { item: '满意', score: 1, reason: '改一改' }],
            results,
            surveyed,
          )
          expect(other.ok).toBe(false)
        },
      ),
    )
  })
})

describe('a link', () => {
  const now = instant('2027-12-01T02:00:00.000Z')
  const later = instant('2027-12-09T02:00:00.000Z')
  test.each([
    ['asking', later, false, 'open'],
    ['asking', later, true, 'used'],
    ['asking', now, false, 'open'],
    ['asking', instant('2027-12-01T01:59:59.999Z'), false, 'over'],
    ['preparing', undefined, false, 'over'],
    ['closed', later, true, 'over'],
  ] as const)('of a survey that is %s until %s, used %s: %s', (state, until, used, means) => {
    expect(survey.linkState({ state, until }, now, used)).toBe(means)
  })

  test('takes answers to all of its questions, from a guardian where one is needed, and something said', () => {
    const running = { state: 'asking' as const, until: later, items }
    const answer = (points: number[], as: 'self' | 'guardian' = 'self', guardian = false, of = running) =>
      survey.answerSurvey(of, now, guardian, { as, points })
    expect(answer([0, 0, 4])).toEqual({ ok: true, value: [0, 0, 4] })
    expect(answer([5, 4, 3], 'guardian', true)).toMatchObject({ ok: true })
    expect(answer([5, 4, 3], 'self', true)).toMatchObject({ fields: [{ path: 'body.as', code: 'guardian-needed' }] })
    expect(answer([5, 4])).toMatchObject({
      fields: [{ path: 'body.points', code: 'answers-missing', params: { asked: 3, given: 2 } }],
    })
    expect(answer([0, 0, 0])).toMatchObject({ fields: [{ path: 'body.points', code: 'nothing-said' }] })
    expect(answer([0, 0, 0], 'self', true)).toMatchObject({ fields: [{ path: 'body.as' }, { path: 'body.points' }] })
    expect(answer([5, 4, 3], 'self', false, { ...running, until: instant('2027-12-01T01:00:00.000Z') })).toMatchObject({
      code: 'survey-over',
    })
  })

  test('is read as people type it, and nothing else is', () => {
    const letters = fc.array(fc.constantFrom(...codeLetters), { minLength: codeLength, maxLength: codeLength })
    fc.assert(
      fc.property(letters, (chosen) => {
        const token = chosen.join('')
        const shown = shownCode('320505', token)
        expect(readCode(shown)).toEqual({ jurisdiction: '320505', token })
        const typed = shown.toLowerCase().replaceAll('-', '　').replaceAll('0', 'o').replaceAll('1', 'l')
        // The six digits of the place are digits to people too.
        expect(readCode(typed)?.token).toBe(token)
      }),
    )
    for (const wrong of ['', '320505', `320505${'U'.repeat(16)}`, `${'3'.repeat(23)}`])
      expect(readCode(wrong)).toBeUndefined()
  })
})

describe('what follows from a final score', () => {
  const base = { kind: 'final', tenths: 599 } as rules.Evaluation
  const now = instant('2027-12-31T17:00:00.000Z')
  test('below the line: nothing new to the end of next year, by the calendar of the place', () => {
    // One in the morning of 1 January 2028 in Suzhou.
    expect(rules.ineligibleUntil(base, 60, now)).toBe('2029-12-31')
    expect(rules.ineligibleUntil({ ...base, tenths: 600 }, 60, now)).toBeUndefined()
    expect(rules.ineligibleUntil({ ...base, kind: 'mid-term' }, 60, now)).toBeUndefined()
  })
})
