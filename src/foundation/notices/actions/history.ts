// Timeline of a record and the records beside it, each shown as far as the caller may see.
import { formatYuan } from '../../../kit/money.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { listEventsOf, type StoredEvent } from '../../../platform/events.ts'
import type { Language } from '../../../platform/words.ts'
import { listPeople, type PersonCard } from '../../identity/public.ts'
import * as contract from '../contract.ts'
import { domainOfKind, linkJurisdictions, refKey, seeCards, shownName, type Sight } from '../public.ts'
import { listLinked } from '../store/work.ts'

/** Members of a drawn panel judge unnamed (loop.md: scores are independent): the timeline says their role, the record whom of them it shows. */
const unnamed: readonly string[] = ['panelist']

function rowOf(ask: Ask, event: StoredEvent, people: ReadonlyMap<string, PersonCard>, sight: Sight) {
  const [domain = '', verb = ''] = event.name.split('.')
  const language = ask.language as Language
  const { words } = ask.platform
  const name = (id: string | undefined) => (id === undefined ? undefined : shownName(people.get(id), sight))
  const me = ask.actor.kind === 'person' && event.actor === ask.actor.personId
  const state = (code: string | undefined) =>
    code === undefined ? undefined : words.say(language, domain, `states.${code}`)
  return {
    id: event.id,
    at: event.at,
    verb,
    text: words.say(language, domain, words.has(domain, `events.${verb}`) ? `events.${verb}` : `verbs.${verb}`),
    who: unnamed.includes(event.actorRole ?? '') && !me ? undefined : name(event.actor),
    role: event.actorRole,
    system: event.actor?.startsWith('system:') ?? false,
    me,
    onBehalfOf: name(event.onBehalfOf),
    delegatedFrom: name(event.delegatedFrom),
    stateFrom: event.stateFrom,
    stateTo: event.stateTo,
    stateFromName: state(event.stateFrom),
    stateToName: state(event.stateTo),
    amount: event.amount === undefined || sight !== 'reader' ? undefined : formatYuan(event.amount),
  }
}

export const getTimeline = question(contract.getTimeline, async (ask, { params }) => {
  const seen = (await seeCards(ask.platform, ask.tx, ask.actor, [params])).get(refKey(params))
  if (seen === undefined || seen.sight === 'closed') return absent()
  const events = await listEventsOf(ask.tx, [params], 200)
  const people = await listPeople(
    ask.tx,
    [
      ...new Set(
        events.flatMap((event) =>
          [event.actor, event.onBehalfOf, event.delegatedFrom].filter((id) => id !== undefined && /^\d{6}-/.test(id)),
        ),
      ),
    ].filter((id) => id !== undefined),
  )
  return allow({ rows: events.map((event) => rowOf(ask, event, people, seen.sight)) })
})

export const getRelated = question(contract.getRelated, async (ask, { params }) => {
  const own = (await seeCards(ask.platform, ask.tx, ask.actor, [params])).get(refKey(params))
  if (own === undefined || own.sight === 'closed') return absent()
  const linked = await listLinked(ask.tx, params, linkJurisdictions(params.id))
  const seen = await seeCards(ask.platform, ask.tx, ask.actor, linked)
  const language = ask.language as Language
  return allow({
    rows: linked.flatMap((link) => {
      const found = seen.get(refKey(link))
      if (found === undefined) return []
      const domain = domainOfKind(ask.platform, link.kind)
      const readable = found.sight !== 'closed'
      return [
        {
          of: { kind: link.kind, id: readable ? link.id : undefined },
          kindName: ask.platform.words.say(language, domain, `kinds.${link.kind}`),
          direction: link.direction,
          state: found.card.state,
          stateName: ask.platform.words.say(language, domain, `states.${found.card.state}`),
          number: readable ? found.card.number : undefined,
          title: readable ? found.card.title : undefined,
          readable,
        },
      ]
    }),
  })
})
