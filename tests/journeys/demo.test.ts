// The demo: everybody can be anybody with one tap, and the guided tour leads through one thread.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { Visit } from './support/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('a newcomer becomes a community worker with one tap, then a resident', async () => {
  const visit = await Visit.open(browser)
  const page = await visit.go('/demo')
  // axe has seen each of these pages on the walk over every page
  await sound(visit, { axe: false })
  await page
    .getByRole('button', { name: /^社区工作者/ })
    .first()
    .click()
  await page.waitForURL(/\/desk$/)
  await visit.settled()
  expect(await page.locator('#demo-strip').innerText()).toContain('社区工作者')
  await sound(visit, { axe: false })
  await page.getByRole('link', { name: '换个人看' }).click()
  await page.waitForURL(/\/demo$/)
  await page.getByRole('button', { name: /^居民/ }).first().click()
  await page.waitForURL((url) => url.pathname === '/')
  await sound(visit, { axe: false })
  await visit.close()
})

it('the guided tour names who does what at each of its steps and opens the right page as that person', async () => {
  const visit = await Visit.open(browser)
  const page = await visit.go('/demo/tour')
  const steps = await page.locator('ol > li').count()
  expect(steps).toBe(12)
  await sound(visit, { axe: false })
  await page.getByRole('button', { name: '开始', exact: true }).click()
  await page.waitForURL(/\/raise/)
  for (let step = 1; step < steps; step += 1) {
    const bar = page.getByRole('region', { name: '十分钟走完一条线' })
    expect(await bar.innerText()).toContain(`第 ${step} / ${steps} 步`)
    await bar.getByRole('button', { name: '下一步' }).click()
    await bar.getByRole('button', { name: '以此人身份打开' }).click()
    await page.getByText(`第 ${step + 1} / ${steps} 步`).waitFor()
    await visit.settled()
    const heading = await page.locator('h1').first().innerText()
    expect(`${step + 1} ${heading}`).not.toMatch(/没有这个页面|页面出了问题|没有权限/)
  }
  expect(visit.takeSaid()).toEqual([])
  await visit.close()
})
