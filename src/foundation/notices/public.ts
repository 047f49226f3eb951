// What other domains may ask of notices: telling people, and reading the cards of records as an actor may.
import { type Actor, may } from '../../kit/actor.ts'
import { asDivision, jurisdictionOf, type RecordRef } from '../../kit/id.ts'
import type { Act, Batch } from '../../platform/action.ts'
import { uuidAt } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database.ts'
import type { RecordCard } from '../../platform/declarations.ts'
import { sendLive } from '../../platform/live/socket-hub.ts'
import type { Platform } from '../../platform/platform.ts'
import { allDivisions } from '../divisions/public.ts'
import type { PersonCard } from '../identity/public.ts'
import { insertNotices } from './store.ts'

/** `kind` is `<domain>.<what>`; its text is `notices.<what>` of that domain's words, with `params` and the record's number and title. */
export type Notice = {
  readonly persons: readonly string[]
  readonly kind: string
  readonly of: RecordRef
  /** Values for the text: codes, numbers, dates; never personal data or a private title. */
  readonly params: Readonly<Record<string, string | number>>
}

/** All notices of an act: two statements, however many records and persons. */
const notices: Batch<Notice> = {
  async write(act, items) {
    const fresh = items.flatMap(({ persons, ...notice }) =>
      persons.map((person) => ({ ...notice, id: uuidAt(act.now), person })),
    )
    const told = await insertNotices(act.tx, fresh, act.now)
    const byNotice = Map.groupBy(told, ({ kind, of }) => `${kind} ${refKey(of)}`)
    await sendLive(
      act.tx,
      [...byNotice.values()].flatMap((group) =>
        group.slice(0, 1).map(({ kind, of }) => ({
          persons: group.map(({ person }) => person),
          message: { kind: 'notices.changed', data: { notice: kind, record: of.kind, id: of.id } },
        })),
      ),
    )
  },
}

/**
 * Tells persons of something that happened to a record: a row in each inbox that has not opted out of the kind, in the caller's transaction,
 * and a live message when it commits. Whoever acts is not told what they did themselves. Written at the act's end.
 */
export function notify(act: Act, notice: Notice): void {
  const me = act.actor.kind === 'person' ? act.actor.personId : undefined
  const persons = [...new Set(notice.persons)].filter((person) => person !== me)
  if (persons.length > 0) act.gather(notices, { ...notice, persons })
}

/** How an actor stands to a record: reads it by permission, sees its public page, or only learns that it stands there. */
export type Sight = 'reader' | 'open' | 'closed'

export type SeenCard = { readonly card: RecordCard; readonly sight: Sight }

/** The key of a record in maps. */
export function refKey(ref: RecordRef): string {
  return `${ref.kind}:${ref.id}`
}

/** How this actor stands to a record by its card. */
export function sightOf(platform: Platform, actor: Actor, card: RecordCard): Sight {
  const kind = platform.records.get(card.ref.kind)
  if (kind !== undefined && may(actor, kind.permission, { ...card.reach, anyone: false })) return 'reader'
  return card.open ? 'open' : 'closed'
}

/** Cards of many records with the actor's sight of each, by refKey. One statement per kind; unknown records and kinds are left out. */
export async function seeCards(
  platform: Platform,
  tx: Tx,
  actor: Actor,
  refs: readonly RecordRef[],
): Promise<Map<string, SeenCard>> {
  const byKind = new Map<string, Set<string>>()
  for (const ref of refs) byKind.set(ref.kind, (byKind.get(ref.kind) ?? new Set()).add(ref.id))
  const cards = await Promise.all(
    [...byKind].map(([kind, ids]) => platform.records.get(kind)?.cards(tx, [...ids]) ?? Promise.resolve([])),
  )
  return new Map(cards.flat().map((card) => [refKey(card.ref), { card, sight: sightOf(platform, actor, card) }]))
}

/** The domain whose words name a kind of record: that of the permission that reads it. */
export function domainOfKind(platform: Platform, kind: string): string {
  return platform.records.get(kind)?.permission.split('.')[0] ?? 'platform'
}

/** Where links to a record can stand: its own government, those above it, and for a province-wide record everywhere. */
export function linkJurisdictions(id: string): string[] {
  const own = id.slice(0, 6)
  if (!own.endsWith('00')) return [own, `${own.slice(0, 4)}00`, `${own.slice(0, 2)}0000`]
  const below = asDivision(own.endsWith('0000') ? own.slice(0, 2) : own.slice(0, 4))
  const found = new Set([own, `${own.slice(0, 2)}0000`])
  for (const node of allDivisions())
    if (node.code.length <= 6 && node.code.startsWith(below)) found.add(jurisdictionOf(asDivision(node.code)))
  return [...found]
}

/** Staff act under their name; a resident is shown masked, and only to those who read the record by permission. */
export function shownName(person: PersonCard | undefined, sight: Sight): string | undefined {
  return person?.officialName ?? (sight === 'reader' ? person?.maskedName : undefined)
}
