// A parameter that is set at one server process is in force at the others.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { compose, type Parts } from '../../app/compose.ts'
import { makeLog } from '../../platform/log.ts'
import { setParameter } from './contract.ts'

let app: TestApp
let other: Parts

beforeAll(async () => {
  app = await startApp()
  other = await compose({
    root: process.cwd(),
    databaseUrl: app.database.appUrl,
    dataDir: app.dataDir,
    demo: true,
    log: makeLog('silent'),
    poolSize: 2,
    pollMs: 600_000,
  })
})
afterAll(async () => {
  await other?.close()
  await app?.close()
})

test('a parameter set at one process is in force at the others, one after the other', async () => {
  const county = await app.person('county-civil-affairs', { division: places.county })
  const key = 'evaluation.survey-all'
  const atBoth = () => [app.parts.platform, other.platform].map(({ policy }) => policy.number(key, places.county))
  const [before] = atBoth()
  for (const value of [21, 22, 23]) {
    expect(value).not.toBe(before)
    await app.ok(county, setParameter, {
      params: { key },
      body: { division: places.county, value, reason: '按县里新规定执行' },
    })
    await app.settle()
    await expect.poll(atBoth).toEqual([value, value])
  }
})
