// What a line is told from: its records, and the events of its stations, each judged for one caller.
import { refKey, type SeenCard, seeCards } from '../../../foundation/notices/public.ts'
import type { RecordRef } from '../../../kit/id.ts'
import type { Ask } from '../../../platform/action.ts'
import type { Station } from '../../../platform/declarations.ts'
import type { StationName } from '../contract.ts'
import type { MoneyEntry } from '../rules.ts'
import * as store from '../store.ts'
import { lineOf } from './line.ts'

/** Of each kind of event so many are read; the count tells the rest. */
const perName = 40

/** An event at a station, with its record as the caller sees it; `open`: the caller sees the facts. */
export type Spot = {
  readonly event: store.StationEvent
  readonly declared: Station
  readonly seen?: SeenCard
  readonly open: boolean
}

/** What a caller is: enough of an Ask, so that the public's eyes can be borrowed. */
export type Viewer = Pick<Ask, 'tx' | 'actor' | 'platform'>

/** Whether the caller sees the facts: readers always; others where the station faces the public and the record's existence is no secret. */
function factsAreOpen(declared: Station, seen: SeenCard | undefined): boolean {
  if (seen === undefined) return false
  if (seen.sight === 'reader') return true
  return declared.facing === 'public' && !(seen.sight === 'closed' && seen.card.reach.confidential)
}

/** What of the line is open data. Whoever published it showed it to everybody, so the caller's own sight does not matter. */
async function publishedOf({ platform, tx }: Viewer, refs: readonly RecordRef[]) {
  const found = await Promise.all(
    platform.publishedAs.map(async ({ kind, standard, find }) => {
      const ids = refs.filter((ref) => ref.kind === kind).map((ref) => ref.id)
      const published = ids.length === 0 ? [] : await find(tx, ids)
      return published.map(({ of, name, path }) => ({
        ...{ standard, kind, id: of, name, path },
        address: platform.publicUrl === undefined ? undefined : new URL(path, platform.publicUrl).href,
      }))
    }),
  )
  return found.flat()
}

/** The line that a record stands in, as the caller may see it: its records, events by station in time order, and what is open data. */
export async function readLine(viewer: Viewer, start: RecordRef) {
  const { platform, tx, actor } = viewer
  const line = await lineOf(tx, start)
  const names = [...new Set(platform.stations.flatMap((station) => station.hears))]
  const [events, seen, published] = await Promise.all([
    store.listStationEvents(tx, line.refs, names, perName),
    seeCards(platform, tx, actor, line.refs),
    publishedOf(viewer, line.refs),
  ])
  const spots = new Map<StationName, Spot[]>()
  for (const event of events) {
    for (const declared of platform.stations) {
      if (!declared.hears.includes(event.name)) continue
      const card = seen.get(refKey(event.of))
      spots.set(declared.station, [
        ...(spots.get(declared.station) ?? []),
        { event, declared, seen: card, open: factsAreOpen(declared, card) },
      ])
    }
  }
  return { line, events, seen, published, spots }
}

/** The money of those of the spots that the caller sees. */
export function moneyOf(spots: readonly Spot[]): (MoneyEntry & { readonly of: string })[] {
  return spots.flatMap(({ event, declared, open }) => {
    const money = open ? declared.money?.(event) : undefined
    return money === undefined ? [] : [{ ...money, of: event.of.id }]
  })
}
