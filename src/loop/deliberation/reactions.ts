// Deliberation: what the program does when a notice period ends.
import { granted } from '../../kit/ruling.ts'
import type { TimerHandler } from '../../platform/declarations.ts'
import { returnNeeds } from './actions/motions.ts'
import { recordMotion, tell } from './actions/recording.ts'
import { endNotice } from './rules/meeting.ts'
import { findMotionForUpdate, saveMotion } from './store.ts'

export const deliberationTimers: readonly TimerHandler[] = [
  {
    handler: 'deliberation.endNotice',
    async run(act, record) {
      const motion = await findMotionForUpdate(act.tx, record.id)
      const ruling = motion === undefined ? undefined : endNotice(motion, act.now)
      // Refused: an objection came in, or the motion moved on.
      if (motion === undefined || ruling === undefined || !ruling.ok) return
      const next = ruling.value
      await saveMotion(act.tx, next, act.now)
      const verb = next.state === 'executing' ? 'executeMotion' : 'endWithoutResult'
      recordMotion(act, verb, motion, next, { result: next.result })
      await tell(act, next, verb === 'executeMotion' ? 'executing' : 'ended')
      if (verb === 'endWithoutResult')
        granted(await returnNeeds(act, next, next.result === 'rejected' ? 'motion-rejected' : 'motion-no-quorum'))
    },
  },
]
