// Endpoints of contracts bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as amend from './actions/amend.ts'
import * as draft from './actions/draft.ts'
import * as end from './actions/end.ts'
import * as milestones from './actions/milestones.ts'
import * as read from './actions/read.ts'
import * as sign from './actions/sign.ts'

export const contractsRoutes: readonly Binding[] = [
  draft.draftContract,
  draft.editContract,
  draft.sendForSigning,
  draft.reopenContract,
  sign.uploadSignedContract,
  milestones.reportMilestone,
  milestones.returnMilestone,
  milestones.confirmMilestoneAsResident,
  milestones.acceptMilestone,
  milestones.payMilestone,
  amend.proposeAmendment,
  amend.agreeAmendment,
  amend.declineAmendment,
  amend.recordBreach,
  end.terminateContract,
  read.listContracts,
  read.getContract,
]
