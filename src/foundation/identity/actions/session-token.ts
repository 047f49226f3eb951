// Reading a session's token into an actor, and opening sessions: shared by every way of signing in.
import type { Grant, PersonActor } from '../../../kit/actor.ts'
import { today } from '../../../kit/plain-date.ts'
import { type Role, roles } from '../../../kit/roles.ts'
import type { Act } from '../../../platform/action.ts'
import { type Clock, uuidAt } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import { instant } from '../../../kit/instant.ts'
import type { PolicyReader } from '../../../platform/platform.ts'
import { type SessionKind, wholeProvince } from '../contract.ts'
import { provinceOf, touchMs } from '../rules.ts'
import { newToken, tokenHash } from '../sealed-rules.ts'
import { listAssignmentsInForce } from '../store/assignments.ts'
import { insertSession, readSession, type SessionRow, touchSession } from '../store/sessions.ts'

const minute = 60_000

/** What each role may do: compose gathers it from the domains' permission tables. */
export type RolePermissions = ReadonlyMap<Role, ReadonlySet<string>>

export type SessionReader = { read(cookieToken: string): Promise<PersonActor | undefined> }

function isRole(role: string): role is Role {
  return Object.hasOwn(roles, role)
}

const nothing: ReadonlySet<string> = new Set()

function grantsOf(row: SessionRow, permissions: RolePermissions): Grant[] {
  const own: Grant = {
    role: 'resident', reach: 'self', permissions: permissions.get('resident') ?? nothing, division: row.residence ?? provinceOf(row.person),
  }
  if (row.assignment === null || row.role === null || row.division === null || !isRole(row.role)) return [own]
  return [
    {
      role: row.role, reach: roles[row.role].reach, permissions: permissions.get(row.role) ?? nothing, division: row.division, assignmentId: row.assignment,
      organizationId: row.organization ?? undefined, departmentId: row.department ?? undefined, delegatedFrom: row.delegated_person ?? undefined,
    },
    own,
  ]
}

/**
 * The reader of session cookies: one join per request. Undefined for an unknown, ended, idled-out or over-age token. The resident's own
 * grant is always there; of a member of staff's roles only the session's current one counts, and only while it (and, delegated, its
 * giver's own) is in force.
 */
export function makeSessionReader(database: Database, permissions: RolePermissions, clock: Clock): SessionReader {
  return {
    async read(cookieToken) {
      const [real, now] = [clock.real(), clock.now()]
      const row = await readSession(database.reader, tokenHash(cookieToken), real, now, today(now))
      if (row === undefined) return undefined
      if (real - Date.parse(row.seen_at) > touchMs) await touchSession(database.reader, row.id, real)
      return {
        kind: 'person', personId: row.person, sessionId: row.id, verified: row.verified, adult: row.adult, residence: row.residence ?? undefined,
        grants: grantsOf(row, permissions), secondFactorAt: row.second_factor_at === null ? undefined : Date.parse(row.second_factor_at),
      }
    },
  }
}

/** Idle and absolute limits of a session in ms, by policy. */
export function sessionLimits(policy: PolicyReader, kind: SessionKind): { idleMs: number; absoluteMs: number } {
  const day = 24 * 60 * minute
  return kind === 'staff'
    ? { idleMs: policy.number('identity.staff-idle-minutes', wholeProvince) * minute, absoluteMs: policy.number('identity.staff-session-minutes', wholeProvince) * minute }
    : { idleMs: policy.number('identity.resident-idle-days', wholeProvince) * day, absoluteMs: policy.number('identity.resident-session-days', wholeProvince) * day }
}

export type OpenedSession = { readonly id: string; readonly token: string; readonly maxAgeSeconds: number }

/**
 * Opens a session and answers its token, for the cookie only. Without `kind`: staff when the person holds a role in force. Staff start in
 * `assignment`, else in their first role in force; `secondFactor`: it was shown just now. Writes no event: the act that signs in does.
 */
export async function startSession(
  act: Act, opening: { person: PersonActor['personId']; kind?: SessionKind; device?: string; assignment?: string; secondFactor?: boolean },
): Promise<OpenedSession> {
  const real = act.platform.clock.real()
  const held = opening.kind === 'resident' || opening.assignment !== undefined ? [] : await listAssignmentsInForce(act.tx, [opening.person], today(act.now))
  const assignment = opening.assignment ?? held[0]?.id
  const kind = opening.kind ?? (assignment === undefined ? 'resident' : 'staff')
  const { idleMs, absoluteMs } = sessionLimits(act.policy, kind)
  const token = newToken()
  const id = uuidAt(instant(real))
  await insertSession(act.tx, {
    id, tokenHash: tokenHash(token), person: opening.person, kind, assignment: kind === 'staff' ? assignment : undefined,
    device: opening.device ?? '', created: real, idleMs, expires: real + absoluteMs, secondFactorAt: opening.secondFactor ? real : undefined,
  })
  return { id, token, maxAgeSeconds: Math.floor(absoluteMs / 1000) }
}
