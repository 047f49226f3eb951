// Exact rate limits in PostgreSQL: parallel requests over all processes count one by one.
import { createHash } from 'node:crypto'
import { type Database, rowOf } from '../database.ts'
import type { Limiter } from './bind.ts'

const take = `
INSERT INTO platform.allowance AS a (name, who, window_start, taken) VALUES ($1, $2, clock_timestamp(), 1)
ON CONFLICT (name, who) DO UPDATE SET
  taken = CASE WHEN a.window_start < clock_timestamp() - make_interval(secs => $3) THEN 1 ELSE a.taken + 1 END,
  window_start = CASE WHEN a.window_start < clock_timestamp() - make_interval(secs => $3) THEN clock_timestamp() ELSE a.window_start END
RETURNING taken, ceil(extract(epoch FROM window_start + make_interval(secs => $3) - clock_timestamp()))::int AS seconds`

/** The limiter of a database; `who` is stored as a hash only. */
export function makeLimiter(database: Database): Limiter {
  return {
    async take(name, who, limit) {
      const hash = createHash('sha256').update(who).digest('base64url').slice(0, 32)
      const row = await rowOf<{ taken: number; seconds: number }>(database.reader, take, [name, hash, limit.seconds])
      return row !== undefined && row.taken > limit.max ? Math.max(1, row.seconds) : undefined
    },
  }
}
