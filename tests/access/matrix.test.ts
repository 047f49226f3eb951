// Every endpoint x every role x own and other place, walked from the declarations: denied unless given.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { domains } from '../../src/app/domains.ts'
import { permissionsByRole } from '../../src/app/permissions.ts'
import { type Role, roles } from '../../src/kit/roles.ts'
import { acceptNeed } from '../../src/loop/needs/contract/desk.ts'
import { submitNeed } from '../../src/loop/needs/contract.ts'
import { claimWish } from '../../src/loop/wishes/contract/claims.ts'
import { applyAsBody } from '../../src/loop/wishes/contract/givers.ts'
import { putUpWish } from '../../src/loop/wishes/contract.ts'
import type { Binding } from '../../src/platform/action.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { inputFor, type Known, recordKindOf } from './sample-input.ts'
import { makeStory } from '../support/story.ts'

const bindings = domains.flatMap((domain) => domain.routes)
const byRole = permissionsByRole(domains)
const named = bindings.filter((binding) => !['public', 'signed-in'].includes(binding.endpoint.access))

let app: TestApp
let known: Known
const own = new Map<Role, Person>()
const elsewhere = new Map<Role, Person>()
const strangerOrganization = '320000-0190f1c0-1111-7000-8000-000000000001'

/** Where a role of this level is held: the story's own place, and one that has nothing to do with it. */
const seats: Readonly<Record<string, { here: string; there: string }>> = {
  community: { here: places.community, there: places.otherCommunity },
  township: { here: places.township, there: places.otherTownship },
  county: { here: places.county, there: places.otherCounty },
  city: { here: '3205', there: '3206' },
  province: { here: '32', there: '33' },
}

beforeAll(async () => {
  app = await startApp()
  const story = await makeStory(app)
  known = { ids: { ...story.ids, ...(await makeWish()) }, division: places.community }
  for (const [role, { level }] of Object.entries(roles) as [Role, { level: string }][]) {
    const seat = seats[level]
    if (seat === undefined) throw new Error(`no seat for ${role}`)
    const organization = roles[role].reach === 'organization' ? story.organization : undefined
    own.set(role, await app.person(role, { division: seat.here, organization }))
    if (level !== 'province') {
      elsewhere.set(
        role,
        await app.person(role, {
          division: seat.there,
          organization: organization === undefined ? undefined : (strangerOrganization as typeof organization),
        }),
      )
    }
  }
}, 120_000)
afterAll(() => app.close())

/** A wish that somebody has claimed, and a supporting body that waits to be confirmed: open wishes are anybody's to claim. */
async function makeWish(): Promise<Record<string, string>> {
  const [resident, neighbour, worker] = [
    await app.person(),
    await app.person(),
    await app.person('community-worker', { division: places.community }),
  ]
  const { id: need } = await app.ok(resident, submitNeed, {
    body: { text: '想有人陪着去医院复查一次', category: '0105', division: places.community },
  })
  await app.ok(worker, acceptNeed, { params: { id: need }, body: { category: '0105', routeHint: 'wish' } })
  const { id: wish } = await app.ok(worker, putUpWish, {
    body: { need, title: '有人陪着去复查', text: '下个月去医院复查，想有人陪着', noMoney: true },
  })
  await app.ok(neighbour, claimWish, { params: { id: wish }, body: {} })
  const { id: body } = await app.ok(neighbour, applyAsBody, {
    body: { kind: 'party-branch', name: '横塘社区第一党支部', division: places.community },
  })
  return { wish, 'supporting-body': body }
}

function holds(role: Role, binding: Binding): boolean {
  const permission = binding.endpoint.access
  return (byRole.get(role)?.has(permission) ?? false) || (byRole.get('resident')?.has(permission) ?? false)
}

const send = (who: Person | 'nobody', binding: Binding) =>
  app.call(who, binding.endpoint, inputFor(binding, known) as never)

describe('access', () => {
  it('is declared by every endpoint, and every named permission is held by somebody', () => {
    const held = new Set([...byRole.values()].flatMap((permissions) => [...permissions]))
    const unheld = named
      .filter((binding) => !held.has(binding.endpoint.access))
      .map((binding) => `${binding.endpoint.name}: ${binding.endpoint.access}`)
    expect(unheld).toEqual([])
    expect(bindings.filter((binding) => binding.endpoint.access === undefined)).toEqual([])
  })

  it('is refused to nobody in particular wherever a permission is named', async () => {
    const wrong: string[] = []
    for (const binding of named) {
      const answer = await send('nobody', binding)
      if (answer.status !== 401) wrong.push(`${binding.endpoint.name}: ${answer.status}`)
    }
    expect(wrong).toEqual([])
  })

  it.each(Object.keys(roles) as Role[])('a %s gets nothing that the role was not given', async (role) => {
    const who = own.get(role)
    if (who === undefined) throw new Error('nobody holds the role')
    const wrong: string[] = []
    for (const binding of named.filter((candidate) => !holds(role, candidate))) {
      const answer = await send(who, binding)
      if (answer.status !== 403 && answer.status !== 404) wrong.push(`${binding.endpoint.name}: ${answer.status}`)
    }
    expect(wrong).toEqual([])
  })

  it.each((Object.keys(roles) as Role[]).filter((role) => roles[role].level !== 'province'))(
    'a %s from elsewhere changes no record of this place',
    async (role) => {
      const who = elsewhere.get(role)
      if (who === undefined) throw new Error('nobody holds the role elsewhere')
      const wrong: string[] = []
      for (const binding of named.filter((candidate) => candidate.kind === 'action' && holds(role, candidate))) {
        const kind = recordKindOf(binding)
        if (kind === undefined || known.ids[kind] === undefined) continue
        const answer = await send(who, binding)
        if (answer.status === 200) wrong.push(`${binding.endpoint.name}: ${answer.status}`)
      }
      expect(wrong).toEqual([])
    },
  )

  it.each((Object.keys(roles) as Role[]).filter((role) => roles[role].level !== 'province'))(
    'a %s from elsewhere sees no record of this place in any list',
    async (role) => {
      const who = elsewhere.get(role)
      if (who === undefined) throw new Error('nobody holds the role elsewhere')
      const hidden = [
        'contract',
        'service-record',
        'evaluation',
        'transfer',
        'account',
        'finding',
        'assignment',
        'supporting-body',
      ].flatMap((kind) => known.ids[kind] ?? [])
      const wrong: string[] = []
      for (const binding of named.filter(
        (candidate) => candidate.kind === 'question' && holds(role, candidate) && recordKindOf(candidate) === undefined,
      )) {
        const answer = await send(who, binding)
        const text = JSON.stringify(answer.body)
        if (hidden.some((id) => text.includes(id))) wrong.push(binding.endpoint.name)
      }
      expect(wrong).toEqual([])
    },
  )

  it('the judgement was reached: with a right and a place of their own, people meet rules, not closed doors', async () => {
    const closed: string[] = []
    for (const binding of named.filter((candidate) => candidate.kind === 'question')) {
      const role = (Object.keys(roles) as Role[]).find((candidate) =>
        byRole.get(candidate)?.has(binding.endpoint.access),
      )
      const who = role === undefined ? undefined : own.get(role)
      if (who === undefined) continue
      const answer = await send(who, binding)
      if (answer.status === 401 || answer.status === 500) closed.push(`${binding.endpoint.name}: ${answer.status}`)
    }
    expect(closed).toEqual([])
  })
})
