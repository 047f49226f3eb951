// A venture call and a proposal as rules see them, for tables of cases.
import type { PersonActor } from '../../src/kit/actor.ts'
import { asDivision, type Id } from '../../src/kit/id.ts'
import type { Instant } from '../../src/kit/instant.ts'
import { fen } from '../../src/kit/money.ts'
import type { PlainDate } from '../../src/kit/plain-date.ts'
import type { Call, CallId, Proposal, ProposalId } from '../../src/loop/venture/rules.ts'

/** A Tuesday, ten in the morning in Nanjing. */
export const now = '2026-11-10T02:00:00.000Z' as Instant
export const me = '320000-0190f1c0-0000-7000-8000-000000000001' as Id<'person'>
export const day = (text: string) => text as PlainDate

/** A verified resident of the community, on the panel. */
export function actor(more: Partial<PersonActor> = {}): PersonActor {
  return {
    kind: 'person',
    personId: me,
    sessionId: 's',
    verified: true,
    adult: true,
    residence: asDivision('320505001002'),
    grants: [],
    ...more,
  }
}

/** A township's call of its community for proposals, open for ten more days. */
export const call: Call = {
  id: '320505-0190f1c0-0000-7000-8000-000000000002' as CallId,
  number: { year: 2026, value: 3 },
  division: asDivision('320505001'),
  state: 'open',
  version: 1,
  title: '为老服务公益创投',
  theme: '征集为老服务项目。',
  places: [asDivision('320505001002')],
  categories: ['01'],
  ceiling: fen(5_000_000n),
  total: fen(10_000_000n),
  source: 'fiscal-transfer',
  purchaseItem: 'F01',
  criteria: [
    { name: '针对性', weight: 60 },
    { name: '可行性', weight: 40 },
  ],
  voteWeight: 40,
  panelWeight: 60,
  proposalsUntil: day('2026-11-20'),
  voteUntil: day('2026-12-01'),
  scoreUntil: day('2026-12-10'),
  terms: { votesEach: 3, proposalsEach: 2, mostProposals: 100, panelSize: 3, leastScore: 60, coachingNotes: 1 },
  secret: 'secret',
  panel: [me],
  replaced: [],
  createdAt: now,
  openedAt: now,
  history: [],
}

/** An organization's draft. */
export const proposal: Proposal = {
  id: '320505-0190f1c0-0000-7000-8000-000000000003' as ProposalId,
  call: call.id,
  number: { year: 2026, value: 4 },
  state: 'draft',
  version: 1,
  organization: '320000-0190f1c0-0000-7000-8000-000000000009',
  organizationName: '暖邻社工中心',
  authors: [],
  title: '邻里助餐',
  division: asDivision('320505001002'),
  targetGroup: '独居老人',
  goals: '邻里结对送餐。',
  needs: [],
  activities: [],
  results: [],
  start: day('2027-01-01'),
  end: day('2027-12-31'),
  budgetLines: [],
  partners: [],
  asked: fen(3_000_000n),
  strengths: '有专职社工。',
  coachings: 0,
  createdAt: now,
  history: [],
}
