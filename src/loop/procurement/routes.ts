// Endpoints of procurement bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as awarding from './actions/awarding.ts'
import * as changing from './actions/changing.ts'
import * as clarifying from './actions/clarifying.ts'
import * as ceremony from './actions/key-ceremony.ts'
import * as objecting from './actions/objecting.ts'
import * as opening from './actions/opening.ts'
import * as read from './actions/read.ts'
import * as sealingReads from './actions/read-sealing.ts'
import * as running from './actions/running.ts'
import * as verify from './actions/verify.ts'
import * as sealed from './actions/sealed-bids.ts'

export const procurementRoutes: readonly Binding[] = [
  read.listTenders,
  read.listDeskTenders,
  read.listMyBids,
  read.listMyPanels,
  read.getTender,
  running.planTender,
  running.editTender,
  running.publishTender,
  running.closeTender,
  running.enterBid,
  running.confirmOpening,
  awarding.appointPanel,
  awarding.leavePanel,
  awarding.scoreBid,
  awarding.proposeAward,
  awarding.confirmAward,
  awarding.failLot,
  awarding.failTender,
  awarding.cancelTender,
  objecting.objectToTender,
  objecting.decideObjection,
  verify.verifyAward,
  objecting.complain,
  objecting.decideComplaint,
  clarifying.askQuestion,
  clarifying.answerQuestion,
  changing.changeTerms,
  changing.confirmBid,
  sealingReads.getSealing,
  sealingReads.getEnvelope,
  sealingReads.checkReceipt,
  sealingReads.listMyEnvelopes,
  sealingReads.getBidPaper,
  sealingReads.getBidFile,
  ceremony.registerOpenerKey,
  ceremony.makeTenderKey,
  ceremony.confirmTenderKey,
  ceremony.declareKeyLost,
  sealed.depositBid,
  sealed.withdrawBid,
  opening.startOpening,
  opening.contributeShare,
  opening.openBid,
  opening.voidBid,
]
