// Wishes: what the program does when a wish's time is over, when one is confirmed, and when a need leaves before its wish stood.
import { granted } from '../../kit/ruling.ts'
import type { Reaction, TimerHandler } from '../../platform/declarations.ts'
import { endWaitingWish } from './actions/board.ts'
import { answerNeed } from './actions/claims.ts'
import { recordWish, tell } from './actions/recording.ts'
import { confirmSilently, fallBack, followNeed } from './rules.ts'
import { helpOf } from './rules/givers.ts'
import { findWaitingWishForUpdate, findWish, findWishForUpdate, saveWish } from './store.ts'
import { insertHelp } from './store/givers.ts'

export const wishesTimers: readonly TimerHandler[] = [
  {
    handler: 'wishes.fallBack',
    async run(act, record) {
      const wish = await findWishForUpdate(act.tx, record.id)
      const ruling = wish === undefined ? undefined : fallBack(wish, act.now)
      // Refused: it was delivered or given back in the meantime.
      if (wish === undefined || ruling === undefined || !ruling.ok) return
      await saveWish(act.tx, ruling.value, act.now)
      recordWish(act, 'fallBack', wish, ruling.value)
      tell(act, ruling.value, [wish.resident, wish.claim?.person, wish.putBy], 'fell-back')
    },
  },
  {
    handler: 'wishes.confirmSilently',
    async run(act, record) {
      const wish = await findWishForUpdate(act.tx, record.id)
      const ruling = wish === undefined ? undefined : confirmSilently(wish, act.now)
      if (wish === undefined || ruling === undefined || !ruling.ok) return
      await saveWish(act.tx, ruling.value, act.now)
      recordWish(act, 'confirmSilently', wish, ruling.value)
      tell(act, ruling.value, [wish.resident, wish.claim?.person], 'unconfirmed')
      granted(await answerNeed(act, ruling.value, 'unconfirmed'))
    },
  },
]

export const wishesReactions: readonly Reaction[] = [
  {
    // Beside the resident's act, so that confirming stays short; once per event, and a repeated cell counts nothing.
    name: 'wishes.countHelp',
    hears: ['wishes.confirmWish'],
    async run(act, event) {
      const wish = await findWish(act.tx, event.of.id)
      if (wish?.claim !== undefined) await insertHelp(act.tx, helpOf(wish, event.at), wish.claim)
    },
  },
  {
    name: 'wishes.followNeed',
    hears: ['needs.withdrawNeed', 'needs.takeRoute', 'needs.referNeed'],
    async run(act, event) {
      const wish = await findWaitingWishForUpdate(act.tx, event.of.id)
      if (wish === undefined) return
      const reason = event.name === 'needs.withdrawNeed' ? 'need-withdrawn' : 'need-elsewhere'
      const ruling = followNeed(wish, act.now, reason)
      if (ruling.ok) await endWaitingWish(act, wish, ruling.value)
    },
  },
]
