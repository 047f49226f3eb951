// Needs: which roles may do what, whose duties exclude each other, and the policy parameters.
import type { PermissionTable, Separation } from '../../../kit/actor.ts'
import type { PolicyParameter } from '../../../kit/parameter.ts'

export const needsPermissions = {
  'needs.submitNeed': ['resident'],
  'needs.supportNeed': ['resident'],
  'needs.withdrawNeed': ['resident'],
  'needs.appealNeed': ['resident'],
  'needs.replyToQuestion': ['resident'],
  'needs.giveVerdict': ['resident'],
  'needs.submitNeedOnBehalf': ['community-worker', 'community-head', 'grid-worker', 'grid-leader'],
  'needs.importNeeds': ['community-worker', 'community-head'],
  // By no role: only by the keys of registered outside programs (app/routes/open311.ts).
  'needs.requestService': [],
  'needs.listDeskNeeds': [
    'community-worker',
    'community-head',
    'grid-leader',
    'township-reviewer',
    'department-officer',
    'county-civil-affairs',
    'county-overseer',
  ],
  'needs.readPrivate': ['resident', 'community-worker', 'community-head', 'department-officer'],
  'needs.readRaised': ['township-reviewer'],
  'needs.acceptNeed': ['community-worker', 'community-head'],
  'needs.declineNeed': ['community-worker', 'community-head'],
  'needs.mergeNeed': ['community-worker', 'community-head'],
  'needs.askResident': ['community-worker', 'community-head'],
  'needs.holdNeed': ['community-worker', 'community-head'],
  'needs.assignNeed': ['community-head'],
  'needs.listNeedHolders': ['community-worker', 'community-head'],
  'needs.setAbsence': ['community-worker', 'community-head'],
  'needs.referNeed': ['community-worker', 'community-head'],
  'needs.refuseReferral': ['community-worker', 'community-head', 'department-officer'],
  'needs.answerNeed': ['community-worker', 'community-head', 'department-officer', 'township-reviewer'],
} as const satisfies PermissionTable

/** Whoever declined a need decides its appeal neither way (design/access.md). */
export const needsSeparations: readonly Separation[] = [
  { name: 'appeal', did: ['needs.declineNeed'], excludes: 'needs.acceptNeed' },
  { name: 'appeal', did: ['needs.declineNeed'], excludes: 'needs.declineNeed' },
]

export const needsParameters: readonly PolicyParameter[] = [
  { key: 'needs.respond-days', value: 3, unit: 'working-day', source: 'design/loop.md', minimum: 1, maximum: 20 },
  { key: 'needs.appeal-days', value: 10, unit: 'working-day', source: 'ours', minimum: 3, maximum: 60 },
  { key: 'needs.resolve-days', value: 20, unit: 'working-day', source: 'design/loop.md', minimum: 1, maximum: 120 },
  { key: 'needs.plan-days', value: 60, unit: 'working-day', source: 'ours', minimum: 5, maximum: 500 },
  { key: 'needs.classifier-threshold', value: 50, unit: 'percent', source: 'ours', minimum: 20, maximum: 100 },
  { key: 'needs.alike-percent', value: 55, unit: 'percent', source: 'ours', minimum: 30, maximum: 100 },
  { key: 'needs.import-days', value: 7300, unit: 'day', source: 'ours', minimum: 30, maximum: 36500 },
  { key: 'needs.verdict-days', value: 15, unit: 'working-day', source: 'design/loop.md', minimum: 5, maximum: 60 },
]
