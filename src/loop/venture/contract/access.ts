// Venture calls: who may do what, which duties stay apart, and the policy values.
import type { PermissionTable, Separation } from '../../../kit/actor.ts'
import type { PolicyParameter } from '../../../kit/parameter.ts'

const desks = [
  'community-worker',
  'community-head',
  'township-reviewer',
  'township-procurer',
  'county-civil-affairs',
  'county-finance',
  'county-overseer',
] as const

export const venturePermissions = {
  'venture.runCall': ['township-procurer', 'county-civil-affairs'],
  'venture.propose': ['organization-administrator'],
  'venture.vote': ['resident'],
  'venture.scoreProposal': ['panelist'],
  'venture.coach': ['community-head', 'township-reviewer', 'township-procurer', 'county-civil-affairs'],
  'venture.readProposal': ['organization-administrator', 'organization-member', ...desks],
  'venture.listDeskCalls': [...desks, 'city-officer', 'province-officer'],
} as const satisfies PermissionTable

/** Who screened a proposal or made a project of one does not score it; who scored does not decide on it. */
export const ventureSeparations: readonly Separation[] = [
  {
    name: 'runner-scores',
    did: [
      'planCall',
      'editCall',
      'openCall',
      'startVote',
      'appointVenturePanel',
      'admitProposal',
      'turnAwayProposal',
    ].map((verb) => `venture.${verb}`),
    excludes: 'venture.scoreProposal',
  },
  {
    name: 'proposer-scores',
    did: ['draftProposal', 'editProposal', 'submitProposal'].map((verb) => `venture.${verb}`),
    excludes: 'venture.scoreProposal',
  },
  { name: 'scorer-runs', did: ['venture.scoreProposal'], excludes: 'venture.runCall' },
]

export const ventureParameters: readonly PolicyParameter[] = [
  { key: 'venture.open-days', value: 20, unit: 'day', source: 'ours, like an open tender', minimum: 5, maximum: 120 },
  { key: 'venture.vote-days', value: 7, unit: 'day', source: 'ours', minimum: 3, maximum: 60 },
  { key: 'venture.votes-each', value: 3, unit: 'count', source: 'ours', minimum: 1, maximum: 20 },
  { key: 'venture.proposals-each', value: 2, unit: 'count', source: 'ours', minimum: 1, maximum: 10 },
  {
    key: 'venture.most-proposals',
    value: 100,
    unit: 'count',
    source: 'ours: a panel reads them all',
    minimum: 1,
    maximum: 100,
  },
  {
    key: 'venture.panel-size',
    value: 5,
    unit: 'count',
    source: 'design/loop.md, as for tenders',
    minimum: 3,
    maximum: 15,
  },
  {
    key: 'venture.least-score',
    value: 60,
    unit: 'count',
    source: 'ours: points of 100 from the panel',
    minimum: 0,
    maximum: 100,
  },
  { key: 'venture.coaching-notes', value: 1, unit: 'count', source: 'ours', minimum: 0, maximum: 10 },
  { key: 'venture.screening-days', value: 10, unit: 'working-day', source: 'ours', minimum: 1, maximum: 60 },
]
