// Participation: the job that tells once a month who took part.
import { countAdultsByAge } from '../../foundation/identity/public.ts'
import { listCountedCommunities, listSeenPersons } from '../../foundation/indicators/public.ts'
import type { DivisionCode } from '../../kit/id.ts'
import { type PlainDate, today } from '../../kit/plain-date.ts'
import type { Job } from '../../platform/declarations.ts'
import type { Platform } from '../../platform/platform.ts'
import { participationActs, type TellingGroup, tellingGroups } from './contract.ts'
import { indicatorOf } from './indicators.ts'
import { tell } from './rules.ts'
import { findPublished, saveFigures } from './store.ts'

type AgeCounts = Awaited<ReturnType<typeof countAdultsByAge>>['adults']

/** What is told of counts by age: all adults first, as tellingGroups has them. */
function toldOf(counts: AgeCounts): Map<TellingGroup, number | null> {
  const { total, cells } = tell([counts['18-35'], counts['36-59'], counts['60+']])
  return new Map(tellingGroups.map((group, at) => [group, (at === 0 ? total : cells[at - 1]) ?? null]))
}

async function publishOne(platform: Platform, division: DivisionCode, year: string, day: PlainDate): Promise<void> {
  const { reader } = platform.database
  const published = await findPublished(reader, division, year)
  // Once a month: from one day to the next a change would tell of single persons.
  if (published !== undefined && published.slice(0, 7) === day.slice(0, 7)) return
  const sets = new Map(
    await Promise.all(
      participationActs.map(
        async (act) => [act, await listSeenPersons(reader, indicatorOf(act), division, year)] as const,
      ),
    ),
  )
  const { adults, within } = await countAdultsByAge(platform, reader, { division, day, sets })
  const all = toldOf(adults)
  const rows = participationActs.flatMap((act) => {
    const counts = within.get(act)
    const told = counts === undefined ? undefined : toldOf(counts)
    return tellingGroups.map((group) => ({
      act,
      age_group: group,
      persons: told?.get(group) ?? null,
      adults: all.get(group) ?? null,
    }))
  })
  await saveFigures(reader, { division, year, asOf: day }, rows)
}

/** Publishes the figures of every community where somebody took part this year, unless this month's stand already. */
export async function publishParticipation(platform: Platform): Promise<void> {
  const day = today(platform.clock.now())
  const year = day.slice(0, 4)
  // One after the other: births of thousands are opened, and nobody waits for it.
  for (const division of await listCountedCommunities(platform.database.reader, indicatorOf('any'), year))
    await publishOne(platform, division, year, day)
}

export const participationJobs: readonly Job[] = [
  { name: 'participation.publish', cron: '40 3 * * *', run: publishParticipation },
]
