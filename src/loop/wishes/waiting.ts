// Wishes: per state, who must act and by when, and what the program itself does then.
import { addMilliseconds } from '../../kit/instant.ts'
import type { Timer, Waiting } from '../../platform/events.ts'
import { shownNumber, type Wish } from './rules.ts'
import type { Body } from './rules/givers.ts'

/** Who must act next on a wish. For an open one the clock of its need runs on. */
export function waitingOfWish(wish: Wish): Waiting[] {
  const common = { division: wish.division, number: shownNumber(wish), title: wish.title }
  const { claim } = wish
  switch (wish.state) {
    case 'asked':
      return [{ ...common, verb: 'admitWish', permission: 'wishes.putUpWish' }]
    case 'offered':
      return [{ ...common, verb: 'agreeToWish', permission: 'wishes.askForWish', person: wish.resident }]
    case 'claimed': {
      if (claim === undefined) return []
      const deliver = { ...common, verb: 'deliverWish', permission: 'wishes.claimWish', due: claim.deliverUntil }
      return claim.kind === 'organization'
        ? [{ ...deliver, organization: claim.giver }]
        : [{ ...deliver, person: claim.person }]
    }
    case 'delivered':
      return [
        {
          ...common,
          verb: 'confirmWish',
          permission: 'wishes.confirmWish',
          person: wish.resident,
          due: wish.confirmUntil,
        },
      ]
    default:
      return []
  }
}

/** A claim falls back, a delivery without an answer is closed. */
export function timersOfWish(wish: Wish): Timer[] {
  if (wish.state === 'claimed' && wish.claim !== undefined)
    return [{ handler: 'wishes.fallBack', due: addMilliseconds(wish.claim.deliverUntil, 1) }]
  if (wish.state === 'delivered' && wish.confirmUntil !== undefined)
    return [{ handler: 'wishes.confirmSilently', due: addMilliseconds(wish.confirmUntil, 1) }]
  return []
}

/** Who must decide on a supporting body. */
export function waitingOfBody(body: Body): Waiting[] {
  return body.state === 'applied'
    ? [{ verb: 'confirmBody', permission: 'wishes.decideBody', division: body.division, title: body.name }]
    : []
}
