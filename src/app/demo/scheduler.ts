// Runs many stories on one seeded clock, in order of time: whoever waits for the earliest moment goes next, and what fell due before goes first.
import { addMilliseconds, type Instant, toMilliseconds } from '../../kit/instant.ts'
import type { Clock } from '../../platform/clock.ts'

const dayInMs = 86_400_000
const hourInMs = 3_600_000
const shanghaiAhead = 8 * hourInMs

/** The next moment from `moment` on at which an office is open: 9 to 17 o'clock in Shanghai, Monday to Friday. People of the demo act then. */
function officeHour(moment: number): number {
  const local = moment + shanghaiAhead
  const day = Math.floor(local / dayInMs)
  const hour = (local - day * dayInMs) / hourInMs
  // 1970-01-01 was a Thursday: day 0 is weekday 4.
  const weekday = (day + 4) % 7
  const open = weekday >= 1 && weekday <= 5
  if (open && hour >= 9 && hour < 17) return moment
  const next = open && hour < 9 ? day : day + 1
  const wait = [0, 6].includes((next + 4) % 7) ? ((next + 4) % 7 === 6 ? 2 : 1) : 0
  // Not everybody comes at nine sharp: the minutes of the moment spread them over the morning.
  const spread = ((moment / 60_000) % 173) * 60_000
  return Math.round((next + wait) * dayInMs + 9 * hourInMs + spread - shanghaiAhead)
}

/** A clock that only the scheduler moves; real time stays real. */
export type SeededClock = Clock & { set(to: Instant): void }

/** A clock that stands at `start` until it is set, and creeps a little with each reading so that no two events share a moment. */
export function seededClock(start: Instant): SeededClock {
  let at = start
  let readings = 0
  return {
    now() {
      readings += 1
      return addMilliseconds(at, readings)
    },
    real: () => Date.now(),
    set(to) {
      if (to > at) {
        at = to
        readings = 0
      }
    },
    async moveTo(to) {
      at = to
      return true
    },
    refresh: async () => {},
  }
}

type Sleeper = { readonly wakeAt: number; readonly order: number; readonly wake: () => void }

export type Scheduler = {
  /** Adds a story that begins at `start`. */
  add(start: Instant, tell: (time: StoryTime) => Promise<void>): void
  /** Runs all stories to their ends, or to `end`: stories that wait longer stay where they are. */
  run(end: Instant): Promise<void>
}

/** What a story sees of time. */
export type StoryTime = { now(): Instant; pass(days: number): Promise<void>; until(moment: Instant): Promise<void> }

/** `advance` moves the clock to a moment and does on the way what falls due, each thing at its own time. */
export function makeScheduler(clock: SeededClock, advance: (to: Instant) => Promise<void>): Scheduler {
  const sleepers: Sleeper[] = []
  let order = 0
  let idle: (() => void) | undefined
  let failure: unknown
  let running = 0

  const rest = () => {
    running -= 1
    if (running === 0) idle?.()
  }
  const sleepUntil = (moment: number) =>
    new Promise<void>((wake) => {
      order += 1
      sleepers.push({ wakeAt: moment, order, wake })
      rest()
    })
  const time: StoryTime = {
    now: () => clock.now(),
    pass: (days) => sleepUntil(officeHour(toMilliseconds(clock.now()) + days * dayInMs)),
    until: (moment) => sleepUntil(officeHour(toMilliseconds(moment) + 1000)),
  }
  return {
    add(start, tell) {
      order += 1
      sleepers.push({
        wakeAt: officeHour(toMilliseconds(start)),
        order,
        wake: () => {
          tell(time)
            .catch((error: unknown) => {
              failure ??= error
            })
            .finally(rest)
        },
      })
    },
    async run(end) {
      for (;;) {
        sleepers.sort((a, b) => a.wakeAt - b.wakeAt || a.order - b.order)
        const next = sleepers[0]
        if (next === undefined || next.wakeAt > toMilliseconds(end)) break
        sleepers.shift()
        await advance(addMilliseconds(end, next.wakeAt - toMilliseconds(end)))
        running = 1
        const rested = new Promise<void>((resolve) => {
          idle = resolve
        })
        next.wake()
        await rested
        if (failure !== undefined) throw failure
      }
      await advance(end)
    },
  }
}
