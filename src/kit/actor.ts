// Who acts, with what rights, and the one question of access: may this actor do this there? Pure.
import type { DivisionCode, Id, RecordRef } from './id.ts'
import { within } from './id.ts'
import type { Role } from './roles.ts'

/** How far a role reaches: over a place, over the records of one organization, or over what concerns the person. */
export type RoleReach = 'place' | 'organization' | 'self'

/** An assignment in force as the session carries it. */
export type Grant = {
  readonly role: string
  readonly reach: RoleReach
  readonly permissions: ReadonlySet<string>
  /** The prefix below which a `place` role holds. */
  readonly division: DivisionCode
  readonly assignmentId?: Id<'assignment'>
  readonly organizationId?: Id<'organization'>
  readonly departmentId?: string
  /** The person whose assignment was copied for a period. */
  readonly delegatedFrom?: Id<'person'>
}

export type PersonActor = {
  readonly kind: 'person'
  readonly personId: Id<'person'>
  readonly sessionId: string
  /** Verified resident: identity's confirmation is in force. */
  readonly verified: boolean
  readonly adult: boolean
  readonly residence?: DivisionCode
  /** The chosen assignment and, always, the resident's own. */
  readonly grants: readonly Grant[]
  /** Real time (ms) of the last confirmed second factor, if any. */
  readonly secondFactorAt?: number
}

export type Actor =
  | PersonActor
  | { readonly kind: 'anonymous'; readonly grants: readonly Grant[] }
  /** A timer or reaction of the program itself; `name` is its verb. */
  | { readonly kind: 'system'; readonly name: string; readonly grants: readonly Grant[] }

/** Where a record stands for access. */
export type Reach = {
  readonly division: DivisionCode
  /** Organizations whose staff act on it. */
  readonly organizations?: readonly string[]
  /** Persons whom it concerns. */
  readonly persons?: readonly string[]
  /** Line departments to which it was given; a department's officer reaches no other department's record. */
  readonly departments?: readonly string[]
  /** Every holder of the permission, wherever (a neighbour supports a need); the rule then looks closer. */
  readonly anyone?: boolean
  /** Without reach the answer is 404: even existence is confidential. */
  readonly confidential?: boolean
}

/** Whether a grant gives `permission` at `reach`. */
export function grantReaches(grant: Grant, actor: Actor, permission: string, reach: Reach): boolean {
  if (!grant.permissions.has(permission)) return false
  if (reach.anyone) return true
  switch (grant.reach) {
    case 'place':
      return (
        within(reach.division, grant.division) &&
        (grant.departmentId === undefined || (reach.departments?.includes(grant.departmentId) ?? false))
      )
    case 'organization':
      return grant.organizationId !== undefined && (reach.organizations?.includes(grant.organizationId) ?? false)
    case 'self':
      return actor.kind === 'person' && (reach.persons?.includes(actor.personId) ?? false)
  }
}

/** The grant by which the actor may use `permission` at `reach`, if any. */
export function grantFor(actor: Actor, permission: string, reach: Reach): Grant | undefined {
  return actor.grants.find((grant) => grantReaches(grant, actor, permission, reach))
}

/** Whether the actor may use `permission` at `reach`; the program's own timers and reactions may. */
export function may(actor: Actor, permission: string, reach: Reach): boolean {
  return actor.kind === 'system' || grantFor(actor, permission, reach) !== undefined
}

/** Whether the actor holds the permission anywhere at all. */
export function holds(actor: Actor, permission: string): boolean {
  return actor.kind === 'system' || actor.grants.some((grant) => grant.permissions.has(permission))
}

/** The divisions, organizations and person within which the actor may use a permission: the filter of every list. */
export type Scopes = {
  readonly divisions: readonly DivisionCode[]
  readonly organizations: readonly string[]
  readonly departments: readonly string[]
  readonly personId?: Id<'person'>
}

/** Scopes of a permission for list filters. Empty everywhere = sees nothing. */
export function scopesOf(actor: Actor, permission: string): Scopes {
  const grants = actor.grants.filter((grant) => grant.permissions.has(permission))
  const departments = grants.flatMap((grant) => (grant.departmentId === undefined ? [] : [grant.departmentId]))
  return {
    divisions: grants.filter((grant) => grant.reach === 'place').map((grant) => grant.division),
    organizations: grants.flatMap((grant) =>
      grant.reach === 'organization' && grant.organizationId !== undefined ? [grant.organizationId] : [],
    ),
    departments,
    personId: actor.kind === 'person' && grants.some((grant) => grant.reach === 'self') ? actor.personId : undefined,
  }
}

/**
 * Separation of duties, declared as data by domains: whoever did one of `did` on a record of the lineage may not use `excludes`.
 * Checked on the event history, for the person and for whoever delegated to them.
 */
export type Separation = {
  readonly name: string
  /** Event names `<domain>.<verb>`. */
  readonly did: readonly string[]
  /** The permission that is then closed. */
  readonly excludes: string
}

/** What a role may, declared by each domain: permission -> roles that hold it. */
export type PermissionTable = Readonly<Record<string, readonly Role[]>>

/** A record as the judge needs it: its place, its version (If-Match) and the records whose history counts for separation of duties. */
export type Judged = {
  readonly reach: Reach
  readonly version?: number
  readonly lineage?: readonly RecordRef[]
}
