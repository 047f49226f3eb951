// Delivery: what the program does for occasions when their time comes, and when a volunteer withdraws.
import { today } from '../../kit/plain-date.ts'
import { granted } from '../../kit/ruling.ts'
import type { Reaction, TimerHandler } from '../../platform/declarations.ts'
import { giveBack } from './actions/attending.ts'
import { tellOfOccasion } from './actions/occasion-changes.ts'
import { keepSettled } from './actions/settling.ts'
import { giveBackPlace } from './rules/occasions.ts'
import { settleByCodes } from './rules/settling.ts'
import { findOccasion, findOccasionForUpdate } from './store/occasions.ts'
import { findSignUp, listPlacesAhead, listSignUps } from './store/sign-ups.ts'

export const deliveryTimers: readonly TimerHandler[] = [
  {
    handler: 'delivery.remindOccasion',
    async run(act, record) {
      const occasion = await findOccasion(act.tx, record.id)
      if (occasion === undefined || occasion.state !== 'open') return
      const people = await listSignUps(act.tx, occasion.id)
      tellOfOccasion(
        act,
        occasion,
        people.map((each) => each.person),
        'occasion-soon',
        { date: today(occasion.from), place: occasion.place },
      )
    },
  },
  {
    handler: 'delivery.settleOccasion',
    async run(act, record) {
      const occasion = await findOccasionForUpdate(act.tx, record.id)
      if (occasion === undefined) return
      const people = await listSignUps(act.tx, occasion.id)
      const ruling = settleByCodes(occasion, people, act.now)
      // Refused: it was confirmed, recorded or called off in the meantime.
      if (!ruling.ok) return
      granted(await keepSettled(act, occasion, ruling.value, 'settleByCodes'))
      tellOfOccasion(act, occasion, [occasion.person], 'settled-by-codes', { date: today(occasion.from) })
    },
  },
]

export const deliveryReactions: readonly Reaction[] = [
  {
    // Without consent nobody is expected anywhere: the places are free for others at once.
    name: 'delivery.freePlaces',
    hears: ['volunteers.withdrawVolunteer'],
    async run(act, event) {
      if (event.actor === undefined) return
      for (const id of await listPlacesAhead(act.tx, event.actor, act.now)) {
        const occasion = await findOccasionForUpdate(act.tx, id)
        if (occasion === undefined) continue
        const mine = await findSignUp(act.tx, id, event.actor)
        const ruling = giveBackPlace(occasion, mine, act.now)
        if (ruling.ok) await giveBack(act, occasion, ruling.value, mine)
      }
    },
  },
]
