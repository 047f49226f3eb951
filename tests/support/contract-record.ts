// A contract and the people around it, for tests of its rules.
import type { Actor, Grant, RoleReach } from '../../src/kit/actor.ts'
import { asDivision, type Id, type Jurisdiction, makeId } from '../../src/kit/id.ts'
import { instant } from '../../src/kit/instant.ts'
import { fen } from '../../src/kit/money.ts'
import { plainDateOf } from '../../src/kit/plain-date.ts'
import { granted } from '../../src/kit/ruling.ts'
import * as rules from '../../src/loop/contracts/rules.ts'
import * as milestones from '../../src/loop/contracts/rules/milestones.ts'
import * as terms from '../../src/loop/contracts/rules/terms.ts'

export const now = instant('2027-03-01T02:00:00.000Z')
const county = '320505' as Jurisdiction
export const community = asDivision('320505001001')
export const township = asDivision('320505001')
const uuid = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
export const id = <Kind extends string>(n: number): Id<Kind> => makeId<Kind>(county, uuid(n))
export const organization = id<'organization'>(900)

export function actor(n: number, role: string, reach: RoleReach, permissions: string[], verified = true): Actor {
  const grant: Grant = {
    role,
    reach,
    permissions: new Set(permissions),
    division: reach === 'place' && role !== 'community-head' ? township : community,
    organizationId: reach === 'organization' ? organization : undefined,
  }
  return { kind: 'person', personId: id(n), sessionId: 's', verified, adult: true, grants: [grant] }
}

export const procurer = actor(1, 'township-procurer', 'place', [
  'contracts.signContract',
  'contracts.amendContract',
  'contracts.recordBreach',
  'contracts.reopenContract',
  'contracts.terminateContract',
])
export const administrator = actor(2, 'organization-administrator', 'organization', [
  'contracts.signContract',
  'contracts.amendContract',
  'contracts.recordBreach',
  'contracts.reopenContract',
  'contracts.reportMilestone',
])
export const head = actor(3, 'community-head', 'place', ['contracts.acceptMilestone'])
export const reviewer = actor(4, 'township-reviewer', 'place', ['contracts.acceptMilestone'])
export const resident = actor(5, 'resident', 'self', ['contracts.confirmMilestone'])
export const settler = actor(6, 'township-settler', 'place', ['contracts.payMilestone'])
export const system: Actor = { kind: 'system', name: 'test', grants: [] }

export const policy: rules.ContractPolicy = {
  factors: [
    { from: 80, factorBps: 10_000 },
    { from: 60, factorBps: 9_000 },
    { from: 0, factorBps: 0 },
  ],
  growthPercent: 10,
  acceptDays: 10,
  payDays: 10,
}
export const milestoneTerms = (share: number, due: string): terms.MilestoneTerms => ({
  title: '阶段服务',
  deliverable: '服务记录',
  criteria: '记录齐全',
  due: plainDateOf(due),
  share,
  needsRecords: true,
})
export const workers = new Map<string, terms.Worker>([
  ['w1', { personId: id(10), active: true, certificateValidUntil: plainDateOf('2028-01-01'), employer: organization }],
  ['w2', { personId: id(11), active: true, certificateValidUntil: plainDateOf('2027-02-28'), employer: organization }],
  ['w3', { personId: id(12), active: true, certificateValidUntil: plainDateOf('2028-01-01'), employer: 'another' }],
])
export const good: terms.ContractTerms = {
  milestones: [
    milestoneTerms(4000, '2027-06-30'),
    milestoneTerms(3000, '2027-09-30'),
    milestoneTerms(3000, '2027-12-31'),
  ],
  team: [{ worker: 'w1', duty: 'lead', key: true }],
  dataClause: '只为履约收集必要的个人信息。',
  clauses: '',
  start: plainDateOf('2027-03-02'),
  end: plainDateOf('2027-12-31'),
}

export function contract(more: Partial<rules.Contract> = {}): rules.Contract {
  return {
    id: id(100),
    number: { year: 2027, value: 5 },
    division: community,
    state: 'active',
    version: 7,
    title: '老人助餐',
    project: id(101),
    tender: id(102),
    organization,
    value: fen(80_400_00n),
    originalValue: fen(80_400_00n),
    source: 'fiscal-transfer',
    categories: ['0102'],
    needs: [id(103)],
    residents: [id(5)],
    draftedBy: id(1),
    start: good.start,
    end: good.end,
    dataClause: good.dataClause,
    clauses: '',
    team: terms.teamOf(good.team, workers),
    policy,
    milestones: terms.milestonesOf(good.milestones, fen(80_400_00n), [id(201), id(202), id(203)]),
    signatures: {},
    activeAt: now,
    deliveryAt: now,
    createdAt: now,
    history: [{ state: 'drafting', at: now }],
    ...more,
  }
}

export const at = (record: rules.Contract, index: number): rules.Milestone => {
  const found = record.milestones[index]
  if (found === undefined) throw new Error('no such milestone')
  return found
}
export const turned = (record: rules.Contract, index: number, changes: Partial<rules.Milestone>) =>
  rules.withMilestone(record, at(record, index).id, changes)
export const evidence = { serviceRecords: 2, minutes: 120, attendance: 30 }
export const reported = () =>
  granted(
    milestones.reportMilestone(
      turned(contract(), 0, { evidence }),
      at(turned(contract(), 0, { evidence }), 0),
      administrator,
      now,
      '已完成',
    ),
  )
export const code = (ruling: { ok: boolean; code?: string; fields?: readonly { code: string }[] }) =>
  ruling.ok ? 'ok' : (ruling.fields?.map((each) => each.code).join() ?? ruling.code)
