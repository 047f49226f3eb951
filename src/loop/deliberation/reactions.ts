// Deliberation: what the program does when a notice period ends, and when opinions change.
import { granted } from '../../kit/ruling.ts'
import type { Job, Reaction, TimerHandler } from '../../platform/declarations.ts'
import { returnNeeds } from './actions/motions.ts'
import { hearOpinion, makePendingMaps } from './actions/opinions.ts'
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

export const deliberationReactions: readonly Reaction[] = [
  {
    name: 'deliberation.makeOpinionMap',
    hears: [
      'deliberation.addStatement',
      'deliberation.rateStatement',
      'deliberation.removeStatements',
      'deliberation.openMeeting',
    ],
    // What was taken off disappears at once; whoever goes to the meeting finds the map complete.
    run: (act, event) =>
      hearOpinion(
        act,
        event.of.id,
        event.division,
        event.name === 'deliberation.removeStatements' || event.name === 'deliberation.openMeeting',
      ),
  },
]

export const deliberationJobs: readonly Job[] = [
  { name: 'deliberation.make-pending-maps', cron: '*/5 * * * *', run: makePendingMaps },
]
