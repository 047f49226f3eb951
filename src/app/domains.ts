// The domains of the house, in the order of its wings, each with what it declares.
import { divisionsPermissions } from '../foundation/divisions/contract.ts'
import { divisionsReactions } from '../foundation/divisions/reactions.ts'
import { divisionsRoutes } from '../foundation/divisions/routes.ts'
import { identityParameters, identityPermissions } from '../foundation/identity/contract.ts'
import { identityRoutes } from '../foundation/identity/routes.ts'
import { noticesPermissions } from '../foundation/notices/contract.ts'
import { noticesRoutes } from '../foundation/notices/routes.ts'
import { policyPermissions } from '../foundation/policy/contract.ts'
import { policyReactions } from '../foundation/policy/reactions.ts'
import { policyRoutes } from '../foundation/policy/routes.ts'
import type { Domain } from '../platform/declarations.ts'

export const domains: readonly Domain[] = [
  { name: 'divisions', routes: divisionsRoutes, permissions: divisionsPermissions, reactions: divisionsReactions },
  { name: 'identity', routes: identityRoutes, permissions: identityPermissions, parameters: identityParameters },
  { name: 'policy', routes: policyRoutes, permissions: policyPermissions, reactions: policyReactions },
  { name: 'notices', routes: noticesRoutes, permissions: noticesPermissions },
]
