// Identity: counting adults by age. Births are opened here and nowhere else; only counts leave.
import type { DivisionCode } from '../../../kit/id.ts'
import { ageOn, parsePlainDate, type PlainDate } from '../../../kit/plain-date.ts'
import type { Tx } from '../../../platform/database.ts'
import { adultAge } from '../rules.ts'
import * as residents from '../store/residents.ts'

/** Adults by age in whole years on a day; minors and persons without a known birth are in no group. */
export type AgeCounts = Readonly<Record<'18-35' | '36-59' | '60+', number>>

export type AgesOf = {
  readonly division: DivisionCode
  readonly day: PlainDate
  /** Persons by name of the set; those who live elsewhere are not counted. */
  readonly sets: ReadonlyMap<string, ReadonlySet<string>>
}

export type AdultCounts = { readonly adults: AgeCounts; readonly within: ReadonlyMap<string, AgeCounts> }

function ageGroupOf(birth: string | undefined, day: PlainDate): keyof AgeCounts | undefined {
  const born = birth === undefined ? undefined : parsePlainDate(birth)
  const age = born === undefined ? 0 : ageOn(born, day)
  if (age < adultAge) return undefined
  return age < 36 ? '18-35' : age < 60 ? '36-59' : '60+'
}

const birthPage = 500

/** How many registered adults of a community there are in each age group, and how many of them belong to each of the sets. */
export async function countAdultsByAge(
  tx: Tx,
  { division, day, sets }: AgesOf,
  open: (person: string, sealed: Buffer) => Promise<string | undefined>,
): Promise<AdultCounts> {
  const none = () => ({ '18-35': 0, '36-59': 0, '60+': 0 })
  const adults = none()
  const within = new Map([...sets.keys()].map((name) => [name, none()]))
  for (let after: residents.BirthRow | undefined; ; ) {
    const rows = await residents.listBirths(tx, division, after, birthPage)
    const groups = await Promise.all(
      rows.map(async ({ person, birth_sealed }) =>
        birth_sealed === null ? undefined : ageGroupOf(await open(person, birth_sealed), day),
      ),
    )
    for (const [at, { person }] of rows.entries()) {
      const group = groups[at]
      if (group === undefined) continue
      adults[group] += 1
      for (const [name, counts] of within) if (sets.get(name)?.has(person)) counts[group] += 1
    }
    after = rows.at(-1)
    if (after === undefined || rows.length < birthPage) return { adults, within }
  }
}
