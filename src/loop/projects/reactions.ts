// Projects: what happens when a comment period's time is over.
import type { TimerHandler } from '../../platform/declarations.ts'
import { closeCommentByTimer } from './actions/review.ts'

export const projectsTimers: readonly TimerHandler[] = [
  { handler: 'projects.closeComment', run: (act, record) => closeCommentByTimer(act, record.id) },
]
