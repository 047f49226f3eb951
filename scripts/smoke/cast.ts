// Who plays the smoke run's thread: people of one community of the demo, three organizations, township and county.
import type { Cast, Player } from '../../src/app/demo/story.ts'
import { listOrganizations } from '../../src/registers/organizations/contract.ts'
import { listWorkers } from '../../src/registers/social-workers/contract.ts'
import type { Site } from './http.ts'

function one(list: readonly Player[], what: string): Player {
  const [found] = list
  if (found === undefined) throw new Error(`the demo has no ${what}`)
  return found
}

/** 张三丰 -> 张*丰, as lists show names. */
function maskOf(name: string): string {
  return name.length === 2
    ? `${name.slice(0, 1)}*`
    : `${name.slice(0, 1)}${'*'.repeat(name.length - 2)}${name.slice(-1)}`
}

/** Three organizations of the category with three registered social workers; those whose casework is supervised come first. */
async function biddersFor(site: Site, head: Player, category: string): Promise<Cast['bidders']> {
  const { teller } = site
  const able = await teller.act(head, listOrganizations, { query: { category: category.slice(0, 2), size: 50 } })
  const supervisorOf = (organization: string | undefined) =>
    site.withRole('social-work-supervisor').find((player) => player.organization === organization)
  const administrators = site
    .withRole('organization-administrator')
    .filter((player) => able.rows.some((row) => row.id === player.organization))
    .toSorted((a, b) => Number(!supervisorOf(a.organization)) - Number(!supervisorOf(b.organization)))
  const bidders: Cast['bidders'][number][] = []
  for (const administrator of administrators) {
    const { organization } = administrator
    if (organization === undefined || bidders.length === 3) continue
    const own = site.withRole('social-worker').filter((player) => player.organization === organization)
    if (own.length < 3) continue
    const registered = await teller.act(administrator, listWorkers, { query: { employer: organization, size: 50 } })
    const workers = registered.rows.flatMap((row) => {
      const player = own.find((candidate) => maskOf(candidate.name) === row.maskedName)
      return player === undefined ? [] : [{ worker: row.id, player }]
    })
    if (workers.length >= 3)
      bidders.push({ organization, administrator, workers, supervisor: supervisorOf(organization) })
  }
  return bidders
}

/** The people of one thread and some neighbours of one community. */
export async function castFrom(site: Site, category: string): Promise<Cast> {
  const head = one(site.withRole('community-head'), 'community head')
  const township = head.division.slice(0, 9)
  const residents = site.withRole('resident', head.division).slice(0, 8)
  const settlers = site.withRole('township-settler', township)
  const workers = site.withRole('community-worker', head.division)
  return {
    resident: one(residents, 'resident'),
    neighbours: residents.slice(1),
    worker: one(workers, 'community worker'),
    secondWorker: workers[1] ?? one(workers, 'community worker'),
    head,
    reviewer: one(site.withRole('township-reviewer', township), 'reviewer'),
    procurer: one(site.withRole('township-procurer', township), 'procurer'),
    settler: one(settlers, 'settler'),
    secondSettler: settlers[1] ?? one(site.withRole('county-finance'), 'finance officer'),
    overseer: one(site.withRole('county-overseer'), 'overseer'),
    finance: one(site.withRole('county-finance'), 'finance officer'),
    panelists: site.withRole('panelist'),
    evaluator: one(site.withRole('evaluator'), 'evaluator'),
    bidders: await biddersFor(site, head, category),
  }
}
