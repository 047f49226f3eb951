// Deliberation: the endpoints bound to what answers them.
import type { Binding } from '../../platform/action.ts'
import * as motions from './actions/motions.ts'
import * as read from './actions/read.ts'
import * as statements from './actions/statements.ts'

export const deliberationRoutes: readonly Binding[] = [
  motions.proposeMotion,
  motions.supportMotion,
  motions.admitMotion,
  motions.declineMotion,
  motions.withdrawMotion,
  motions.startDiscussion,
  statements.addStatement,
  statements.rateStatement,
  statements.removeStatement,
  statements.listStatements,
  motions.openMeeting,
  motions.recordMeeting,
  motions.confirmMeeting,
  motions.sendBackMeeting,
  motions.publishResolution,
  motions.objectToResolution,
  motions.decideObjection,
  motions.reportMotion,
  motions.closeMotion,
  read.listMotions,
  read.listDeskMotions,
  read.getMotion,
]
