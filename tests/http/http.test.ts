// What holds for every endpoint: one of two wins, a repeated key changes nothing, faults are named, foreign pages may not write.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptNeed } from '../../src/loop/needs/contract/desk.ts'
import { getNeed, listMyNeeds, submitNeed } from '../../src/loop/needs/contract.ts'
import { rowsOf } from '../../src/platform/database.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'

let app: TestApp
let resident: Person
let worker: Person
let colleague: Person
const content = {
  text: '楼道里的灯坏了一个多星期,老人晚上不敢下楼。',
  category: '0803',
  division: places.community,
} as const

beforeAll(async () => {
  app = await startApp()
  resident = await app.person('resident')
  worker = await app.person('community-worker')
  colleague = await app.person('community-worker')
})
afterAll(() => app.close())

describe('two people at once', () => {
  it('one accepts the need, the other is told its state and what is possible now', async () => {
    const need = await app.ok(resident, submitNeed, { body: content })
    const input = { params: { id: need.id }, body: { category: '0803', routeHint: 'department' } } as const
    const answers = await Promise.all([app.call(worker, acceptNeed, input), app.call(colleague, acceptNeed, input)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    const told = answers.find((answer) => answer.status === 409)?.problem
    expect(told?.code).toBe('not-in-this-state')
    expect(told?.possible?.length).toBeGreaterThan(0)
    expect(told?.detail).toMatch(/已受理/)
  })

  it('whoever saw an older version is told so, and nothing is overwritten', async () => {
    const need = await app.ok(resident, submitNeed, { body: content })
    const seen = await app.call(worker, getNeed, { params: { id: need.id } })
    expect(seen.headers['etag']).toBe(`"${seen.body.version}"`)
    const answer = await app.call(
      worker,
      acceptNeed,
      { params: { id: need.id }, body: { category: '0803', routeHint: 'department' } },
      { version: seen.body.version + 7 },
    )
    expect([answer.status, answer.problem.code]).toEqual([412, 'stale'])
  })
})

describe('the same Idempotency-Key', () => {
  it('has one effect and one answer, in parallel too', async () => {
    const before = (await app.ok(resident, listMyNeeds, { query: { size: 100 } })).rows.length
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => app.call(resident, submitNeed, { body: content }, { key: 'once-only' })),
    )
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    expect((await app.ok(resident, listMyNeeds, { query: { size: 100 } })).rows.length).toBe(before + 1)
    const events = await rowsOf(
      app.parts.platform.database.reader,
      "SELECT id FROM platform.event WHERE record_id = $1 AND name = 'needs.submitNeed'",
      [answers[0]?.body.id],
    )
    expect(events.length).toBe(1)
  })

  it('is refused for another request, and free for another person', async () => {
    await app.ok(resident, submitNeed, { body: content }, { key: 'mine' })
    const other = await app.call(
      resident,
      submitNeed,
      { body: { ...content, text: '换了一件事来说。' } },
      { key: 'mine' },
    )
    expect([other.status, other.problem.code]).toEqual([409, 'key-reused'])
    const neighbour = await app.person('resident')
    expect((await app.call(neighbour, submitNeed, { body: content }, { key: 'mine' })).status).toBe(200)
  })
})

describe('faulty input', () => {
  it('names every faulty field at once, in the reader’s language', async () => {
    const body = { text: '短', category: '9999' as never, division: 'nowhere' as never }
    const zh = await app.call(resident, submitNeed, { body })
    expect(zh.status).toBe(422)
    expect(zh.problem.fields?.map((field) => field.path).sort()).toEqual([
      'body.category',
      'body.division',
      'body.text',
    ])
    expect(zh.problem.fields?.find((field) => field.path === 'body.text')?.message).toMatch(/至少/)
    const hant = await app.call(resident, submitNeed, { body }, { language: 'zh-TW' })
    expect(hant.problem.detail).toMatch(/請/)
    const en = await app.call(resident, submitNeed, { body }, { language: 'en' })
    expect(en.problem.detail).toMatch(/correction/)
  })

  it('that is no JSON, or far too large, is refused without a fault', async () => {
    const post = (payload: string) =>
      app.server.inject({
        method: 'POST',
        url: '/api/needs',
        headers: { cookie: resident.cookie, 'content-type': 'application/json' },
        payload,
      })
    expect((await post('{"text":')).statusCode).toBe(422)
    expect((await post(JSON.stringify({ text: 'x'.repeat(2_000_000) }))).statusCode).toBe(422)
  })
})

describe('pages of other sites', () => {
  it('may not write with a visitor’s session', async () => {
    const post = (headers: Record<string, string>) =>
      app.server.inject({
        method: 'POST',
        url: '/api/needs',
        headers: { cookie: resident.cookie, 'content-type': 'application/json', ...headers },
        payload: JSON.stringify(content),
      })
    expect((await post({ 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' })).statusCode).toBe(403)
    expect((await post({ 'sec-fetch-site': 'same-site', origin: 'https://sister.example' })).statusCode).toBe(403)
    expect((await post({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200)
  })
})

describe('safety headers', () => {
  const headersOf = async (url: string) => (await app.server.inject({ url })).headers

  it('data may not be read as another kind, over http, or by another site', async () => {
    expect(await headersOf('/api/session')).toMatchObject({
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.stringContaining('max-age='),
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it('whatever is no data may not be framed or opened from another page either, refusals included', async () => {
    for (const url of ['/health/live', '/nowhere']) {
      expect(await headersOf(url)).toMatchObject({
        'x-frame-options': 'SAMEORIGIN',
        'cross-origin-opener-policy': 'same-origin',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      })
    }
  })
})
