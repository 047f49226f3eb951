// Venture calls: per state, who must act and by when, and what the program itself does then.
import { addMilliseconds } from '../../kit/instant.ts'
import { endOfDay } from '../../kit/working-days.ts'
import type { Timer, Waiting } from '../../platform/events.ts'
import { type Call, type Proposal, shownNumber } from './rules.ts'

/** Who must act next on a call. `panelLeft`: members of the panel who have a sheet to fill in. */
export function waitingOfCall(call: Call, panelLeft: readonly string[] = call.panel): Waiting[] {
  const common = { division: call.division, number: shownNumber(call), title: call.title }
  const desk = (verb: string, due?: Waiting['due']): Waiting => ({
    ...common,
    verb,
    permission: 'venture.runCall',
    due,
  })
  switch (call.state) {
    case 'planning':
      return [desk('openCall')]
    case 'screening':
      return [desk('startVote', call.screenUntil)]
    case 'panel':
      if (call.panel.length === 0) return [desk('appointVenturePanel', endOfDay(call.scoreUntil))]
      return panelLeft.length === 0
        ? [desk('announceCall')]
        : panelLeft.map((person) => ({
            ...common,
            verb: 'scoreProposal',
            permission: 'venture.scoreProposal',
            person,
            due: endOfDay(call.scoreUntil),
          }))
    case 'announced':
      return [desk('closeCall')]
    default:
      return []
  }
}

/** Proposals end, and so does the vote, by the clock. */
export function timersOfCall(call: Call): Timer[] {
  if (call.state === 'open')
    return [{ handler: 'venture.startScreening', due: addMilliseconds(endOfDay(call.proposalsUntil), 1) }]
  if (call.state === 'voting')
    return [{ handler: 'venture.closeVote', due: addMilliseconds(endOfDay(call.voteUntil), 1) }]
  return []
}

/** Who must act next on a proposal. */
export function waitingOfProposal(proposal: Proposal, call: Call): Waiting[] {
  const common = { division: proposal.division, number: shownNumber(proposal), title: proposal.title }
  const { organization } = proposal
  switch (proposal.state) {
    case 'draft':
      return [
        {
          ...common,
          verb: 'submitProposal',
          permission: 'venture.propose',
          organization,
          due: endOfDay(call.proposalsUntil),
        },
      ]
    case 'submitted':
      return call.state === 'screening'
        ? [
            {
              ...common,
              division: call.division,
              verb: 'admitProposal',
              permission: 'venture.runCall',
              due: call.screenUntil,
            },
          ]
        : []
    case 'awarded':
      return proposal.coachings < (call.terms?.coachingNotes ?? 0)
        ? [{ ...common, verb: 'coachProposal', permission: 'venture.coach' }]
        : [{ ...common, division: call.division, verb: 'makeVentureProject', permission: 'venture.runCall' }]
    default:
      return []
  }
}
