// A panelist tied to a bidder cannot be drawn: by a role, an office, the founding, employment, present or past, by a declared tie; nor who designed or ran it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assign } from '../../src/foundation/identity/public.ts'
import { addDays, today } from '../../src/kit/plain-date.ts'
import { granted } from '../../src/kit/ruling.ts'
import { leavePanel } from '../../src/loop/procurement/contract/desk.ts'
import { verifyAward } from '../../src/loop/procurement/contract/verification.ts'
import * as contract from '../../src/loop/procurement/contract.ts'
import { systemAct } from '../../src/platform/action.ts'
import { addStaff, endStaff, getOrganization } from '../../src/registers/organizations/contract.ts'
import { changeEmployer, registerWorker } from '../../src/registers/social-workers/contract.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import * as room from '../support/sealed-bids.ts'

let app: TestApp
let it: room.Room
/** Who is tied, by how. */
const tied = new Map<string, Person>()
let free: Person
let drawn: readonly string[] = []

const expert = () => app.person('panelist', { division: places.county })

async function give(person: Person, gift: { role: string; division: string; organization?: string; until?: string }) {
  granted(
    await systemAct(app.parts.platform, 'test.assign', (act) => assign(act, { person: person.id, ...gift } as never)),
  )
}

/** Every tie that the registers know, each held by an expert of the county of its own. */
beforeAll(async () => {
  app = await startApp()
  it = await room.planSealed(app)
  const [bidder] = it.bidders
  if (bidder === undefined) throw new Error('no bidder')
  const { organization, administrator } = bidder
  const officer = it.player('civil-affairs')
  const day = today(app.parts.platform.clock.now())
  const member = { role: 'organization-member', division: places.county, organization }
  for (const how of ['role', 'former role', 'office', 'former office', 'employment', 'former employment', 'kinship'])
    tied.set(how, await expert())
  const who = (how: string): Person => {
    const person = tied.get(how)
    if (person === undefined) throw new Error(how)
    return person
  }
  await give(who('role'), member)
  await give(who('former role'), { ...member, until: addDays(day, 1) })
  for (const how of ['office', 'former office'])
    await app.ok(administrator, addStaff, {
      params: { id: organization as never },
      body: { person: who(how).id, duty: 'project-lead' },
    })
  const { staff = [] } = (await app.ok(administrator, getOrganization, { params: { id: organization as never } })) as {
    staff?: { id: string; person: string }[]
  }
  const ended = staff.find((each) => each.person === who('former office').id)
  await app.ok(administrator, endStaff, {
    params: { id: organization as never, staff: (ended?.id ?? '') as never },
    body: {},
  })
  for (const how of ['employment', 'former employment']) {
    const registered = await app.ok(officer, registerWorker, {
      body: {
        person: who(how).id,
        certificate: `测试证书-${how}`,
        level: 'social-worker',
        passedOn: '2024-06-01' as never,
        employer: organization as never,
        division: places.county,
      },
    })
    if (how === 'former employment')
      await app.ok(officer, changeEmployer, {
        params: { id: registered.id as never },
        body: { division: places.county },
      })
  }
  for (const [how, key] of [
    ['founding', 'founder-0'],
    ['design', 'worker'],
  ] as const) {
    const person = it.player(key)
    await give(person, { role: 'panelist', division: places.county })
    tied.set(how, person)
  }
  free = await expert()

  await room.closedWithThree(it)
  const [procurer, overseer] = it.openers
  const session = await room.startSession(it, procurer)
  for (const opener of [procurer, overseer]) await room.hand(it, opener)
  const { pair } = await room.combineIn(it, procurer, session)
  if (pair === undefined) throw new Error('the key did not come together')
  await room.openAll(it, procurer, pair)
  await app.ok(it.head, contract.confirmOpening, { params: { id: it.tender } })
  await app.ok(it.procurer, contract.appointPanel, {
    params: { id: it.tender },
    body: { excluded: [{ person: who('kinship').id, reason: '本人声明：与应征组织负责人是姐弟' }] },
  })
  drawn = (await app.ok(it.procurer, contract.getTender, { params: { id: it.tender } })).draw?.list ?? []
}, 240_000)
afterAll(() => app?.close())

test('who is free of ties is among those drawn from, and the seven of the pool too', () => {
  expect(drawn).toContain(free.id)
  expect(drawn).toHaveLength(8)
})

test.each([
  'role',
  'former role',
  'office',
  'former office',
  'founding',
  'employment',
  'former employment',
  'kinship',
  'design',
])('tied by %s: not on the list that the panel is drawn from', (how) => {
  const person = tied.get(how)
  expect(person).toBeDefined()
  expect(drawn).not.toContain(person?.id)
})

test('a tied expert gets neither the bids nor a sheet', async () => {
  const { bids } = await app.ok(it.procurer, contract.getTender, { params: { id: it.tender } })
  for (const person of tied.values()) {
    const answer = await app.call(person, contract.scoreBid, {
      params: { id: it.tender },
      body: { bid: (bids[0]?.id ?? '') as never, points: [100] },
    })
    expect([403, 404]).toContain(answer.status)
  }
})

test('who declares a tie after the draw makes way for the next one drawn, who is not tied either; the award verifies', async () => {
  const panelOf = async () =>
    ((await app.ok(it.procurer, contract.getTender, { params: { id: it.tender } })).panel ?? []).filter(
      (each) => !each.replaced,
    )
  const [first] = await panelOf()
  const leaver = [free, ...['0', '1', '2', '3', '4', '5', '6'].map((seat) => it.player(`panelist-${seat}`))].find(
    (each) => each.id === first?.person,
  )
  if (leaver === undefined) throw new Error('nobody leaves')
  await app.ok(leaver, leavePanel, { params: { id: it.tender }, body: { reason: '与应征组织的员工是亲戚' } })
  const panel = await panelOf()
  expect(panel).toHaveLength(5)
  expect(panel.map((each) => each.person)).not.toContain(leaver.id)
  const persons = new Set([...tied.values()].map((each) => each.id))
  expect(panel.filter((each) => persons.has(each.person as never))).toEqual([])
  const everybody = [free, ...['0', '1', '2', '3', '4', '5', '6'].map((seat) => it.player(`panelist-${seat}`))]
  const { bids } = await app.ok(it.procurer, contract.getTender, { params: { id: it.tender } })
  for (const { person } of panel)
    for (const bid of bids)
      await app.ok(everybody.find((each) => each.id === person) ?? 'nobody', contract.scoreBid, {
        params: { id: it.tender },
        body: { bid: bid.id as never, points: [80] },
      })
  await app.ok(it.procurer, contract.proposeAward, { params: { id: it.tender } })
  expect(await app.ok('nobody', verifyAward, { params: { id: it.tender } })).toEqual({
    sound: true,
    bids: 3,
    sheets: 15,
    uncovered: 0,
    faults: [],
  })
})
