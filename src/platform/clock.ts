// Business time and real time, and the maker of ids. Only the demo may move business time, and only forward.
import { randomFillSync } from 'node:crypto'
import { type Id, type Jurisdiction, makeId } from '../kit/id.ts'
import { type Instant, instant } from '../kit/instant.ts'
import { type Database, rowOf } from './database.ts'

export type Clock = {
  /** Business time: what rules, deadlines and events live by. */
  now(): Instant
  /** Real time in ms: sessions, TOTP, rate limits, seals. */
  real(): number
  /** Moves business time forward to `to` (demo only); earlier times are ignored and answer false. */
  moveTo(to: Instant): Promise<boolean>
  /** Reads how far business time is ahead (another process may have moved it). */
  refresh(): Promise<void>
}

/** The clock of a database. */
export async function openClock(database: Database): Promise<Clock> {
  let ahead = 0
  const refresh = async () => {
    const row = await rowOf<{ ahead_ms: bigint }>(database.reader, 'SELECT ahead_ms FROM platform.clock')
    ahead = Number(row?.ahead_ms ?? 0n)
  }
  await refresh()
  return {
    now: () => instant(Date.now() + ahead),
    real: () => Date.now(),
    refresh,
    async moveTo(to) {
      const target = Date.parse(to) - Date.now()
      if (target <= ahead) return false
      await rowOf(database.reader, 'UPDATE platform.clock SET ahead_ms = greatest(ahead_ms, $1) RETURNING ahead_ms', [
        target,
      ])
      await refresh()
      return true
    },
  }
}

let lastMs = 0
let counter = 0

/** A UUIDv7 of business time `now`: ids of one process grow strictly within a millisecond. */
export function uuidAt(now: Instant): string {
  const ms = Date.parse(now)
  counter = ms === lastMs ? counter + 1 : 0
  lastMs = ms
  const bytes = new Uint8Array(16)
  randomFillSync(bytes)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Math.floor(ms / 2 ** 32))
  view.setUint32(2, ms >>> 0)
  view.setUint16(6, 0x7000 | (counter & 0x0fff))
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A new id of a record born in `jurisdiction` at `now`. */
export function newId<Kind extends string>(jurisdiction: Jurisdiction, now: Instant): Id<Kind> {
  return makeId<Kind>(jurisdiction, uuidAt(now))
}
