// The roles of design/access.md and how far each reaches; what each may do is declared by the domains.
import type { RoleReach } from './actor.ts'
import type { DivisionLevel } from './id.ts'

/** Role -> its reach and the level of division at which it is assigned. */
export const roles = {
  resident: { reach: 'self', level: 'community' },
  volunteer: { reach: 'self', level: 'county' },
  'community-worker': { reach: 'place', level: 'community' },
  'community-head': { reach: 'place', level: 'community' },
  'grid-worker': { reach: 'place', level: 'community' },
  'grid-leader': { reach: 'place', level: 'community' },
  'organization-administrator': { reach: 'organization', level: 'county' },
  'organization-member': { reach: 'organization', level: 'county' },
  'social-worker': { reach: 'organization', level: 'county' },
  'social-work-supervisor': { reach: 'organization', level: 'county' },
  'township-reviewer': { reach: 'place', level: 'township' },
  'township-procurer': { reach: 'place', level: 'township' },
  'township-settler': { reach: 'place', level: 'township' },
  'township-staff-officer': { reach: 'place', level: 'township' },
  'department-officer': { reach: 'place', level: 'county' },
  'county-civil-affairs': { reach: 'place', level: 'county' },
  'county-finance': { reach: 'place', level: 'county' },
  'county-overseer': { reach: 'place', level: 'county' },
  'city-officer': { reach: 'place', level: 'city' },
  'province-officer': { reach: 'place', level: 'province' },
  panelist: { reach: 'self', level: 'county' },
  evaluator: { reach: 'self', level: 'county' },
  'system-administrator': { reach: 'place', level: 'county' },
  'security-administrator': { reach: 'place', level: 'county' },
  'audit-administrator': { reach: 'place', level: 'county' },
} as const satisfies Record<string, { reach: RoleReach; level: DivisionLevel }>

export type Role = keyof typeof roles

/** Administrators hold no business role beside their own (design/access.md). */
export const administratorRoles: readonly Role[] = [
  'system-administrator',
  'security-administrator',
  'audit-administrator',
]
