// Timers of business time: what the program itself does when a deadline of a record is reached.
import type { Instant } from '../../kit/instant.ts'
import { actWithin } from '../action.ts'
import { rowOf, rowsOf, sqlState } from '../database.ts'
import type { TimerHandler } from '../declarations.ts'
import type { Platform } from '../platform.ts'
import { backOff, failureText, isPassing, lastAttempt } from './failure.ts'

export type Timers = {
  /** Runs what is due at `now` (business time, by default the clock's), in order of due, until nothing is left; answers how many ran. */
  runDue(now?: Instant): Promise<number>
  /** Ends after the timer in hand. */
  stop(): Promise<void>
}

const oneSecond = 1000
const batch = 100

const listDue =
  'SELECT jurisdiction, id FROM platform.timer WHERE due <= $1 AND attempts < $2 ORDER BY due, id LIMIT $3'

// Deleted before the handler runs: the handler's own event may set new timers, and a failure rolls both back.
const takeTimer = `
DELETE FROM platform.timer WHERE jurisdiction = $1 AND id = (
  SELECT id FROM platform.timer WHERE jurisdiction = $1 AND id = $2 AND due <= $3 FOR UPDATE SKIP LOCKED
) RETURNING record_kind, record_id, handler`

// An action locks its record first and then replaces the record's timers; a timer locks in the other order. It gives way well
// before PostgreSQL's deadlock check (1 s) could choose the action as its victim.
const giveWay = "SET LOCAL lock_timeout = '300ms'"
const gaveWay = '55P03'

const keepFailure =
  'UPDATE platform.timer SET attempts = attempts + 1, failure = $3 WHERE jurisdiction = $1 AND id = $2 RETURNING attempts'

type Due = { jurisdiction: string; id: string }

/**
 * Starts the timers: every second what is due runs, one transaction each, as actor `system:<handler>`. A timer that failed waits in real
 * time (1 s, 2 s, 4 s …) and after 12 attempts stays for a person. The business clock may jump: the demo calls runDue after moving it.
 */
export function startTimers(platform: Platform, handlers: readonly TimerHandler[], pollMs = oneSecond): Timers {
  const byName = new Map(handlers.map((handler) => [handler.handler, handler]))
  const putOff = new Map<string, number>()
  let stopped = false
  let passes: Promise<unknown> = Promise.resolve()

  const run = async (due: Due, now: Instant): Promise<boolean> => {
    const done = await platform.database.transaction(async (tx) => {
      await rowsOf(tx, giveWay)
      const timer = await rowOf<{ record_kind: string; record_id: string; handler: string }>(tx, takeTimer, [
        due.jurisdiction,
        due.id,
        now,
      ])
      if (timer === undefined) return false
      const handler = byName.get(timer.handler)
      if (handler === undefined) throw new Error(`no timer handler ${timer.handler}`)
      await actWithin(platform, tx, timer.handler, `timer:${due.id}`, (act) =>
        handler.run(act, { kind: timer.record_kind, id: timer.record_id }),
      )
      return true
    })
    putOff.delete(due.id)
    return done
  }

  const keep = async (due: Due, error: unknown): Promise<void> => {
    if (sqlState(error) === gaveWay || isPassing(error)) {
      putOff.set(due.id, platform.clock.real() + 200)
      return
    }
    const failure = failureText(error)
    const row = await rowOf<{ attempts: number }>(platform.database.reader, keepFailure, [
      due.jurisdiction,
      due.id,
      failure,
    ])
    const attempts = row?.attempts ?? 1
    if (attempts >= lastAttempt) putOff.delete(due.id)
    else putOff.set(due.id, platform.clock.real() + backOff(attempts))
    platform.log.error({ timer: due.id, attempts, failure, err: platform.demo ? error : undefined }, 'timer failed')
  }

  const pass = async (now: Instant): Promise<number> => {
    let ran = 0
    for (let found = true; found && !stopped; ) {
      found = false
      // Those that wait in memory would otherwise fill the page and hide the ones behind them.
      const rows = await rowsOf<Due>(platform.database.reader, listDue, [now, lastAttempt, batch + putOff.size])
      for (const due of rows) {
        if (stopped) break
        if ((putOff.get(due.id) ?? 0) > platform.clock.real()) continue
        try {
          if (await run(due, now)) {
            ran += 1
            found = true
          }
        } catch (error) {
          await keep(due, error)
        }
      }
    }
    if (ran > 0) platform.wake()
    return ran
  }

  const enqueue = (now?: Instant): Promise<number> => {
    const mine = passes.then(() => pass(now ?? platform.clock.now()))
    passes = mine.catch(() => undefined)
    return mine
  }

  let waiting = false
  const poll = setInterval(() => {
    if (waiting) return
    waiting = true
    enqueue()
      .catch((error: unknown) => platform.log.warn({ failure: failureText(error) }, 'timers could not be read'))
      .finally(() => {
        waiting = false
      })
  }, pollMs)
  poll.unref()
  return {
    runDue: enqueue,
    async stop() {
      stopped = true
      clearInterval(poll)
      await passes
    },
  }
}
