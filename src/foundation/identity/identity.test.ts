// Identity through its endpoints: residents at the counter, statements per act, roles and delegation.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeCitizenId } from '../../kit/chinese-ids.ts'
import type { Id } from '../../kit/id.ts'
import { addDays, plainDateOf, today } from '../../kit/plain-date.ts'
import { systemAct } from '../../platform/action.ts'
import * as session from './contract.ts'
import * as credentials from './contract/credentials.ts'
import * as residents from './contract/residents.ts'
import * as roles from './contract/roles.ts'
import { demoInbox, listHolders, listPeople, mayActFor, registerResidentOnBehalf } from './public.ts'

const contract = { ...session, ...credentials, ...residents, ...roles }

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

let numbers = 0
function newPhone(): string {
  numbers += 1
  return `138${String(20_000_000 + numbers)}`
}

function cookieOf(answer: Answer<unknown>): Person {
  const header = answer.headers['set-cookie']
  const text = Array.isArray(header) ? header.join(';') : String(header)
  return { id: (answer.body as { id: Id<'person'> }).id, role: 'resident', cookie: text.split(';')[0] ?? '' }
}

async function codeFor(phone: string): Promise<string> {
  await app.ok('nobody', contract.requestPhoneCode, { body: { phone } })
  return demoInbox(app.parts.platform, phone)[0]?.code ?? ''
}

async function resident(phone = newPhone()): Promise<Person> {
  const code = await codeFor(phone)
  return cookieOf(
    await app.call('nobody', contract.signInByPhone, {
      body: { phone, code, name: '王小明', division: places.community },
    }),
  )
}

describe("at the community's counter", () => {
  const card = (sequence: number) => makeCitizenId({ place: '320505', birth: plainDateOf('1980-05-06'), sequence })

  it('a worker verifies a resident once; the number belongs to one person; nobody verifies themselves', async () => {
    const worker = await app.person('community-worker')
    const [first, second] = [await resident(), await resident()]
    const verify = (id: string, who: Person = worker) =>
      app.call(who, contract.verifyResident, { params: { id }, body: { name: '王晓明', idNumber: card(101) } })
    expect((await verify(first.id)).body).toMatchObject({ state: 'verified' })
    expect((await verify(second.id)).problem.code).toBe('id-number-taken')
    expect((await verify(worker.id)).problem.code).toBe('not-oneself')
    expect(
      (await verify(second.id, await app.person('community-worker', { division: places.otherCommunity }))).status,
    ).toBe(404)
    expect(await app.ok(first, contract.getSession)).toMatchObject({
      verified: true,
      adult: true,
      person: { name: '王晓明' },
    })
    expect((await app.call(first, contract.setName, { body: { name: '别名' } })).problem.code).toBe('verified-name')
    await app.ok(first, contract.setResidence, { body: { division: places.otherCommunity } })
    expect((await app.ok(first, contract.getSession)).verified).toBe(false)
  })

  it('is found by the whole number when a register needs the person, by masked name only', async () => {
    const phone = newPhone()
    const self = await resident(phone)
    const county = await app.person('county-civil-affairs', { division: places.county })
    const found = await app.ok(county, contract.lookUpPerson, { body: { phone } })
    expect(found).toEqual({ rows: [{ id: self.id, name: '王*明' }] })
    expect((await app.ok(county, contract.lookUpPerson, { body: { phone: newPhone() } })).rows).toEqual([])
    expect((await app.call(self, contract.lookUpPerson, { body: { phone } })).status).toBe(403)
  })

  it('sees masks; one field in clear is for a purpose, and the resident sees who looked', async () => {
    const worker = await app.person('community-worker', { name: '周敏' })
    const phone = newPhone()
    const self = await resident(phone)
    const found = await app.ok(worker, contract.findResident, { body: { phone } })
    expect(found.rows).toMatchObject([{ id: self.id, maskedName: '王*明', maskedPhone: `138****${phone.slice(-4)}` }])
    const stranger = await app.person('community-worker', { division: places.otherCommunity })
    expect((await app.ok(stranger, contract.findResident, { body: { phone } })).rows).toEqual([])
    expect((await app.call(stranger, contract.getResident, { params: { id: self.id } })).status).toBe(404)
    const key = crypto.randomUUID()
    const shown = await app.ok(
      worker,
      contract.revealResident,
      { params: { id: self.id }, body: { field: 'phone', purpose: 'home-visit' } },
      { key },
    )
    expect(shown.value).toBe(phone)
    const kept = await app.parts.platform.database.pool.query('SELECT 1 FROM platform.idempotency WHERE key = $1', [
      key,
    ])
    expect(kept.rowCount).toBe(0)
    expect((await app.ok(self, contract.listLooks)).rows).toMatchObject([
      { field: 'phone', purpose: 'home-visit', by: '周敏', role: 'community-worker' },
    ])
    expect(
      (
        await app.call(worker, contract.revealResident, {
          params: { id: self.id },
          body: { field: 'birth', purpose: 'home-visit' },
        })
      ).problem.code,
    ).toBe('nothing-on-record')
  })

  it('lists residents of its own community page by page', async () => {
    const worker = await app.person('community-worker')
    const first = await app.ok(worker, contract.listResidents, { query: { size: 2 } })
    expect(first.rows.every((row) => row.division === places.community)).toBe(true)
    expect(first.count?.n).toBeGreaterThan(2)
    const second = await app.ok(worker, contract.listResidents, { query: { size: 2, cursor: first.next } })
    expect(second.rows.some((row) => first.rows.some((other) => other.id === row.id))).toBe(false)
    expect((await app.ok(worker, contract.listResidents, { query: { division: places.otherCommunity } })).rows).toEqual(
      [],
    )
  })

  it('registers who comes without a phone of their own account, and finds the same person again', async () => {
    const worker = await app.person('community-worker', { division: places.otherCommunity })
    const phone = newPhone()
    const body = { name: '孙阿姨', phone, division: places.otherCommunity }
    const { id } = await app.ok(worker, contract.registerResident, { body })
    expect((await app.ok(worker, contract.registerResident, { body })).id).toBe(id)
    expect((await resident(phone)).id).toBe(id)
    const elsewhere = await systemAct(app.parts.platform, 'test', (act) =>
      registerResidentOnBehalf(act, { ...body, division: places.community }),
    )
    expect(elsewhere).toMatchObject({ ok: false, code: 'lives-elsewhere' })
  })

  it('a relative named by number may act until revoked', async () => {
    const phone = newPhone()
    const self = await resident()
    const { id } = await app.ok(self, contract.giveProxy, { body: { phone } })
    const relative = await resident(phone)
    const acts = () =>
      mayActFor(app.parts.platform.database.reader, relative.id, self.id, app.parts.platform.clock.now())
    expect(await acts()).toBe(true)
    await app.ok(self, contract.revokeProxy, { params: { id } })
    expect(await acts()).toBe(false)
  })
})

describe('statements', () => {
  it('a session is read in one, an act takes at most eight', async () => {
    const { statements } = app.parts.platform.database
    const counted = async (work: () => Promise<unknown>) => {
      const before = statements.count
      await work()
      return statements.count - before
    }
    const worker = await app.person('community-worker')
    const self = await resident()
    const reads = []
    // The outbox works beside it: the least of some reads is the read alone.
    for (let read = 0; read < 5; read += 1)
      reads.push(await counted(() => app.parts.http.sessions.read(worker.cookie.split('=')[1] ?? '')))
    expect(Math.min(...reads)).toBe(1)
    const idNumber = makeCitizenId({ place: '320505', birth: plainDateOf('1970-01-01'), sequence: 7 })
    // One of them reads the session.
    await app.settle()
    expect(
      await counted(() =>
        app.ok(worker, contract.verifyResident, { params: { id: self.id }, body: { name: '钱七', idNumber } }),
      ),
    ).toBeLessThanOrEqual(9)
    const security = await app.person('security-administrator', { division: places.county })
    await app.settle()
    expect(
      await counted(() =>
        app.ok(security, contract.giveAssignment, {
          body: { person: self.id, role: 'grid-worker', division: places.community },
        }),
      ),
    ).toBeLessThanOrEqual(9)
    const phone = newPhone()
    const code = await codeFor(phone)
    const signIn = () =>
      app.ok('nobody', contract.signInByPhone, { body: { phone, code, name: '冯八', division: places.otherCommunity } })
    // The rate limit's counter and the try at the code stand before the act.
    await app.settle()
    expect(await counted(signIn)).toBeLessThanOrEqual(11)
  })
})

describe('roles', () => {
  it('are given by a security administrator of the county, never to oneself, never twice, and end at once', async () => {
    const security = await app.person('security-administrator', { division: places.county })
    const self = await app.person('community-worker')
    const give = (person: string, role: 'grid-leader' | 'audit-administrator', division: string) =>
      app.call(security, contract.giveAssignment, { body: { person, role, division } })
    const given = await give(self.id, 'grid-leader', places.community)
    expect(given.status).toBe(200)
    expect((await give(self.id, 'grid-leader', places.community)).problem.code).toBe('already-given')
    expect((await give(security.id, 'grid-leader', places.community)).problem.code).toBe('to-oneself')
    expect((await give(self.id, 'audit-administrator', places.county)).problem.code).toBe('administrators-apart')
    expect((await give(self.id, 'grid-leader', `${places.otherCounty}001001`)).status).toBe(403)
    await app.ok(self, contract.switchAssignment, { body: { assignment: given.body.id } })
    await app.ok(security, contract.endAssignment, { params: { id: given.body.id } })
    expect((await app.ok(self, contract.getSession)).assignments.map((held) => held.role)).toEqual(['community-worker'])
    const rows = (await app.ok(security, contract.listAssignments, { query: { role: 'grid-leader', state: 'ended' } }))
      .rows
    expect(rows.map((row) => row.id)).toContain(given.body.id)
    expect((await app.ok(security, contract.getAssignment, { params: { id: given.body.id } })).actions).toMatchObject([
      { verb: 'endAssignment', ok: false, code: 'not-in-this-state' },
    ])
  })

  it("are delegated to a colleague for a period and die with the giver's own", async () => {
    const [head, worker, security] = [
      await app.person('community-head'),
      await app.person('community-worker'),
      await app.person('security-administrator', { division: places.county }),
    ]
    const own = (await app.ok(head, contract.getSession)).assignments[0]?.id ?? ''
    const day = today(app.parts.platform.clock.now())
    const stranger = await app.person('community-worker', { division: places.otherCommunity })
    const ask = (person: string, until: string) =>
      app.call(head, contract.delegateAssignment, { body: { assignment: own, person, until } })
    expect((await ask(stranger.id, addDays(day, 5))).problem.code).toBe('not-a-colleague')
    expect((await ask(worker.id, addDays(day, 100))).problem.code).toBe('delegation-too-long')
    const delegated = (await ask(worker.id, addDays(day, 5))).body.id
    expect((await app.ok(worker, contract.listDelegations)).received.map((row) => row.id)).toEqual([delegated])
    await app.ok(worker, contract.switchAssignment, { body: { assignment: delegated } })
    const actor = await app.parts.http.sessions.read(worker.cookie.split('=')[1] ?? '')
    expect(actor?.grants[0]).toMatchObject({ role: 'community-head', delegatedFrom: head.id })
    expect(
      (
        await app.call(worker, contract.delegateAssignment, {
          body: { assignment: delegated, person: head.id, until: day },
        })
      ).problem.code,
    ).toBe('no-further-delegation')
    await app.ok(security, contract.endAssignment, { params: { id: own } })
    const after = await app.parts.http.sessions.read(worker.cookie.split('=')[1] ?? '')
    expect(after?.grants.map((grant) => grant.role)).toEqual(['resident'])
  })

  it('are found by place, upwards, and persons by their ids', async () => {
    const reviewer = await app.person('township-reviewer', { division: places.township, name: '吴芳' })
    const { reader } = app.parts.platform.database
    expect(await listHolders(reader, 'township-reviewer', places.community)).toContain(reviewer.id)
    expect(await listHolders(reader, 'township-reviewer', places.otherTownship)).not.toContain(reviewer.id)
    const people = await listPeople(reader, [reviewer.id, '320000-00000000-0000-7000-8000-000000000000'])
    expect([...people.values()]).toMatchObject([{ id: reviewer.id, officialName: '吴芳', maskedName: '吴*' }])
  })
})
