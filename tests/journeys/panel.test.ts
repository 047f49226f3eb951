// A member of the panel, from what waits to the last sheet handed in: reads the bids, scores alone, steps down before the first point, sees nobody else's.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appointPanel, confirmOpening, getTender } from '../../src/loop/procurement/contract.ts'
import { type Person, startApp, type TestApp } from '../support/app.ts'
import * as support from '../support/sealed-bids.ts'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { takeScreen } from './support/screens.ts'
import { Visit } from './support/visit.ts'

const names = {
  procurer: '蒋蕙兰',
  'administrator-0': '沈春燕',
  'administrator-1': '陆建明',
  'administrator-2': '周敏华',
  'organization-0': '启芽婴幼儿照护服务中心',
  'organization-1': '童伴社会工作服务社',
  'organization-2': '邻里乐社会工作服务中心',
}

let browser: Browser
let app: TestApp
let room: support.Room
let site = ''

const visitAs = (as: Person): Promise<Visit> => Visit.open(browser, { site, as })

const panelNow = async () =>
  ((await app.ok(room.procurer, getTender, { params: { id: room.tender } })).panel ?? []).filter(
    (each) => !each.replaced,
  )

beforeAll(async () => {
  browser = await launchBrowser()
  app = await startApp()
  room = await support.planSealed(app, names)
  await support.closedWithThree(room)
  const [lead, second] = room.openers
  const session = await support.startSession(room, lead)
  for (const opener of [lead, second]) await support.hand(room, opener)
  const { pair } = await support.combineIn(room, lead, session)
  if (pair === undefined) throw new Error('the key did not come together')
  await support.openAll(room, lead, pair)
  await app.ok(room.overseer, confirmOpening, { params: { id: room.tender } })
  await app.ok(room.procurer, appointPanel, { params: { id: room.tender }, body: {} })
  site = await app.server.listen({ host: '127.0.0.1', port: 0 })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** From what waits to the sheet, as a panelist gets there. */
async function openSheet(visit: Visit): Promise<Page> {
  const page = await visit.go('/desk')
  await page.locator('table a').first().click()
  await page
    .getByRole('link', { name: '评分', exact: true })
    .or(page.getByRole('button', { name: '评分', exact: true }))
    .first()
    .click()
  await page.getByText('我的评分表').waitFor()
  return page
}

it('whoever knows a bidder steps down from the sheet itself, and the next one drawn takes the place', async () => {
  const [first] = await panelNow()
  const visit = await visitAs(room.panelist(first?.person ?? ''))
  const page = await openSheet(visit)
  await page.getByRole('button', { name: '申请回避' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('三年前在其中一家任过职')
  await sound(visit)
  await dialog.getByRole('button', { name: '申请回避' }).click()
  await page.getByRole('heading', { name: '评审打分' }).waitFor()
  expect((await panelNow()).map((each) => each.person)).not.toContain(first?.person)
  await visit.close()
})

it('a panelist reads each bid from the sheet, hands in each column once, and sees no points but the own', async () => {
  const [member] = await panelNow()
  const visit = await visitAs(room.panelist(member?.person ?? ''))
  const page = await openSheet(visit)
  await page.getByRole('button', { name: '查看方案：童伴社会工作服务社' }).click()
  await page.getByText('每天中午十一点半前送到家').first().waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()
  for (const [at, value] of ['88', '76', '91'].entries()) await page.locator(`#score-0-0-${at}`).fill(value)
  await sound(visit)
  await takeScreen(page, 'scoring-1280')
  for (let left = 3; left > 0; left -= 1) {
    await page.getByRole('button', { name: '提交这份评分' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '提交这份评分' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  // What was handed in cannot be changed, and nothing of the others or of the ranking shows anywhere on the way.
  expect(await page.locator('[id^="score-"]').count()).toBe(0)
  await page.getByRole('link', { name: '查看采购' }).click()
  await visit.settled()
  expect(
    await page
      .locator('td')
      .filter({ hasText: /^\d{1,3}\.\d{2}$/ })
      .count(),
  ).toBe(0)
  await page.goto(`${site}/desk`)
  await visit.settled()
  await page.getByText('没有等您办理的事').waitFor()
  await visit.close()
})
