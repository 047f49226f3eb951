// The demo's clock: a story comes to its end whenever the demo is made, at night, on a weekend, after holidays.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { addDays, addHours, addMinutes, instant, isAfter, type Instant } from '../../kit/instant.ts'
import { today } from '../../kit/plain-date.ts'
import { calendarOf, isWorkingDay, workingDaysFile } from '../../kit/working-days.ts'
import { makeScheduler, seededClock, workingDaysBefore } from './scheduler.ts'

const file = resolve(import.meta.dirname, '../../../data/working-days.json')
const calendar = calendarOf(workingDaysFile.parse(JSON.parse(readFileSync(file, 'utf8'))))
const hours = Array.from({ length: 7 * 24 }, (_, hour) => addHours(instant('2026-11-23T00:30:00+08:00'), hour))
const holidays = ['2026-02-18T11:00:00+08:00', '2026-10-04T20:00:00+08:00'].map(instant)

/** When each step was done of a story that begins so many working days before `end` and waits a day before each of its steps. */
async function toldUntil(end: Instant, days: number, steps: number): Promise<Instant[]> {
  const clock = seededClock(addDays(end, -60))
  const scheduler = makeScheduler(clock, async (to) => clock.set(to))
  const done: Instant[] = []
  scheduler.add(workingDaysBefore(end, days, calendar), async (time) => {
    for (let step = 0; step < steps; step += 1) {
      await time.pass(1)
      done.push(time.now())
    }
  })
  await scheduler.run(end)
  return done
}

it.each([...hours, ...holidays])(
  'a story of five days that begins six working days before %s is told whole',
  async (end) => {
    const done = await toldUntil(end, 6, 5)
    expect(done).toHaveLength(5)
    expect(done.filter((moment) => isAfter(moment, addMinutes(end, 1)))).toEqual([])
  },
)

it('people act between nine and five, from Monday to Friday', async () => {
  for (const end of hours) {
    for (const moment of await toldUntil(end, 8, 7)) {
      expect(moment.slice(11, 13) >= '01' && moment.slice(11, 13) < '09').toBe(true)
      expect(isWorkingDay(today(moment), new Map())).toBe(true)
    }
  }
})
