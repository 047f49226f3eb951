// Endpoints of contracts bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as amend from './actions/amend.ts'
import * as documents from './actions/documents.ts'
import * as draft from './actions/draft.ts'
import * as end from './actions/end.ts'
import * as keys from './actions/keys.ts'
import * as milestones from './actions/milestones.ts'
import * as read from './actions/read.ts'
import * as sign from './actions/sign.ts'
import * as signByKey from './actions/sign-by-key.ts'
import * as verify from './actions/verify.ts'

export const contractsRoutes: readonly Binding[] = [
  draft.draftContract,
  draft.editContract,
  draft.sendForSigning,
  draft.reopenContract,
  sign.uploadSignedContract,
  signByKey.signContract,
  signByKey.signAmendment,
  documents.listContractDocuments,
  verify.verifyContractDocument,
  keys.listSigningKeys,
  keys.addSigningKey,
  keys.retireSigningKey,
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
