// Who took part: the desk's table and the communities of a township, and shares for everybody, nothing below five anywhere.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { takeScreen } from './support/screens.ts'
import { personOf, Visit } from './support/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('a township compares its communities and opens one; no count below five stands anywhere', async () => {
  const visit = await Visit.open(browser, { person: await personOf('township-reviewer') })
  const page = await visit.go('/desk/participation')
  const communities = page.locator('table a')
  expect(await communities.count()).toBeGreaterThan(0)
  await takeScreen(page, 'participation-places-1280')
  await sound(visit)
  await communities.first().click()
  await page.getByRole('columnheader', { name: '怎么参与' }).waitFor()
  await visit.settled()
  await takeScreen(page, 'participation-1280')
  await sound(visit)
  const told = [...(await page.locator('table').innerText()).matchAll(/(\d+) 人/g)].map(([, count]) => Number(count))
  expect(told.filter((count) => count > 0 && count < 5)).toEqual([])
  await visit.close()
})
