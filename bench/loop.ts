// One whole thread, from the resident's sentence to the verdict: round trips and database statements of each step.
import { AsyncLocalStorage } from 'node:async_hooks'
import { join } from 'node:path'
import { compose, type Parts } from '../src/app/compose.ts'
import { readContent } from '../src/app/demo/content.ts'
import { inProcess } from '../src/app/demo/in-process.ts'
import { settle } from '../src/app/demo/routes.ts'
import { makeScheduler, type SeededClock, seededClock } from '../src/app/demo/scheduler.ts'
import { castOf } from '../src/app/demo/stories.ts'
import type { NamedEndpoint, Teller } from '../src/app/demo/story.ts'
import { tellThread } from '../src/app/demo/thread-story.ts'
import { makeWorld } from '../src/app/demo/world.ts'
import { loadDivisions } from '../src/foundation/divisions/public.ts'
import { addDays, instant, type Instant } from '../src/kit/instant.ts'
import { rowOf } from '../src/platform/database.ts'
import { makeLog } from '../src/platform/log.ts'
import { openBenchDatabase } from './bench-database.ts'
import { tableOf } from './table.ts'

const root = join(import.meta.dirname, '..')

/** Statements that an action may send, BEGIN and COMMIT, session and idempotency apart. */
const target = 8

/** A call under way: what is sent on its behalf is counted until it has answered. */
type CallUnderWay = { statements: string[]; answered: boolean }
type Tally = { readonly kind: 'act' | 'question'; readonly counts: number[]; worst: readonly string[] }

/** Wraps a teller so that each call is counted by endpoint. In process there is no session and no idempotency row: what is counted is the act. */
function counted(teller: Teller, calls: AsyncLocalStorage<CallUnderWay>, tallies: Map<string, Tally>): Teller {
  const act = async <E extends NamedEndpoint>(
    who: Parameters<Teller['act']>[0],
    endpoint: E,
    input: Parameters<Teller['act']>[2],
  ) => {
    const call: CallUnderWay = { statements: [], answered: false }
    const answer = await calls.run(call, () => teller.act(who, endpoint, input as never))
    // What is delivered in the background afterwards belongs to no call.
    call.answered = true
    const tally = tallies.get(endpoint.name) ?? {
      kind: endpoint.method === 'GET' ? 'question' : 'act',
      counts: [],
      worst: [],
    }
    if (call.statements.length > Math.max(0, ...tally.counts)) tally.worst = call.statements
    tally.counts.push(call.statements.length)
    tallies.set(endpoint.name, tally)
    return answer
  }
  return { ...teller, act: act as Teller['act'] }
}

/** Moves the clock to `to` and does on the way what falls due. */
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

/** Tells the demo's first thread to its end; answers what each call sent. */
export async function tellOne(parts: Parts, clock: SeededClock, end: Instant): Promise<Map<string, Tally>> {
  const { platform } = parts
  const calls = new AsyncLocalStorage<CallUnderWay>()
  const tallies = new Map<string, Tally>()
  platform.database.statements.listener = (text) => {
    const call = calls.getStore()
    if (call !== undefined && !call.answered) call.statements.push(text)
  }
  const content = readContent(root)
  const scheduler = makeScheduler(clock, (to) => advance(parts, clock, to))
  scheduler.add(clock.now(), async (time) => {
    const world = await makeWorld({ platform, teller: inProcess(platform, time), content })
    const [community] = world.communities
    const project = content.projects.find((candidate) => candidate.key === 'p01')
    const contents = project?.needs.flatMap((key) => content.needs.find((need) => need.key === key) ?? [])
    if (community === undefined || project === undefined || contents === undefined)
      throw new Error('the demo lacks its first thread')
    const teller = counted(inProcess(platform, time), calls, tallies)
    await tellThread(teller, castOf(world, community, 0, [project.category]), contents, project, {
      until: 'verdict',
      tell: () => {},
    })
  })
  await scheduler.run(end)
  return tallies
}

/** Measures and prints; true when every action stays within the target. */
export async function benchLoop(): Promise<boolean> {
  const database = await openBenchDatabase('fresh')
  try {
    const end = instant(new Date())
    const clock = seededClock(addDays(end, -420))
    const parts = await compose({
      root,
      databaseUrl: database.appUrl,
      dataDir: database.dataDir,
      demo: true,
      clock,
      log: makeLog('warn'),
      poolSize: 6,
    })
    try {
      await loadDivisions(parts.platform.database.reader)
      const tallies = [...(await tellOne(parts, clock, end))]
      const over = tallies.filter(([, tally]) => tally.kind === 'act' && Math.max(...tally.counts) > target)
      const rows = tallies.map(([name, { kind, counts }]) => {
        const [least, most] = [Math.min(...counts), Math.max(...counts)]
        return [
          name,
          kind,
          String(counts.length),
          least === most ? String(most) : `${least}–${most}`,
          kind === 'question' ? '' : most <= target ? 'yes' : 'no',
        ]
      })
      const trips = tallies.reduce((sum, [, { counts }]) => sum + counts.length, 0)
      const sent = tallies.reduce((sum, [, { counts }]) => sum + counts.reduce((one, other) => one + other, 0), 0)
      console.log(
        `\nloop: one thread, ${trips} round trips, ${sent} statements without BEGIN/COMMIT, session and idempotency; target <= ${target} for each action\n`,
      )
      console.log(tableOf(['step', 'kind', 'round trips', 'statements', 'reached'], rows))
      if (process.env['BENCH_SHOW'] !== undefined) {
        for (const [name, { worst }] of over)
          console.log(
            `\n${name}\n${worst.map((text) => `  ${text.replace(/\s+/g, ' ').trim().slice(0, 160)}`).join('\n')}`,
          )
      }
      return over.length === 0
    } finally {
      await parts.close()
    }
  } finally {
    await database.stop()
  }
}
