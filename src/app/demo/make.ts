// Makes the demo county on an empty database: through the program's own actions, on a seeded clock, in order of time.
import type { Logger } from 'pino'
import { publishParticipation } from '../../insight/participation/reactions.ts'
import { loadDivisions } from '../../foundation/divisions/public.ts'
import { addDays, instant, type Instant } from '../../kit/instant.ts'
import { openDatabase, rowOf } from '../../platform/database.ts'
import { sealAll } from '../../platform/seal/seal.ts'
import { compose, type Parts } from '../compose.ts'
import { ConfigError } from '../config-error.ts'
import { readContent } from './content.ts'
import { inProcess } from './in-process.ts'
import { settle } from './routes.ts'
import { makeScheduler, type SeededClock, seededClock, workingDaysBefore } from './scheduler.ts'
import { planStories } from './stories.ts'
import { demoPeople, makeWorld } from './world.ts'

export type DemoOptions = {
  readonly root: string
  readonly databaseUrl: string
  readonly dataDir: string
  readonly fieldKeys?: string
  readonly log: Logger
}

/** A making of the demo was cut off before its end. */
export class HalfMadeDemo extends ConfigError {
  constructor() {
    super(
      '上次生成演示数据时中断了，请清空该数据库后重试。The making of the demo was cut off: empty this database and start again.',
    )
  }
}

/** Days of history that the demo has. */
const historyDays = 420

/**
 * Makes the demo when the database is empty; leaves a demo that is there alone. Throws ConfigError on a database whose data the demo did
 * not make, HalfMadeDemo where a making was cut off: the embedded database is then made anew.
 */
export async function ensureDemo(options: DemoOptions, say: (line: string) => void): Promise<void> {
  const database = openDatabase(options.databaseUrl, { max: 1 })
  try {
    const made = await rowOf(database.reader, "SELECT 1 AS one FROM platform.fact WHERE name = 'made-by-demo'")
    if (made !== undefined) return
    const begun = await rowOf(database.reader, "SELECT 1 AS one FROM platform.fact WHERE name = 'demo-begun'")
    if (begun !== undefined) throw new HalfMadeDemo()
    const used = await rowOf(database.reader, 'SELECT 1 AS one FROM platform.event LIMIT 1')
    if (used !== undefined) {
      throw new ConfigError(
        '这个数据库里已有不是演示程序生成的数据，演示模式拒绝启动。The demo refuses a database whose data it did not make.',
      )
    }
  } finally {
    await database.close()
  }
  await makeDemo(options, say)
}

/** Moves the seeded clock to `to`, stopping at every timer that falls due on the way. */
async function advance(parts: Parts, clock: SeededClock, to: Instant): Promise<void> {
  for (;;) {
    const next = await rowOf<{ due: Instant | null }>(
      parts.platform.database.reader,
      'SELECT min(due) AS due FROM platform.timer WHERE due < $1 AND attempts = 0',
      [to],
    )
    if (next?.due === null || next?.due === undefined) break
    clock.set(next.due)
    await settle(parts)
  }
  clock.set(to)
  await settle(parts)
}

async function makeDemo(options: DemoOptions, say: (line: string) => void): Promise<void> {
  const started = performance.now()
  say('正在生成演示县区（人物和数据均为虚构）…  Making the demo county (made up) …')
  const end = instant(new Date())
  const clock = seededClock(addDays(end, -historyDays))
  const parts = await compose({ ...options, demo: true, clock, poolSize: 6 })
  try {
    const { platform } = parts
    await rowOf(
      platform.database.reader,
      "INSERT INTO platform.fact (name, value) VALUES ('demo-begun', 'true') RETURNING name",
    )
    await loadDivisions(platform.database.reader)
    const content = readContent(options.root)
    const scheduler = makeScheduler(clock, (to) => advance(parts, clock, to))
    scheduler.add(clock.now(), async (time) => {
      const world = await makeWorld({ platform, teller: inProcess(platform, time), content })
      const stories = planStories(world, content, {
        start: clock.now(),
        end,
        ago: (days) => workingDaysBefore(end, days, platform.calendar),
      })
      for (const story of stories) scheduler.add(story.start, (own) => story.tell(inProcess(platform, own)))
      await rowOf(
        platform.database.reader,
        "INSERT INTO platform.fact (name, value) VALUES ('demo-people', $1::jsonb) ON CONFLICT (name) DO UPDATE SET value = excluded.value RETURNING name",
        [JSON.stringify(demoPeople(world))],
      )
    })
    await scheduler.run(end)
    // What the nightly job would have told by now.
    await publishParticipation(platform)
    // The first heads exist from the start: what the demo made cannot be changed unnoticed either.
    await sealAll(platform.database, parts.keys.seal)
    await rowOf(
      platform.database.reader,
      "INSERT INTO platform.fact (name, value) VALUES ('made-by-demo', $1::jsonb) RETURNING name",
      [JSON.stringify({ at: end })],
    )
  } finally {
    await parts.close()
  }
  say(`演示县区已生成 The demo county is made (${Math.round((performance.now() - started) / 1000)} s)`)
}
