// Idempotency-Key: the first answer of a caller's keyed request is kept in the act's own transaction and given again.
import { createHash } from 'node:crypto'
import type { Actor } from '../../kit/actor.ts'
import type { Endpoint } from '../../kit/endpoint.ts'
import { allow, refuse, type Ruling } from '../../kit/ruling.ts'
import type { Around } from '../action.ts'
import { rowOf, type Tx } from '../database.ts'
import { mayBeKept } from './session-cookie.ts'

/** Keys of one caller live in one jurisdiction's shard; the caller's own id names it. */
function shardOf(caller: string): string {
  return /^\d{6}-/.test(caller) ? caller.slice(0, 6) : '000000'
}

/** Who holds the key: the person, or for anonymous callers their address's keyed hash. */
export function callerOf(actor: Actor, address: string): string {
  if (actor.kind === 'person') return actor.personId
  return `address:${createHash('sha256').update(address).digest('hex').slice(0, 24)}`
}

type Kept = { endpoint: string; request_hash: string; status: number | null; answer: string | null }

/** Marks answers that were given before, so that http sends them as they were. */
export class Repeated {
  readonly answer: unknown
  constructor(answer: unknown) {
    this.answer = answer
  }
}

/**
 * Wraps an act's work: claims the key (a concurrent request with the same key waits here for the first to end), and keeps the answer
 * with the effect. A refused act keeps nothing: its transaction rolls back. Refuses key-reused when the same key comes with another request.
 */
export function idempotent(
  key: string,
  caller: string,
  endpoint: Endpoint & { readonly name: string },
  input: unknown,
): Around {
  const hash = createHash('sha256')
    .update(JSON.stringify(input, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
    .digest('hex')
  const shard = shardOf(caller)
  return async (tx: Tx, work: () => Promise<Ruling<unknown>>) => {
    const claimed = await rowOf(
      tx,
      `INSERT INTO platform.idempotency (jurisdiction, caller, key, endpoint, request_hash) VALUES ($1,$2,$3,$4,$5)
       ON CONFLICT DO NOTHING RETURNING key`,
      [shard, caller, key, endpoint.name, hash],
    )
    if (claimed === undefined) {
      const kept = await rowOf<Kept>(
        tx,
        'SELECT endpoint, request_hash, status, answer FROM platform.idempotency WHERE jurisdiction = $1 AND caller = $2 AND key = $3',
        [shard, caller, key],
      )
      if (kept === undefined || kept.endpoint !== endpoint.name || kept.request_hash !== hash)
        return refuse('key-reused', {})
      return allow(new Repeated(JSON.parse(kept.answer ?? 'null')))
    }
    const ruling = await work()
    // An answer that sets a session cookie or carries a secret is never kept: repeating a sign-in signs in anew.
    if (ruling.ok && !mayBeKept(ruling.value)) {
      await rowOf(
        tx,
        'DELETE FROM platform.idempotency WHERE jurisdiction = $1 AND caller = $2 AND key = $3 RETURNING key',
        [shard, caller, key],
      )
    } else if (ruling.ok) {
      await rowOf(
        tx,
        'UPDATE platform.idempotency SET status = 200, answer = $4 WHERE jurisdiction = $1 AND caller = $2 AND key = $3 RETURNING key',
        [shard, caller, key, JSON.stringify(ruling.value ?? null)],
      )
    }
    return ruling
  }
}
