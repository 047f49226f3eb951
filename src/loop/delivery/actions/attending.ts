// Delivery: taking and giving back a place, and being there: checking in and out by a code that changes.
import { holdPerson } from '../../../foundation/identity/public.ts'
import { addDays } from '../../../kit/instant.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action, question } from '../../../platform/action.ts'
import { together } from '../../../platform/together.ts'
import { findVolunteer, lockVolunteer } from '../../../registers/volunteers/public.ts'
import * as contract from '../contract/attending.ts'
import * as rules from '../rules/occasions.ts'
import * as sessions from '../store/open-sessions.ts'
import * as store from '../store/occasions.ts'
import * as signUps from '../store/sign-ups.ts'
import { markOf } from './groups.ts'
import { codeHolds, codeNow, occasionAnswer, occasionTerms, recordOccasion } from './occasion-changes.ts'

/** Everybody may come as far as the rule: it looks at register, place and code. */
const anybody = (occasion: rules.Occasion) => ({ reach: { ...rules.reachOfOccasion(occasion), anyone: true } })

export const takePlace = action(contract.takePlace, async (act, { params }) => {
  const { actor } = act
  if (actor.kind !== 'person') return forbid('forbidden')
  const before = await store.findOccasionForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  // Two places taken at once by one volunteer wait for each other here, wherever they are. After the occasion, as when hours are entered.
  const volunteer = await lockVolunteer(act, actor.personId)
  const terms = occasionTerms(act.policy, before)
  const standing = await signUps.findStandingOf(act.tx, before, actor.personId, addDays(act.now, -terms.pauseDays))
  const taker = { ...standing, person: actor.personId, volunteer: volunteer?.active === true }
  const ruling = await act.judge(anybody(before), () => rules.takePlace(before, taker, act.now, terms))
  if (!ruling.ok) return ruling
  const place: rules.SignUp = {
    id: act.newId<'sign-up'>(jurisdictionOf(before.division)),
    occasion: before.id,
    person: actor.personId,
    takenAt: act.now,
    byWorker: false,
  }
  await together(act.tx, [signUps.signUpTaken(place, before), store.occasionSaved(ruling.value, act.now)])
  recordOccasion(act, 'takePlace', before, ruling.value, { taken: ruling.value.taken })
  return allow(occasionAnswer(ruling.value))
})

export const giveBackPlace = action(contract.giveBackPlace, async (act, { params }) => {
  const { actor } = act
  if (actor.kind !== 'person') return forbid('forbidden')
  const before = await store.findOccasionForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const mine = await signUps.findSignUp(act.tx, before.id, actor.personId)
  const ruling = await act.judge(anybody(before), () => rules.giveBackPlace(before, mine, act.now))
  if (!ruling.ok) return ruling
  await giveBack(act, before, ruling.value, mine)
  return allow(occasionAnswer(ruling.value))
})

/** Saves and records a place given back, by its holder or because the consent was withdrawn. */
export async function giveBack(
  act: Act,
  before: rules.Occasion,
  after: rules.Occasion,
  mine: rules.SignUp | undefined,
): Promise<void> {
  const jurisdiction = jurisdictionOf(before.division)
  const given = mine === undefined ? [] : [{ ...mine, givenBackAt: act.now }]
  await together(act.tx, [signUps.signUpsSaved(jurisdiction, given), store.occasionSaved(after, act.now)])
  recordOccasion(act, 'giveBackPlace', before, after, { taken: after.taken })
}

export const openCheckIn = action(contract.openCheckIn, async (act, { params }) => {
  const before = await store.findOccasionForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const ruling = await act.judge(rules.judgedOccasion(before), () =>
    rules.holds(before, act.actor)
      ? rules.openCheckIn(before, act.now, occasionTerms(act.policy, before))
      : forbid('forbidden'),
  )
  if (!ruling.ok) return ruling
  await together(act.tx, [store.occasionSaved(ruling.value, act.now)])
  recordOccasion(act, 'openCheckIn', before, ruling.value)
  return allow(occasionAnswer(ruling.value))
})

export const getOccasionCode = question(contract.getOccasionCode, async (ask, { params }) => {
  const occasion = await store.findOccasion(ask.tx, params.id)
  if (occasion === undefined) return absent()
  const hidden = ask.see(rules.judgedOccasion(occasion))
  if (hidden !== undefined) return hidden
  if (!rules.holds(occasion, ask.actor)) return forbid('forbidden')
  if (!rules.checkInIsOpen(occasion, ask.now, occasionTerms(ask.policy, occasion))) return refuse('check-in-closed')
  const { taken, arrived, capacity } = occasion
  return allow({ ...codeNow(ask.platform, occasion, ask.now), taken, arrived, capacity })
})

/**
 * Whether somebody is at a session of a group of this county by their own check-in. Members are known by their mark alone, so the sessions of
 * the moment are asked one by one: nothing is stored that would tell who is in which group.
 */
async function atGroup(act: Act, person: string, occasion: rules.Occasion): Promise<boolean> {
  const jurisdiction = jurisdictionOf(occasion.division)
  const open = await sessions.listOpenSessions(act.tx, jurisdiction, act.now)
  if (open.length === 0) return false
  const marked = open.map(({ id, group }) => ({ id, mark: markOf(act.platform, group, { person }) }))
  return sessions.findAttended(act.tx, jurisdiction, marked)
}

export const checkInToOccasion = action(contract.checkInToOccasion, async (act, { params, body }) => {
  const { actor } = act
  if (actor.kind !== 'person') return forbid('forbidden')
  const before = await store.findOccasionForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  // They may be checking in at a group's session at this moment, of which nothing tells but the mark there.
  await holdPerson(act, actor.personId)
  const mine = await signUps.findSignUp(act.tx, before.id, actor.personId)
  const volunteer = before.kind === 'shift' ? await findVolunteer(act.tx, actor.personId) : undefined
  const arrival: rules.Arrival = {
    codeHolds: codeHolds(act.platform, before, act.now, body.code),
    mine,
    volunteer: volunteer?.active === true,
    elsewhere: await atGroup(act, actor.personId, before),
  }
  const ruling = await act.judge(anybody(before), () =>
    rules.checkIn(before, arrival, act.now, occasionTerms(act.policy, before)),
  )
  if (!ruling.ok) return ruling
  const { occasion: after, known } = ruling.value
  const jurisdiction = jurisdictionOf(before.division)
  const place: rules.SignUp =
    known && mine !== undefined
      ? { ...mine, arrivedAt: act.now }
      : {
          id: act.newId<'sign-up'>(jurisdiction),
          occasion: before.id,
          person: actor.personId,
          takenAt: act.now,
          arrivedAt: act.now,
          byWorker: false,
        }
  const there = { person: actor.personId, occasion: before.id, from: act.now, until: before.until }
  if (!(await signUps.insertPresence(act.tx, there))) return refuse('elsewhere-now')
  act.save(jurisdiction, known ? signUps.signUpsSaved(jurisdiction, [place]) : signUps.signUpTaken(place, before))
  act.save(jurisdiction, store.occasionSaved(after, act.now))
  recordOccasion(act, 'checkInToOccasion', before, after, { arrived: after.arrived })
  return allow(occasionAnswer(after))
})

export const checkOutOfOccasion = action(
  contract.checkOutOfOccasion,
  async (act, { params, body }): Promise<Ruling<ReturnType<typeof occasionAnswer>>> => {
    const { actor } = act
    if (actor.kind !== 'person') return forbid('forbidden')
    const before = await store.findOccasionForUpdate(act.tx, params.id)
    if (before === undefined) return absent()
    const mine = await signUps.findSignUp(act.tx, before.id, actor.personId)
    const ruling = await act.judge(anybody(before), () =>
      rules.checkOut(
        before,
        { mine, codeHolds: codeHolds(act.platform, before, act.now, body.code) },
        act.now,
        occasionTerms(act.policy, before),
      ),
    )
    if (!ruling.ok) return ruling
    await together(act.tx, [signUps.signUpsSaved(jurisdictionOf(before.division), [ruling.value])])
    await signUps.savePresenceEnded(act.tx, actor.personId, before.id, act.now)
    recordOccasion(act, 'checkOutOfOccasion', before, before)
    return allow(occasionAnswer(before))
  },
)
