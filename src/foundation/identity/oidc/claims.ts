// What the systems of departments learn about who signs in: a name per system, and under `liandong` place and roles.
import { createHmac } from 'node:crypto'
import type { Id } from '../../../kit/id.ts'
import type { Platform } from '../../../platform/platform.ts'
import { divisionName } from '../../divisions/public.ts'
import { getPerson, listAssignmentsOf } from '../public.ts'
import { findSignOnSession, type SignOnSession } from '../store/oidc.ts'

/** Scopes and the claims that each opens. */
export const claimsByScope = {
  openid: ['sub'],
  profile: ['name'],
  liandong: ['verified_resident', 'division', 'division_name', 'roles'],
} as const

/**
 * The provider's account: person and the platform's session behind the sign-on. So every token ends with that session: signing out, being
 * signed out by an administrator and a reset of credentials reach all systems at once.
 */
export function accountOf(person: string, session: string): string {
  return `${person}.${session}`
}

/** The two halves of an account. */
export function accountParts(account: string): { readonly person: Id<'person'>; readonly session: string } {
  const [person = '', session = ''] = account.split('.')
  return { person: person as Id<'person'>, session }
}

/** The session behind an account while it is open. */
export async function sessionOfAccount(platform: Platform, account: string): Promise<SignOnSession | undefined> {
  const { person, session } = accountParts(account)
  if (!/^[0-9a-f-]{36}$/.test(session)) return undefined
  const found = await findSignOnSession(platform.database.reader, session, platform.clock.real())
  return found?.person === person ? found : undefined
}

/** The name that a person bears towards the systems of one host and no other (OpenID Connect Core 8.1); it says nothing of the person. */
export function pairwiseName(key: Buffer, account: string, sector: string): string {
  return createHmac('sha256', key)
    .update(`${sector}\n${accountParts(account).person}`)
    .digest('base64url')
}

/**
 * Claims of an account, or undefined when its session is over. Staff who signed in with both factors appear under their official name with
 * their roles in force; who signed in by phone appears as a resident, whatever roles they hold besides.
 */
export async function claimsOf(platform: Platform, account: string): Promise<Record<string, unknown> | undefined> {
  const session = await sessionOfAccount(platform, account)
  if (session === undefined) return undefined
  const tx = platform.database.reader
  const person = await getPerson(tx, session.person)
  const staff = session.kind === 'staff'
  const held = staff ? await listAssignmentsOf(tx, [person.id]) : []
  const division = staff ? held[0]?.division : person.residence
  return {
    name: staff ? (person.officialName ?? person.maskedName) : person.maskedName,
    verified_resident: person.verified,
    division,
    division_name: division === undefined ? undefined : divisionName(division),
    roles: held.map((assignment) => ({
      role: assignment.role,
      division: assignment.division,
      division_name: divisionName(assignment.division),
      organization: assignment.organization,
      department: assignment.department,
      until: assignment.until,
    })),
  }
}
