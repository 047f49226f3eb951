// The tree in memory follows a succession.
import type { Reaction } from '../../platform/declarations.ts'
import { loadDivisions } from './public.ts'

export const divisionsReactions: readonly Reaction[] = [
  { name: 'divisions.reload', hears: ['divisions.succeedDivision'], run: (act) => loadDivisions(act.tx) },
]
