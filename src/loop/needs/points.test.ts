// The point of a need on the map, through the endpoints: kept, changed, taken away; within the county; hidden with a private need.
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import type { WireInputOf } from '../../kit/endpoint.ts'
import { rowsOf } from '../../platform/database.ts'
import * as contract from './contract.ts'

let app: TestApp
let resident: Person
let neighbour: Person
let worker: Person
const logged: string[] = []

beforeAll(async () => {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk))
      done()
    },
  })
  app = await startApp({ log: pino({ level: 'trace' }, sink) })
  resident = await app.person()
  neighbour = await app.person()
  worker = await app.person('community-worker')
})

afterAll(() => app?.close())

type Content = WireInputOf<typeof contract.submitNeed>['body']
const home = { lat: 31.298917, long: 120.412345 }

function content(more: Partial<Content> = {}): Content {
  return {
    text: '桥头的护栏松了，孩子放学从那里过',
    category: '0803',
    division: places.community,
    point: home,
    ...more,
  }
}

const seen = (who: Person | 'nobody', id: string) => app.ok(who, contract.getNeed, { params: { id } })

test('a resident shows where it is, and everybody sees the point of an open need', async () => {
  const { id } = await app.ok(resident, contract.submitNeed, { body: content() })
  for (const who of [resident, neighbour, worker, 'nobody'] as const) expect((await seen(who, id)).point).toEqual(home)
})

test('a need needs no point', async () => {
  const { id } = await app.ok(resident, contract.submitNeed, { body: content({ point: undefined }) })
  expect((await seen(resident, id)).point).toBeUndefined()
})

test('a point is kept to six decimals: nobody’s device knows more', async () => {
  const { id } = await app.ok(resident, contract.submitNeed, {
    body: content({ point: { lat: 31.29891712345, long: 120.41234549999 } }),
  })
  expect((await seen(resident, id)).point).toEqual({ lat: 31.298917, long: 120.412345 })
})

test('the point of a draft is kept, changed and taken away, and goes along when it is submitted', async () => {
  const { id } = await app.ok(resident, contract.draftNeed, { body: content() })
  expect((await seen(resident, id)).point).toEqual(home)
  const there = { lat: 31.3, long: 120.4 }
  await app.ok(resident, contract.changeDraft, { params: { id }, body: content({ point: there }) })
  expect((await seen(resident, id)).point).toEqual(there)
  await app.ok(resident, contract.changeDraft, { params: { id }, body: content({ point: undefined }) })
  expect((await seen(resident, id)).point).toBeUndefined()
  await app.ok(resident, contract.changeDraft, { params: { id }, body: content({ point: there }) })
  await app.ok(resident, contract.submitDraft, { params: { id } })
  expect((await seen('nobody', id)).point).toEqual(there)
})

test('a worker at the counter shows the place for a resident', async () => {
  const { id } = await app.ok(worker, contract.submitNeedOnBehalf, {
    body: { ...content(), of: { resident: neighbour.id }, source: 'counter' },
  })
  expect((await seen(neighbour, id)).point).toEqual(home)
})

test.each([
  ['another city', { lat: 32.06, long: 118.79 }],
  ['latitude and longitude the wrong way round', { lat: 12.0412345, long: 31.298917 }],
  ['the sea', { lat: 31.3, long: 123 }],
  ['a little outside the county', { lat: 31.46, long: 120.4 }],
])('a point in %s is refused, and the field and the county are named', async (_where, point) => {
  const attempts = [
    app.call(resident, contract.submitNeed, { body: content({ point }) }),
    app.call(resident, contract.draftNeed, { body: content({ point }) }),
    app.call(worker, contract.submitNeedOnBehalf, {
      body: { ...content({ point }), of: { resident: neighbour.id }, source: 'phone' },
    }),
  ]
  for (const { status, problem } of await Promise.all(attempts)) {
    expect(status).toBe(422)
    expect(problem.fields).toMatchObject([
      { path: 'body.point', code: 'point-elsewhere', message: '这个位置不在虎丘区范围内，请重新选，或者去掉位置。' },
    ])
  }
})

test('a draft is not moved to a point elsewhere either', async () => {
  const { id } = await app.ok(resident, contract.draftNeed, { body: content() })
  const answer = await app.call(resident, contract.changeDraft, {
    params: { id },
    body: content({ point: { lat: 32.06, long: 118.79 } }),
  })
  expect(answer.problem.fields).toMatchObject([{ path: 'body.point', code: 'point-elsewhere' }])
  expect((await seen(resident, id)).point).toEqual(home)
})

test('a point just over the roughly drawn boundary is taken', async () => {
  const point = { lat: 31.44, long: 120.4 }
  const { id } = await app.ok(resident, contract.submitNeed, { body: content({ point }) })
  expect((await seen(resident, id)).point).toEqual(point)
})

test.each([
  ['body.point.lat', { lat: 91, long: 120.4 }],
  ['body.point.long', { lat: 31.3, long: 181 }],
  ['body.point.long', { lat: 31.3 }],
])('what is no point at all is refused at %s', async (path, point) => {
  const answer = await app.call(resident, contract.submitNeed, { body: content({ point: point as typeof home }) })
  expect(answer.status).toBe(422)
  expect(answer.problem.fields?.map((field) => field.path)).toEqual([path])
})

test('the point of a private need is sealed with its text: in no column, event or log, and for nobody whom it does not concern', async () => {
  const secret = { lat: 31.287654, long: 120.398765 }
  const place = '家门口'
  const { id } = await app.ok(resident, contract.submitNeed, {
    body: content({ point: secret, place, visibility: 'private' }),
  })
  expect((await seen(resident, id)).point).toEqual(secret)
  expect((await seen(worker, id)).point).toEqual(secret)
  for (const who of [neighbour, 'nobody'] as const)
    expect((await app.call(who, contract.getNeed, { params: { id } })).status).toBe(404)
  await app.settle()
  const { reader } = app.parts.platform.database
  const [row] = await rowsOf<{ whole: string }>(
    reader,
    'SELECT to_jsonb(n)::text AS whole FROM needs.need n WHERE n.id = $1',
    [id.slice(7)],
  )
  const events = await rowsOf<{ whole: string }>(reader, 'SELECT to_jsonb(e)::text AS whole FROM platform.event e')
  expect(row?.whole).toContain('texts_sealed')
  expect(events.length).toBeGreaterThan(0)
  const written = [row?.whole, ...events.map(({ whole }) => whole), ...logged].join('\n')
  expect(written).not.toMatch(/31\.28765|120\.39876/)
})

test('no list and no export carries points: who wants one opens the need', async () => {
  const exported = await app.server.inject({
    url: `/api/needs/desk/export?division=${places.community}&format=csv`,
    headers: { cookie: worker.cookie },
  })
  expect(exported.statusCode).toBe(200)
  expect(exported.body).toContain('桥头的护栏松了')
  const lists = [
    await app.ok(worker, contract.listDeskNeeds, { query: { division: places.community } }),
    await app.ok('nobody', contract.listNeeds, { query: { division: places.community } }),
    await app.ok(resident, contract.listMyNeeds, { query: {} }),
  ]
  for (const list of lists) expect(list.rows.length).toBeGreaterThan(0)
  expect([exported.body, ...lists.map((list) => JSON.stringify(list))].join('\n')).not.toMatch(/31\.29|120\.4[01]/)
})

test('a place that several neighbours name comes with the middle of their points; private points count for nothing', async () => {
  const place = '彩虹桥东头'
  const raise = (more: Partial<Content>, who = resident) =>
    app.ok(who, contract.submitNeed, { body: content({ place, ...more }) })
  await raise({ point: { lat: 31.3, long: 120.4 } })
  await raise({ point: { lat: 31.3002, long: 120.4004 } }, neighbour)
  await raise({ point: undefined }, neighbour)
  await raise({ point: { lat: 31.25, long: 120.3 }, visibility: 'private' }, neighbour)
  const named = await app.ok('nobody', contract.listNeedPlaces, { query: { division: places.community } })
  expect(named.rows).toContainEqual({ place, needs: 3, point: { lat: 31.3001, long: 120.4002 } })
})
