// One thread for tests, told through HTTP by people made for it: its records by kind.
import { readContent } from '../../src/app/demo/content.ts'
import type { Cast, Player, Teller } from '../../src/app/demo/story.ts'
import { purchaseItems } from '../../src/app/demo/thread-start.ts'
import { type Stage, tellThread, type Thread } from '../../src/app/demo/thread-story.ts'
import { makeUscc } from '../../src/kit/chinese-ids.ts'
import type { Id } from '../../src/kit/id.ts'
import { type Instant, millisecondsBetween } from '../../src/kit/instant.ts'
import type { Role } from '../../src/kit/roles.ts'
import { addPurchaseItem } from '../../src/loop/projects/contract/purchase.ts'
import * as funds from '../../src/registers/funds/contract.ts'
import * as organizations from '../../src/registers/organizations/contract.ts'
import * as workers from '../../src/registers/social-workers/contract.ts'
import { rowsOf } from '../../src/platform/database.ts'
import { type Person, places, type TestApp } from './app.ts'

const root = new URL('../..', import.meta.url).pathname

export type TestStory = {
  readonly thread: Thread
  /** An id for each kind of record that the thread made. */
  readonly ids: Readonly<Record<string, string>>
  readonly organization: Id<'organization'>
  readonly people: ReadonlyMap<string, Person>
  readonly cast: Cast
}

/** A teller over HTTP whose players are persons of the test app. */
export function tellerOf(app: TestApp, people: ReadonlyMap<string, Person>): Teller {
  const personOf = (who: Player): Person => {
    const person = people.get(who.key)
    if (person === undefined) throw new Error(`nobody plays ${who.key}`)
    return person
  }
  return {
    act: (who, endpoint, input) => app.ok(personOf(who), endpoint, input),
    async upload(who, name, bytes) {
      const file = await app.parts.platform.files.put(app.parts.platform.database.reader, {
        jurisdiction: '320505' as never,
        owner: personOf(who).id,
        name,
        bytes,
      })
      if (!file.ok) throw new Error(file.code)
      return { id: file.value.id, sha256: file.value.sha256 }
    },
    confirm: async () => {},
    now: () => app.parts.platform.clock.now(),
    pass: async (days) => {
      await app.pass(days)
    },
    async until(moment: Instant) {
      const left = millisecondsBetween(app.parts.platform.clock.now(), moment)
      await app.pass(Math.max(left, 0) / 86_400_000)
    },
  }
}

/**
 * Makes organizations, money and people around places.community, and tells one thread up to `until`. `names`: of people by their key, of
 * organizations as `organization-0` and so on; made up where left out. `through`: what hears every act of the story.
 */
export async function makeStory(
  app: TestApp,
  until: Stage = 'verdict',
  names: Readonly<Record<string, string>> = {},
  through: (teller: Teller) => Teller = (teller) => teller,
): Promise<TestStory> {
  const people = new Map<string, Person>()
  const cast = async (
    key: string,
    role: Role,
    division: string,
    organization?: Id<'organization'>,
  ): Promise<Player> => {
    const person = await app.person(role, { division, organization, name: names[key] })
    people.set(key, person)
    return { key, person: person.id, name: names[key] ?? key, role, division, organization }
  }
  const teller = through(tellerOf(app, people))
  const { county, township, community } = places
  const finance = await cast('finance', 'county-finance', county)
  const secondFinance = await cast('finance-2', 'county-finance', county)
  const officer = await cast('civil-affairs', 'county-civil-affairs', county)
  for (const code of purchaseItems)
    await teller.act(finance, addPurchaseItem, { params: { code }, body: { division: county } })
  const booked = await teller.act(finance, funds.bookSource, {
    body: { division: county, source: 'fiscal-transfer', amount: '1000000.00', document: '测试' },
  })
  await teller.act(secondFinance, funds.approveTransfer, { params: { id: booked.id } })
  const pool = (await teller.act(finance, funds.listAccounts, { query: { division: county, stage: 'pool' } })).rows[0]
  if (pool === undefined) throw new Error('no pool')
  const allotted = await teller.act(finance, funds.allot, {
    body: { account: pool.id, division: township, amount: '800000.00' },
  })
  await teller.act(secondFinance, funds.approveTransfer, { params: { id: allotted.id } })

  const bidders: Cast['bidders'][number][] = []
  for (let index = 0; index < 3; index += 1) {
    const founder = await cast(`founder-${index}`, 'resident', community)
    const applied = await teller.act(founder, organizations.applyForOrganization, {
      body: {
        name: names[`organization-${index}`] ?? `测试社会工作服务中心${index + 1}`,
        kind: 'service-institution',
        registration: 'registered',
        agency: true,
        division: county,
        categories: ['01', '02', '09', '11'],
        charter: '测试用章程',
      },
    })
    const params = { id: applied.id }
    await teller.act(officer, organizations.acceptOrganization, { params })
    await teller.act(officer, organizations.reviewOrganization, { params, body: { opinion: '符合条件' } })
    await teller.act(officer, organizations.registerOrganization, {
      params,
      body: {
        uscc: makeUscc({ authority: '5', category: '2', division: '320505', orgBody: `0000${index + 1}234` }),
        registeredOn: '2019-01-01' as never,
      },
    })
    const organization = applied.id as Id<'organization'>
    const administrator = await cast(`administrator-${index}`, 'organization-administrator', county, organization)
    const own: { worker: string; player: Player }[] = []
    for (let seat = 0; seat < 3; seat += 1) {
      const player = await cast(`worker-${index}-${seat}`, 'social-worker', county, organization)
      const registered = await teller.act(officer, workers.registerWorker, {
        body: {
          person: player.person,
          certificate: `测试证书${index}${seat}0000`,
          level: 'social-worker',
          passedOn: '2024-06-01' as never,
          employer: organization,
          division: county,
        },
      })
      own.push({ worker: registered.id, player })
    }
    bidders.push({ organization, administrator, workers: own })
  }
  const panelists: Player[] = []
  for (let seat = 0; seat < 7; seat += 1) panelists.push(await cast(`panelist-${seat}`, 'panelist', county))
  const neighbours: Player[] = []
  for (let seat = 0; seat < 4; seat += 1) neighbours.push(await cast(`neighbour-${seat}`, 'resident', community))
  const players: Cast = {
    resident: await cast('resident', 'resident', community),
    neighbours,
    worker: await cast('worker', 'community-worker', community),
    secondWorker: await cast('worker-2', 'community-worker', community),
    head: await cast('head', 'community-head', community),
    reviewer: await cast('reviewer', 'township-reviewer', township),
    procurer: await cast('procurer', 'township-procurer', township),
    settler: await cast('settler', 'township-settler', township),
    secondSettler: await cast('settler-2', 'township-settler', township),
    overseer: await cast('overseer', 'county-overseer', county),
    finance,
    panelists,
    evaluator: await cast('evaluator', 'evaluator', county),
    bidders,
  }
  const { need, project } = told()
  const thread = await tellThread(teller, players, [need], project, { until, tell: () => {} })
  await app.settle()
  const rows = await rowsOf<{ kind: string; id: string }>(
    app.parts.platform.database.reader,
    'SELECT DISTINCT ON (record_kind) record_kind AS kind, record_id AS id FROM platform.event ORDER BY record_kind, id DESC',
  )
  const organization = bidders[0]?.organization as Id<'organization'>
  return {
    thread,
    organization,
    people,
    cast: players,
    ids: {
      ...Object.fromEntries(rows.map((row) => [row.kind, row.id])),
      organization,
      person: people.get('resident')?.id ?? '',
    },
  }
}

/** What every story of the tests is about. */
function told() {
  const content = readContent(root)
  const project = content.projects.find((candidate) => candidate.key === 'p11')
  const need = content.needs.find((candidate) => candidate.key === project?.needs[0])
  if (project === undefined || need === undefined) throw new Error('the demo content lacks its thread')
  return { need, project }
}

/** Another approved project of the same people, designed alike. Answers its id. */
export async function approvedProject(app: TestApp, { people, cast }: TestStory): Promise<string> {
  const { need, project } = told()
  const thread = await tellThread(tellerOf(app, people), cast, [need], project, { until: 'approved', tell: () => {} })
  await app.settle()
  return thread.project ?? ''
}
