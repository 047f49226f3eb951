// The register of social workers through its endpoints.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeUscc } from '../../kit/chinese-ids.ts'
import * as organizations from '../organizations/contract.ts'
import { today } from '../../kit/plain-date.ts'
import { qualificationOf } from '../organizations/public.ts'
import * as contract from './contract.ts'
import { getWorker, listWorkersOf, workerOfPerson } from './public.ts'

let app: TestApp
let officer: Person
let agency: string
let certificates = 0

/** A service institution in the register. */
async function registeredAgency(name: string): Promise<string> {
  const founder = await app.person()
  const { id } = await app.ok(founder, organizations.applyForOrganization, {
    body: {
      name,
      kind: 'service-institution',
      registration: 'registered',
      agency: true,
      division: places.community,
      categories: ['0102'],
      charter: '专业社会工作服务。',
    },
  })
  await app.ok(officer, organizations.acceptOrganization, { params: { id } })
  await app.ok(officer, organizations.reviewOrganization, { params: { id }, body: { opinion: '同意' } })
  certificates += 1
  const uscc = makeUscc({
    authority: '5',
    category: '2',
    division: '320505',
    orgBody: String(60_000_000 + certificates),
  })
  await app.ok(officer, organizations.registerOrganization, { params: { id }, body: { uscc } })
  return id
}

function entry(person: Person, more: Record<string, unknown> = {}) {
  certificates += 1
  return {
    person: person.id,
    certificate: `ZG2019${String(certificates).padStart(6, '0')}`,
    level: 'social-worker' as const,
    passedOn: '2019-06-20',
    division: places.community,
    employer: agency,
    ...more,
  }
}

beforeAll(async () => {
  app = await startApp()
  officer = await app.person('county-civil-affairs', { division: places.county })
  agency = await registeredAgency('虎丘区同心社工服务中心')
})
afterAll(async () => {
  await app.close()
})

test('a social worker is registered with certificate, level and employer, once', async () => {
  const person = await app.person('resident', { name: '李晓华' })
  const body = entry(person)
  const { id, number } = await app.ok(officer, contract.registerWorker, { body })
  expect(number).toMatch(/^社2\d{3}-\d{4}$/)
  const view = await app.ok(officer, contract.getWorker, { params: { id } })
  expect(view).toMatchObject({
    maskedName: '李*华',
    level: 'social-worker',
    state: 'registered',
    employer: agency,
    employerName: '虎丘区同心社工服务中心',
    hoursNeeded: 90,
  })
  expect(
    (await app.call(officer, contract.registerWorker, { body: { ...body, certificate: 'ZG2099000001' } })).problem.code,
  ).toBe('already-registered')
  const other = await app.person()
  expect(
    (await app.call(officer, contract.registerWorker, { body: { ...entry(other), certificate: body.certificate } }))
      .problem.code,
  ).toBe('certificate-taken')
  const reader = app.parts.platform.database.reader
  expect(await workerOfPerson(reader, person.id)).toMatchObject({
    id,
    personId: person.id,
    maskedName: '李*华',
    active: true,
    employer: agency,
  })
  expect(await getWorker(reader, id)).toMatchObject({ id })
  expect((await listWorkersOf(reader, agency)).map((card) => card.id)).toContain(id)
})

test('an employer counts its workers in force; a change of employer and a lapse move the count', async () => {
  const second = await registeredAgency('虎丘区向阳社工服务中心')
  const { id } = await app.ok(officer, contract.registerWorker, {
    body: entry(await app.person(), { employer: second }),
  })
  const reader = app.parts.platform.database.reader
  const counts = async () => [
    (await qualificationOf(reader, second, today(app.parts.platform.clock.now()))).certificates,
    (await qualificationOf(reader, agency, today(app.parts.platform.clock.now()))).certificates,
  ]
  const [, before = 0] = await counts()
  expect(await counts()).toEqual([1, before])
  await app.ok(officer, contract.changeEmployer, {
    params: { id },
    body: { employer: agency, division: places.community, post: 'project-lead' },
  })
  expect(await counts()).toEqual([0, before + 1])
  await app.pass(3 * 366)
  expect(await counts()).toEqual([0, 0])
  expect((await app.ok(officer, contract.getWorker, { params: { id } })).state).toBe('lapsed')
  const short = await app.call(officer, contract.renewWorker, { params: { id }, body: { hours: 89 } })
  expect([short.status, short.problem.code]).toEqual([409, 'hours-short'])
  expect(short.problem.detail).toContain('90')
  await app.ok(officer, contract.renewWorker, { params: { id }, body: { hours: 90 } })
  expect((await app.ok(officer, contract.getWorker, { params: { id } })).history.map((step) => step.state)).toEqual([
    'registered',
    'lapsed',
    'registered',
  ])
  expect(await counts()).toEqual([0, 1])
})

test('nobody registers themselves, and an employer out of the register employs nobody', async () => {
  const own = await app.call(officer, contract.registerWorker, { body: entry(officer) })
  expect([own.status, own.problem.code]).toEqual([403, 'duties-separated'])
  const body = entry(await app.person(), { employer: '320000-00000000-0000-7000-8000-00000000dead' })
  expect((await app.call(officer, contract.registerWorker, { body })).problem.code).toBe('employer-inactive')
  const stranger = await app.person('county-civil-affairs', { division: places.otherCounty })
  expect((await app.call(stranger, contract.registerWorker, { body: entry(await app.person()) })).status).toBe(403)
})

test('an organization sees its own workers only; the public sees numbers only', async () => {
  const third = await registeredAgency('虎丘区清泉社工服务中心')
  const { id } = await app.ok(officer, contract.registerWorker, {
    body: entry(await app.person(), { employer: third, level: 'senior' }),
  })
  const administrator = await app.person('organization-administrator', {
    division: places.county,
    organization: organizations.organizationId.parse(third),
  })
  expect((await app.ok(administrator, contract.listWorkers, { query: {} })).rows.map((row) => row.id)).toEqual([id])
  const competitor = await app.person('organization-administrator', {
    division: places.county,
    organization: organizations.organizationId.parse(agency),
  })
  expect((await app.call(competitor, contract.getWorker, { params: { id } })).status).toBe(403)
  expect((await app.call('nobody', contract.listWorkers, { query: {} })).status).toBe(401)
  const numbers = await app.ok('nobody', contract.workerStatistics, { query: { division: places.county } })
  expect(numbers.levels.find((line) => line.level === 'senior')?.count).toBe(1)
  expect(numbers.registered).toBe(numbers.byOrganizations + numbers.byCommunities)
  expect(
    (await app.ok('nobody', contract.workerStatistics, { query: { division: places.otherCounty } })).registered,
  ).toBe(0)
})
