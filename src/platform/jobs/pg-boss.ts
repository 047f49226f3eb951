// Jobs by wall clock: pg-boss in a schema of its own, made by the migrating role, used by the program's role.
import { PgBoss } from 'pg-boss'
import pg from 'pg'
import type { Job } from '../declarations.ts'
import type { Platform } from '../platform.ts'
import { failureText } from './failure.ts'

const schema = 'pgboss'

// The program's role may do everything with the rows and nothing with the tables.
const grants = `
GRANT USAGE ON SCHEMA ${schema} TO liandong_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO liandong_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO liandong_app`

/** Part of `npm run migrate`: makes or renews pg-boss's schema and one queue per job, as a role that may do DDL. Safe to repeat. */
export async function migrateJobs(ownerUrl: string, jobs: readonly Pick<Job, 'name'>[]): Promise<void> {
  // With `schedule` it also makes the queue that its own clockwork needs.
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema,
    max: 2,
    migrate: true,
    supervise: false,
    schedule: true,
  })
  boss.on('error', () => {})
  await boss.start()
  try {
    for (const job of jobs) {
      // 'exclusive': a run that lasts longer than its interval is not joined by a second one, over all server processes.
      if ((await boss.getQueue(job.name)) === null)
        await boss.createQueue(job.name, { policy: 'exclusive', retryLimit: 2, retryDelay: 30 })
    }
  } finally {
    await boss.stop({ graceful: false })
  }
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(grants)
  } finally {
    await client.end()
  }
}

export type JobRunner = {
  /** Puts a job in its queue now, beside its schedule (tests, operators); false when one is already queued or running. */
  runNow(name: string): Promise<boolean>
  stop(): Promise<void>
}

/** Starts the declared jobs with the program's own role: five-field cron in Asia/Shanghai, one run at a time over all processes. */
export async function startJobs(url: string, platform: Platform, jobs: readonly Job[]): Promise<JobRunner> {
  const boss = new PgBoss({ connectionString: url, schema, max: 4, migrate: false, createSchema: false })
  boss.on('error', (error) => platform.log.warn({ failure: failureText(error) }, 'jobs: the database did not answer'))
  await boss.start()
  for (const job of jobs) {
    await boss.work(job.name, { pollingIntervalSeconds: 2 }, async () => {
      try {
        await job.run(platform)
      } catch (error) {
        platform.log.error(
          { job: job.name, failure: failureText(error), err: platform.demo ? error : undefined },
          'job failed',
        )
        throw new Error(failureText(error))
      }
    })
    await boss.schedule(job.name, job.cron, null, { tz: 'Asia/Shanghai' })
  }
  // A job that a later version no longer declares would otherwise fill its queue for ever.
  const declared = new Set(jobs.map((job) => job.name))
  for (const schedule of await boss.getSchedules()) {
    if (!declared.has(schedule.name)) await boss.unschedule(schedule.name)
  }
  return {
    runNow: async (name) => (await boss.send(name)) !== null,
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  }
}
