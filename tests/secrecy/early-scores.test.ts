// Nobody sees a score or a running result before all are in: every GET of the program, asked as every role, is searched for planted values.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { domains } from '../../src/app/domains.ts'
import type { Endpoint } from '../../src/kit/endpoint.ts'
import { type Role, roles } from '../../src/kit/roles.ts'
import { appointPanel, confirmOpening, enterBid, getTender, scoreBid } from '../../src/loop/procurement/contract.ts'
import type { Criterion } from '../../src/loop/procurement/rules/scoring.ts'
import { addDays, type Instant } from '../../src/kit/instant.ts'
import { inputFor, type Known } from '../access/sample-input.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { makeStory, type TestStory } from '../support/story.ts'

const questions = domains.flatMap((domain) => domain.routes).filter(({ endpoint }) => endpoint.method === 'GET')
/** Points that nothing else in the program has in this order. */
const planted = [83, 71, 97, 59, 89, 67, 79, 61]
const note = '评语七三一九不可外传'

let app: TestApp
let story: TestStory
let known: Known
let tender: string
let panel: Person[]
let bids: string[]
let criteria: readonly Criterion[]
/** Who asks: every role in its own place, every panelist and bidder by themselves, and nobody. */
const askers = new Map<string, Person | 'nobody'>()

const person = (key: string): Person => {
  const found = story.people.get(key)
  if (found === undefined) throw new Error(`nobody plays ${key}`)
  return found
}
const pointsFor = (seat: number, bid: number): number[] =>
  criteria
    .filter((each) => each.kind === 'panel')
    .map((_, index) => planted[(seat * 2 + bid + index) % planted.length] ?? 0)

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'published')
  tender = story.thread.tender ?? ''
  const params = { id: tender }
  const procurer = person('procurer')
  const published = await app.ok(procurer, getTender, { params })
  const deadline = published.deadline as Instant
  await app.pass(50)
  for (const [index, bidder] of story.cast.bidders.entries())
    await app.ok(procurer, enterBid, {
      params,
      body: {
        organization: bidder.organization as never,
        price: `${20_000 + index * 333}.00`,
        proposal: '按要求提供服务',
        receivedAt: addDays(deadline, -2 - index),
      },
    })
  await app.ok(person('overseer'), confirmOpening, { params })
  await app.ok(procurer, appointPanel, { params, body: {} })
  const drawn = await app.ok(procurer, getTender, { params })
  criteria = drawn.criteria
  bids = drawn.bids.map((bid) => bid.id)
  const byId = new Map([...story.people.values()].map((each) => [each.id as string, each]))
  panel = (drawn.panel ?? []).flatMap((each) => byId.get(each.person ?? '') ?? [])
  // All but one sheet: the last panelist still owes the last bid.
  for (const [seat, panelist] of panel.entries())
    for (const [index, bid] of bids.entries())
      if (seat < panel.length - 1 || index < bids.length - 1)
        await app.ok(panelist, scoreBid, { params, body: { bid, points: pointsFor(seat, index), note } })
  await app.settle()
  known = { ids: { ...story.ids, tender, bid: bids[0] ?? '' }, division: places.community }
  const seats: Readonly<Record<string, string>> = {
    community: places.community,
    township: places.township,
    county: places.county,
    city: '3205',
    province: '32',
  }
  for (const [role, { level, reach }] of Object.entries(roles) as [Role, { level: string; reach: string }][])
    askers.set(
      role,
      await app.person(role, {
        division: seats[level],
        organization: reach === 'organization' ? story.organization : undefined,
      }),
    )
  for (const [key, who] of story.people)
    if (/^(panelist|administrator|procurer|overseer|finance|head)/.test(key)) askers.set(key, who)
  askers.set('nobody', 'nobody')
}, 120_000)
afterAll(() => app?.close())

/** Every figure that says something of a score: of one sheet, of a mean over any first sheets, and with the price's part. */
function forbidden(): Set<number> {
  const judged = criteria.filter((each) => each.kind === 'panel')
  const priceWeight = criteria.filter((each) => each.kind === 'price').reduce((sum, each) => sum + each.weight, 0)
  const figures = new Set<number>()
  for (const bid of bids.keys()) {
    const price = Math.floor((priceWeight * 10_000 * 20_000) / ((20_000 + bid * 333) * 100))
    let total = 0
    for (const [seat] of panel.entries()) {
      const score = judged.reduce((sum, each, index) => sum + each.weight * (pointsFor(seat, bid)[index] ?? 0), 0)
      total += score
      for (const figure of [score, Math.floor(total / (seat + 1))]) {
        figures.add(figure)
        figures.add(figure + price)
      }
    }
  }
  return figures
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const moments = /\d{4}-\d{2}-\d{2}[T ][\d:.]+(?:Z|[+-]\d\d(?::\d\d)?)?/g

/** What an answer gives away: planted words, points in their order, or a figure of a score as hundredths or with two decimals. */
function leaksIn(text: string, figures: ReadonlySet<number>): string[] {
  const found: string[] = []
  if (text.includes(note)) found.push('the note of a sheet')
  const plain = text
    .replaceAll(uuids, '')
    .replaceAll(moments, '')
    .replaceAll(/[0-9a-f]{32,}/g, '')
  for (let seat = 0; seat < panel.length; seat += 1)
    for (const bid of bids.keys())
      if (plain.includes(`[${pointsFor(seat, bid).join(',')}]`)) found.push('the points of a sheet')
  // Digits inside of a word are those of a code, a key or a signature, and equal a score by chance.
  for (const [number] of plain.matchAll(/(?<![\w.-])\d{2,5}(?:\.\d{2})?(?![\w.])/g)) {
    const value = number.includes('.') ? Math.round(Number(number) * 100) : Number(number)
    // Whole points may be anything; only what is told in hundredths is a figure of a score.
    if (value >= 1000 && figures.has(value)) found.push(`the figure ${number}`)
  }
  return [...new Set(found)]
}

/** A panelist sees the own points, and nothing made of them. */
const withoutOwn = (text: string) => text.replaceAll(/"myPoints":\[[\d,]*\]/g, '')

async function textOf(who: Person | 'nobody', url: string): Promise<string> {
  const response = await app.server.inject({ url, headers: who === 'nobody' ? {} : { cookie: who.cookie } })
  return response.statusCode === 200 ? response.body : ''
}

function urlOf(endpoint: Endpoint, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, string>
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const query = new URLSearchParams((input.query ?? {}) as Record<string, string>)
  return `/api${path}${query.size > 0 ? `?${query}` : ''}`
}

/** Every address at which the program answers a question: each endpoint, those of any record for each record of the process, exports, raw files, search. */
function addresses(): string[] {
  const records = [
    ['tender', tender],
    ['project', story.thread.project ?? ''],
    ['need', story.thread.needs[0] ?? ''],
    ...bids.map((bid) => ['bid', bid]),
  ]
  const found = questions.flatMap((binding) => {
    const { endpoint } = binding
    const input = inputFor(binding, known)
    const urls = [urlOf(endpoint, input)]
    if (endpoint.path.includes(':kind'))
      for (const [kind, id] of records)
        urls.push(urlOf(endpoint, { ...input, params: { ...(input.params as object), kind, id } }))
    if (endpoint.path.includes(':bid'))
      for (const bid of bids) urls.push(urlOf(endpoint, { ...input, params: { id: tender, bid } }))
    if (endpoint.exportable) urls.push(`${urlOf(endpoint, { params: input.params })}/export?format=csv`)
    return urls
  })
  const words = ['采', '评分', '服务', note].map((q) => `/api/search?q=${encodeURIComponent(q)}`)
  return [
    ...new Set([
      ...found,
      ...words,
      '/api/ocds/bulk/records.jsonl',
      '/api/ocds/bulk/releases.jsonl',
      '/metrics',
      '/api/metrics',
    ]),
  ]
}

async function leaks(of: Iterable<[string, Person | 'nobody']>): Promise<string[]> {
  const figures = forbidden()
  const found: string[] = []
  for (const [name, who] of of) {
    for (const url of addresses()) {
      const text = await textOf(who, url)
      for (const leak of leaksIn(withoutOwn(text), figures))
        found.push(`${name} at ${url.replaceAll(uuids, '…')}: ${leak}`)
    }
  }
  return found
}

test('the search finds what is planted, in every form in which a score could be told', () => {
  const figures = forbidden()
  const [figure = 0] = figures
  expect(figures.size).toBeGreaterThan(20)
  expect(panel.length).toBeGreaterThanOrEqual(5)
  const { length } = addresses()
  expect(length).toBeGreaterThan(100)
  for (const told of [
    `{"score":${figure}}`,
    `{"mean":"${(figure / 100).toFixed(2)}"}`,
    `甲,${(figure / 100).toFixed(2)},乙`,
    `{"points":[${pointsFor(0, 0).join(',')}]}`,
    `{"note":"${note}"}`,
  ])
    expect(leaksIn(told, figures).length, told).toBeGreaterThan(0)
  expect(leaksIn(`{"id":"${tender}","at":"2026-11-23T02:00:00.000Z","budget":"20000.00"}`, figures)).toEqual([])
})

test('with one sheet still missing, no role, panelist, bidder or visitor reads a score or a running result anywhere', async () => {
  expect(await leaks(askers)).toEqual([])
}, 300_000)

test('nor do the events, what waits, notices and read models keep one where others could read it', async () => {
  const figures = forbidden()
  const found: string[] = []
  for (const table of [
    'platform.event',
    'platform.waiting',
    'notices.notice',
    'open_data.release',
    'open_data.process',
    'indicators.counter',
    'procurement.tender',
  ]) {
    const exists = await app.parts.platform.database.pool.query('SELECT to_regclass($1) AS there', [table])
    if (exists.rows[0]?.there === null) continue
    const { rows } = await app.parts.platform.database.pool.query(`SELECT row_to_json(t)::text AS row FROM ${table} t`)
    for (const { row } of rows) for (const leak of leaksIn(String(row), figures)) found.push(`${table}: ${leak}`)
  }
  expect(found).toEqual([])
})

test('a panelist sees the own points and nobody else’s; the last sheet opens them to the desk, not yet to bidders and the public', async () => {
  const [first, last] = [panel[0], panel.at(-1)]
  if (first === undefined || last === undefined) throw new Error('no panel')
  const own = await app.ok(first, getTender, { params: { id: tender } })
  expect(own.bids.map((bid) => bid.myPoints)).toEqual(bids.map((_, index) => pointsFor(0, index)))
  await app.ok(last, scoreBid, {
    params: { id: tender },
    body: { bid: bids.at(-1) ?? '', points: pointsFor(panel.length - 1, bids.length - 1), note },
  })
  await app.settle()
  // The control: the same search, of the same addresses, now finds scores where they belong.
  expect((await leaks([['procurer', person('procurer')]])).length).toBeGreaterThan(0)
  expect(
    await leaks([
      ['nobody', 'nobody'],
      ['administrator-0', person('administrator-0')],
    ]),
  ).toEqual([])
}, 120_000)
