// Search over everything: by number and by words, strangers find what is open, readers what they may read, nobody a private need.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchRecords } from '../../src/foundation/notices/contract.ts'
import { submitNeed } from '../../src/loop/needs/contract.ts'
import { getProject } from '../../src/loop/projects/contract.ts'
import { applyForOrganization, getOrganization } from '../../src/registers/organizations/contract.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { makeStory, type TestStory } from '../support/story.ts'

let app: TestApp
let story: TestStory

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app)
}, 120_000)
afterAll(() => app?.close())

function one(key: string): Person {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}

const project = () => story.thread.project ?? ''

const find = (who: Person | 'nobody', q: string, kind?: string) => app.ok(who, searchRecords, { query: { q, kind } })

async function kindsFound(who: Person | 'nobody', q: string): Promise<string[]> {
  return [...new Set((await find(who, q)).results.map((row) => row.kind))]
}

test('a stranger finds by words what the line left in the open, of every kind that bears its title', async () => {
  const { title = '' } = await app.ok('nobody', getProject, { params: { id: project() } })
  const found = await find('nobody', title)
  expect(found.results.map((row) => row.kind)).toEqual(expect.arrayContaining(['project', 'tender', 'contract']))
  expect(found.kinds.find((kind) => kind.kind === 'project')).toMatchObject({ kindName: '项目', n: 1 })
  const row = found.results.find((each) => each.kind === 'project')
  expect(row).toMatchObject({
    id: project(),
    title,
    path: `/projects/${project()}`,
    stateName: '已完成',
  })
  expect(row?.divisionName).toBeTruthy()
  expect((await find('nobody', title, 'project')).results.map((row) => row.kind)).toEqual(['project'])
})

test('an organization is found by the beginning of its name', async () => {
  const { name } = await app.ok('nobody', getOrganization, { params: { id: story.organization } })
  const found = await find('nobody', name, 'organization')
  expect(found.results[0]).toMatchObject({ id: story.organization, title: name })
})

test('a number finds its record and no other, however it is typed', async () => {
  const { number = '' } = await app.ok('nobody', getProject, { params: { id: project() } })
  const [year, value] = number.replace(/^\D+/, '').split('-')
  for (const typed of [number, `项 ${year}－${value}`, `项${year}—${Number(value)}`]) {
    expect((await find('nobody', typed)).results.map((row) => row.id)).toEqual([project()])
  }
  const bare = await find('nobody', `${year}-${value}`)
  expect(bare.results.map((row) => row.id)).toContain(project())
  expect(bare.results.length).toBeGreaterThan(1)
  expect((await find('nobody', `项${year}-${Number(value) + 5000}`)).results).toEqual([])
})

test('what is not open is found by those alone who may read it', async () => {
  const finance = one('finance')
  expect(await kindsFound(finance, '资2026-0001')).toEqual(['transfer'])
  for (const who of [
    'nobody',
    one('resident'),
    await app.person('county-finance', { division: places.otherCounty }),
  ] as const) {
    expect(await kindsFound(who, '资2026-0001')).toEqual([])
  }
  const { platform } = app.parts
  const [record] =
    (await platform.records
      .get('service-record')
      ?.cards(platform.database.reader, [story.ids['service-record'] ?? ''])) ?? []
  const finders: string[] = []
  for (const key of ['administrator-0', 'administrator-1', 'administrator-2', 'resident', 'head']) {
    if ((await kindsFound(one(key), record?.number ?? '')).includes('service-record')) finders.push(key)
  }
  // One organization undertook it, the head of the community supervises it.
  expect(finders).toEqual([expect.stringMatching(/^administrator-/), 'head'])
})

test('an application is found by its applicant and the authority, not by neighbours', async () => {
  const { id } = await app.ok(one('neighbour-0'), applyForOrganization, {
    body: {
      name: '银杏里棋友会',
      kind: 'community-organization',
      registration: 'filed',
      communityClass: 'culture-and-sport',
      division: places.community,
      categories: ['10'],
      charter: '以棋会友。',
    },
  })
  const ids = async (who: Person | 'nobody') => (await find(who, '银杏里')).results.map((row) => row.id)
  expect(await ids(one('neighbour-0'))).toEqual([id])
  expect(await ids(one('neighbour-1'))).toEqual([])
  expect(await ids('nobody')).toEqual([])
})

test('of the same words, what is near comes first', async () => {
  const there = '320506001012'
  const body = { text: '小区门口的共享单车乱停放挡路', category: '0801' } as const
  const near = await app.ok(one('neighbour-0'), submitNeed, { body: { ...body, division: places.community } })
  const stranger = await app.person('resident', { division: there })
  const far = await app.ok(stranger, submitNeed, { body: { ...body, division: there } })
  const order = async (who: Person | 'nobody') => (await find(who, '共享单车')).results.map((row) => row.id)
  expect(await order(stranger)).toEqual([far.id, near.id])
  expect(await order(one('worker'))).toEqual([near.id, far.id])
  expect(await order('nobody')).toEqual([far.id, near.id])
})

test('a private need is never found, by number or words, by whomever', async () => {
  const body = {
    text: '孩子在家里挨打想找人说说话',
    category: '0801',
    division: places.community,
    visibility: 'private',
  } as const
  const { number } = await app.ok(one('resident'), submitNeed, { body })
  for (const who of [
    'nobody',
    one('resident'),
    one('neighbour-0'),
    one('worker'),
    one('head'),
    one('overseer'),
  ] as const) {
    expect((await find(who, number ?? '')).results).toEqual([])
    expect((await find(who, '孩子挨打')).results).toEqual([])
  }
})

test('text that holds no word finds nothing, and signs are harmless', async () => {
  for (const q of ['、。', "' | !:*", '疫情2020-3']) expect((await find('nobody', q)).results).toEqual([])
  expect((await app.call('nobody', searchRecords, { query: { q: '  ' } })).status).toBe(422)
})

test('two statements a kind are enough', async () => {
  const { statements } = app.parts.platform.database
  for (const kind of ['need', 'motion', 'project', 'tender', 'contract', 'organization', 'evaluation']) {
    await app.settle()
    const before = statements.count
    await find('nobody', '2026-0001', kind)
    expect(statements.count - before, kind).toBeLessThanOrEqual(2)
  }
})

test('numbers and words of every table that is searched have an index', async () => {
  const { database } = app.parts.platform
  const sent: string[] = []
  database.statements.listener = (text) => sent.push(text)
  await find(one('finance'), '2026-0001')
  await find(one('finance'), '社区老人')
  database.statements.listener = undefined
  const { rows } = await database.pool.query<{ on: string }>(
    "SELECT indexdef AS on FROM pg_indexes WHERE indexdef NOT LIKE '% WHERE %'",
  )
  const finders = sent.filter((text) => text.startsWith('SELECT f.jurisdiction'))
  expect(finders.length).toBeGreaterThan(12)
  for (const text of finders) {
    const [, table = '', words] = /FROM (\S+) r WHERE (?:r\.(\w+) @@)?/.exec(text) ?? []
    const end =
      words === undefined ? `${table} USING btree (number_value, number_year)` : `${table} USING gin (${words})`
    expect(
      rows.filter((row) => row.on.endsWith(end)),
      end,
    ).toHaveLength(1)
  }
})
