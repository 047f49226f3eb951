// Delivery: offering a shift or inviting to an activity, calling it off, and the rooms in which it takes place.
import { jurisdictionOf, levelOf } from '../../../kit/id.ts'
import { isBefore, today } from '../../../kit/plain-date.ts'
import { absent, allow, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action, question } from '../../../platform/action.ts'
import { divisionName } from '../../../foundation/divisions/public.ts'
import { together } from '../../../platform/together.ts'
import { workerOfPerson } from '../../../registers/social-workers/public.ts'
import { type ContractCard, lookUpContract } from '../../contracts/public.ts'
import * as contract from '../contract/occasions.ts'
import * as rules from '../rules/occasions.ts'
import * as rooms from '../store/rooms.ts'
import * as store from '../store/occasions.ts'
import { listSignUps, signUpsEnded } from '../store/sign-ups.ts'
import { findPlan } from '../store.ts'
import { occasionAnswer, occasionTerms, recordOccasion, tellOfOccasion } from './occasion-changes.ts'

/** The team's worker with a certificate in force, and an activity of the plan. */
async function teamAllows(act: Act, card: ContractCard, activity: string | undefined): Promise<() => Ruling<true>> {
  const worker = act.actor.kind === 'person' ? await workerOfPerson(act.tx, act.actor.personId) : undefined
  const plan = await findPlan(act.tx, card.id)
  return () => {
    if (worker === undefined || !card.team.some((member) => member.worker === worker.id)) return forbid('not-on-team')
    if (!worker.active || isBefore(worker.certificateValidUntil, today(act.now))) return forbid('certificate-over')
    if (card.state !== 'active') return refuse('not-in-this-state', { state: card.state, verb: 'planOccasion' })
    if (plan === undefined) return refuse('delivery-not-started')
    if (activity === undefined) return invalid([{ path: 'body.activity', code: 'activity-needed' }])
    return plan.activities.some((each) => each.id === activity)
      ? allow(true)
      : invalid([{ path: 'body.activity', code: 'activity-unknown' }])
  }
}

export const planOccasion = action(contract.planOccasion, async (act, { body }) => {
  if (act.actor.kind !== 'person') return absent()
  const card = body.contract === undefined ? undefined : await lookUpContract(act.tx, body.contract)
  if (body.contract !== undefined && card === undefined) return absent()
  const division = card?.division ?? body.division
  if (division === undefined || (card === undefined && levelOf(division) !== 'community'))
    return invalid([{ path: 'body.division', code: 'community-needed' }])
  const organization = card?.organization
  const team = card && (await teamAllows(act, card, body.activity))
  const room = body.room === undefined ? undefined : await rooms.findRoom(act.tx, body.room)
  const terms = occasionTerms(act.policy, { division })
  const allowed = await act.judge({ reach: rules.reachOfOccasion({ division, organization }) }, () => {
    const on = team?.() ?? allow(true)
    if (!on.ok) return on
    if (
      body.room !== undefined &&
      (room === undefined || !room.open || !division.startsWith(room.division.slice(0, 9)))
    )
      return invalid([{ path: 'body.room', code: 'room-unknown' }])
    return rules.planOccasion(body, room, act.now, terms)
  })
  if (!allowed.ok) return allowed
  const jurisdiction = jurisdictionOf(division)
  const occasion: rules.Occasion = {
    id: act.newId<'occasion'>(jurisdiction),
    kind: body.kind,
    number: await act.nextNumber(`occasion-${body.kind}`, jurisdiction),
    division,
    state: 'open',
    version: 1,
    contract: card?.id,
    activity: card === undefined ? undefined : body.activity,
    organization,
    person: act.actor.personId,
    title: body.title,
    words: body.words,
    asks: body.asks === '' ? undefined : body.asks,
    place: body.place,
    room: body.room,
    from: body.from,
    until: body.until,
    capacity: body.capacity,
    taken: 0,
    arrived: 0,
    guests: 0,
    createdAt: act.now,
    history: [{ state: 'open', at: act.now }],
  }
  await store.insertOccasion(act.tx, occasion)
  recordOccasion(act, 'planOccasion', undefined, occasion, { capacity: occasion.capacity })
  return allow(occasionAnswer(occasion))
})

export const cancelOccasion = action(contract.cancelOccasion, async (act, { params, body }) => {
  const before = await store.findOccasionForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const ruling = await act.judge(rules.judgedOccasion(before), () =>
    rules.holds(before, act.actor) ? rules.cancelOccasion(before, act.now, body.reason) : forbid('forbidden'),
  )
  if (!ruling.ok) return ruling
  const people = await listSignUps(act.tx, before.id)
  await together(act.tx, [signUpsEnded(before, 'called-off'), store.occasionSaved(ruling.value, act.now)])
  recordOccasion(act, 'cancelOccasion', before, ruling.value, { taken: before.taken })
  tellOfOccasion(
    act,
    before,
    people.map((each) => each.person),
    'occasion-cancelled',
    { date: today(before.from), reason: body.reason },
  )
  return allow(occasionAnswer(ruling.value))
})

export const listRooms = question(contract.listRooms, async (ask, { query }) => {
  const { rows, next } = await rooms.listRooms(ask.tx, ask.scopes, query)
  return allow({ rows: rows.map((room) => ({ ...room, divisionName: divisionName(room.division) })), next })
})

export const setRoom = action(contract.setRoom, async (act, { body }) => {
  const judged = await act.judge({ reach: { division: body.division } }, () =>
    levelOf(body.division) === 'community'
      ? allow(true)
      : invalid([{ path: 'body.division', code: 'community-needed' }]),
  )
  if (!judged.ok) return judged
  const { division, name, capacity, open } = body
  const fresh = act.newId<'room'>(jurisdictionOf(division))
  const id = await rooms.saveRoom(act.tx, { id: fresh, division, name, capacity, open }, act.now)
  act.record({ name: 'delivery.setRoom', of: { kind: 'room', id }, division, data: { capacity, open } })
  return allow({ id })
})
