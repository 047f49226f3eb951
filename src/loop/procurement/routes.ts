// Endpoints of procurement bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as awarding from './actions/awarding.ts'
import * as objecting from './actions/objecting.ts'
import * as read from './actions/read.ts'
import * as running from './actions/running.ts'

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
  awarding.failTender,
  awarding.cancelTender,
  objecting.objectToTender,
  objecting.decideObjection,
]
