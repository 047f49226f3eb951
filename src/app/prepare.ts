// Brings a database to the program's schema: our numbered files and the job queues. All DDL happens here, as the owner role.
import pg from 'pg'
import { migrateJobs } from '../platform/jobs/pg-boss.ts'
import { platformJobNames } from '../platform/jobs/platform-jobs.ts'
import { migrate } from '../platform/migrate.ts'
import { domains } from './domains.ts'

/** Runs everything that `npm run migrate` stands for. Two at once: the second waits and finds nothing to do. */
export async function prepareDatabase(ownerUrl: string, log: (line: string) => void): Promise<void> {
  await migrate(ownerUrl, { log })
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    // pg-boss's own start is not safe beside another one: the session lock makes the second wait.
    await client.query('SELECT pg_advisory_lock(7320506)')
    await migrateJobs(ownerUrl, [...platformJobNames, ...domains.flatMap((domain) => domain.jobs ?? [])])
  } finally {
    await client.end()
  }
}
