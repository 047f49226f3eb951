// Deliberation: what other domains may ask: the resolution of a motion, a project's evidence of demand.
import type { DivisionCode } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import type { Tx } from '../../platform/database.ts'
import type { MotionState } from './contract.ts'
import { shownNumber } from './rules.ts'
import { findMotion } from './store.ts'

export type Resolution = {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly state: MotionState
  readonly division: DivisionCode
  /** Adopted, its notice period over without an upheld objection: executing or later. */
  readonly adopted: boolean
  readonly for: number
  readonly against: number
  readonly abstain: number
  readonly attendance: number
  readonly eligible: number
  readonly decidedAt?: Instant
  readonly needs: readonly string[]
}

/** The resolution of a motion; undefined when there is no such motion. */
export async function getResolution(tx: Tx, motionId: string): Promise<Resolution | undefined> {
  const motion = await findMotion(tx, motionId)
  if (motion === undefined) return undefined
  const { meeting, vote } = motion
  const tally = vote?.tally
  return {
    id: motion.id,
    number: shownNumber(motion),
    title: motion.title,
    state: motion.state,
    division: motion.division,
    adopted:
      motion.result === 'adopted' &&
      (motion.state === 'executing' || motion.state === 'reported' || motion.state === 'closed'),
    for: tally?.for ?? meeting?.for ?? 0,
    against: tally?.against ?? meeting?.against ?? 0,
    abstain: tally?.abstain ?? meeting?.abstain ?? 0,
    attendance: tally?.cast ?? meeting?.attendance ?? 0,
    eligible: vote?.eligible ?? meeting?.eligible ?? 0,
    decidedAt: motion.decidedAt,
    needs: motion.needs,
  }
}
