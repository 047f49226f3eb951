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

/** The end of the notice period, unless an objection is open. */
export function timersOfMotion(motion: Motion, now: Instant): Timer[] {
  const ends = noticeEndsAt(motion, now)
  return ends === undefined ? [] : [{ handler: 'deliberation.endNotice', due: addMilliseconds(ends, 1) }]
}
