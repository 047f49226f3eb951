// Roles as sets of permissions, gathered from what each domain declares.
import { type Role, roles } from '../kit/roles.ts'
import type { Domain } from '../platform/declarations.ts'

/** Role -> its permissions. Throws when two domains declare one permission: a fault of the program. */
export function permissionsByRole(domains: readonly Domain[]): ReadonlyMap<Role, ReadonlySet<string>> {
  const sets = new Map<Role, Set<string>>((Object.keys(roles) as Role[]).map((role) => [role, new Set<string>()]))
  const seen = new Set<string>()
  for (const domain of domains) {
    for (const [permission, holders] of Object.entries(domain.permissions)) {
      if (seen.has(permission)) throw new Error(`permission ${permission} is declared twice`)
      seen.add(permission)
      for (const role of holders) sets.get(role)?.add(permission)
    }
  }
  return sets
}
