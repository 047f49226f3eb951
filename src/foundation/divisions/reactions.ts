// The tree in memory follows a succession, in every server process.
import type { Reaction } from '../../platform/declarations.ts'
import { tellProcesses } from '../../platform/live/socket-hub.ts'
import { loadDivisions } from './public.ts'

export const divisionsReactions: readonly Reaction[] = [
  {
    name: 'divisions.reload',
    hears: ['divisions.succeedDivision'],
    async run(act) {
      await loadDivisions(act.tx)
      await tellProcesses(act.tx, act.platform.live, 'divisions')
    },
  },
]
