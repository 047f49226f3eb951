// Delivery of events to the reactions that hear them: exactly once in effect, the outbox rows gone in the reaction's own transaction.
import { actWithin } from '../action.ts'
import { rowOf, rowsOf, type Tx } from '../database.ts'
import type { Reaction } from '../declarations.ts'
import { getEvents } from '../events.ts'
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

/** Rows of one consumer that share a transaction, where the consumer can hear many at once. */
const mostTogether = 50

// The rows disappear in the transaction of their reaction: both happen or neither.
const takeRows = `
WITH head AS (
  SELECT consumer FROM platform.outbox WHERE jurisdiction = $1 AND due_at <= clock_timestamp() ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
)
DELETE FROM platform.outbox WHERE jurisdiction = $1 AND id IN (
  SELECT o.id FROM platform.outbox o WHERE o.jurisdiction = $1 AND o.due_at <= clock_timestamp() AND o.consumer = (SELECT consumer FROM head)
  ORDER BY o.due_at, o.id LIMIT CASE WHEN (SELECT consumer FROM head) = ANY($2) THEN $3::integer ELSE 1 END FOR UPDATE SKIP LOCKED
) RETURNING id, event_id, consumer, attempts`

const keepFailure = `
UPDATE platform.outbox SET attempts = $3, failure = $4,
  due_at = CASE WHEN $5::bigint IS NULL THEN 'infinity' ELSE clock_timestamp() + $5::bigint * interval '1 millisecond' END
WHERE jurisdiction = $1 AND id = $2`

type Row = { id: string; event_id: string; consumer: string; attempts: number }

/** Carries the rows along to where the transaction has been rolled back. */
class Undelivered extends Error {
  readonly rows: readonly Row[]
  constructor(rows: readonly Row[], cause: unknown) {
    super('undelivered', { cause })
    this.rows = rows
  }
}

/**
 * Starts delivery. Rows of one jurisdiction and consumer are delivered in the order they were written; a failed row waits (1 s, 2 s, 4 s …) while the
 * others go on, and after 12 attempts stays for a person (listFailed, retryFailed). A consumer that no reaction claims is a failure too:
 * a deployment in between must not lose what it should hear.
 */
export function startOutbox(platform: Platform, reactions: readonly Reaction[], pollMs = oneSecond): Outbox {
  const byName = new Map(reactions.map((reaction) => [reaction.name, reaction]))
  let stopped = false
  let woken = false
  let passes: Promise<unknown> = Promise.resolve()

  const together = reactions.filter((reaction) => reaction.runAll !== undefined).map((reaction) => reaction.name)

  /** Delivers the next row, or up to `most` rows when their consumer hears many at once; answers how many. */
  const deliver = (jurisdiction: string, most: number): Promise<number> =>
    platform.database.transaction(async (tx) => {
      const rows = await rowsOf<Row>(tx, takeRows, [jurisdiction, together, most])
      const [first] = rows
      if (first === undefined) return 0
      try {
        const reaction = byName.get(first.consumer)
        if (reaction === undefined) throw new Error('no such reaction')
        const ids = rows.map((row) => row.event_id)
        const events = await getEvents(tx, jurisdiction, ids)
        await actWithin(platform, tx, first.consumer, `event:${first.event_id}`, async (act) => {
          if (rows.length > 1) await reaction.runAll?.(act, events)
          else for (const event of events) await reaction.run(act, event)
        })
      } catch (error) {
        throw new Undelivered(rows, error)
      }
      return rows.length
    })

  const putOff = async (jurisdiction: string, row: Row, cause: unknown): Promise<void> => {
    const attempts = row.attempts + 1
    const failure = failureText(cause)
    const wait = attempts >= lastAttempt ? null : backOff(attempts)
    await rowsOf(platform.database.reader, keepFailure, [jurisdiction, row.id, attempts, failure, wait])
    // In the demo every text is made up, so the message may be seen.
    const err = platform.demo ? cause : undefined
    platform.log.error({ consumer: row.consumer, event: row.event_id, attempts, failure, err }, 'reaction failed')
  }

  /** Delivers what is due of one government; answers how many rows were delivered. */
  const deliverDue = async (jurisdiction: string): Promise<{ delivered: number; found: boolean }> => {
    let [delivered, found, alone, again] = [0, false, 0, 3]
    while (!stopped) {
      try {
        const count = await deliver(jurisdiction, alone > 0 ? 1 : mostTogether)
        if (count === 0) break
        delivered += count
        alone = Math.max(0, alone - 1)
        again = 3
      } catch (error) {
        if (!(error instanceof Undelivered)) throw error
        const [row, ...others] = error.rows
        if (isPassing(error.cause) && again > 0) again -= 1
        else if (others.length > 0) alone = error.rows.length
        else if (row !== undefined) {
          await putOff(jurisdiction, row, error.cause)
          again = 3
        }
      }
      found = true
    }
    return { delivered, found }
  }

  const pass = async (): Promise<number> => {
    let delivered = 0
    for (let found = true; found && !stopped; ) {
      found = false
      const due = await rowsOf<{ jurisdiction: string }>(platform.database.reader, jurisdictionsDue)
      for (const { jurisdiction } of due) {
        const outcome = await deliverDue(jurisdiction)
        delivered += outcome.delivered
        found ||= outcome.found
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
