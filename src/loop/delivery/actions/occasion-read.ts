// Delivery: the lists of occasions and one of them; who comes is told to those who hold it only.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { listPeople } from '../../../foundation/identity/public.ts'
import { may } from '../../../kit/actor.ts'
import { type ActionView, actionsOf } from '../../../kit/record-view.ts'
import { addDays, isAfter, isBefore } from '../../../kit/instant.ts'
import { absent, allow, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { listOrganizations } from '../../../registers/organizations/public.ts'
import { findVolunteer } from '../../../registers/volunteers/public.ts'
import { listContractNumbers } from '../../contracts/public.ts'
import * as contract from '../contract/occasions.ts'
import * as rules from '../rules/occasions.ts'
import * as store from '../store/occasions.ts'
import { findRoom } from '../store/rooms.ts'
import * as signUps from '../store/sign-ups.ts'
import { occasionTerms } from './occasion-changes.ts'

type Names = Awaited<ReturnType<typeof listOrganizations>>

function namesOf(ask: Ask, occasions: readonly rules.Occasion[]): Promise<Names> {
  return listOrganizations(ask.tx, [...new Set(occasions.flatMap((each) => each.organization ?? []))])
}

function rowOf(occasion: rules.Occasion, names: Names) {
  const { organization } = occasion
  return {
    id: occasion.id,
    number: rules.shownOccasionNumber(occasion),
    kind: occasion.kind,
    state: occasion.state,
    title: occasion.title,
    division: occasion.division,
    divisionName: divisionName(occasion.division),
    byName: organization === undefined ? undefined : names.get(organization)?.name,
    place: occasion.place,
    from: occasion.from,
    until: occasion.until,
    capacity: occasion.capacity,
    taken: occasion.taken,
  }
}

export const listOccasions = question(contract.listOccasions, async (ask, { query }) => {
  // Above a county nobody looks for what is near.
  if (query.division.length < 6) return invalid([{ path: 'query.division', code: 'place-too-wide' }])
  const { rows, next } = await store.listOccasionsAhead(ask.tx, { ...query, place: query.division, now: ask.now })
  const names = await namesOf(ask, rows)
  return allow({ rows: rows.map((row) => rowOf(row, names)), next })
})

export const listDeskOccasions = question(contract.listDeskOccasions, async (ask, { query }) => {
  const filter: store.OccasionFilter = {
    kind: query.kind,
    state: query.state,
    division: query.division,
    contract: query.contract,
    person: query.mine === 'yes' && ask.actor.kind === 'person' ? ask.actor.personId : undefined,
    size: query.size,
    cursor: query.cursor,
  }
  const { rows, next } = await store.listOccasionsWithin(ask.tx, ask.scopes, filter)
  const names = await namesOf(ask, rows)
  const count = query.cursor === undefined ? await store.getOccasionCount(ask.tx, ask.scopes, filter) : undefined
  return allow({ rows: rows.map((row) => rowOf(row, names)), next, count })
})

export const listMyOccasions = question(contract.listMyOccasions, async (ask, { query }) => {
  if (ask.actor.kind !== 'person') return allow({ rows: [] })
  const { rows, next } = await signUps.listOccasionsOf(ask.tx, { ...query, person: ask.actor.personId })
  const names = await namesOf(
    ask,
    rows.map((row) => row.occasion),
  )
  return allow({ rows: rows.map(({ occasion, mine }) => ({ ...rowOf(occasion, names), ...mine })), next })
})

/** What the reader may do now; verbs of others are left out. */
async function actionsFor(
  ask: Ask,
  occasion: rules.Occasion,
  mine: rules.SignUp | undefined,
  terms: rules.OccasionTerms,
): Promise<ActionView[]> {
  const { actor, now } = ask
  const rulings: Record<string, Ruling<unknown>> = {}
  if (rules.holds(occasion, actor)) {
    const over = isBefore(now, occasion.until) ? refuse('not-over-yet', { until: occasion.until }) : allow(true)
    const begun = isBefore(now, occasion.from) ? refuse('not-over-yet', { until: occasion.until }) : allow(true)
    rulings['openCheckIn'] = rules.openCheckIn(occasion, now, terms)
    if (occasion.kind === 'shift') rulings['settleShift'] = rules.standing(occasion, 'settleShift') ?? over
    else rulings['recordActivity'] = rules.standing(occasion, 'recordActivity') ?? begun
    rulings['cancelOccasion'] = rules.cancelOccasion(occasion, now, '')
  }
  if (actor.kind === 'person' && may(actor, 'delivery.takePlace', { division: occasion.division, anyone: true })) {
    const has = mine !== undefined && mine.givenBackAt === undefined
    if (has) {
      rulings['giveBackPlace'] = rules.giveBackPlace(occasion, mine, now)
      const open = rules.checkInIsOpen(occasion, now, terms) && occasion.state === 'open'
      const here = mine.arrivedAt !== undefined
      if (!here)
        rulings['checkInToOccasion'] = open && !isAfter(now, occasion.until) ? allow(true) : refuse('check-in-closed')
      else if (occasion.kind === 'shift')
        rulings['checkOutOfOccasion'] =
          mine.leftAt !== undefined ? refuse('already-checked-out') : open ? allow(true) : refuse('check-in-closed')
    } else {
      const volunteer = await findVolunteer(ask.tx, actor.personId)
      const since = addDays(now, -terms.pauseDays)
      const standing = await signUps.findStandingOf(ask.tx, occasion, actor.personId, since)
      const taker = { ...standing, person: actor.personId, volunteer: volunteer?.active === true }
      rulings['takePlace'] = rules.takePlace(occasion, taker, now, terms)
      if (occasion.kind === 'activity' && rules.checkInIsOpen(occasion, now, terms))
        rulings['checkInToOccasion'] = isAfter(now, occasion.until) ? refuse('check-in-closed') : allow(true)
    }
  } else if (actor.kind === 'anonymous')
    rulings['takePlace'] = rules.standing(occasion, 'takePlace') ?? forbid('sign-in-first')
  return actionsOf(rulings)
}

/** Names of those who come, masked, for whoever holds it. */
async function peopleOf(ask: Ask, occasion: rules.Occasion) {
  const all = await signUps.listSignUps(ask.tx, occasion.id)
  const people = await listPeople(
    ask.tx,
    all.map((each) => each.person),
  )
  return all.map(({ id, person, takenAt, arrivedAt, leftAt, byWorker, minutes, outcome }) => ({
    id,
    name: people.get(person)?.maskedName ?? '',
    takenAt,
    arrivedAt,
    leftAt,
    byWorker,
    minutes,
    outcome,
  }))
}

export const getOccasion = question(contract.getOccasion, async (ask, { params }) => {
  const occasion = await store.findOccasion(ask.tx, params.id)
  if (occasion === undefined) return absent()
  const { actor, now } = ask
  const terms = occasionTerms(ask.policy, occasion)
  const found = actor.kind === 'person' ? await signUps.findSignUp(ask.tx, occasion.id, actor.personId) : undefined
  const mine = found?.givenBackAt === undefined ? found : undefined
  const room = occasion.room === undefined ? undefined : await findRoom(ask.tx, occasion.room)
  const contracts = await listContractNumbers(ask.tx, occasion.contract === undefined ? [] : [occasion.contract])
  const times = rules.checkInTimes(occasion, terms)
  const reads = may(actor, 'delivery.readDelivery', rules.reachOfOccasion(occasion))
  const holds = rules.holds(occasion, actor)
  return allow({
    ...rowOf(occasion, await namesOf(ask, [occasion])),
    version: occasion.version,
    words: occasion.words,
    asks: occasion.asks,
    contract: reads ? occasion.contract : undefined,
    contractNumber: contracts.get(occasion.contract ?? ''),
    room: room && { name: room.name, capacity: room.capacity },
    arrived: occasion.arrived,
    checkInOpen: rules.checkInIsOpen(occasion, now, terms),
    checkInFrom: times.from,
    checkInUntil: times.until,
    summary: occasion.summary,
    guests: occasion.guests,
    serviceRecord: reads ? occasion.serviceRecord : undefined,
    mine: mine && {
      takenAt: mine.takenAt,
      arrivedAt: mine.arrivedAt,
      leftAt: mine.leftAt,
      minutes: mine.minutes,
      outcome: mine.outcome,
    },
    people: holds ? await peopleOf(ask, occasion) : undefined,
    history: occasion.history.map((each) => ({ ...each })),
    actions: await actionsFor(ask, occasion, found, terms),
  })
})
