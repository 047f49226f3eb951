// An evaluation as rules see it, for tables of cases.
import { asDivision, type Id, type Jurisdiction, makeId } from '../../src/kit/id.ts'
import { addDays, instant } from '../../src/kit/instant.ts'
import type { Evaluation, Results, SchemeItem } from '../../src/loop/evaluation/rules.ts'

/** A Wednesday, ten in the morning in Nanjing. */
export const now = instant('2027-12-01T02:00:00.000Z')
export const id = <Kind extends string>(n: number): Id<Kind> =>
  makeId<Kind>('320505' as Jurisdiction, `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`)

export const items: SchemeItem[] = [
  { source: 'computed', name: '服务人次', weight: 40, measure: 'attendance', target: 200 },
  { source: 'computed', name: '计划完成', weight: 20, measure: 'plan', target: 100 },
  { source: 'expert', name: '服务质量', weight: 40, guide: '' },
]
export const results: Results = {
  serviceRecords: 10,
  minutes: 600,
  attendance: 150,
  beneficiaries: 40,
  activities: [
    { planned: 10, count: 20 },
    { planned: 4, count: 2 },
  ],
}
export const judgement = (score: number) => [{ item: '服务质量', score, reason: '走访居民，普遍满意' }]
export const terms = { replyDays: 5, calendar: new Map() }

/** A final one that is planned. */
export const base: Evaluation = {
  id: id(1),
  kind: 'final',
  number: { year: 2027, value: 3 },
  division: asDivision('320505001001'),
  state: 'planned',
  version: 1,
  title: '老人助餐',
  contract: id(2),
  project: id(3),
  tender: id(4),
  organization: id(5),
  evaluator: id(6),
  plannedBy: id(7),
  items,
  factors: [
    { from: 80, factorBps: 10_000 },
    { from: 60, factorBps: 9_000 },
    { from: 0, factorBps: 0 },
  ],
  credit: [
    { from: 80, points: 2 },
    { from: 60, points: 0 },
    { from: 0, points: -5 },
  ],
  dueAt: addDays(now, 30),
  createdAt: now,
  history: [{ state: 'planned', at: now }],
}
