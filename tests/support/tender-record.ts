// A tender as rules see it, with the people around it, for tables of cases.
import type { Actor } from '../../src/kit/actor.ts'
import { asDivision, type Jurisdiction, makeId } from '../../src/kit/id.ts'
import { addDays, type Instant, instant } from '../../src/kit/instant.ts'
import { fen } from '../../src/kit/money.ts'
import type { Ruling } from '../../src/kit/ruling.ts'
import type { Bid, PolicyTerms, Tender, TenderTerms } from '../../src/loop/procurement/rules.ts'

/** A Monday, ten in the morning in Nanjing. */
export const now: Instant = instant('2026-11-23T02:00:00.000Z')
export const uuid = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
export const personId = (n: number) => makeId<'person'>('320000' as Jurisdiction, uuid(n))
export const organization = (n: number) => makeId<'organization'>('320000' as Jurisdiction, uuid(n))

export const person = (n: number): Actor => ({
  kind: 'person',
  personId: personId(n),
  sessionId: 's',
  verified: true,
  adult: true,
  grants: [],
})

/** The administrator of organization `n`. */
export const bidder = (n: number): Actor => ({
  ...person(100 + n),
  grants: [
    {
      role: 'organization-administrator',
      reach: 'organization',
      permissions: new Set(['procurement.objectToTender', 'procurement.askQuestion', 'procurement.depositBid']),
      division: asDivision('320505'),
      organizationId: organization(n),
    },
  ],
})

/** Who runs the tender. */
export const procurer = person(1)
export const clock: Actor = { kind: 'system', name: 'test', grants: [] }

export const terms: TenderTerms = {
  noticeDays: 20,
  panelSize: 5,
  minimumBids: 3,
  standstillDays: 7,
  objectionDays: 7,
  outlierPercent: 20,
  questionDays: 3,
  answerDays: 3,
  changeDays: 5,
  complaintDays: 15,
  complaintDecisionDays: 30,
}

export const policy: PolicyTerms = { ...terms, noticeDays: { open: 20, consultation: 10 }, calendar: new Map() }

/** Published now; the deadline is the end of the day in twenty days. */
export function tender(more: Partial<Tender> = {}): Tender {
  return {
    id: makeId('320505' as Jurisdiction, uuid(9)),
    number: { year: 2026, value: 9 },
    division: asDivision('320505001001'),
    state: 'published',
    version: 1,
    project: 'p',
    projectNumber: '项2026-0001',
    title: '助餐',
    item: 'A01',
    mode: 'contracting-out',
    categories: ['0102'],
    budget: fen(6_000_000n),
    procedure: 'open',
    description: '每天送餐上门的服务',
    criteria: [
      { name: '方案', kind: 'panel', weight: 80 },
      { name: '报价', kind: 'price', weight: 20 },
    ],
    requirements: { certificates: 0 },
    procurers: [personId(1)],
    designers: [personId(2)],
    terms,
    termsNumber: 1,
    bindingNumber: 1,
    pending: [],
    createdAt: now,
    publishedAt: now,
    deadline: instant('2026-12-13T15:59:59.999Z'),
    panel: [],
    replaced: [],
    round: 1,
    history: [{ state: 'published', at: now }],
    ...more,
  }
}

export const later = (days: number) => addDays(now, days)

/** 'ok', or the codes of what was refused. */
export function codeOf(ruling: Ruling<unknown>): string {
  return ruling.ok ? 'ok' : (ruling.fields?.map((field) => field.code).join(' ') ?? ruling.code)
}

/** A bid of organization `n` without fault, on paper, entered by the procurer. */
export function bid(n: number, more: Partial<Bid> = {}): Bid {
  return {
    id: makeId('320505' as Jurisdiction, uuid(20 + n)),
    tender: tender().id,
    organization: organization(n),
    organizationName: `机构${n}`,
    price: fen(5_000_000n),
    proposal: '方案',
    receivedAt: now,
    enteredAt: now,
    enteredBy: personId(1),
    faults: [],
    hash: `hash ${n}`,
    ...more,
  }
}
