// Search over everything that the caller may see: each kind finds its own records, the cards decide which are shown.
import { scopesOf } from '../../../kit/actor.ts'
import { allow } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import type { RecordCard, RecordFinder, RecordKind } from '../../../platform/declarations.ts'
import type { Language } from '../../../platform/words.ts'
import { divisionName } from '../../divisions/public.ts'
import * as contract from '../contract.ts'
import { domainOfKind, refKey, seeCards } from '../public.ts'
import { inTurns, nearTo, typedNumber } from '../rules.ts'

type Findable = RecordKind & { readonly find: RecordFinder }

const languages: readonly Language[] = ['zh-CN', 'zh-Hant', 'en']

function isFindable(kind: RecordKind): kind is Findable {
  return kind.find !== undefined
}

/** Whether numbers of this kind begin so, in any of the languages. */
function beginsWith(ask: Ask, kind: RecordKind, prefix: string): boolean {
  const domain = domainOfKind(ask.platform, kind.kind)
  const key = 'numberPrefix'
  return languages.some(
    (language) => ask.platform.words.say(language, domain, key).trim().toLowerCase() === prefix.toLowerCase(),
  )
}

function rowOf(ask: Ask, card: RecordCard) {
  const language = ask.language as Language
  const { words } = ask.platform
  const { kind, id } = card.ref
  const domain = domainOfKind(ask.platform, kind)
  const kindName = words.say(language, domain, `kinds.${kind}`)
  const page = ask.platform.records.get(kind)?.page
  return {
    kind,
    kindName,
    id,
    number: card.number,
    title: card.title ?? card.number ?? kindName,
    state: card.state,
    stateName: words.say(language, domain, `states.${card.state}`),
    division: card.division,
    divisionName: divisionName(card.division),
    path: page === undefined ? undefined : `${page}/${id}`,
  }
}

export const searchRecords = question(contract.searchRecords, async (ask, { query }) => {
  const all = [...ask.platform.records.values()].filter(isFindable)
  const typed = typedNumber(query.q)
  const numbered =
    typed === undefined ? [] : all.filter((kind) => typed.prefix === '' || beginsWith(ask, kind, typed.prefix))
  // What looks like a number but begins as none of ours is a text.
  const number = numbered.length === 0 ? undefined : typed
  const asked = (number === undefined ? all : numbered).filter(
    (kind) => query.kind === undefined || kind.kind === query.kind,
  )
  const near = nearTo(ask.actor)
  const found = await Promise.all(
    asked.map(async (kind) => {
      const scopes = scopesOf(ask.actor, kind.permission)
      const ids = await kind.find(ask.tx, { text: query.q, number, scopes, near }, contract.mostFound)
      return ids.map((id) => ({ kind: kind.kind, id }))
    }),
  )
  const seen = await seeCards(ask.platform, ask.tx, ask.actor, found.flat())
  const shown = found
    .map((refs) =>
      refs.flatMap((ref) => {
        const one = seen.get(refKey(ref))
        return one === undefined || one.sight === 'closed' ? [] : [rowOf(ask, one.card)]
      }),
    )
    .filter((rows) => rows.length > 0)
  return allow({
    results: inTurns(shown, contract.mostFound),
    kinds: shown.flatMap(([first, ...rest]) =>
      first === undefined ? [] : [{ kind: first.kind, kindName: first.kindName, n: rest.length + 1 }],
    ),
  })
})
