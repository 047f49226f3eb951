// Delivery of events to the reactions that hear them: exactly once in effect, one transaction per outbox row.
import { actWithin } from '../action.ts'
import { rowOf, rowsOf, type Tx } from '../database.ts'
import type { Reaction } from '../declarations.ts'
import { getEvent } from '../events.ts'
import type { Platform } from '../platform.ts'
import { backOff, failureText, isPassing, lastAttempt } from './failure.ts'

export type Outbox = {
  /** Says that rows may have come; delivery starts after the running code, several calls count as one. */
  wake(): void
  /** Delivers until nothing is due, what the reactions write included; answers how many rows were delivered. Waits for a pass that is running. */
  drain(): Promise<number>
  /** Ends after the row in hand. */
  stop(): Promise<void>
}

/** A row that failed for the last time and waits for a person. */
export type FailedDelivery = {
  readonly jurisdiction: string
  readonly id: string
  readonly eventId: string
  readonly consumer: string
  readonly attempts: number
  readonly failure: string
}

const oneSecond = 1000

const jurisdictionsDue =
  'SELECT DISTINCT jurisdiction FROM platform.outbox WHERE due_at <= clock_timestamp() ORDER BY jurisdiction'

// The row disappears in the transaction of its reaction: both happen or neither.
const takeRow = `
DELETE FROM platform.outbox WHERE jurisdiction = $1 AND id = (
  SELECT id FROM platform.outbox WHERE jurisdiction = $1 AND due_at <= clock_timestamp() ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id, event_id, consumer, attempts`

const keepFailure = `
UPDATE platform.outbox SET attempts = $3, failure = $4,
  due_at = CASE WHEN $5::bigint IS NULL THEN 'infinity' ELSE clock_timestamp() + $5::bigint * interval '1 millisecond' END
WHERE jurisdiction = $1 AND id = $2`

type Row = { id: string; event_id: string; consumer: string; attempts: number }

/** Carries the row along to where the transaction has been rolled back. */
class Undelivered extends Error {
  readonly row: Row
  constructor(row: Row, cause: unknown) {
    super('undelivered', { cause })
    this.row = row
  }
}

/**
 * Starts delivery. Rows of one jurisdiction are delivered in the order they were written; a failed row waits (1 s, 2 s, 4 s …) while the
 * others go on, and after 12 attempts stays for a person (listFailed, retryFailed). A consumer that no reaction claims is a failure too:
 * a deployment in between must not lose what it should hear.
 */
export function startOutbox(platform: Platform, reactions: readonly Reaction[], pollMs = oneSecond): Outbox {
  const byName = new Map(reactions.map((reaction) => [reaction.name, reaction]))
  let stopped = false
  let woken = false
  let passes: Promise<unknown> = Promise.resolve()

  const deliverOne = (jurisdiction: string): Promise<boolean> =>
    platform.database.transaction(async (tx) => {
      const row = await rowOf<Row>(tx, takeRow, [jurisdiction])
      if (row === undefined) return false
      try {
        const reaction = byName.get(row.consumer)
        if (reaction === undefined) throw new Error('no such reaction')
        const event = await getEvent(tx, jurisdiction, row.event_id)
        await actWithin(platform, tx, row.consumer, `event:${row.event_id}`, (act) => reaction.run(act, event))
      } catch (error) {
        throw new Undelivered(row, error)
      }
      return true
    })

  /** Delivers the next row; 'failed' when it did not work and was put off. */
  const next = async (jurisdiction: string, again = 3): Promise<'delivered' | 'failed' | 'none'> => {
    try {
      return (await deliverOne(jurisdiction)) ? 'delivered' : 'none'
    } catch (error) {
      if (!(error instanceof Undelivered)) throw error
      if (isPassing(error.cause) && again > 0) return next(jurisdiction, again - 1)
      const { row } = error
      const attempts = row.attempts + 1
      const failure = failureText(error.cause)
      const wait = attempts >= lastAttempt ? null : backOff(attempts)
      await rowsOf(platform.database.reader, keepFailure, [jurisdiction, row.id, attempts, failure, wait])
      // In the demo every text is made up, so the message may be seen.
      const err = platform.demo ? error.cause : undefined
      platform.log.error({ consumer: row.consumer, event: row.event_id, attempts, failure, err }, 'reaction failed')
      return 'failed'
    }
  }

  const pass = async (): Promise<number> => {
    let delivered = 0
    for (let found = true; found && !stopped; ) {
      found = false
      const due = await rowsOf<{ jurisdiction: string }>(platform.database.reader, jurisdictionsDue)
      for (const { jurisdiction } of due) {
        for (
          let outcome = await next(jurisdiction);
          outcome !== 'none' && !stopped;
          outcome = await next(jurisdiction)
        ) {
          found = true
          if (outcome === 'delivered') delivered += 1
        }
      }
    }
    return delivered
  }

  const enqueue = (): Promise<number> => {
    const mine = passes.then(pass)
    passes = mine.catch(() => undefined)
    return mine
  }

  const wake = () => {
    if (woken || stopped) return
    woken = true
    setImmediate(() => {
      if (stopped) return
      const mine = passes.then(() => {
        woken = false
        return pass()
      })
      passes = mine.catch(() => undefined)
      // The poll tries again; a database that is away is told by the health check.
      mine.catch((error: unknown) => platform.log.warn({ failure: failureText(error) }, 'outbox could not be read'))
    })
  }

  const poll = setInterval(wake, pollMs)
  poll.unref()
  return {
    wake,
    drain: enqueue,
    async stop() {
      stopped = true
      clearInterval(poll)
      await passes
    },
  }
}

/** The rows that failed for the last time, oldest first, at most `limit`. */
export async function listFailed(tx: Tx, limit = 100): Promise<FailedDelivery[]> {
  return rowsOf<FailedDelivery>(
    tx,
    `SELECT jurisdiction, id, event_id AS "eventId", consumer, attempts, coalesce(failure, '') AS failure
     FROM platform.outbox WHERE due_at = 'infinity' ORDER BY id LIMIT $1`,
    [limit],
  )
}

/** Gives a failed row its attempts again, after a person removed the cause. */
export async function retryFailed(tx: Tx, jurisdiction: string, id: string): Promise<void> {
  await rowsOf(
    tx,
    'UPDATE platform.outbox SET attempts = 0, due_at = clock_timestamp() WHERE jurisdiction = $1 AND id = $2',
    [jurisdiction, id],
  )
}

/** Seconds that the oldest due row has been waiting, and how many wait for a person: figures for the metrics. */
export async function outboxLag(tx: Tx): Promise<{ seconds: number; failed: number }> {
  const row = await rowOf<{ seconds: number; failed: number }>(
    tx,
    `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(due_at) FILTER (WHERE due_at <= clock_timestamp())), 0)::float8 AS seconds,
       (count(*) FILTER (WHERE due_at = 'infinity'))::int AS failed FROM platform.outbox`,
  )
  return row ?? { seconds: 0, failed: 0 }
}
