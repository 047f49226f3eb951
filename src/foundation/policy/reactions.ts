// A changed parameter is in force at once.
import type { Reaction } from '../../platform/declarations.ts'

export const policyReactions: readonly Reaction[] = [
  { name: 'policy.reload', hears: ['policy.setParameter'], run: (act) => act.policy.reload() },
]
