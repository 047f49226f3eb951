// A project as rules see it, with the people around it, for tables of cases.
import type { Actor } from '../../src/kit/actor.ts'
import { asDivision, type Jurisdiction, makeId } from '../../src/kit/id.ts'
import { type Instant, instant } from '../../src/kit/instant.ts'
import { fen } from '../../src/kit/money.ts'
import { plainDateOf } from '../../src/kit/plain-date.ts'
import type { Project, ProjectDesign, ProjectTerms } from '../../src/loop/projects/rules.ts'

/** A Monday, ten in the morning in Nanjing. */
export const now: Instant = instant('2026-11-23T02:00:00.000Z')
export const community = asDivision('320505001001')
export const township = asDivision('320505001')
export const county = asDivision('320505')
export const uuid = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
export const personId = (n: number) => makeId<'person'>('320000' as Jurisdiction, uuid(n))
export const needId = (n: number) => makeId<'need'>('320505' as Jurisdiction, uuid(100 + n))

/** A verified adult who lives in the community. */
export const person = (n: number, more: Partial<Extract<Actor, { kind: 'person' }>> = {}): Actor => ({
  kind: 'person',
  personId: personId(n),
  sessionId: 's',
  verified: true,
  adult: true,
  residence: community,
  grants: [],
  ...more,
})

/** The same person with a permission at a place. */
export const withGrant = (actor: Actor, permission: string, place = community): Actor => ({
  ...actor,
  grants: [{ role: 'r', reach: 'place', permissions: new Set([permission]), division: place }],
})

export const designer = person(1)
/** The township's officer who approves. */
export const reviewer = withGrant(person(2), 'projects.approveProject', township)
export const clock: Actor = { kind: 'system', name: 'test', grants: [] }
export const nobody: Actor = { kind: 'anonymous', grants: [] }

export const terms: ProjectTerms = {
  commentDays: 7,
  summaryDays: 5,
  evidenceSupports: 30,
  reviewDays: 10,
  calendar: new Map(),
}

export const design: ProjectDesign = {
  title: '独居老人助餐',
  targetGroup: '八十岁以上独居老人',
  goals: '让独居老人每天吃上热饭菜',
  categories: ['0102'],
  needs: [needId(1)],
  activities: [{ name: '送餐', times: 200 }],
  results: [{ kind: 'output', indicator: '送餐次数', target: 4000, unit: '次' }],
  start: plainDateOf('2027-01-01'),
  end: plainDateOf('2027-12-31'),
  steps: [],
  budgetLines: [
    {
      item: '餐费补贴',
      purpose: 'service',
      quantity: 4000,
      unit: '份',
      unitPrice: fen(1_500n),
      amount: fen(6_000_000n),
    },
  ],
  budget: fen(6_000_000n),
  mode: 'contracting-out',
  source: 'fiscal-transfer',
  purchaseItem: 'A01',
  partners: [],
}

/** Drafted now by the designer. */
export function project(more: Partial<Project> = {}): Project {
  return {
    ...design,
    id: makeId('320505' as Jurisdiction, uuid(9)),
    number: { year: 2026, value: 31 },
    division: community,
    state: 'drafting',
    version: 1,
    designers: [personId(1)],
    createdAt: now,
    round: 0,
    parts: [],
    awaited: 0,
    tally: { agree: 0, disagree: 0, neutral: 0 },
    remarks: [],
    history: [{ state: 'drafting', at: now }],
    ...more,
  }
}

/** A venture call's award of 100 fen, with 3 votes of residents. */
export const venture = { undertaker: 'o', proposal: 'p', award: fen(100n), publicVotes: 3 }
