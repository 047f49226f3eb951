// What one event adds to which rows, periods and their neighbours, medians of buckets, and small cells. Pure.
import { type DivisionCode, jurisdictionOf } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { today } from '../../kit/plain-date.ts'

/** A day '2026-11-23', a month '2026-11', a quarter '2026-Q4' or a year '2026'; days are those of Asia/Shanghai. */
export type Period = string & { readonly __brand: 'period' }

const periodPattern = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])(?:-(\d{2}))?))?$/
const dayMs = 86_400_000

type PeriodParts = { readonly year: number; readonly quarter?: number; readonly month?: number; readonly day?: number }

function partsOf(text: string): PeriodParts | undefined {
  const match = periodPattern.exec(text)
  if (match === null) return undefined
  const [, year = '', quarter, month, day] = match
  const whole = (part: string | undefined) => (part === undefined ? undefined : Number(part))
  return { year: Number(year), quarter: whole(quarter), month: whole(month), day: whole(day) }
}

/** Reads a period; undefined for other forms and days that do not exist. */
export function parsePeriod(text: string): Period | undefined {
  const parts = partsOf(text)
  if (parts === undefined) return undefined
  if (parts.day !== undefined && !new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text)) return undefined
  return text as Period
}

function written(year: number, rest = ''): Period {
  return `${String(year).padStart(4, '0')}${rest}` as Period
}

const two = (value: number) => String(value).padStart(2, '0')

/** The four periods in which a moment falls: day, month, quarter, year. */
export function periodsOf(at: Instant): Period[] {
  const day = today(at)
  const month = Number(day.slice(5, 7))
  return [day, day.slice(0, 7), `${day.slice(0, 4)}-Q${Math.ceil(month / 3)}`, day.slice(0, 4)].map(
    (text) => text as Period,
  )
}

/** The period of the same length so many steps later (earlier when negative). */
export function shiftPeriod(period: Period, steps: number): Period {
  const { year, quarter, month, day } = partsOf(period) ?? { year: 1970 }
  if (day !== undefined)
    return new Date(Date.parse(`${period}T00:00:00Z`) + steps * dayMs).toISOString().slice(0, 10) as Period
  if (month !== undefined) {
    const months = year * 12 + (month - 1) + steps
    return written(Math.floor(months / 12), `-${two((months % 12) + 1)}`)
  }
  if (quarter !== undefined) {
    const quarters = year * 4 + (quarter - 1) + steps
    return written(Math.floor(quarters / 4), `-Q${(quarters % 4) + 1}`)
  }
  return written(year + steps)
}

/** First day of a period, and the first day after it. */
export function daysOf(period: Period): { from: string; before: string } {
  const first = (of: Period): string => {
    const { year, quarter, month, day } = partsOf(of) ?? { year: 1970 }
    if (day !== undefined) return of
    return `${written(year)}-${two(month ?? (quarter === undefined ? 1 : quarter * 3 - 2))}-01`
  }
  return { from: first(period), before: first(shiftPeriod(period, 1)) }
}

/** The divisions in which something at `division` counts: itself and every level above; grids count in their community. */
export function divisionsOf(division: DivisionCode): DivisionCode[] {
  return [2, 4, 6, 9, 12]
    .filter((length) => length <= division.length)
    .map((length) => division.slice(0, length) as DivisionCode)
}

const hourMs = 3_600_000
/** Upper bounds of the buckets of durations; fine where promises are made (days), coarse beyond. The last bucket is open. */
export const bucketBounds: readonly number[] = [
  ...[1, 2, 4, 8, 16].map((hours) => hours * hourMs),
  ...[
    1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 25, 30, 40, 50, 60, 75, 90, 105, 120, 150, 180, 210, 240,
    300, 365, 450, 550, 730, 1095,
  ].map((days) => days * dayMs),
]

/** The bucket of a duration in ms; negative durations fall into the first. */
export function bucketOf(ms: number): number {
  const found = bucketBounds.findIndex((bound) => ms <= bound)
  return found === -1 ? bucketBounds.length : found
}

/** The median of bucketed durations in ms, within its bucket by share ("about"); undefined without any. */
export function medianOf(buckets: ReadonlyMap<number, number>): number | undefined {
  const filled = [...buckets].filter(([, n]) => n > 0).sort(([a], [b]) => a - b)
  const total = filled.reduce((sum, [, n]) => sum + n, 0)
  let before = 0
  for (const [bucket, n] of filled) {
    if ((before + n) * 2 >= total) {
      const low = bucket === 0 ? 0 : (bucketBounds[bucket - 1] ?? 0)
      const high = bucketBounds[bucket] ?? low
      return low + ((high - low) * (total / 2 - before)) / n
    }
    before += n
  }
  return undefined
}

export type FigureRow = {
  readonly jurisdiction: string
  readonly indicator: string
  readonly division: string
  readonly period: string
  readonly bucket: number
  readonly n: bigint
  readonly amount: bigint
}
export type SeenRow = Omit<FigureRow, 'bucket' | 'n' | 'amount'> & { readonly person: string }

/** Rows of one figure added up, so that each figure is written once. */
export function addedUp(rows: readonly FigureRow[]): FigureRow[] {
  const byFigure = new Map<string, FigureRow>()
  for (const row of rows) {
    const key = `${row.jurisdiction} ${row.indicator} ${row.division} ${row.period} ${row.bucket}`
    const known = byFigure.get(key)
    byFigure.set(key, known === undefined ? row : { ...known, n: known.n + row.n, amount: known.amount + row.amount })
  }
  return [...byFigure.values()]
}

export type CountedEvent = { readonly at: Instant; readonly division: DivisionCode }
export type Counting = {
  readonly name: string
  readonly kind: 'count' | 'sum' | 'ratio' | 'distinct' | 'duration'
  readonly entries: readonly { readonly amount?: bigint; readonly person?: string; readonly durationMs?: number }[]
}

/**
 * The rows that an event adds to: at most 5 levels x 4 periods per indicator. Counts, sums and durations of a city or province stand under the
 * county that contributed them; persons under the division's own government, since one who acts in two counties is one in the city.
 */
export function rowsOfEvent(
  event: CountedEvent,
  countings: readonly Counting[],
): { figures: FigureRow[]; seen: SeenRow[] } {
  const own = jurisdictionOf(event.division)
  const figures = new Map<string, FigureRow>()
  const seen = new Map<string, SeenRow>()
  const periods = periodsOf(event.at)
  for (const { name, kind, entries } of countings) {
    for (const entry of entries) {
      for (const division of divisionsOf(event.division)) {
        for (const period of periods) {
          if (kind === 'distinct') {
            if (entry.person === undefined) continue
            const row = {
              jurisdiction: jurisdictionOf(division),
              indicator: name,
              division,
              period,
              person: entry.person,
            }
            seen.set(`${name} ${division} ${period} ${entry.person}`, row)
            continue
          }
          const duration = kind === 'duration'
          if (duration && entry.durationMs === undefined) continue
          const bucket = duration ? bucketOf(entry.durationMs ?? 0) : 0
          const amount = duration ? BigInt(Math.max(0, Math.round(entry.durationMs ?? 0))) : (entry.amount ?? 1n)
          const key = `${name} ${division} ${period} ${bucket}`
          const before = figures.get(key)
          figures.set(key, {
            jurisdiction: own,
            indicator: name,
            division,
            period,
            bucket,
            n: (before?.n ?? 0n) + 1n,
            amount: (before?.amount ?? 0n) + amount,
          })
        }
      }
    }
  }
  return { figures: [...figures.values()], seen: [...seen.values()] }
}

/** Fewer persons than this are not told. */
export const smallCell = 5

/**
 * Which figures of persons are hidden among cells that add up to a known whole: those of 1 to 4, and when only one is hidden the next smallest
 * too, so that no difference reveals it. Zero is told: nobody stands behind it.
 */
export function hiddenCells(values: readonly number[]): boolean[] {
  const hidden = values.map((value) => value > 0 && value < smallCell)
  if (hidden.filter(Boolean).length !== 1) return hidden
  const next = values
    .map((value, at) => ({ value, at }))
    .filter(({ value, at }) => value > 0 && hidden[at] !== true)
    .sort((a, b) => a.value - b.value)[0]
  if (next !== undefined) hidden[next.at] = true
  return hidden
}

/** Part of whole in percent with one decimal; undefined without a whole. */
export function ratioOf(part: bigint, whole: bigint): number | undefined {
  return whole <= 0n ? undefined : Number((part * 10_000n) / whole / 10n) / 10
}

/** The place among siblings, the largest first; equal figures share a place. */
export function rankOf(own: number, siblings: readonly number[]): number {
  return 1 + siblings.filter((value) => value > own).length
}
