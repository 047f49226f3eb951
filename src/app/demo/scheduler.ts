// Runs many stories on one seeded clock, in order of time: whoever waits for the earliest moment goes next, and what fell due before goes first.
import {
  addHours,
  addMilliseconds,
  addMinutes,
  compare,
  type Instant,
  isAfter,
  millisecondsBetween,
  toMilliseconds,
} from '../../kit/instant.ts'
import { today } from '../../kit/plain-date.ts'
import { addWorkingDays, isWorkingDay, startOfDay, type WorkingDayCalendar } from '../../kit/working-days.ts'
import type { Clock } from '../../platform/clock.ts'

const dayInMs = 86_400_000
const hourInMs = 3_600_000

/** Monday to Friday: a week of holidays would heap on one morning what a story spreads over its days. */
const weekdays: WorkingDayCalendar = new Map()

/** The next moment from `moment` on at which an office is open: 9 to 17 o'clock, Monday to Friday. People of the demo act then. */
function officeHour(moment: Instant): Instant {
  const date = today(moment)
  const hour = millisecondsBetween(startOfDay(date), moment) / hourInMs
  const open = isWorkingDay(date, weekdays)
  if (open && hour >= 9 && hour < 17) return moment
  const next = open && hour < 9 ? date : addWorkingDays(date, 1, weekdays).date
  // Not everybody comes at nine sharp: the minutes of the moment spread them over the morning.
  return addMinutes(startOfDay(next), 9 * 60 + (Math.floor(toMilliseconds(moment) / 60_000) % 173))
}

/**
 * Nine o'clock on the working day so many before `end`. A story that begins there and goes on over fewer working days has come to its last
 * step by then, at whatever hour of whatever day the demo is made.
 */
export function workingDaysBefore(end: Instant, days: number, calendar: WorkingDayCalendar): Instant {
  return addHours(startOfDay(addWorkingDays(today(end), -days, calendar).date), 9)
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

type Sleeper = { readonly wakeAt: Instant; readonly order: number; readonly wake: () => void }

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
  const sleepUntil = (moment: Instant) =>
    new Promise<void>((wake) => {
      order += 1
      sleepers.push({ wakeAt: officeHour(moment), order, wake })
      rest()
    })
  const time: StoryTime = {
    now: () => clock.now(),
    pass: (days) => sleepUntil(addMilliseconds(clock.now(), days * dayInMs)),
    until: (moment) => sleepUntil(addMilliseconds(moment, 1000)),
  }
  return {
    add(start, tell) {
      order += 1
      sleepers.push({
        wakeAt: officeHour(start),
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
        sleepers.sort((a, b) => compare(a.wakeAt, b.wakeAt) || a.order - b.order)
        const next = sleepers[0]
        if (next === undefined || isAfter(next.wakeAt, end)) break
        sleepers.shift()
        await advance(next.wakeAt)
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
