// Counting an event, counting everything again, and figures by name for assessment and cockpit.
import { asDivision, type DivisionCode } from '../../kit/id.ts'
import type { Fen } from '../../kit/money.ts'
import type { Instant } from '../../kit/instant.ts'
import { today } from '../../kit/plain-date.ts'
import { uuidAt } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database.ts'
import type { Indicator } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import { addedUp, type Counting, type FigureRow, medianOf, ratioOf, rowsOfEvent, type SeenRow } from './rules.ts'
import * as store from './store.ts'

const dayMs = 86_400_000
const batch = 1000

/** What an event adds, by the declarations. Depends on the event alone. */
function countingsOf(indicators: readonly Indicator[], event: StoredEvent): Counting[] {
  return indicators.flatMap((indicator) => {
    if (indicator.kind === 'ratio' || !indicator.hears.includes(event.name)) return []
    const entries = indicator.entries?.(event) ?? [{}]
    return entries.length === 0 ? [] : [{ name: indicator.name, kind: indicator.kind, entries }]
  })
}

/** Counts events into every division above them and every period they fall in; exactly once, in the transaction that takes their outbox rows. */
export async function countEvents(platform: Platform, tx: Tx, events: readonly StoredEvent[]): Promise<void> {
  const counted = events.map((event) => rowsOfEvent(event, countingsOf(platform.indicators, event)))
  const fresh = await store.insertSeen(
    tx,
    counted.flatMap((rows) => rows.seen),
  )
  const persons = fresh.map((row): FigureRow => ({ ...row, bucket: 0, n: 1n, amount: 1n }))
  await store.saveFigures(tx, addedUp([...counted.flatMap((rows) => rows.figures), ...persons]))
}

/** An event as it is read back, from a row of this domain's own reading. */
export function eventOf(row: store.EventRow): StoredEvent {
  return {
    id: row.id,
    jurisdiction: row.jurisdiction,
    at: row.at,
    name: row.name,
    of: { kind: row.record_kind, id: row.record_id },
    division: row.division as DivisionCode,
    stateFrom: row.state_from ?? undefined,
    stateTo: row.state_to ?? undefined,
    actor: row.actor ?? undefined,
    actorRole: row.actor_role ?? undefined,
    delegatedFrom: row.delegated_from ?? undefined,
    onBehalfOf: row.on_behalf_of ?? undefined,
    organization: row.organization ?? undefined,
    amount: row.amount === null ? undefined : (row.amount as Fen),
    data: row.data,
  }
}

export type Recount = {
  readonly events: number
  readonly differences: readonly store.Difference[]
  readonly repaired: boolean
}

/**
 * Counts everything again from the events into a shadow and compares: no difference is the promise. `repair` puts the shadow in place of the
 * figures where they differ (a new indicator over old events), while nobody else counts. Events whose delivery still waits are left out of both.
 */
export function recount(platform: Platform, options: { repair?: boolean } = {}): Promise<Recount> {
  const names = [...new Set(platform.indicators.flatMap((indicator) => indicator.hears))]
  const declared = platform.indicators.map((indicator) => indicator.name)
  const run = uuidAt(platform.clock.now())
  return platform.database.transaction(async (tx) => {
    await store.beginRecount(tx, options.repair ?? false)
    let after = { jurisdiction: '000000', id: '00000000-0000-0000-0000-000000000000' }
    let events = 0
    for (;;) {
      const rows = await store.listEventsToCount(tx, after, names, batch)
      const figures: FigureRow[] = []
      const seen: SeenRow[] = []
      for (const event of rows.map(eventOf)) {
        const added = rowsOfEvent(event, countingsOf(platform.indicators, event))
        figures.push(...added.figures)
        seen.push(...added.seen)
      }
      await store.saveRecounted(tx, run, figures)
      await store.insertRecountedSeen(tx, run, seen)
      events += rows.length
      const last = rows.at(-1)
      if (last === undefined || rows.length < batch) break
      after = { jurisdiction: last.jurisdiction, id: last.id }
    }
    await store.countRecountedSeen(tx, run)
    const differences = await store.listDifferences(tx, run, declared)
    const repaired = options.repair === true && differences.length > 0
    if (repaired) await store.saveShadow(tx, run)
    await store.removeShadow(tx, run)
    return { events, differences, repaired }
  })
}

/** A figure as counted: whole numbers (fen for money, persons, acts), percent with one decimal, or days with one decimal ("about"). */
export type Figure = { readonly value?: number; readonly exact: bigint }

/** Figures by `<indicator> <division> <period>`; what was never counted is 0 (ratios and durations: no value). */
export type Figures = { get(indicator: string, division: string, period: string): Figure }

/** Reads figures of several declared indicators, divisions and periods in one statement. Unknown names count as zero. */
export async function readFigures(
  platform: Platform,
  tx: Tx,
  names: readonly string[],
  divisions: readonly string[],
  periods: readonly string[],
): Promise<Figures> {
  const declared = new Map(platform.indicators.map((indicator) => [indicator.name, indicator]))
  const counted = new Set<string>()
  for (const name of names) {
    const of = declared.get(name)?.of
    for (const part of of === undefined ? [name] : [of.part, of.whole]) counted.add(part)
  }
  const cells = new Map<string, { amount: bigint; buckets: Map<number, number> }>()
  for (const row of await store.listFigures(tx, [...counted], divisions, periods)) {
    const key = `${row.indicator} ${row.division} ${row.period}`
    const cell = cells.get(key) ?? { amount: 0n, buckets: new Map<number, number>() }
    cell.amount += row.amount
    cell.buckets.set(row.bucket, (cell.buckets.get(row.bucket) ?? 0) + Number(row.n))
    cells.set(key, cell)
  }
  const amountOf = (name: string, division: string, period: string) =>
    cells.get(`${name} ${division} ${period}`)?.amount ?? 0n
  return {
    get(name, division, period) {
      const indicator = declared.get(name)
      if (indicator?.of !== undefined) {
        return {
          value: ratioOf(amountOf(indicator.of.part, division, period), amountOf(indicator.of.whole, division, period)),
          exact: 0n,
        }
      }
      if (indicator?.kind === 'duration') {
        const median = medianOf(cells.get(`${name} ${division} ${period}`)?.buckets ?? new Map())
        return { value: median === undefined ? undefined : Math.round((median / dayMs) * 10) / 10, exact: 0n }
      }
      const exact = amountOf(name, division, period)
      return { value: Number(exact), exact }
    },
  }
}

const firstYear = 2020

/** The years over which a standing figure is summed: all in which the program can have counted, the running one last. */
export function countedYears(now: Instant): string[] {
  const last = Number(today(now).slice(0, 4))
  return Array.from({ length: Math.max(1, last - firstYear + 1) }, (_, at) => String(Math.min(firstYear, last) + at))
}

/** The persons behind a figure of kind distinct: for a domain that tells them in groups. They leave no answer of an endpoint. */
export async function listSeenPersons(
  tx: Tx,
  indicator: string,
  division: DivisionCode,
  period: string,
): Promise<ReadonlySet<string>> {
  return new Set(await store.listSeenPersons(tx, indicator, division, period))
}

/** Communities at which a figure counted anything in a period. */
export async function listCountedCommunities(tx: Tx, indicator: string, period: string): Promise<DivisionCode[]> {
  return (await store.listCountedCommunities(tx, indicator, period)).map(asDivision)
}
