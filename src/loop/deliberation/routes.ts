// Deliberation: the endpoints bound to what answers them.
import type { Binding } from '../../platform/action.ts'
import * as followUp from './actions/follow-up.ts'
import * as day from './actions/meeting.ts'
import * as ballots from './actions/ballots.ts'
import * as motions from './actions/motions.ts'
import * as papers from './actions/paper.ts'
import * as rollImport from './actions/roll-import.ts'
import * as rolls from './actions/rolls.ts'
import * as opinions from './actions/opinions.ts'
import * as read from './actions/read.ts'
import * as statements from './actions/statements.ts'
import * as votes from './actions/votes.ts'

export const deliberationRoutes: readonly Binding[] = [
  motions.proposeMotion,
  motions.supportMotion,
  motions.admitMotion,
  motions.declineMotion,
  motions.withdrawMotion,
  motions.startDiscussion,
  statements.addStatement,
  statements.rateStatement,
  statements.removeStatements,
  statements.listStatements,
  opinions.getOpinionMap,
  motions.openMeeting,
  day.getMeetingDay,
  day.setAgenda,
  day.openCheckIn,
  day.closeCheckIn,
  day.getCheckInCode,
  day.checkIn,
  day.enterPaperCount,
  motions.recordMeeting,
  motions.confirmMeeting,
  motions.sendBackMeeting,
  motions.publishResolution,
  motions.objectToResolution,
  motions.decideObjection,
  followUp.addProgress,
  followUp.listProgress,
  motions.reportMotion,
  motions.closeMotion,
  read.listMotions,
  read.listDeskMotions,
  read.getMotion,
  votes.openVote,
  votes.changeVote,
  votes.cancelVote,
  ballots.issueBallot,
  ballots.castBallot,
  votes.listMyTokens,
  votes.getVote,
  votes.listBallots,
  votes.listIssuedTokens,
  papers.handOutPaper,
  papers.enterVotePaper,
  papers.getVotePaper,
  rolls.listRoll,
  rolls.findRollLine,
  rolls.setRollLine,
  rolls.removeRollLine,
  rollImport.previewRoll,
  rollImport.importRoll,
  rollImport.listBadRollRows,
  rollImport.listRollExample,
  rolls.askHousehold,
]
