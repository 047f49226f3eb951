// Jobs of the platform itself that remove what has served its time.
import { rowsOf } from '../database.ts'
import type { Job } from '../declarations.ts'

const atOnce = 5000

/** Removes idempotency rows older than seven days (real time), some thousand per statement so that no lock lasts. */
export const idempotencyCleanup: Job = {
  name: 'platform.removeOldIdempotencyRows',
  cron: '17 3 * * *',
  async run(platform) {
    for (;;) {
      const rows = await rowsOf(
        platform.database.reader,
        `DELETE FROM platform.idempotency WHERE (jurisdiction, caller, key) IN (
           SELECT jurisdiction, caller, key FROM platform.idempotency WHERE at < clock_timestamp() - interval '7 days' LIMIT $1
         ) RETURNING 1`,
        [atOnce],
      )
      if (rows.length < atOnce) return
    }
  },
}
