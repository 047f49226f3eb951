// Venture calls: what happens when the time for proposals or for the vote is over.
import type { TimerHandler } from '../../platform/declarations.ts'
import { closeVote, startScreening } from './actions/calls.ts'

export const ventureTimers: readonly TimerHandler[] = [
  { handler: 'venture.startScreening', run: (act, record) => startScreening(act, record.id) },
  { handler: 'venture.closeVote', run: (act, record) => closeVote(act, record.id) },
]
