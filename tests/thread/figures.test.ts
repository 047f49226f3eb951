// The first figures, counted as a whole thread happens, and again from scratch: both agree.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getValues, listIndicators } from '../../src/foundation/indicators/contract.ts'
import { recount } from '../../src/foundation/indicators/public.ts'
import { type Person, places, startApp, type TestApp } from '../support/app.ts'
import { makeStory } from '../support/story.ts'

let app: TestApp
let officer: Person

beforeAll(async () => {
  app = await startApp()
  await makeStory(app)
  officer = await app.person('county-civil-affairs', { division: places.county })
}, 120_000)
afterAll(() => app.close())

const first = [
  'needs.raised',
  'needs.accepted',
  'needs.responded-in-time',
  'needs.answered',
  'needs.met',
  'needs.supports',
  'deliberation.motions-decided',
  'projects.approved',
  'contracts.value',
  'funds.paid',
  'needs.need-to-verdict',
]

it('the first figures are declared, those of the other verdicts too', async () => {
  const declared = (await app.ok('nobody', listIndicators)).rows.map((row) => row.name)
  for (const name of [...first, 'needs.partly-met', 'needs.not-met', 'needs.unconfirmed'])
    expect(declared).toContain(name)
})

it('each of them counted the thread, at the community and at the county alike', async () => {
  const years = [...new Set([new Date().getUTCFullYear(), Number(app.parts.platform.clock.now().slice(0, 4))])]
  for (const name of first) {
    const values = await Promise.all(
      years.flatMap((year) =>
        [places.community, places.county].map(
          async (division) =>
            (await app.ok(officer, getValues, { query: { names: name, division, period: String(year) } })).figures[0]
              ?.now,
        ),
      ),
    )
    const told = values.map((cell) => cell?.amount ?? cell?.value ?? 0)
    expect([name, told.some((value) => Number(value) > 0)]).toEqual([name, true])
  }
})

it('counted again from the events they are the same', async () => {
  const result = await recount(app.parts.platform)
  expect(result.events).toBeGreaterThan(20)
  expect(result.differences).toEqual([])
})
