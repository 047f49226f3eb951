// Endpoints of delivery bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as attending from './actions/attending.ts'
import * as calendar from './actions/calendar.ts'
import * as caseRead from './actions/case-read.ts'
import * as casePeople from './actions/case-people.ts'
import * as caseStages from './actions/case-stages.ts'
import * as cases from './actions/cases.ts'
import * as groupRead from './actions/group-read.ts'
import * as groupSessions from './actions/group-sessions.ts'
import * as groups from './actions/groups.ts'
import * as occasionRead from './actions/occasion-read.ts'
import * as occasions from './actions/occasions.ts'
import * as plan from './actions/plan.ts'
import * as read from './actions/read.ts'
import * as record from './actions/record.ts'
import * as settling from './actions/settling.ts'

export const deliveryRoutes: readonly Binding[] = [
  plan.startDelivery,
  plan.getDelivery,
  record.fileServiceRecord,
  record.voidServiceRecord,
  read.listServiceRecords,
  read.getServiceRecord,
  cases.openCase,
  cases.openCaseInEmergency,
  caseRead.listCases,
  caseRead.getCase,
  caseRead.listCaseNotes,
  caseRead.listCaseColleagues,
  casePeople.recordConsent,
  casePeople.withdrawConsent,
  caseStages.acceptCase,
  caseStages.assessCase,
  caseStages.planCase,
  caseStages.approveCase,
  caseStages.returnCase,
  caseStages.adviseCase,
  caseStages.recordCaseSession,
  caseStages.beginCaseEvaluation,
  caseStages.evaluateCase,
  caseStages.closeCase,
  caseStages.transferCase,
  casePeople.handOverCase,
  casePeople.handOverSupervision,
  casePeople.setCaseRetention,
  groups.planGroup,
  groupRead.listGroups,
  groupRead.getGroup,
  groups.addGroupMember,
  groups.removeGroupMember,
  groups.startGroup,
  groups.moveGroupSession,
  groups.dropGroupSession,
  groupSessions.openSessionCheckIn,
  groupSessions.getSessionCode,
  groupSessions.checkInToSession,
  groupSessions.recordGroupSession,
  groups.endGroup,
  groups.cancelGroup,
  occasions.planOccasion,
  occasions.cancelOccasion,
  occasionRead.listOccasions,
  occasionRead.listDeskOccasions,
  occasionRead.listMyOccasions,
  occasionRead.getOccasion,
  attending.takePlace,
  attending.giveBackPlace,
  attending.openCheckIn,
  attending.getOccasionCode,
  attending.checkInToOccasion,
  attending.checkOutOfOccasion,
  settling.settleShift,
  settling.recordActivity,
  occasions.listRooms,
  occasions.setRoom,
  calendar.getCalendar,
  calendar.subscribeCalendar,
  calendar.revokeCalendar,
]
