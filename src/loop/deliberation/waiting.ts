// Deliberation: per state, who must act and by when, and what the program itself does then.
import { addMilliseconds, type Instant } from '../../kit/instant.ts'
import { endOfDay } from '../../kit/working-days.ts'
import type { Timer, Waiting } from '../../platform/events.ts'
import { noticeEndsAt } from './rules/meeting.ts'
import { type Motion, openObjection, shownNumber } from './rules.ts'

/** Who must act next on a motion. `objectionDue`: by when the township decides an open objection. */
export function waitingOfMotion(motion: Motion, objectionDue?: Instant): Waiting[] {
  const common = { division: motion.division, number: shownNumber(motion), title: motion.title }
  const run = (verb: string, due?: Instant): Waiting[] => [
    { ...common, verb, permission: 'deliberation.runMotion', due },
  ]
  switch (motion.state) {
    case 'proposed':
      return [{ ...common, verb: 'admitMotion', permission: 'deliberation.admitMotion' }]
    case 'admitted':
      return run('startDiscussion')
    case 'discussing':
      return run('openMeeting')
    case 'voting': {
      // A secret vote waits for residents and for its own end, and then for those who count its paper.
      if (motion.vote !== undefined)
        return motion.vote.paperAwaited
          ? [{ ...common, verb: 'enterVotePaper', permission: 'deliberation.recordMeeting' }]
          : []
      const due = motion.meeting === undefined ? undefined : endOfDay(motion.meeting.on)
      return motion.meeting?.recordedBy === undefined
        ? [{ ...common, verb: 'recordMeeting', permission: 'deliberation.recordMeeting', due }]
        : [{ ...common, verb: 'confirmMeeting', permission: 'deliberation.confirmMeeting' }]
    }
    case 'adopted':
    case 'rejected':
    case 'no-quorum':
      return run('publishResolution')
    case 'published':
      return openObjection(motion) === undefined
        ? []
        : [{ ...common, verb: 'decideObjection', permission: 'deliberation.decideObjection', due: objectionDue }]
    case 'executing':
      return run('reportMotion')
    case 'reported':
      return [{ ...common, verb: 'closeMotion', permission: 'deliberation.admitMotion' }]
    default:
      return []
  }
}

/** The count of a secret vote, once its paper is counted; the end of the notice period, unless an objection is open. */
export function timersOfMotion(motion: Motion, now: Instant): Timer[] {
  if (motion.state === 'voting' && motion.vote?.paperAwaited) return []
  if (motion.state === 'voting' && motion.vote !== undefined)
    return [{ handler: 'deliberation.countVote', due: addMilliseconds(motion.vote.castUntil, 1) }]
  const ends = noticeEndsAt(motion, now)
  return ends === undefined ? [] : [{ handler: 'deliberation.endNotice', due: addMilliseconds(ends, 1) }]
}
