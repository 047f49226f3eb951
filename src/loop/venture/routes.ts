// Endpoints of venture calls bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as calls from './actions/calls.ts'
import * as judging from './actions/judging.ts'
import * as proposals from './actions/proposals.ts'
import * as read from './actions/read.ts'

export const ventureRoutes: readonly Binding[] = [
  read.listCalls,
  read.listDeskCalls,
  read.listMyVenturePanels,
  read.listProposals,
  read.listMyProposals,
  read.getCall,
  read.getProposal,
  calls.planCall,
  calls.editCall,
  calls.openCall,
  calls.startVote,
  calls.closeCall,
  calls.cancelCall,
  judging.castVentureVote,
  judging.appointPanel,
  judging.leavePanel,
  judging.scoreProposal,
  judging.announceCall,
  proposals.draftProposal,
  proposals.editProposal,
  proposals.submitProposal,
  proposals.takeBackProposal,
  proposals.withdrawProposal,
  proposals.admitProposal,
  proposals.turnAwayProposal,
  proposals.coachProposal,
  proposals.declineAward,
  proposals.makeVentureProject,
]
