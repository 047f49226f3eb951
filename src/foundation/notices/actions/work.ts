// My work: what waits for the caller across all domains, and what they have done.
import { addMilliseconds, type Instant } from '../../../kit/instant.ts'
import { jurisdictionOf, asDivision, type RecordRef } from '../../../kit/id.ts'
import { countCap } from '../../../kit/listing.ts'
import { today } from '../../../kit/plain-date.ts'
import { allow } from '../../../kit/ruling.ts'
import { addWorkingDays, endOfDay } from '../../../kit/working-days.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import type { Language } from '../../../platform/words.ts'
import { allDivisions, divisionName } from '../../divisions/public.ts'
import { listPeople } from '../../identity/public.ts'
import * as contract from '../contract.ts'
import { domainOfKind, refKey, seeCards } from '../public.ts'
import { type Light, lightOf, workScopeOf } from '../rules.ts'
import * as store from '../store/work.ts'

/** What is to be done, in words: `waiting.<verb>` of the domain, else the verb's own name. */
function taskOf(ask: Ask, domain: string, verb: string): string {
  const { words } = ask.platform
  const key = words.has(domain, `waiting.${verb}`) ? `waiting.${verb}` : `verbs.${verb}`
  return words.say(ask.language as Language, domain, key)
}

function kindName(ask: Ask, kind: string): string {
  return ask.platform.words.say(ask.language as Language, domainOfKind(ask.platform, kind), `kinds.${kind}`)
}

/** The bounds of the deadline that a light stands for. */
function boundsOf(ask: Ask, light: Light | undefined): { dueFrom?: Instant; dueBefore?: Instant; undated?: boolean } {
  const soonEnds = addMilliseconds(endOfDay(addWorkingDays(today(ask.now), 1, ask.platform.calendar).date), 1)
  switch (light) {
    case 'overdue':
      return { dueBefore: ask.now }
    case 'soon':
      return { dueFrom: ask.now, dueBefore: soonEnds }
    case 'later':
      return { dueFrom: soonEnds }
    case 'none':
      return { undated: true }
    case undefined:
      return {}
  }
}

type Counted = {
  domain: string
  domainName: string
  verb: string
  task: string
  n: number
  overdue: number
  soon: number
}

/** How much waits by what is to be done, over at most countCap rows. */
function countKinds(ask: Ask, rows: readonly store.WorkRow[]) {
  const kinds = new Map<string, Counted>()
  const byLight = { overdue: 0, soon: 0, later: 0, none: 0 }
  for (const row of rows) {
    const { light } = lightOf(row.due ?? undefined, ask.now, ask.platform.calendar)
    byLight[light] += 1
    const domain = row.permission.split('.')[0] ?? ''
    const counted = kinds.get(`${domain}.${row.verb}`) ?? {
      domain,
      domainName: ask.platform.words.say(ask.language as Language, domain, 'name'),
      verb: row.verb,
      task: taskOf(ask, domain, row.verb),
      n: 0,
      overdue: 0,
      soon: 0,
    }
    counted.n += 1
    if (light === 'overdue' || light === 'soon') counted[light] += 1
    kinds.set(`${domain}.${row.verb}`, counted)
  }
  return { kinds: [...kinds.values()].sort((a, b) => b.overdue - a.overdue || b.n - a.n), byLight }
}

export const listMyWork = question(contract.listMyWork, async (ask, { query }) => {
  const scope = workScopeOf(ask.actor)
  const cursor = readCursor(query.cursor, 2)
  const after = cursor === undefined ? undefined : { due: cursor[0] ?? 'infinity', id: cursor[1] ?? '' }
  const filter = { domain: query.domain, verb: query.verb, ...boundsOf(ask, query.light) }
  const [rows, all] = await Promise.all([
    store.listWaiting(ask.tx, scope, { ...filter, after, limit: query.size + 1 }),
    after === undefined ? store.listWaiting(ask.tx, scope, { limit: countCap + 1 }) : Promise.resolve(undefined),
  ])
  const page = rows.slice(0, query.size)
  const last = page.at(-1)
  const capped = all?.slice(0, countCap)
  return allow({
    rows: page.map((row) => {
      const domain = row.permission.split('.')[0] ?? ''
      return {
        id: row.id,
        domain,
        domainName: ask.platform.words.say(ask.language as Language, domain, 'name'),
        verb: row.verb,
        task: taskOf(ask, domain, row.verb),
        of: { kind: row.record_kind, id: row.record_id },
        kindName: kindName(ask, row.record_kind),
        number: row.number ?? undefined,
        title: row.title ?? undefined,
        division: row.division,
        divisionName: divisionName(row.division),
        since: row.since,
        due: row.due ?? undefined,
        ...lightOf(row.due ?? undefined, ask.now, ask.platform.calendar),
      }
    }),
    next: rows.length > page.length && last !== undefined ? cursorOf([last.due ?? 'infinity', last.id]) : undefined,
    ...(all === undefined || capped === undefined
      ? {}
      : { count: { n: capped.length, capped: all.length > countCap }, ...countKinds(ask, capped) }),
  })
})

/** Every government whose rows an act can stand in: a person may act in several counties. */
function allJurisdictions(): string[] {
  const found = new Set<string>()
  for (const node of allDivisions()) if (node.code.length <= 6) found.add(jurisdictionOf(asDivision(node.code)))
  return [...found]
}

export const listMyDone = question(contract.listMyDone, async (ask, { query }) => {
  if (ask.actor.kind !== 'person') return allow({ rows: [] })
  const after = readCursor(query.cursor, 1)?.[0]
  const rows = await store.listDone(ask.tx, ask.actor.personId, allJurisdictions(), { after, limit: query.size + 1 })
  const page = rows.slice(0, query.size)
  const refs = page.map((row): RecordRef => ({ kind: row.record_kind, id: row.record_id }))
  const [seen, people] = await Promise.all([
    seeCards(ask.platform, ask.tx, ask.actor, refs),
    listPeople(
      ask.tx,
      page.flatMap((row) => row.delegated_from ?? []),
    ),
  ])
  const language = ask.language as Language
  const { words } = ask.platform
  const last = page.at(-1)
  return allow({
    rows: page.map((row) => {
      const [domain = '', verb = ''] = row.name.split('.')
      const found = seen.get(refKey({ kind: row.record_kind, id: row.record_id }))
      const card = found?.sight === 'closed' ? undefined : found?.card
      const giver = row.delegated_from === null ? undefined : people.get(row.delegated_from)
      return {
        id: row.id,
        at: row.at,
        domain,
        domainName: words.say(language, domain, 'name'),
        verb,
        done: words.say(language, domain, words.has(domain, `events.${verb}`) ? `events.${verb}` : `verbs.${verb}`),
        of: { kind: row.record_kind, id: row.record_id },
        kindName: kindName(ask, row.record_kind),
        number: card?.number,
        title: card?.title,
        stateTo: row.state_to ?? undefined,
        stateToName: row.state_to === null ? undefined : words.say(language, domain, `states.${row.state_to}`),
        division: row.division,
        divisionName: divisionName(row.division),
        delegatedFrom: giver?.officialName ?? giver?.maskedName,
      }
    }),
    next: rows.length > page.length && last !== undefined ? cursorOf([last.id]) : undefined,
  })
})
