// A changed parameter is in force at once, in every server process.
import type { Reaction } from '../../platform/declarations.ts'
import { tellProcesses } from '../../platform/live/socket-hub.ts'

export const policyReactions: readonly Reaction[] = [
  {
    name: 'policy.reload',
    hears: ['policy.setParameter'],
    async run(act) {
      await act.policy.reload()
      await tellProcesses(act.tx, act.platform.live, 'policy')
    },
  },
]
