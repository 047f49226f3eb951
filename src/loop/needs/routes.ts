// Needs: the endpoints bound to what answers them.
import type { Binding } from '../../platform/action.ts'
import * as desk from './actions/desk.ts'
import * as imports from './actions/imports.ts'
import * as helpers from './actions/helpers.ts'
import { getBoardFigures } from './actions/board.ts'
import * as bulk from './actions/bulk.ts'
import * as holders from './actions/holders.ts'
import { mergeNeed, unmergeNeed } from './actions/merge.ts'
import * as raise from './actions/raise.ts'
import * as read from './actions/read.ts'
import * as resident from './actions/resident.ts'

export const needsRoutes: readonly Binding[] = [
  raise.submitNeed,
  raise.submitNeedOnBehalf,
  imports.previewNeedImport,
  imports.importNeeds,
  imports.listBadImportRows,
  imports.listImportExample,
  raise.draftNeed,
  raise.changeDraft,
  raise.submitDraft,
  read.listNeeds,
  read.listMyNeeds,
  read.listDeskNeeds,
  read.listSimilarNeeds,
  helpers.proposeCategory,
  helpers.listCategoryProposals,
  helpers.listAlikeNeeds,
  getBoardFigures,
  read.listNeedPlaces,
  read.getNeed,
  resident.supportNeed,
  resident.retractSupport,
  resident.withdrawNeed,
  resident.appealNeed,
  resident.replyToQuestion,
  resident.giveVerdict,
  desk.acceptNeed,
  desk.declineNeed,
  desk.askResident,
  desk.holdNeed,
  desk.handOverNeed,
  desk.takeOverNeed,
  desk.assignNeed,
  desk.referNeed,
  desk.refuseReferral,
  desk.answerNeed,
  mergeNeed,
  unmergeNeed,
  bulk.acceptNeeds,
  bulk.declineNeeds,
  bulk.assignNeeds,
  bulk.takeOverNeeds,
  bulk.mergeNeeds,
  holders.listNeedHolders,
  holders.setAbsence,
  holders.endAbsence,
]
