// Venture calls: what happens when the time for proposals or for the vote is over, and who hears that they were drawn.
import type { Reaction, TimerHandler } from '../../platform/declarations.ts'
import { closeVote, startScreening } from './actions/calls.ts'
import { tellPanel } from './actions/judging.ts'

export const ventureReactions: readonly Reaction[] = [
  {
    name: 'venture.tellPanel',
    hears: ['venture.appointVenturePanel'],
    run: (act, event) => tellPanel(act, event.of.id),
  },
]

export const ventureTimers: readonly TimerHandler[] = [
  { handler: 'venture.startScreening', run: (act, record) => startScreening(act, record.id) },
  { handler: 'venture.closeVote', run: (act, record) => closeVote(act, record.id) },
]
