// The counting engine on a real database: increments equal a recount, and the figures as people ask for them.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { asDivision, jurisdictionOf, makeId } from '../../kit/id.ts'
import { addDays, instant } from '../../kit/instant.ts'
import { allow, granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import { uuidAt } from '../../platform/clock.ts'
import { rowsOf } from '../../platform/database.ts'
import type { Indicator } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import * as contract from './contract.ts'
import { countEvents, recount } from './public.ts'
import { indicatorsRoutes } from './routes.ts'

const sign = (event: StoredEvent) => [{ amount: BigInt(Number(event.data['amount'] ?? 0)) }]
const indicators: readonly Indicator[] = [
  { name: 'test.raised', unit: 'count', kind: 'count', hears: ['test.raise'] },
  { name: 'test.paid', unit: 'fen', kind: 'sum', hears: ['test.pay', 'test.refund'], entries: sign },
  {
    name: 'test.voices',
    unit: 'persons',
    kind: 'distinct',
    hears: ['test.raise'],
    entries: (event) => [{ person: String(event.data['person']) }],
  },
  {
    name: 'test.wait',
    unit: 'days',
    kind: 'duration',
    hears: ['test.pay'],
    entries: (event) => [{ durationMs: Number(event.data['ms'] ?? 0) }],
  },
  { name: 'test.share', unit: 'percent', kind: 'ratio', hears: [], of: { part: 'test.raised', whole: 'test.raised' } },
]

let app: TestApp
let platform: Platform
let officer: Person

beforeAll(async () => {
  app = await startApp()
  platform = { ...app.parts.platform, indicators }
  officer = await app.person('county-civil-affairs', { division: places.county })
})
afterAll(() => app?.close())

type Happening = {
  readonly name: string
  readonly division: string
  readonly daysAhead: number
  readonly data: Record<string, unknown>
}

/** Writes an event at a day and counts it in a transaction of its own, as the outbox does. */
async function happen({ name, division, daysAhead, data }: Happening): Promise<void> {
  const at = addDays(instant('2027-01-10T04:00:00Z'), daysAhead)
  const place = asDivision(division)
  await platform.database.transaction(async (tx) => {
    const jurisdiction = jurisdictionOf(place)
    const id = uuidAt(at)
    await rowsOf(
      tx,
      `INSERT INTO platform.event (jurisdiction, id, at, name, record_kind, record_id, division, data, correlation)
       VALUES ($1, $2, $3, $4, 'test', $5, $6, $7, 'test')`,
      [jurisdiction, id, at, name, makeId(jurisdiction, id), place, JSON.stringify(data)],
    )
    const event: StoredEvent = {
      id,
      jurisdiction,
      at,
      name,
      of: { kind: 'test', id: makeId(jurisdiction, id) },
      division: place,
      data,
    }
    await countEvents(platform, tx, [event])
  })
}

const happening: fc.Arbitrary<Happening> = fc.record({
  name: fc.constantFrom('test.raise', 'test.pay', 'test.refund', 'test.unheard'),
  division: fc.constantFrom('320505001002', '320505001003', '320505002', '320506001001', '3205', '320505001002001'),
  daysAhead: fc.integer({ min: -400, max: 40 }),
  data: fc.record({
    amount: fc.integer({ min: -9_000_000, max: 9_000_000 }),
    person: fc.constantFrom('a', 'b', 'c'),
    ms: fc.integer({ min: 0, max: 9_000_000_000 }),
  }),
})

describe('counting', () => {
  it('whatever happens in whatever order, a recount from the events gives the same figures', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 15 }), async (happenings) => {
        for (const one of happenings) await happen(one)
        expect((await recount(platform)).differences).toEqual([])
      }),
      { numRuns: 6 },
    )
  })

  it('a recount finds a figure that was changed, and repairs it', async () => {
    await happen({ name: 'test.raise', division: '320505001002', daysAhead: 0, data: { person: 'a' } })
    await rowsOf(
      platform.database.reader,
      "UPDATE indicators.figure SET amount = amount + 1 WHERE indicator = 'test.raised' AND division = '320505001002' AND period = '2027'",
    )
    expect((await recount(platform)).differences).toHaveLength(1)
    expect((await recount(platform, { repair: true })).repaired).toBe(true)
    expect((await recount(platform)).differences).toEqual([])
  })
})

describe('figures', () => {
  /** Asks through the binding with the test's declarations. */
  async function values(query: Record<string, string>, who: 'officer' | 'nobody' = 'officer') {
    const binding = indicatorsRoutes.find((route) => route.endpoint.name === 'getValues')
    const actor =
      who === 'nobody'
        ? { kind: 'anonymous' as const, grants: [] }
        : { kind: 'person' as const, personId: officer.id, sessionId: 's', verified: true, adult: true, grants: [] }
    const input = { query: contract.getValues.query?.parse(query) }
    return binding?.run(platform, { actor, correlation: 'test', language: 'zh-CN' }, input)
  }

  it('the same period is told for every level, with persons hidden while they are few', async () => {
    const period = '2029-03'
    const daysAhead = 800
    for (const person of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await happen({ name: 'test.raise', division: '320505001002', daysAhead, data: { person } })
    }
    await happen({ name: 'test.raise', division: '320505001003', daysAhead, data: { person: 'a' } })
    for (const [division, raised] of [
      ['32', 7],
      ['3205', 7],
      ['320505', 7],
      ['320505001', 7],
      ['320505001002', 6],
      ['320505001003', 1],
    ] as const) {
      const answer = await values({ names: 'test.raised,test.voices', division, period, children: 'true' })
      expect(answer).toMatchObject({ ok: true })
      const view = contract.getValues.output.parse(granted(answer ?? allow(undefined)))
      expect(view.figures[0]?.now.value).toBe(raised)
      expect(view.figures[0]?.spark).toHaveLength(12)
      expect(view.figures[1]?.now).toEqual(division === '320505001003' ? { hidden: true } : { value: 6, hidden: false })
      if (division === '320505001') {
        const told = view.figures[1]?.children?.filter((child) => child.hidden).map((child) => child.division)
        expect(told).toEqual(['320505001002', '320505001003'])
        expect(view.figures[0]?.children?.find((child) => child.division === '320505001002')?.value).toBe(6)
      }
      if (division === '320505001002') expect(view.figures[0]?.rank?.place).toBe(1)
    }
  })

  it('without signing in only open figures of a community are told', async () => {
    expect(await values({ names: 'test.raised', division: '320505001002' }, 'nobody')).toMatchObject({
      ok: false,
      kind: 'unauthenticated',
    })
    const known = app.parts.platform.indicators.some((indicator) => indicator.name === 'needs.raised')
    const open = await app.call('nobody', contract.getValues, {
      query: { names: 'needs.raised', division: '320505001002' },
    })
    expect(open.status).toBe(known ? 200 : 404)
    expect(
      (await app.call('nobody', contract.getValues, { query: { names: 'needs.raised', division: places.county } }))
        .status,
    ).toBe(401)
  })

  it('the declared list and the records behind a figure', async () => {
    expect((await app.ok('nobody', contract.listIndicators)).rows.length).toBe(
      app.parts.platform.indicators.filter(({ internal }) => !internal).length,
    )
    expect(
      (
        await app.call(officer, contract.listRowsBehind, {
          params: { name: 'test.unknown' },
          query: { division: places.county },
        })
      ).status,
    ).toBe(404)
    expect(
      (
        await app.call(officer, contract.getValues, {
          query: { names: 'needs.raised', division: places.county, period: '2026-13' },
        })
      ).status,
    ).toBe(422)
  })

  it('an act that is heard is counted once it is delivered', async () => {
    expect(
      granted(
        await systemAct(app.parts.platform, 'test.nothing', async (act) => {
          act.record({
            name: 'test.unheard',
            of: { kind: 'test', id: act.newId(jurisdictionOf(places.county)) },
            division: places.county,
          })
          return allow(true)
        }),
      ),
    ).toBe(true)
    await app.settle()
    expect((await recount(app.parts.platform)).differences).toEqual([])
  })
})
