// Deliberation: the end of a secret vote: waiting for its paper, the count, and the destruction of its keys.
import type { Act } from '../../../platform/action.ts'
import * as rules from '../rules/ballots.ts'
import type { Vote } from '../rules/ballots.ts'
import { agreed, awaitPaper, publishedPaper } from '../rules/paper.ts'
import type { Motion } from '../rules.ts'
import { findMotionForUpdate, saveMotion } from '../store.ts'
import { type Ballot, insertBallots, removeSealed } from '../store/ballots.ts'
import { countIssued } from '../store/issues.ts'
import { listPaperEntries, removePaperEntries } from '../store/paper.ts'
import { findVote, saveVote } from '../store/votes.ts'
import { choices } from '../contract/ballots.ts'
import { digestOf, foldBallot, forgetVoteKey, openBallot } from './ballot-keys.ts'
import { recordMotion, tell } from './recording.ts'

/** Locks the motion, then its vote: in this order everywhere. */
export async function lockVote(act: Act, id: string): Promise<{ motion: Motion; vote?: Vote } | undefined> {
  const motion = await findMotionForUpdate(act.tx, id)
  if (motion === undefined) return undefined
  return { motion, vote: motion.vote && (await findVote(act.tx, motion.vote.id, 'update')) }
}

/** Saves an ended vote and destroys its key: from here on nobody signs a token or opens a sealed ballot of it. */
export async function endVote(act: Act, { motion, vote }: { motion: Motion; vote: Vote }): Promise<void> {
  await saveVote(act.tx, vote)
  await saveMotion(act.tx, motion, act.now)
  await act.platform.cipher.destroy(act.tx, vote.id)
  forgetVoteKey(vote.id)
}

/** Casting is over, and two officers have not counted the paper alike yet: it waits for them. Said once. */
async function waitForPaper(act: Act, motion: Motion): Promise<void> {
  if (motion.vote?.paperAwaited) return
  const waiting = awaitPaper(motion, act.now)
  if (!waiting.ok) throw new Error(`the wait for paper was refused: ${waiting.code}`)
  await saveMotion(act.tx, waiting.value, act.now)
  recordMotion(act, 'awaitPaper', motion, waiting.value, { vote: motion.vote?.id })
}

/** Ballots written at once; a statement's size stays bounded. */
const atOnce = 5000

/**
 * Counts the vote of a motion whose casting time is over: opens what was cast, adds the paper that two officers counted alike, publishes the
 * ballots in the order of the tokens, destroys the keys. Nothing happens where the motion moved on; while paper is uncounted it waits.
 */
export async function countVote(act: Act, motionId: string): Promise<void> {
  const locked = await lockVote(act, motionId)
  if (locked?.vote === undefined || !rules.mayCount(locked.motion, locked.vote, act.now).ok) return
  const { motion, vote } = locked
  const given = await countIssued(act.tx, vote.id)
  const paper = given.papers === 0 ? undefined : agreed(await listPaperEntries(act.tx, vote.id, vote.paperAttempt))
  if (given.papers > 0 && paper === undefined) return waitForPaper(act, motion)
  const sealed = await removeSealed(act.tx, vote.id)
  const ballots: Ballot[] = []
  for (const each of sealed) ballots.push(await openBallot(act, vote.id, each))
  const found = paper && publishedPaper(paper)
  const counted = { for: 0, against: 0, abstain: 0 }
  let fromPaper = 0
  for (const choice of found === undefined ? [] : choices) {
    const count = found?.rows[choice] ?? 0
    fromPaper += count
    if (!found?.folded) counted[choice] += count
    else for (let made = 0; made < count; made += 1) ballots.push(await foldBallot(act, vote, choice))
  }
  ballots.sort((left, right) => Buffer.compare(left.token, right.token))
  for (const { choice } of ballots) counted[choice] += 1
  const paperRows = found === undefined || found.folded ? undefined : found.rows
  const tally = rules.tallyOf(counted, given, sealed.length + fromPaper)
  const ruling = rules.countVote(motion, vote, tally, { digest: digestOf(ballots, paperRows), paperRows }, act.now)
  if (!ruling.ok) throw new Error(`the count was refused: ${ruling.code}`)
  const next = ruling.value
  for (let from = 0; from < ballots.length; from += atOnce)
    await insertBallots(act.tx, vote.id, ballots.slice(from, from + atOnce))
  if (given.papers > 0) await removePaperEntries(act.tx, vote.id)
  await endVote(act, next)
  recordMotion(act, 'countVote', motion, next.motion, {
    vote: vote.id,
    result: next.motion.result,
    eligible: next.vote.eligible,
    ...next.vote.tally,
    digest: next.vote.digest,
  })
  await tell(act, next.motion, `vote-${next.motion.result}`)
}
