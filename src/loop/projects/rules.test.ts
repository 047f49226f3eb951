// Rules of projects: the lifecycle over every state and verb, budgets to the fen, evidence, review.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clock as system,
  community as division,
  design,
  designer,
  needId,
  now,
  person,
  project,
  reviewer,
  terms,
  venture as ventureOf,
  withGrant as with_,
} from '../../../tests/support/project-record.ts'
import type { Actor } from '../../kit/actor.ts'
import { asDivision } from '../../kit/id.ts'
import { addDays } from '../../kit/instant.ts'
import { type Fen, fen, sum } from '../../kit/money.ts'
import { plainDateOf } from '../../kit/plain-date.ts'
import { projectStates } from './contract.ts'
import * as rules from './rules.ts'
import * as drafting from './rules/design.ts'
import * as reviewing from './rules/review.ts'
import { addPurchaseItem, removePurchaseItem } from './rules/purchase.ts'

const allVerbs = [
  ...new Set(Object.values(rules.projectLifecycle).flatMap((verbs) => Object.keys(verbs))),
] as rules.ProjectVerb[]

const need = needId(1)

test('an approved project of a venture call is contracted without a tender, any other only after one', () => {
  const code = (verb: rules.ProjectVerb, venture: rules.Venture | undefined) => {
    const ruling = rules.standing(project({ state: 'approved', venture }), verb, system, now)
    return ruling.ok ? ruling.value : ruling.code
  }
  expect(code('projectContracted', ventureOf)).toBe('contracted')
  expect(code('projectContracted', undefined)).toBe('not-in-this-state')
  expect(code('projectTendered', ventureOf)).toBe('not-in-this-state')
  expect(code('projectTendered', undefined)).toBe('tendering')
})

test.each([
  [29, 3, undefined],
  [29, 30, { kind: 'public-vote', count: 30 }],
  [30, 30, { kind: 'supports', count: 30 }],
] as const)('%i supports and %i votes of a venture call are the evidence %j', (supports, publicVotes, evidence) => {
  const of = project({ motion: undefined, venture: { ...ventureOf, publicVotes } })
  expect(reviewing.evidenceOf(of, supports, { ...terms, evidenceSupports: 30 })).toEqual(evidence)
})

test('every verb in every state leads where the table says, or is refused with what is possible', () => {
  for (const state of projectStates) {
    for (const verb of allVerbs) {
      // From the approval a project of a venture call goes to its contract, every other one to its tender.
      const venture = state === 'approved' && verb === 'projectContracted' ? ventureOf : undefined
      const ruling = rules.standing(project({ state, venture }), verb, system, now)
      const expected = (rules.projectLifecycle[state] as Partial<Record<string, string>>)[verb]
      if (expected === undefined)
        expect(ruling).toMatchObject({
          ok: false,
          code: 'not-in-this-state',
          possible: Object.keys(rules.projectLifecycle[state]),
        })
      else if (verb !== 'commentOnProject') expect(ruling).toEqual({ ok: true, value: expected })
    }
  }
})

test('from every state but the two ends the end can be reached', () => {
  const reach = new Set<string>()
  const walk = (state: keyof typeof rules.projectLifecycle) => {
    if (reach.has(state)) return
    reach.add(state)
    for (const next of Object.values(rules.projectLifecycle[state])) walk(next)
  }
  walk('drafting')
  expect([...reach].toSorted()).toEqual([...projectStates].toSorted())
})

test('a budget whose lines multiply and add up has no fault; one fen more anywhere names the line and the sum', () => {
  const line = fc
    .record({ quantity: fc.integer({ min: 1, max: 1000 }), price: fc.bigInt({ min: 1n, max: 10_000_00n }) })
    .map(({ quantity, price }) => ({
      item: '项',
      purpose: 'service' as const,
      quantity,
      unit: '次',
      unitPrice: fen(price),
      amount: fen(price * BigInt(quantity)),
    }))
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.nat(), (lines, pick) => {
      const total = sum(lines.map((each) => each.amount))
      expect(drafting.checkBudget(lines, total)).toEqual([])
      const at = pick % lines.length
      const wrong = lines.map((each, index) => (index === at ? { ...each, amount: fen(each.amount + 1n) } : each))
      expect(drafting.checkBudget(wrong, total).map((fault) => fault.path)).toEqual([
        `body.budgetLines.${at}.amount`,
        'body.budget',
      ])
    }),
  )
})

test('faults of a design are told all at once', () => {
  const faulty = drafting.checkDesign(
    {
      ...design,
      end: plainDateOf('2026-12-31'),
      mode: 'public-built-privately-run',
      needs: [need, need],
      goals: '请联系 13800138000 报名参加',
      budget: fen(1n),
      steps: [{ name: '启动', until: plainDateOf('2028-01-01') }],
    },
    asDivision('320505'),
  )
  expect(faulty?.fields?.map((fault) => fault.code)).toEqual([
    'budget-does-not-add-up',
    'not-a-community',
    'ends-before-start',
    'step-outside-schedule',
    'need-twice',
    'facility-needed',
    'text-has-phone',
  ])
})

test('what a design names must be of its place, adopted, and in the catalogue', () => {
  const elsewhere = drafting.checkNamed({ ...design, motion: 'm' }, division, {
    needs: [{ id: need, division: asDivision('320505001002') }],
    resolution: { adopted: false, division },
    itemKnown: false,
  })
  expect(elsewhere?.fields?.map((fault) => fault.code)).toEqual([
    'need-elsewhere',
    'motion-not-adopted',
    'purchase-item-unknown',
  ])
  expect(drafting.checkNamed(design, division, { needs: [{ id: need, division }], itemKnown: true })).toBeUndefined()
})

test('straight to the township only with a resolution or enough verified supports', () => {
  const straight = (it: rules.Project, supports: number) =>
    reviewing.submitProject(it, designer, now, { to: 'review' }, supports, terms)
  expect(straight(project(), 29)).toMatchObject({
    ok: false,
    code: 'evidence-missing',
    params: { supports: 29, needed: 30 },
  })
  expect(straight(project(), 30)).toMatchObject({
    ok: true,
    value: { state: 'township-review', evidence: { kind: 'supports', count: 30 } },
  })
  expect(straight(project({ motion: 'm' }), 0)).toMatchObject({ ok: true, value: { evidence: { kind: 'resolution' } } })
  expect(straight(project({ needs: [], motion: 'm' }), 0)).toMatchObject({ ok: false, code: 'need-missing' })
})

test('comments: verified residents of the place while the period runs; the summary closes it afterwards', () => {
  const opened = reviewing.submitProject(project(), designer, now, { to: 'comment' }, 0, terms)
  if (!opened.ok) throw new Error(opened.code)
  expect(opened.value.commentUntil).toBe('2026-11-30T15:59:59.999Z')
  const comment = (actor: Actor, at = now) => reviewing.commentOnProject(opened.value, actor, at, { stance: 'agree' })
  expect(comment(person(3))).toMatchObject({ ok: true, value: { tally: { agree: 1 } } })
  expect(comment(person(3, { verified: false }))).toMatchObject({ code: 'not-verified' })
  expect(comment(person(3, { residence: asDivision('320505001002') }))).toMatchObject({ code: 'not-of-this-place' })
  expect(comment(person(3), addDays(now, 8))).toMatchObject({ code: 'comment-over' })
  expect(reviewing.closeComment(opened.value, designer, now, '好', terms)).toMatchObject({ code: 'comment-still-open' })
  expect(reviewing.closeComment(opened.value, designer, addDays(now, 8), '多数赞成', terms)).toMatchObject({
    ok: true,
    value: { state: 'township-review', evidence: { kind: 'comment', count: 0 } },
  })
})

test('the township approves with grounds, list and money; designers never', () => {
  const before = project({ state: 'township-review', evidence: { kind: 'resolution' } })
  const listed = { listed: true }
  expect(reviewing.approveProject(before, reviewer, now, listed)).toMatchObject({
    ok: true,
    value: { state: 'approved' },
  })
  expect(reviewing.approveProject(before, with_(designer, 'projects.approveProject'), now, listed)).toMatchObject({
    kind: 'forbidden',
    code: 'duties-separated',
  })
  expect(reviewing.approveProject(before, reviewer, now, { listed: false })).toMatchObject({
    code: 'not-on-purchase-list',
  })
  expect(reviewing.approveProject(before, reviewer, now, { listed: false, negative: 'goods' })).toMatchObject({
    code: 'on-negative-list',
  })
  const duty = (money: Fen) => ({ ...before, duty: { department: 'civil-affairs', matter: '巡访', money } })
  expect(reviewing.approveProject(duty(fen(5_999_999n)), reviewer, now, listed)).toMatchObject({
    code: 'funds-must-follow-duty',
  })
  expect(reviewing.approveProject(duty(fen(6_000_000n)), reviewer, now, listed)).toMatchObject({ ok: true })
})

test('sent back with remarks nothing is lost', () => {
  const before = project({ state: 'township-review', evidence: { kind: 'resolution' } })
  const back = reviewing.sendBackProject(before, reviewer, now, { remarks: '请细化预算' })
  expect(back).toMatchObject({
    ok: true,
    value: {
      state: 'drafting',
      budgetLines: design.budgetLines,
      remarks: [{ from: 'township-review', words: '请细化预算' }],
    },
  })
  expect(reviewing.sendBackProject(before, person(4), now, { remarks: '不行不行' })).toMatchObject({
    code: 'township-decides',
  })
})

test('whoever edits is a designer, and parts left out are gone', () => {
  const edited = drafting.editProject(project({ motion: 'm', conditions: '有条件' }), person(5), now, design)
  expect(edited).toMatchObject({ ok: true, value: { version: 2, motion: undefined, conditions: undefined } })
  expect(edited.ok && edited.value.designers).toHaveLength(2)
})

test('the purchase list takes no negative item, nothing twice, no past year', () => {
  const place = asDivision('320505')
  expect(addPurchaseItem({ code: 'A01', listed: false }, place, 2026, 2026).ok).toBe(true)
  expect(addPurchaseItem({ code: 'A01', listed: true }, place, 2026, 2026)).toMatchObject({ code: 'already-on-list' })
  expect(addPurchaseItem({ code: 'N05', listed: false, negative: 'goods' }, place, 2026, 2026)).toMatchObject({
    code: 'on-negative-list',
  })
  expect(addPurchaseItem({ code: 'A01', listed: false }, place, 2025, 2026)).toMatchObject({ code: 'year-over' })
  expect(addPurchaseItem({ code: 'A01', listed: false }, division, 2026, 2026)).toMatchObject({ code: 'invalid-input' })
  expect(removePurchaseItem({ code: 'A01', listed: false }, place, 2026, 2026)).toMatchObject({
    code: 'not-on-purchase-list',
  })
})
