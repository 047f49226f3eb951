// Contracts: who may do what, which duties stay apart, and the policy values that contracts use.
import type { PermissionTable, Separation } from '../../../kit/actor.ts'
import type { PolicyParameter } from '../../../kit/parameter.ts'

const readers = [
  'community-worker',
  'community-head',
  'organization-administrator',
  'organization-member',
  'social-worker',
  'social-work-supervisor',
  'township-reviewer',
  'township-procurer',
  'township-settler',
  'county-civil-affairs',
  'county-finance',
  'county-overseer',
] as const

export const contractsPermissions = {
  'contracts.draftContract': ['township-procurer'],
  'contracts.reopenContract': ['township-procurer', 'organization-administrator'],
  'contracts.signContract': ['township-procurer', 'organization-administrator'],
  'contracts.reportMilestone': ['organization-administrator', 'organization-member', 'social-worker'],
  'contracts.confirmMilestone': ['resident'],
  'contracts.acceptMilestone': ['community-head', 'township-reviewer'],
  'contracts.payMilestone': ['township-settler'],
  'contracts.amendContract': ['township-procurer', 'organization-administrator'],
  'contracts.recordBreach': ['township-procurer', 'community-head', 'organization-administrator'],
  'contracts.terminateContract': ['township-procurer'],
  'contracts.readContract': readers,
} as const satisfies PermissionTable

/** design/access.md: who designed or scored does not accept; who accepts does not pay; the township's four roles are never one person on one record. */
const designed = ['projects.designProject', 'projects.editProject', 'projects.makeVentureProject']
const scored = ['procurement.scoreBid', 'venture.scoreProposal']
const accepted = ['contracts.acceptMilestone', 'contracts.confirmMilestoneAsResident']
const procured = [
  'contracts.draftContract',
  'contracts.editContract',
  'contracts.sendForSigning',
  'procurement.planTender',
  'procurement.proposeAward',
  'procurement.confirmAward',
  'procurement.failLot',
]
export const contractsSeparations: readonly Separation[] = [
  { name: 'designer-accepts', did: designed, excludes: 'contracts.acceptMilestone' },
  { name: 'scorer-accepts', did: scored, excludes: 'contracts.acceptMilestone' },
  { name: 'scorer-accepts', did: scored, excludes: 'contracts.confirmMilestone' },
  { name: 'accepter-pays', did: accepted, excludes: 'contracts.payMilestone' },
  { name: 'procurer-pays', did: procured, excludes: 'contracts.payMilestone' },
]

export const contractsParameters: readonly PolicyParameter[] = [
  {
    key: 'contracts.last-share',
    value: 2000,
    unit: 'count',
    source: 'design/loop.md: at least 20 % in basis points',
    minimum: 0,
    maximum: 10_000,
  },
  { key: 'contracts.growth-percent', value: 10, unit: 'percent', source: 'design/loop.md', minimum: 0, maximum: 100 },
  {
    key: 'contracts.signing-days',
    value: 30,
    unit: 'day',
    source: 'Government Procurement Law, 30 days from the award notice (memory)',
    minimum: 1,
    maximum: 180,
  },
  { key: 'contracts.accept-days', value: 10, unit: 'working-day', source: 'ours', minimum: 1, maximum: 60 },
  { key: 'contracts.pay-days', value: 10, unit: 'working-day', source: 'ours', minimum: 1, maximum: 60 },
  {
    key: 'contracts.purchaser-name',
    value: '',
    unit: 'text',
    source: 'ours: empty means named after the place',
  },
  {
    key: 'contracts.purchaser-uscc',
    value: '',
    unit: 'text',
    source: 'GB 32100-2015; empty means not on record here',
  },
]
