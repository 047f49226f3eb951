// Wishes: how other parts show wishes, deliveries and supporting bodies: threads, timelines, my work, search, notices, files.
import type { Reach } from '../../kit/actor.ts'
import type { RecordKind } from '../../platform/declarations.ts'
import { isOnBoard, reachOf, shownNumber, type Wish } from './rules.ts'
import { judgedBody } from './rules/givers.ts'
import { listBodiesByIds } from './store/givers.ts'
import { listFoundWishes } from './store/lists.ts'
import { listWishesByIds } from './store.ts'

/**
 * Where the public record stands: on the board everybody reads it, and neither side learns the other's name from its history; before that its
 * resident does.
 */
function publicReach(wish: Wish): Reach {
  const waiting = wish.claim === undefined && !isOnBoard(wish) && wish.state !== 'withdrawn'
  return { ...reachOf(wish), persons: waiting ? [wish.resident] : [], organizations: [] }
}

function cardOf(kind: string, wish: Wish, reach: Reach) {
  return {
    ref: { kind, id: wish.id },
    number: shownNumber(wish),
    title: wish.title,
    state: wish.state,
    division: wish.division,
    reach,
  }
}

export const wishesRecords: readonly RecordKind[] = [
  {
    kind: 'wish',
    permission: 'wishes.readWish',
    find: listFoundWishes,
    page: '/wishes',
    async cards(tx, ids) {
      return (await listWishesByIds(tx, ids)).map((wish) => ({
        ...cardOf('wish', wish, publicReach(wish)),
        open: isOnBoard(wish),
      }))
    },
  },
  {
    // Photos of a delivery are for the resident, the giver and the desk, however public the wish is.
    kind: 'wish-delivery',
    permission: 'wishes.readWish',
    async cards(tx, ids) {
      return (await listWishesByIds(tx, ids)).map((wish) => ({
        ...cardOf('wish-delivery', wish, reachOf(wish)),
        open: false,
      }))
    },
  },
  {
    kind: 'supporting-body',
    permission: 'wishes.readBody',
    page: '/supporting-bodies',
    async cards(tx, ids) {
      return (await listBodiesByIds(tx, ids)).map((body) => ({
        ref: { kind: 'supporting-body', id: body.id },
        title: body.name,
        state: body.state,
        division: body.division,
        reach: judgedBody(body).reach,
        open: false,
      }))
    },
  },
]
