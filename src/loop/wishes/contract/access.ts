// Wishes: which roles may do what, whose duties exclude each other, and the policy parameters.
import type { PermissionTable, Separation } from '../../../kit/actor.ts'
import type { PolicyParameter } from '../../../kit/parameter.ts'

export const wishesPermissions = {
  'wishes.askForWish': ['resident'],
  'wishes.confirmWish': ['resident'],
  'wishes.claimWish': ['resident', 'organization-administrator'],
  'wishes.putUpWish': ['community-worker', 'community-head'],
  'wishes.takeClaimAway': ['community-worker', 'community-head'],
  'wishes.readWish': [
    'resident',
    'organization-administrator',
    'community-worker',
    'community-head',
    'township-reviewer',
  ],
  'wishes.listDeskWishes': [
    'community-worker',
    'community-head',
    'township-reviewer',
    'county-civil-affairs',
    'county-overseer',
  ],
  'wishes.applyAsBody': ['resident'],
  'wishes.decideBody': ['community-worker', 'community-head'],
  'wishes.endBody': ['resident', 'community-worker', 'community-head'],
  'wishes.listBodies': ['community-worker', 'community-head', 'township-reviewer'],
  'wishes.readBody': ['resident', 'community-worker', 'community-head', 'township-reviewer'],
} as const satisfies PermissionTable

export const wishesSeparations: readonly Separation[] = [
  // Who wants a supporting body does not confirm it; who claimed a wish does not take it from the next giver.
  { name: 'body', did: ['wishes.applyAsBody'], excludes: 'wishes.decideBody' },
  { name: 'claim', did: ['wishes.claimWish'], excludes: 'wishes.takeClaimAway' },
]

export const wishesParameters: readonly PolicyParameter[] = [
  { key: 'wishes.deliver-days', value: 10, unit: 'working-day', source: 'design/loop.md', minimum: 3, maximum: 60 },
  { key: 'wishes.confirm-days', value: 15, unit: 'working-day', source: 'design/loop.md', minimum: 5, maximum: 60 },
]
