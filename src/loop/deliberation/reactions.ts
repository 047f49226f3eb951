// Deliberation: what the program does when casting or a notice period ends, when opinions change, and the mixing of ballots.
import { allow, granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import type { Job, Reaction, TimerHandler } from '../../platform/declarations.ts'
import { returnNeeds } from './actions/motions.ts'
import { hearOpinion, makePendingMaps } from './actions/opinions.ts'
import { recordMotion, tell } from './actions/recording.ts'
import { signDeposits } from './actions/deposits.ts'
import { countVote } from './actions/count.ts'
import { endNotice } from './rules/meeting.ts'
import { findMotionForUpdate, saveMotion } from './store.ts'
import { listFullInboxes, saveMixed, saveSwept } from './store/ballots.ts'
import { findVote } from './store/votes.ts'

/** Ballots that move together at least: fewer would say too much of who was there just now. */
const fewestMixed = 20
/** Ballots of votes with fewer that are written anew in the inbox at most. */
const mostSwept = 2000

/** Every minute: full inboxes go into their boxes in the order of the ballots' marks, and the pages that knew the order are thrown away. */
const ballotJobs: readonly Job[] = [
  {
    name: 'deliberation.mix-ballots',
    cron: '* * * * *',
    async run(platform) {
      let moved = 0
      for (const vote of await listFullInboxes(platform.database.reader, fewestMixed)) {
        granted(
          await systemAct(platform, 'deliberation.mixBallots', async (act) => {
            // The vote does not end while its ballots move.
            if ((await findVote(act.tx, vote, 'shared'))?.state === 'open') moved += await saveMixed(act.tx, vote)
            return allow(true)
          }),
        )
      }
      if (moved > 0)
        granted(
          await systemAct(platform, 'deliberation.sweepInbox', async (act) => {
            await saveSwept(act.tx, mostSwept)
            return allow(true)
          }),
        )
    },
  },
]

export const deliberationTimers: readonly TimerHandler[] = [
  { handler: 'deliberation.countVote', run: (act, record) => countVote(act, record.id) },
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
    name: 'deliberation.signDeposits',
    hears: ['identity.verifyResident'],
    run: (act, event) => signDeposits(act, event.of.id),
  },
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
  ...ballotJobs,
  { name: 'deliberation.make-pending-maps', cron: '*/5 * * * *', run: makePendingMaps },
]
