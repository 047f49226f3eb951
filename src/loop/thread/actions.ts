// Drawing the thread for one caller: the line's records and events, each judged, then worded.
import { domainOfKind, refKey, type SeenCard, seeCards, shownName } from '../../foundation/notices/public.ts'
import { listPeople, type PersonCard } from '../../foundation/identity/public.ts'
import type { RecordRef } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { formatYuan } from '../../kit/money.ts'
import { daysBetween, today } from '../../kit/plain-date.ts'
import { absent, allow } from '../../kit/ruling.ts'
import { type Ask, question } from '../../platform/action.ts'
import type { Station } from '../../platform/declarations.ts'
import type { Language } from '../../platform/words.ts'
import { listOrganizations } from '../../registers/organizations/public.ts'
import { listSentences } from '../needs/public.ts'
import { moneyOf, readLine, type Spot } from './actions/spots.ts'
import * as contract from './contract.ts'
import { drawLine, isFinished, type LineFacts, type MoneyEntry, type StationState, sumMoney } from './rules.ts'
import * as store from './store.ts'

const mostFacts = 4
const mostRecords = 12

function moneyViews(ask: Ask, entries: readonly (MoneyEntry & { readonly of: string })[]) {
  return sumMoney(entries).map(({ kind, amount }) => ({
    kind,
    label: ask.platform.words.say(ask.language as Language, 'thread', `money.${kind}`),
    amount: formatYuan(amount),
    happened: kind !== 'due',
  }))
}

/** The sentences of a station: of each verb the latest event's, where lots are told one by one of each record and lot, in time order. */
function factsOf(ask: Ask, station: string, spots: readonly Spot[]): string[] {
  const { words } = ask.platform
  const latest = new Map<string, Spot>()
  const lots = new Set<string>()
  for (const spot of spots) {
    const each = spot.declared.each?.(spot.event)
    // The same number stands for another lot in another tender: what is told of is part of what is told.
    const lot = `${refKey(spot.event.of)} ${each}`
    const key = each === undefined ? spot.event.name : `${spot.event.name} ${lot}`
    if (each !== undefined) lots.add(lot)
    latest.delete(key)
    if (spot.open) latest.set(key, spot)
  }
  return [...latest.values()].slice(-Math.max(mostFacts, 2 * lots.size + 2)).flatMap(({ event, declared }) => {
    const [domain = '', verb = ''] = event.name.split('.')
    const usual = `stations.${station}.${verb}`
    // Told once for each, it says of which.
    const own = declared.each?.(event) === undefined ? usual : `${usual}Lot`
    const key = words.has(domain, own) ? own : usual
    if (!words.has(domain, key)) return []
    return [words.say(ask.language as Language, domain, key, { count: event.count, ...declared.facts?.(event) })]
  })
}

function recordViews(ask: Ask, spots: readonly Spot[]) {
  const language = ask.language as Language
  // How many bids lie sealed is itself a secret: confidential records of a station for readers are not even counted.
  const known = spots.filter(
    (spot) =>
      spot.declared.facing === 'public' || spot.seen?.sight !== 'closed' || spot.seen.card.reach.confidential !== true,
  )
  const unique = new Map(known.map((spot) => [refKey(spot.event.of), spot.seen]))
  const views = [...unique.values()].flatMap((seen) => {
    if (seen === undefined || seen.sight === 'closed') return []
    const { ref, number, title, state } = seen.card
    const domain = domainOfKind(ask.platform, ref.kind)
    const { words } = ask.platform
    return [
      {
        kind: ref.kind,
        kindName: words.say(language, domain, `kinds.${ref.kind}`),
        id: ref.id,
        number,
        title,
        state,
        stateName: words.say(language, domain, `states.${state}`),
      },
    ]
  })
  return { records: views.slice(-mostRecords), closed: unique.size - views.length }
}

/** Who acts at a station when nobody has yet. */
const usualParty = {
  need: 'resident',
  support: 'resident',
  deliberation: 'community',
  project: 'community',
  procurement: 'government',
  contract: 'organization',
  delivery: 'worker',
  payment: 'government',
  evaluation: 'third-party',
  verdict: 'resident',
} as const satisfies Record<contract.StationName, Station['party']>

type Names = {
  readonly people: ReadonlyMap<string, PersonCard>
  readonly organizations: ReadonlyMap<string, { readonly name: string }>
}

function actorOf(names: Names, party: Station['party'], spots: readonly Spot[]): string | undefined {
  const told = spots.filter((spot) => spot.open)
  const last = told.findLast((spot) => spot.declared.party === party) ?? told.at(-1)
  if (last === undefined) return undefined
  const { event, declared, seen } = last
  const organization = event.organization === undefined ? undefined : names.organizations.get(event.organization)?.name
  if (declared.party === 'organization' && organization !== undefined) return organization
  const person = event.onBehalfOf ?? event.actor
  return person === undefined ? undefined : shownName(names.people.get(person), seen?.sight ?? 'closed')
}

function stationView(
  ask: Ask,
  station: contract.StationName,
  state: StationState,
  spots: readonly Spot[],
  names: Names,
  due: Instant | undefined,
) {
  const say = (key: string) => ask.platform.words.say(ask.language as Language, 'thread', key)
  // Whoever comes first at a station gives it its shape: the resident at the need, not the worker who accepted it.
  const party = spots[0]?.declared.party ?? usualParty[station]
  const since = spots.map((spot) => spot.event.since).sort()[0]
  return {
    station,
    label: say(`stationNames.${station}`),
    party,
    partyName: say(`parties.${party}`),
    state,
    since,
    at: spots.at(-1)?.event.at,
    due: state === 'now' ? due : undefined,
    actor: actorOf(names, party, spots),
    facts: factsOf(ask, station, spots),
    money: moneyViews(ask, moneyOf(spots)),
    ...recordViews(ask, spots),
    sealed: spots.some((spot) => !spot.open),
  }
}

/** The sentences that the line began with; of a private need that the caller may not read only that it stands there. */
async function needViews(ask: Ask, needs: readonly RecordRef[], seen: ReadonlyMap<string, SeenCard>) {
  const found = needs.flatMap((ref) => seen.get(refKey(ref)) ?? [])
  const readable = found.filter(({ sight }) => sight !== 'closed')
  const sentences = await listSentences(
    ask.platform,
    ask.tx,
    readable.map(({ card }) => card.ref.id),
  )
  return found.map(({ card, sight }) => {
    const secret = card.reach.confidential === true
    if (sight === 'closed') return { private: secret }
    return {
      id: card.ref.id,
      number: card.number,
      sentence: sentences.get(card.ref.id) ?? card.title,
      private: secret,
      stateName: ask.platform.words.say(ask.language as Language, 'needs', `states.${card.state}`),
    }
  })
}

async function namesOf(ask: Ask, events: readonly store.StationEvent[]): Promise<Names> {
  const persons = new Set(
    events.flatMap((event) => [event.onBehalfOf ?? event.actor]).filter((id) => id !== undefined && /^\d{6}-/.test(id)),
  )
  const organizations = new Set(events.map((event) => event.organization).filter((id) => id !== undefined))
  const [people, known] = await Promise.all([
    listPeople(
      ask.tx,
      [...persons].filter((id) => id !== undefined),
    ),
    organizations.size === 0 ? new Map() : listOrganizations(ask.tx, [...organizations]),
  ])
  return { people, organizations: known }
}

export const getThread = question(contract.getThread, async (ask, { params }) => {
  const start: RecordRef = { kind: params.kind, id: params.id }
  const own = (await seeCards(ask.platform, ask.tx, ask.actor, [start])).get(refKey(start))
  if (own === undefined || (own.sight === 'closed' && own.card.reach.confidential)) return absent()
  const { line, events, seen, spots, published } = await readLine(ask, start)
  const due = await store.findDue(ask.tx, line.refs)
  const statesOf = (kind: string) =>
    line.refs.filter((ref) => ref.kind === kind).flatMap((ref) => seen.get(refKey(ref))?.card.state ?? [])
  const facts: LineFacts = {
    reached: new Set(spots.keys()),
    needStates: statesOf('need'),
    contractStates: statesOf('contract'),
    wishStates: statesOf('wish'),
  }
  const named = await namesOf(ask, events)
  const first = events.map((event) => event.since).sort()[0]
  const finished = isFinished(facts)
  const end = finished ? (events.at(-1)?.at ?? ask.now) : ask.now
  return allow({
    of: start,
    finished,
    days: first === undefined ? undefined : daysBetween(today(first), today(end)) + 1,
    needs: await needViews(
      ask,
      line.refs.filter((ref) => ref.kind === 'need'),
      seen,
    ),
    stations: drawLine(facts).map(({ station, state }) =>
      stationView(ask, station, state, spots.get(station) ?? [], named, due),
    ),
    money: moneyViews(ask, [...spots.values()].flatMap(moneyOf)),
    published,
    accounts: [...seen.values()].flatMap(({ card }) =>
      card.ref.kind === 'project' && card.open ? [{ project: card.ref.id, number: card.number }] : [],
    ),
    cut: line.cut,
  })
})
