// Needs: per state, who must act and by when, and what the program itself does then.
import { addMilliseconds } from '../../kit/instant.ts'
import type { Timer, Waiting } from '../../platform/events.ts'
import { ownStation } from './contract.ts'
import { type Need, shownNumber } from './rules.ts'

/** Who must act next on a need. A private need's title stays out of lists. */
export function waitingOfNeed(need: Need): Waiting[] {
  const common = {
    division: need.division,
    number: shownNumber(need),
    title: need.visibility === 'public' ? need.texts?.title : undefined,
  }
  const resident = { ...common, person: need.resident }
  const leader: Waiting[] = need.escalated
    ? [{ ...common, verb: 'assignNeed', permission: 'needs.assignNeed', due: need.dueAt }]
    : []
  if (need.pausedAt !== undefined)
    return [{ ...resident, verb: 'replyToQuestion', permission: 'needs.replyToQuestion' }]
  switch (need.state) {
    case 'submitted':
      return [{ ...common, verb: 'acceptNeed', permission: 'needs.acceptNeed', due: need.dueAt }, ...leader]
    case 'accepted':
      return [{ ...common, verb: 'referNeed', permission: 'needs.referNeed', due: need.dueAt }, ...leader]
    case 'responding':
      return [...respondents(need, common), ...leader]
    case 'declined':
      return need.appealUntil !== undefined && need.appealedAt === undefined
        ? [{ ...resident, verb: 'appealNeed', permission: 'needs.appealNeed', due: need.appealUntil }]
        : []
    case 'answered':
      return [{ ...resident, verb: 'giveVerdict', permission: 'needs.giveVerdict', due: need.verdictUntil }]
    default:
      return []
  }
}

function respondents(need: Need, common: Pick<Waiting, 'division' | 'number' | 'title'>): Waiting[] {
  const answer = { ...common, verb: 'answerNeed', due: need.dueAt }
  // Raised needs wait for the township; whoever responded before may still answer.
  if (need.raised) return [{ ...answer, permission: 'needs.readRaised' }]
  if (need.route !== 'department') return []
  if (need.department === ownStation) return [{ ...answer, permission: 'needs.answerNeed' }]
  return [{ ...answer, permission: 'needs.answerNeed', department: need.department }]
}

/** What happens by itself when the time of the present step is over. */
export function timersOfNeed(need: Need): Timer[] {
  if (need.pausedAt !== undefined) return []
  const after = (handler: string, due: Need['dueAt']): Timer[] =>
    due === undefined ? [] : [{ handler, due: addMilliseconds(due, 1) }]
  switch (need.state) {
    case 'submitted':
    case 'accepted':
    case 'responding':
      return need.escalated ? [] : after('needs.raiseOverdue', need.dueAt)
    case 'declined':
      return need.appealedAt === undefined ? after('needs.finalizeDecline', need.appealUntil) : []
    case 'answered':
      return after('needs.closeUnconfirmed', need.verdictUntil)
    default:
      return []
  }
}
