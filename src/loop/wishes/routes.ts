// Wishes: the endpoints bound to what answers them.
import type { Binding } from '../../platform/action.ts'
import * as board from './actions/board.ts'
import * as claims from './actions/claims.ts'
import * as givers from './actions/givers.ts'
import * as read from './actions/read.ts'

export const wishesRoutes: readonly Binding[] = [
  board.askForWish,
  board.putUpWish,
  board.admitWish,
  board.turnDownWish,
  board.agreeToWish,
  board.refuseWish,
  board.takeOffWish,
  board.withdrawWish,
  claims.claimWish,
  claims.giveBackWish,
  claims.takeClaimAway,
  claims.deliverWish,
  claims.confirmWish,
  claims.rejectDelivery,
  claims.thankGiver,
  givers.applyAsBody,
  givers.confirmBody,
  givers.declineBody,
  givers.endBody,
  read.listWishes,
  read.listMyWishes,
  read.listDeskWishes,
  read.listGivers,
  read.getWish,
  read.listBodies,
  read.listMyBodies,
  read.getBody,
]
