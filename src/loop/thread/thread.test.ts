// The thread on a real database: the same line from every record, and who sees what of it, as a matrix.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { places, startApp, type TestApp } from '../../../tests/support/app.ts'
import type { Actor, Reach, RoleReach } from '../../kit/actor.ts'
import { asDivision, type Id, jurisdictionOf, makeId, type RecordRef } from '../../kit/id.ts'
import { addDays } from '../../kit/instant.ts'
import { fen } from '../../kit/money.ts'
import { allow, granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import { uuidAt } from '../../platform/clock.ts'
import type { RecordCard, RecordKind, Station } from '../../platform/declarations.ts'
import type { EventDraft } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import * as contract from './contract.ts'
import { threadRoutes } from './routes.ts'

const stations: readonly Station[] = [
  { station: 'need', hears: ['needs.submitNeed'], party: 'resident', facing: 'public' },
  {
    station: 'project',
    hears: ['projects.approveProject'],
    party: 'community',
    facing: 'public',
    money: (event) => ({ kind: 'budget', amount: event.amount ?? 0n }),
  },
  {
    station: 'procurement',
    hears: ['procurement.enterBid'],
    party: 'organization',
    facing: 'readers',
    money: (event) => ({ kind: 'award', amount: event.amount ?? 0n }),
  },
  { station: 'contract', hears: ['contracts.activateContract'], party: 'organization', facing: 'public' },
  {
    station: 'payment',
    hears: ['funds.approveTransfer'],
    party: 'government',
    facing: 'public',
    money: (event) => ({ kind: 'paid', amount: event.amount ?? 0n }),
  },
]

let app: TestApp
let platform: Platform
const cards = new Map<string, RecordCard>()
const refs = {
  openNeed: ref('need'),
  privateNeed: ref('need'),
  otherNeed: ref('need'),
  project: ref('project'),
  tender: ref('tender'),
  bidA: ref('bid'),
  bidB: ref('bid'),
  contract: ref('contract'),
  transfer: ref('transfer'),
}
const organizationA = makeId<'organization'>(jurisdictionOf(asDivision('32')), crypto.randomUUID())
const organizationB = makeId<'organization'>(jurisdictionOf(asDivision('32')), crypto.randomUUID())
const residentId = makeId<'person'>(jurisdictionOf(asDivision('32')), crypto.randomUUID())

function ref(kind: string): RecordRef {
  return { kind, id: makeId(jurisdictionOf(asDivision('320505')), crypto.randomUUID()) }
}

function card(of: RecordRef, open: boolean, reach: Partial<Reach> = {}, state = 'active'): void {
  cards.set(of.id, {
    ref: of,
    number: `${of.kind}-1`,
    title: open ? '公开的标题' : undefined,
    state,
    division: places.community,
    open,
    reach: { division: places.community, ...reach },
  })
}

function kind(name: string, permission: string): [string, RecordKind] {
  return [name, { kind: name, permission, cards: async (_tx, ids) => ids.flatMap((id) => cards.get(id) ?? []) }]
}

beforeAll(async () => {
  app = await startApp()
  platform = {
    ...app.parts.platform,
    stations,
    records: new Map([
      kind('need', 'needs.readPrivate'),
      kind('project', 'projects.read'),
      kind('tender', 'procurement.read'),
      kind('bid', 'procurement.readBid'),
      kind('contract', 'contracts.read'),
      kind('transfer', 'funds.read'),
    ]),
  }
  card(refs.openNeed, true, { persons: [residentId] }, 'responding')
  card(refs.privateNeed, false, { persons: [residentId], confidential: true }, 'responding')
  card(refs.otherNeed, true, {}, 'responding')
  card(refs.project, true)
  card(refs.tender, true, { organizations: [organizationA, organizationB] })
  card(refs.bidA, false, { organizations: [organizationA], confidential: true })
  card(refs.bidB, false, { organizations: [organizationB], confidential: true })
  card(refs.contract, true, { organizations: [organizationA] })
  card(refs.transfer, false, { organizations: [organizationA] })
  const write = (name: string, of: RecordRef, links: readonly RecordRef[] = [], more: Partial<EventDraft> = {}) =>
    systemAct(app.parts.platform, 'test.write', async (act) => {
      act.record({ name, of, division: places.community, links, ...more })
      return allow(undefined)
    }).then(granted)
  for (const need of [refs.openNeed, refs.privateNeed, refs.otherNeed]) await write('needs.submitNeed', need)
  await write('projects.approveProject', refs.project, [refs.openNeed, refs.privateNeed], { amount: fen(13_200_000n) })
  await write('procurement.publishTender', refs.tender, [refs.project])
  await write('procurement.enterBid', refs.bidA, [refs.tender], {
    amount: fen(12_850_000n),
    organization: organizationA,
  })
  await write('procurement.enterBid', refs.bidB, [refs.tender], {
    amount: fen(12_900_000n),
    organization: organizationB,
  })
  await write('contracts.activateContract', refs.contract, [refs.tender, refs.project], { organization: organizationA })
  const due = addDays(platform.clock.now(), 10)
  await write('funds.approveTransfer', refs.transfer, [refs.contract], {
    amount: fen(7_710_000n),
    waiting: [{ verb: 'x', permission: 'funds.read', division: places.community, due }],
  })
  // Another project of the same need is another line.
  await write('projects.approveProject', ref('project'), [refs.otherNeed])
})
afterAll(() => app?.close())

function actor(
  role: string,
  reach: RoleReach,
  permissions: readonly string[],
  more: { organization?: Id<'organization'>; person?: Id<'person'> } = {},
): Actor {
  const grant = {
    role,
    reach,
    permissions: new Set(permissions),
    division: places.community,
    organizationId: more.organization,
  }
  return {
    kind: 'person',
    personId: more.person ?? makeId<'person'>(jurisdictionOf(asDivision('32')), uuidAt(platform.clock.now())),
    sessionId: 's',
    verified: true,
    adult: true,
    grants: [grant],
  }
}

async function ask(of: RecordRef, who: Actor) {
  const binding = threadRoutes[0]
  const ruling = await binding?.run(platform, { actor: who, correlation: 'test', language: 'zh-CN' }, { params: of })
  return ruling?.ok ? contract.threadView.parse(ruling.value) : undefined
}

const nobody: Actor = { kind: 'anonymous', grants: [] }
const who = {
  nobody: () => nobody,
  stranger: () => actor('resident', 'self', ['needs.readPrivate']),
  resident: () => actor('resident', 'self', ['needs.readPrivate'], { person: residentId }),
  worker: () => actor('community-worker', 'place', ['needs.readPrivate', 'projects.read']),
  competitor: () =>
    actor('organization-member', 'organization', ['procurement.read', 'procurement.readBid', 'contracts.read'], {
      organization: organizationB,
    }),
  undertaker: () =>
    actor(
      'organization-member',
      'organization',
      ['procurement.read', 'procurement.readBid', 'contracts.read', 'funds.read'],
      { organization: organizationA },
    ),
  settler: () =>
    actor('township-settler', 'place', ['funds.read', 'contracts.read', 'procurement.readBid', 'needs.readPrivate']),
}

describe('one line', () => {
  it('forward from the need and backward from the payment reach each other', async () => {
    const forward = await ask(refs.openNeed, who.settler())
    expect(forward?.stations.map((station) => `${station.station}:${station.state}`)).toEqual([
      'need:done',
      'project:done',
      'procurement:done',
      'contract:done',
      'payment:now',
      'evaluation:next',
      'verdict:next',
    ])
    expect(forward?.stations.find((station) => station.station === 'payment')?.due).toBeDefined()
    const backward = await ask(refs.transfer, who.settler())
    expect(backward?.needs.map((need) => need.id).sort()).toEqual([refs.openNeed.id, refs.privateNeed.id].sort())
    expect(backward?.needs.find((need) => need.id === refs.openNeed.id)?.sentence).toBe('公开的标题')
    expect(backward?.money).toEqual(forward?.money)
  })

  it('from a need its neighbours’ needs in the same project stay out; from the contract all are there, other lines are not', async () => {
    expect((await ask(refs.openNeed, who.settler()))?.needs).toHaveLength(1)
    const ofContract = await ask(refs.contract, who.settler())
    expect(ofContract?.needs).toHaveLength(2)
    expect(JSON.stringify(ofContract)).not.toContain(refs.otherNeed.id)
  })
})

describe('who sees what', () => {
  const matrix: [keyof typeof who, { privateNeed: boolean; bidA: boolean; bidB: boolean; transfer: boolean }][] = [
    ['nobody', { privateNeed: false, bidA: false, bidB: false, transfer: false }],
    ['stranger', { privateNeed: false, bidA: false, bidB: false, transfer: false }],
    ['resident', { privateNeed: true, bidA: false, bidB: false, transfer: false }],
    ['worker', { privateNeed: true, bidA: false, bidB: false, transfer: false }],
    ['competitor', { privateNeed: false, bidA: false, bidB: true, transfer: false }],
    ['undertaker', { privateNeed: false, bidA: true, bidB: false, transfer: true }],
  ]
  it.each(matrix)('%s', async (name, sees) => {
    const view = await ask(refs.contract, who[name]())
    const text = JSON.stringify(view)
    expect(text.includes(refs.privateNeed.id)).toBe(sees.privateNeed)
    expect(text.includes(refs.bidA.id)).toBe(sees.bidA)
    expect(text.includes(refs.bidB.id)).toBe(sees.bidB)
    expect(text.includes(refs.transfer.id)).toBe(sees.transfer)
    // A bid's price is its organization's; what was paid is public money.
    expect(text.includes('128500.00')).toBe(sees.bidA)
    expect(text.includes('129000.00')).toBe(sees.bidB)
    expect(text.includes('77100.00')).toBe(true)
    expect(view?.needs).toHaveLength(2)
    expect(view?.needs.find((need) => need.private)?.id !== undefined).toBe(sees.privateNeed)
    expect(view?.stations.find((station) => station.station === 'need')?.sealed).toBe(!sees.privateNeed)
    // That something is sealed is told, how many bids are is not.
    expect(view?.stations.find((station) => station.station === 'procurement')).toMatchObject({
      sealed: true,
      closed: 0,
    })
  })

  it('a private need and a competitor’s bid are not even there for those who may not read them', async () => {
    for (const name of ['nobody', 'stranger', 'competitor'] as const)
      expect(await ask(refs.privateNeed, who[name]())).toBeUndefined()
    expect(await ask(refs.bidA, who.competitor())).toBeUndefined()
    expect(await ask(refs.privateNeed, who.resident())).toBeDefined()
    expect((await app.call('nobody', contract.getThread, { params: ref('need') })).status).toBe(404)
    expect((await app.call('nobody', contract.getThread, { params: { kind: 'need', id: 'x' } })).status).toBe(422)
  })

  it('anyone may walk from the payment, whose record itself stays closed', async () => {
    const view = await ask(refs.transfer, nobody)
    expect(view?.stations.find((station) => station.station === 'payment')).toMatchObject({
      records: [],
      closed: 1,
      money: [{ kind: 'paid', amount: '77100.00' }],
    })
    expect(view?.needs.some((need) => need.sentence === '公开的标题')).toBe(true)
  })
})
