// Rules of project templates: shares that lose nothing, and where a template is offered.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { person, project, withGrant } from '../../../../tests/support/project-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { asDivision, type Id } from '../../../kit/id.ts'
import { fen, sum } from '../../../kit/money.ts'
import type { Instant } from '../../../kit/instant.ts'
import * as rules from './templates.ts'

const now = '2026-11-01T01:00:00.000Z' as Instant
const line = (amount: bigint) => ({ item: '内容', purpose: 'service' as const, amount: fen(amount) })
const template: rules.Template = {
  id: '320505-0190f1c0-0000-7000-8000-000000000000' as Id<'project-template'>,
  division: asDivision('320505001'),
  state: 'offered',
  version: 3,
  edition: 2,
  title: '助餐方案',
  targetGroup: '独居老人',
  goals: '让独居老人吃上热饭。',
  categories: ['0102'],
  activities: [],
  results: [],
  partners: [],
  budgetShares: [{ item: '餐费', purpose: 'service', share: 10_000 }],
  createdAt: now,
  updatedAt: now,
  history: [{ state: 'offered', at: now }],
}

describe('shares', () => {
  test('of any budget add up to the whole, none is off by more than a basis point, and spreading loses no fen', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 10_000_000_000n }), { minLength: 1, maxLength: 60 }),
        fc.bigInt({ min: 1n, max: 100_000_000_000n }),
        (amounts, whole) => {
          const shares = rules.sharesOf(amounts.map(line))
          expect(shares.reduce((total, each) => total + each.share, 0)).toBe(10_000)
          const total = sum(amounts.map(fen))
          for (const [index, amount] of amounts.entries()) {
            const exact = (Number(amount) * 10_000) / Number(total)
            expect(Math.abs((shares[index]?.share ?? -2) - exact)).toBeLessThan(1.001)
          }
          expect(sum(rules.amountsOf(shares, fen(whole)))).toBe(whole)
        },
      ),
    )
  })

  test.each([
    [
      [1, 1, 1],
      [3334, 3333, 3333],
    ],
    [
      [38_400, 42_000],
      [4776, 5224],
    ],
    [
      [1, 999_999],
      [0, 10_000],
    ],
    [
      [3, 1, 2],
      [5000, 1667, 3333],
    ],
    [
      [1, 3, 2],
      [1667, 5000, 3333],
    ],
  ])('%j become %j', (amounts, shares) => {
    expect(rules.sharesOf(amounts.map((amount) => line(BigInt(amount)))).map((each) => each.share)).toEqual(shares)
  })

  test('a budget of nothing has none', () => {
    expect(() => rules.sharesOf([line(0n)])).toThrow('a budget without money has no shares')
  })
})

test.each([
  ['offered', 'editTemplate', 'offered'],
  ['offered', 'retireTemplate', 'retired'],
  ['offered', 'offerTemplateAgain', undefined],
  ['retired', 'editTemplate', undefined],
  ['retired', 'retireTemplate', undefined],
  ['retired', 'offerTemplateAgain', 'offered'],
] as const)('a template that is %s: %s leads to %s', (state, verb, next) => {
  const ruling = rules.templateStanding({ ...template, state }, verb)
  expect(ruling.ok ? ruling.value : undefined).toBe(next)
})

test.each([
  ['320505001002', true],
  ['320505001', true],
  ['320505002001', false],
  ['320505', false],
] as const)('a township’s template is offered to %s: %s', (division, offered) => {
  expect(rules.isOfferedTo(template, asDivision(division))).toBe(offered)
})

test.each([
  ['320505001002', ['320505', '320505001']],
  ['320505001', ['320505', '320505001']],
  ['320505', ['320505']],
  ['3205', []],
] as const)('%s is offered what %j keep', (scope, keepers) => {
  expect(rules.keepersFor(asDivision(scope))).toEqual(keepers)
})

describe('an origin', () => {
  const id = template.id
  const community = asDivision('320505001002')
  const code = (
    origin: { id: string; edition: number } | undefined,
    of: rules.Template | undefined,
    place = community,
  ) => rules.checkOrigin(origin, of, place)?.fields?.[0]?.code

  test('is none, or an offered template of a place above in an edition that there is', () => {
    expect(code(undefined, undefined)).toBeUndefined()
    expect(code({ id, edition: 1 }, template)).toBeUndefined()
    expect(code({ id, edition: 2 }, template)).toBeUndefined()
    expect(code({ id, edition: 3 }, template)).toBe('template-unknown')
    expect(code({ id, edition: 1 }, undefined)).toBe('template-unknown')
    expect(code({ id, edition: 1 }, template, asDivision('320505002001'))).toBe('template-unknown')
    expect(code({ id, edition: 1 }, { ...template, state: 'retired' })).toBe('template-retired')
    for (const unfit of [undefined, { ...template, state: 'retired' as const }])
      expect(rules.checkOrigin({ id, edition: 1 }, unfit, community)?.fields?.[0]?.path).toBe('body.template')
  })
})

describe('reading', () => {
  const desk = (place: string) => withGrant(person(6), 'projects.listDeskProjects', asDivision(place))

  test.each([
    ['its own township', desk('320505001'), true],
    ['a community that it is offered to', desk('320505001002'), true],
    ['the county above it', desk('320505'), true],
    ['another township', desk('320505002'), false],
    ['a resident', person(3), false],
  ])('%s: %s', (_who, actor, reads) => {
    expect(rules.mayReadTemplate(template, actor)).toBe(reads)
  })

  test('any one of several places is enough', () => {
    const both = {
      ...desk('320505002'),
      grants: [desk('320505002'), desk('320505001')].flatMap(({ grants }) => grants),
    }
    expect(rules.mayReadTemplate(template, both as Actor)).toBe(true)
  })

  test('the judge sees its place and its version', () => {
    expect(rules.judgedTemplate(template)).toEqual({ reach: { division: '320505001' }, version: 3 })
  })
})

describe('what is checked of a template', () => {
  const faults = (changes: Partial<rules.TemplateDesign>, place = '320505001', itemKnown = true) =>
    rules.checkTemplate({ ...template, ...changes }, asDivision(place), itemKnown)?.fields ?? []
  const shares = (...parts: number[]) => parts.map((share) => ({ item: '餐费', purpose: 'service' as const, share }))

  test.each(['320505', '320505001'])('%s keeps one', (place) => {
    expect(faults({ budgetShares: shares(2500, 7500) }, place)).toEqual([])
  })

  test('each fault is told at its field', () => {
    for (const place of ['3205', '320505001002'])
      expect(faults({}, place)).toEqual([{ path: 'body.division', code: 'not-a-keeper' }])
    expect(faults({ budgetShares: shares(2500, 7450) })).toEqual([
      { path: 'body.budgetShares', code: 'shares-do-not-add-up', params: { sum: 99.5 } },
    ])
    for (const field of ['title', 'targetGroup', 'goals'])
      expect(faults({ [field]: '请打 13800138000' })).toEqual([{ path: `body.${field}`, code: 'text-has-phone' }])
    expect(faults({}, '320505001', false)).toEqual([{ path: 'body.purchaseItem', code: 'purchase-item-unknown' }])
  })
})

describe('the life of a template', () => {
  const later = '2026-12-01T01:00:00.000Z' as Instant
  const { title, targetGroup, goals, categories, activities, results, partners, budgetShares } = template
  const content = { title, targetGroup, goals, categories, activities, results, partners, budgetShares }

  test('an edit is a new edition; what it leaves out is gone', () => {
    const before = { ...template, purchaseItem: 'A01' }
    expect(rules.editTemplate(before, later, { ...content, title: '新方案' }, true)).toEqual({
      ok: true,
      value: { ...before, title: '新方案', purchaseItem: undefined, edition: 3, version: 4, updatedAt: later },
    })
    expect(rules.editTemplate(before, later, content, false)).toMatchObject({ code: 'invalid-input' })
    expect(rules.editTemplate({ ...before, state: 'retired' }, later, content, true)).toMatchObject({
      code: 'not-in-this-state',
      params: { verb: 'editTemplate' },
    })
  })

  test('it is retired with a reason, and offered again without one', () => {
    const retired = {
      ...template,
      state: 'retired',
      endReason: '标准变了',
      version: 4,
      updatedAt: later,
      history: [...template.history, { state: 'retired', at: later }],
    } as const
    expect(rules.retireTemplate(template, later, { reason: '标准变了' })).toEqual({ ok: true, value: retired })
    expect(rules.retireTemplate(retired, later, { reason: '又' })).toMatchObject({ code: 'not-in-this-state' })
    expect(rules.offerTemplateAgain(retired, later)).toMatchObject({
      ok: true,
      value: { state: 'offered', endReason: undefined, version: 5, edition: 2 },
    })
    expect(rules.offerTemplateAgain(template, later)).toMatchObject({ code: 'not-in-this-state' })
  })

  test('only a finished project becomes one: its parts, without needs, days and sums', () => {
    const finished = project({ state: 'completed' })
    expect(rules.designOfProject(finished, '助餐方案')).toEqual({
      ok: true,
      value: {
        title: '助餐方案',
        targetGroup: finished.targetGroup,
        goals: finished.goals,
        categories: finished.categories,
        activities: finished.activities,
        results: finished.results,
        partners: finished.partners,
        budgetShares: [{ item: '餐费补贴', purpose: 'service', share: 10_000 }],
        purchaseItem: 'A01',
      },
    })
    expect(rules.designOfProject(project({ state: 'terminated' }), '助餐方案')).toMatchObject({ code: 'not-completed' })
  })
})
