// Dates and times as people in Asia/Shanghai read them, wherever the browser stands.

export type WhenParts = {
  readonly year: number
  readonly month: number
  readonly day: number
  /** 0 Sunday … 6 Saturday. */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const offset = 8 * 3_600_000

/** Parts of a plain date (`2026-11-23`) or of an instant (ISO-8601), in Asia/Shanghai; undefined when it is neither. */
export function partsOf(when: string): WhenParts | undefined {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(when)
  const time = Date.parse(plain ? `${when}T00:00:00Z` : when)
  if (Number.isNaN(time)) return undefined
  // China has had one offset and no summer time since 1992: shifted UTC parts are the local ones
  const date = new Date(plain ? time : time + offset)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

/** Two digits. */
export function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** The day number of a date or instant in Asia/Shanghai, for differences in days. */
export function dayNumber(when: string): number {
  const parts = partsOf(when)
  return parts ? Math.floor(Date.UTC(parts.year, parts.month - 1, parts.day) / 86_400_000) : Number.NaN
}
