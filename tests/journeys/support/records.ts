// Finding records of the demo that a journey can act on, by asking the program as the people who may see them.
import { demoPeople, type DemoPerson, type Visit } from './visit.ts'

export type Row = {
  readonly id: string
  readonly number?: string
  readonly title?: string
  readonly state: string
  readonly division?: string
}
type Station = { readonly station: string; readonly state: string; readonly label: string }
export type ThreadAnswer = { readonly stations: readonly Station[]; readonly finished: boolean }

/** Rows of a list, as the person of this window sees them. */
export async function rowsOf<R = Row>(visit: Visit, path: string): Promise<readonly R[]> {
  return (await visit.send<{ rows: readonly R[] }>('GET', path)).rows
}

/** A public need whose thread has been walked to its verdict through all ten stations. */
export async function finishedThread(visit: Visit): Promise<string> {
  const projects = await rowsOf(visit, '/api/projects?division=320505&state=completed&size=50')
  for (const project of projects) {
    const { needs } = await visit.send<{ needs: readonly { id: string }[] }>('GET', `/api/projects/${project.id}`)
    for (const need of needs) {
      const thread = await visit.send<ThreadAnswer>('GET', `/api/threads/need/${need.id}`).catch(() => undefined)
      if (thread && thread.stations.filter((station) => station.state === 'done').length === 10) return need.id
    }
  }
  throw new Error(`no thread of the demo is finished; ${projects.length} projects are completed`)
}

/** A resident for whom an act waits, with the record; the window becomes that resident. */
export async function residentWith(
  visit: Visit,
  verb: string,
): Promise<{ readonly person: DemoPerson; readonly record: string }> {
  for (const person of (await demoPeople()).filter((each) => each.role === 'resident')) {
    await visit.become(person)
    const rows = await rowsOf<{ verb: string; of: { id: string } }>(visit, '/api/my-work')
    const found = rows.find((row) => row.verb === verb)
    if (found) return { person, record: found.of.id }
  }
  throw new Error(`no resident of the demo has to ${verb}`)
}

/** Residents of one community whose identity was checked, so that what they do counts. */
export async function verifiedResidents(visit: Visit, count: number): Promise<readonly DemoPerson[]> {
  const found: DemoPerson[] = []
  for (const person of (await demoPeople()).filter((each) => each.role === 'resident')) {
    if (found[0] && found[0].division !== person.division) continue
    await visit.become(person)
    if ((await visit.send<{ verified: boolean }>('GET', '/api/session')).verified) found.push(person)
    if (found.length === count) return found
  }
  throw new Error(`fewer than ${count} verified residents live in one community`)
}

/** Raises a need as a person, past the page; answers its id. */
export async function raise(
  visit: Visit,
  person: DemoPerson,
  need: {
    readonly text: string
    readonly visibility?: 'public' | 'private'
    readonly point?: { readonly lat: number; readonly long: number }
  },
): Promise<string> {
  await visit.become(person)
  const { id } = await visit.send<{ id: string }>('POST', '/api/needs', {
    text: need.text,
    category: '0803',
    division: person.division,
    forWhom: 'self',
    visibility: need.visibility ?? 'public',
    point: need.point,
    files: [],
  })
  return id
}

/** Becomes the first person of some roles for whom an act waits on this record. */
export async function becomeWhoMust(
  visit: Visit,
  roles: readonly string[],
  verb: string,
  record: string,
): Promise<DemoPerson> {
  for (const person of (await demoPeople()).filter((each) => roles.includes(each.role))) {
    await visit.become(person)
    const rows = await rowsOf<{ verb: string; of: { id: string } }>(visit, '/api/my-work?size=100')
    if (rows.some((row) => row.verb === verb && row.of.id === record)) return person
  }
  throw new Error(`nobody among ${roles.join(', ')} has to ${verb} ${record}`)
}

/** A resident of the community where most is going on: motions under discussion, services under way, an answered need of one's own. */
export async function residentOfLiveliest(visit: Visit): Promise<DemoPerson> {
  const residents = (await demoPeople()).filter((each) => each.role === 'resident')
  const counts = new Map<string, number>()
  for (const division of new Set(residents.map((each) => each.division))) {
    const lists = [`/api/motions?division=${division}&size=20`, `/api/projects?division=${division}&size=20`]
    const rows = (await Promise.all(lists.map((list) => rowsOf(visit, list)))).flat()
    const open = rows.filter((row) =>
      ['discussing', 'voting', 'published', 'delivering', 'contracted'].includes(row.state),
    )
    counts.set(division, open.length)
  }
  const best = Math.max(...counts.values())
  const there = residents.filter((each) => counts.get(each.division) === best)
  for (const person of there) {
    await visit.become(person)
    if ((await rowsOf<{ verb: string }>(visit, '/api/my-work')).some((row) => row.verb === 'giveVerdict')) return person
  }
  const [first] = there
  if (!first) throw new Error('nobody lives here')
  return first
}
