// The demo's world: one county, two townships with all their communities, residents, staff of every role, organizations, social workers, money.
import { makeUscc } from '../../kit/chinese-ids.ts'
import { asDivision, type DivisionCode, type Id } from '../../kit/id.ts'
import { type Role, roles } from '../../kit/roles.ts'
import { granted } from '../../kit/ruling.ts'
import { childrenOf } from '../../foundation/divisions/public.ts'
import { assign, createPerson } from '../../foundation/identity/public.ts'
import * as organizations from '../../registers/organizations/contract.ts'
import * as workers from '../../registers/social-workers/contract.ts'
import { systemAct } from '../../platform/action.ts'
import type { Content } from './content.ts'
import { county, type Maker, townshipCodes } from './ground.ts'
import type { Player } from './story.ts'
import { bookMoney, listPurchases, registerPurchasers } from './world-money.ts'

/** The one password of every demo account; the demo's sign-in page does not need it. */
export const demoPassword = 'Liandong-demo-2026'

export type DemoOrganization = {
  readonly id: string
  readonly name: string
  readonly agency: boolean
  readonly evaluator: boolean
  readonly categories: readonly string[]
  readonly administrator: Player
  readonly supervisor?: Player
  readonly workers: { readonly worker: string; readonly player: Player }[]
}

export type World = {
  /** Staff by `<division> <role>`. */
  readonly staff: ReadonlyMap<string, readonly Player[]>
  readonly residents: ReadonlyMap<DivisionCode, readonly Player[]>
  readonly communities: readonly DivisionCode[]
  readonly organizations: readonly DemoOrganization[]
}

/** Everybody with a role at a division, in order. */
export function staffOf(world: World, division: string, role: Role): readonly Player[] {
  return world.staff.get(`${division} ${role}`) ?? []
}

async function makePlayer(
  maker: Maker,
  options: {
    name: string
    role: Role
    division: DivisionCode
    birth?: string
    phone?: string
    residence?: DivisionCode
    department?: string
    organization?: Id<'organization'>
    organizationName?: string
    account?: string
    verified?: boolean
  },
): Promise<Player> {
  const { platform } = maker
  const person = granted(
    await systemAct(platform, 'demo.makePerson', (act) =>
      createPerson(act, {
        name: options.name,
        phone: options.phone,
        birth: options.birth ?? '1984-03-12',
        residence: options.residence,
        verified: options.verified ?? true,
        ...(options.role === 'resident'
          ? {}
          : {
              officialName: options.name,
              account: options.account,
              password: options.account === undefined ? undefined : demoPassword,
            }),
      }),
    ),
  )
  const assignment =
    options.role === 'resident'
      ? undefined
      : granted(
          await systemAct(platform, 'demo.assign', (act) =>
            assign(act, {
              person,
              role: options.role,
              division: options.division,
              organization: options.organization,
              organizationName: options.organizationName,
              department: options.department,
            }),
          ),
        )
  return {
    key: options.name,
    person,
    name: options.name,
    role: options.role,
    division: options.division,
    organization: options.organization,
    department: options.department,
    assignment,
  }
}

async function makeStaff(maker: Maker, communities: readonly DivisionCode[]): Promise<Map<string, Player[]>> {
  const staff = new Map<string, Player[]>()
  const seats: Record<string, number> = {}
  let index = 0
  for (const member of maker.content.staff) {
    const role = (member.role === 'supervisor' ? 'social-work-supervisor' : member.role) as Role
    if (member.place === 'organization' || role === 'social-work-supervisor' || !(role in roles)) continue
    const township =
      member.place === 'township-1' ? townshipCodes[0] : member.place === 'township-2' ? townshipCodes[1] : undefined
    let division: DivisionCode =
      member.place === 'city' ? asDivision('3205') : member.place === 'province' ? asDivision('32') : county
    if (township !== undefined) {
      const below = communities.filter((code) => code.startsWith(township))
      const seat = seats[`${township} ${role}`] ?? 0
      seats[`${township} ${role}`] = seat + 1
      if (roles[role].level === 'community') {
        // One head per community; workers go round.
        if (role === 'community-head' && seat >= below.length) continue
        division = below[seat % below.length] ?? township
      } else division = township
    }
    index += 1
    const department = role === 'department-officer' ? `department-${index + 1}` : undefined
    const player = await makePlayer(maker, {
      name: member.name,
      role,
      division,
      department,
      account: staff.has(`${division} ${role}`) ? undefined : `${role}-${index}`,
    })
    const key = `${division} ${role}`
    staff.set(key, [...(staff.get(key) ?? []), player])
  }
  return staff
}

async function makeResidents(maker: Maker, communities: readonly DivisionCode[]): Promise<Map<DivisionCode, Player[]>> {
  const residents = new Map<DivisionCode, Player[]>()
  for (const [index, resident] of maker.content.residents.entries()) {
    const community = communities[index % communities.length]
    if (community === undefined) throw new Error('the townships have no communities')
    // One in nine has not been confirmed yet, as in any real place.
    const player = await makePlayer(maker, {
      name: resident.name,
      role: 'resident',
      division: community,
      residence: community,
      birth: resident.birth,
      phone: resident.phone,
      verified: index % 9 !== 8,
    })
    residents.set(community, [...(residents.get(community) ?? []), player])
  }
  return residents
}

/** Each class that the projects buy in has at least four agencies that can serve it: competition needs competitors. */
function withCompetitors(content: Content): ReadonlyMap<string, readonly string[]> {
  const agencies = content.organizations.filter((organization) => organization.agency)
  const categories = new Map(agencies.map((agency) => [agency.name, [...agency.categories]]))
  for (const [turn, project] of content.projects.entries()) {
    const wanted = project.category.slice(0, 2)
    for (let step = 0; step < agencies.length; step += 1) {
      const able = [...categories.values()].filter((own) => own.includes(wanted)).length
      const own = categories.get(agencies[(turn * 2 + step) % agencies.length]?.name ?? '')
      if (able < 4 && own !== undefined && !own.includes(wanted)) own.push(wanted)
    }
  }
  return categories
}

async function makeOrganizations(
  maker: Maker,
  staff: ReadonlyMap<string, readonly Player[]>,
  residents: ReadonlyMap<DivisionCode, readonly Player[]>,
): Promise<DemoOrganization[]> {
  const { teller, content } = maker
  const [officer, second] = staff.get(`${county} county-civil-affairs`) ?? []
  if (officer === undefined || second === undefined) throw new Error('the demo has no county civil affairs')
  const founders = [...residents.values()].flat()
  const administrators = content.staff.filter((member) => member.role === 'organization-administrator')
  const supervisors = content.staff.filter((member) => member.role === 'supervisor')
  const made: DemoOrganization[] = []
  const able = withCompetitors(content)
  let workerIndex = 0
  for (const [index, organization] of content.organizations.entries()) {
    const founder = founders[index * 3]
    const administratorName = administrators[index]?.name
    if (founder === undefined || administratorName === undefined)
      throw new Error('too few people for the organizations')
    const filed = organization.standing === 'filed'
    const categories = able.get(organization.name) ?? organization.categories
    const division = filed ? (founder.division as DivisionCode) : county
    const applied = await teller.act(founder, organizations.applyForOrganization, {
      body: {
        name: organization.name,
        kind: organization.kind,
        registration: organization.standing,
        agency: organization.agency,
        division,
        communityClass: organization.class as never,
        categories: [...categories],
        address: organization.address,
        charter: organization.charter,
      },
    })
    const params = { id: applied.id as never }
    if (filed) {
      const [reviewer] = staff.get(`${division.slice(0, 9)} township-reviewer`) ?? []
      if (reviewer === undefined) throw new Error('no reviewer to file an organization')
      await teller.act(reviewer, organizations.fileOrganization, { params })
    } else {
      const category =
        organization.kind === 'association' || organization.kind === 'community-organization'
          ? '1'
          : organization.kind === 'foundation'
            ? '3'
            : '2'
      await teller.act(officer, organizations.acceptOrganization, { params })
      await teller.act(officer, organizations.reviewOrganization, {
        params,
        body: { opinion: '材料齐全，符合登记条件。' },
      })
      await teller.act(second, organizations.registerOrganization, {
        params,
        body: {
          uscc: makeUscc({ authority: '5', category, division: '320505', orgBody: organization.serial }),
          registeredOn: organization.founded as never,
        },
      })
      if (organization.rating !== undefined)
        await teller.act(officer, organizations.setRating, { params, body: { rating: organization.rating } })
    }
    const id = applied.id as Id<'organization'>
    const administrator = await makePlayer(maker, {
      name: administratorName,
      role: 'organization-administrator',
      division: county,
      organization: id,
      organizationName: organization.name,
      account: index === 0 ? 'organization-1' : undefined,
    })
    const supervisorName = organization.agency ? supervisors.shift()?.name : undefined
    const supervisor =
      supervisorName === undefined
        ? undefined
        : await makePlayer(maker, {
            name: supervisorName,
            role: 'social-work-supervisor',
            division: county,
            organization: id,
            organizationName: organization.name,
          })
    const own: { worker: string; player: Player }[] = []
    const count = organization.agency ? 7 : 0
    for (let seat = 0; seat < count; seat += 1) {
      const worker = content.socialWorkers[workerIndex]
      if (worker === undefined) break
      workerIndex += 1
      const player = await makePlayer(maker, {
        name: worker.name,
        role: 'social-worker',
        division: county,
        birth: worker.birth,
        organization: id,
        organizationName: organization.name,
        account: workerIndex === 1 ? 'worker-1' : undefined,
      })
      const registered = await teller.act(officer, workers.registerWorker, {
        body: {
          person: player.person as never,
          certificate: `虚构SW3205${String(workerIndex).padStart(6, '0')}`,
          level: worker.level,
          passedOn: '2022-06-18' as never,
          employer: id,
          division: county,
          post: 'frontline',
        },
      })
      own.push({ worker: registered.id, player })
    }
    made.push({
      id,
      name: organization.name,
      agency: organization.agency,
      evaluator: organization.evaluator ?? false,
      categories,
      administrator,
      supervisor,
      workers: own,
    })
  }
  return made
}

/** Makes the world before the first story begins. */
export async function makeWorld(maker: Maker): Promise<World> {
  const communities = townshipCodes.flatMap((township) => childrenOf(township).map((node) => asDivision(node.code)))
  const staff = await makeStaff(maker, communities)
  const residents = await makeResidents(maker, communities)
  const made = await makeOrganizations(maker, staff, residents)
  await bookMoney(maker, staff)
  await listPurchases(maker, staff)
  await registerPurchasers(maker, staff)
  return { staff, residents, communities, organizations: made }
}

/** One person per role and, for residents and communities, some more: who can be become on the demo's sign-in page. */
export function demoPeople(world: World): {
  id: string
  name: string
  role: string
  division: string
  assignment?: string
  organization?: string
  organizationName?: string
}[] {
  const entry = (player: Player, organizationName?: string) => ({
    id: player.person,
    name: player.name,
    role: player.role,
    division: player.division,
    assignment: player.assignment,
    organization: player.organization,
    organizationName,
  })
  const residents = world.communities.flatMap((community) =>
    (world.residents.get(community) ?? []).slice(0, 12).map((player) => entry(player)),
  )
  const staff = [...world.staff.values()].flat().map((player) => entry(player))
  const undertakers = world.organizations.flatMap((organization) =>
    [
      organization.administrator,
      ...(organization.supervisor === undefined ? [] : [organization.supervisor]),
      ...organization.workers.slice(0, 3).map(({ player }) => player),
    ].map((player) => entry(player, organization.name)),
  )
  return [...residents, ...staff, ...undertakers]
}
