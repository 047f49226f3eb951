// Deliberation: which roles may do what, whose duties exclude each other, and the policy parameters.
import type { PermissionTable, Separation } from '../../../kit/actor.ts'
import type { PolicyParameter } from '../../../kit/parameter.ts'

export const deliberationPermissions = {
  'deliberation.proposeMotion': ['resident', 'community-worker', 'community-head', 'organization-administrator'],
  'deliberation.supportMotion': ['resident'],
  'deliberation.addStatement': ['resident'],
  'deliberation.checkIn': ['resident'],
  'deliberation.issueBallot': ['resident'],
  'deliberation.admitMotion': ['community-head'],
  'deliberation.runMotion': ['community-worker', 'community-head'],
  'deliberation.moderate': ['community-worker', 'community-head'],
  'deliberation.recordMeeting': ['community-worker', 'community-head'],
  'deliberation.confirmMeeting': ['community-worker', 'community-head'],
  'deliberation.decideObjection': ['township-reviewer'],
  'deliberation.listDeskMotions': [
    'community-worker',
    'community-head',
    'township-reviewer',
    'county-civil-affairs',
    'county-overseer',
  ],
} as const satisfies PermissionTable

export const deliberationSeparations: readonly Separation[] = [
  { name: 'meeting', did: ['deliberation.recordMeeting'], excludes: 'deliberation.confirmMeeting' },
  {
    name: 'objection',
    excludes: 'deliberation.decideObjection',
    did: [
      'deliberation.proposeMotion',
      'deliberation.recordMeeting',
      'deliberation.confirmMeeting',
      'deliberation.openVote',
      'deliberation.publishResolution',
    ],
  },
]

export const deliberationParameters: readonly PolicyParameter[] = [
  { key: 'deliberation.admit-supports', value: 50, unit: 'count', source: 'ours', minimum: 1, maximum: 10_000 },
  { key: 'deliberation.notice-days', value: 5, unit: 'working-day', source: 'design/loop.md', minimum: 1, maximum: 30 },
  { key: 'deliberation.plan-days', value: 30, unit: 'working-day', source: 'ours', minimum: 5, maximum: 250 },
  { key: 'deliberation.map-voters', value: 15, unit: 'count', source: 'ours', minimum: 10, maximum: 1000 },
  { key: 'deliberation.map-step', value: 50, unit: 'count', source: 'ours', minimum: 1, maximum: 1000 },
  { key: 'deliberation.code-minutes', value: 2, unit: 'minute', source: 'ours', minimum: 1, maximum: 30 },
  { key: 'deliberation.objection-days', value: 5, unit: 'working-day', source: 'ours', minimum: 1, maximum: 30 },
  // More than half of those entitled present, more than half of those present for it: organic law of residents' committees, art. 10 (from memory).
  {
    key: 'deliberation.quorum-percent',
    value: 50,
    unit: 'percent',
    source: 'residents’ committee law, art. 10 (memory)',
    minimum: 10,
    maximum: 90,
  },
  {
    key: 'deliberation.majority-percent',
    value: 50,
    unit: 'percent',
    source: 'residents’ committee law, art. 10 (memory)',
    minimum: 50,
    maximum: 90,
  },
  { key: 'deliberation.cast-days', value: 3, unit: 'working-day', source: 'ours', minimum: 1, maximum: 20 },
  { key: 'deliberation.vote-most-days', value: 60, unit: 'day', source: 'ours', minimum: 3, maximum: 180 },
]
