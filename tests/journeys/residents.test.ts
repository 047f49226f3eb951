// Residents on a phone: saying a need, supporting a neighbour's, walking a finished thread, having the last word, in large type and in other languages.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { faultsOf, rawKeys } from './support/page-checks.ts'
import { sound } from './support/sound.ts'
import { finishedThread, raise, residentOfLiveliest, residentWith, verifiedResidents } from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { type DemoPerson, personOf, Visit } from './support/visit.ts'

let browser: Browser
let resident: DemoPerson
let neighbour: DemoPerson
beforeAll(async () => {
  browser = await launchBrowser()
  const visit = await Visit.open(browser)
  const [first, second] = await verifiedResidents(visit, 2)
  if (!first || !second) throw new Error('nobody lives here')
  resident = first
  neighbour = second
  await visit.close()
})
afterAll(() => browser.close())

it('a resident raises a need in three taps after the text, and learns its number, who handles it and by when', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const page = await visit.go('/')
  await page
    .getByRole('link', { name: /我要反映/ })
    .first()
    .tap()
  await visit.settled()
  await page
    .getByLabel('说说您的需求')
    .fill('五号楼二单元门口的台阶裂了两级，下雨天老人走着打滑，想请社区修一修，再装一段扶手。')
  await visit.settled()
  // chosen from what was written where the classifier is sure enough, and then open to change
  const more = page.getByRole('button', { name: /选一个类别|其他类别|更换/ }).first()
  await more.waitFor()
  await takeScreen(page, 'raise-360')
  await sound(visit)
  // One: the list of classes; two: the class; three: submit. A proposed class saves a tap.
  await more.tap()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await sound(visit)
  const whole = dialog.locator('button:not([aria-expanded])').filter({ hasText: /其他/ }).last()
  await whole.tap()
  await page.getByRole('button', { name: '提交', exact: true }).tap()
  await page.waitForURL(/\/raise\/done/)
  await sound(visit)
  const told = await page.locator('main').innerText()
  expect(told).toMatch(/需\d{4}-\d{4}/)
  expect(told).toMatch(/社区/)
  expect(told).toMatch(/\d+月\d+日/)
  await visit.close()
})

it('a neighbour supports it, and the number beside it grows', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const need = await raise(visit, resident, {
    text: '小区东门的路灯连着三天不亮，晚自习回来的孩子摸黑走，盼着早点修好。',
  })
  await visit.become(neighbour)
  const page = await visit.go(`/needs/${need}`)
  await page.getByRole('button', { name: '我也有这个需求，附议' }).tap()
  await page.getByRole('button', { name: /已附议/ }).waitFor()
  await sound(visit)
  const { supports, verifiedSupports } = await visit.send<{ supports: number; verifiedSupports: number }>(
    'GET',
    `/api/needs/${need}`,
  )
  expect({ supports, verifiedSupports }).toEqual({ supports: 1, verifiedSupports: 1 })
  expect(await page.locator('main').innerText()).toMatch(/1\s*位邻居附议/)
  await visit.close()
})

it('a stranger sees nothing of a private need, and neither does a neighbour', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const words = '家里的事不好意思让邻居知道，想请社区的人上门来谈一谈。'
  const need = await raise(visit, resident, { text: words, visibility: 'private' })
  const own = await visit.go(`/needs/${need}`)
  expect(await own.locator('main').innerText()).toContain(words)
  await visit.become(neighbour)
  for (const path of [`/needs/${need}`, '/needs', '/']) {
    const page = await visit.go(path)
    expect(await page.locator('body').innerText()).not.toContain('不好意思让邻居知道')
  }
  visit.takeSaid()
  const stranger = await Visit.open(browser, { size: 'phone' })
  const page = await stranger.go(`/needs/${need}`)
  expect(await page.locator('main').innerText()).toContain('没有找到')
  expect(await faultsOf(page)).toEqual([])
  await stranger.close()
  await visit.close()
})

it('the thread of a finished need shows all ten stations with the money, to anybody', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const need = await finishedThread(visit)
  const page = await visit.go(`/needs/${need}`)
  const line = page.locator('ol[class*="line"] > li')
  expect(await line.count()).toBe(10)
  expect(await line.evaluateAll((stations) => stations.map((station) => station.getAttribute('data-state')))).toEqual(
    Array.from({ length: 10 }, () => 'done'),
  )
  const words = await page.locator('main').innerText()
  expect(words).toMatch(/已付\s*[\d,]+\.\d{2}\s*元/)
  await takeScreen(page, 'need-thread-360')
  await sound(visit)
  await visit.close()
})

it('a resident has the last word on an answered need: nothing is chosen beforehand, and the verdict closes it', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const { record } = await residentWith(visit, 'giveVerdict')
  const page = await visit.go(`/needs/${record}`)
  expect(await page.locator('#verdict input:checked').count()).toBe(0)
  await page.getByRole('button', { name: '提交评价' }).tap()
  await page.getByText('请选一个').waitFor()
  await sound(visit)
  await page
    .locator('#verdict label')
    .filter({ hasText: /^解决了$/ })
    .tap()
  await page.locator('#verdict').getByLabel('4 分，满意').check({ force: true })
  await page.getByLabel(/想补充一句/).fill('来得快，修得也结实。')
  await page.getByRole('button', { name: '提交评价' }).tap()
  await page.locator('#verdict').waitFor({ state: 'detached' })
  await sound(visit)
  expect(await visit.send('GET', `/api/needs/${record}`)).toMatchObject({
    state: 'closed',
    verdict: { value: 'met', rating: 4 },
  })
  await visit.close()
})

it('the first page and my own page hold in normal and in large type', async () => {
  const asker = await Visit.open(browser)
  const person = await residentOfLiveliest(asker)
  await asker.close()
  for (const elder of [false, true]) {
    const visit = await Visit.open(browser, { size: 'phone', person, elder })
    const page = await visit.go('/')
    const size = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
    expect(size).toBe(elder ? 20 : 16)
    const smallest = await page.evaluate(() =>
      Math.min(
        ...[...document.querySelectorAll('main *')]
          .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
          .map((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
      ),
    )
    expect(smallest).toBeGreaterThanOrEqual(elder ? 16 : 13)
    expect(await page.getByRole('navigation', { name: '主要页面' }).getByRole('link').count()).toBe(elder ? 3 : 5)
    await takeScreen(page, elder ? 'home-elder-360' : 'home-360')
    if (!elder) {
      await visit.go('/mine')
      await takeScreen(page, 'mine-360')
    }
    await sound(visit)
    await visit.close()
  }
})

it('one tap turns on large type, and it stays on', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const page = await visit.go('/')
  await page.getByRole('button', { name: '大字版' }).tap()
  await page.getByRole('button', { name: '普通版' }).waitFor()
  await visit.go('/')
  expect(await page.evaluate(() => document.documentElement.dataset['size'])).toBe('elder')
  await sound(visit)
  await visit.close()
})

it.each([
  ['繁體', 'zh-Hant', /反映/],
  ['English', 'en', /need/i],
] as const)('whoever reads %s gets every word of it, without a raw key', async (_name, language, word) => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident, language })
  for (const path of ['/', '/raise', '/needs', '/square', '/services', '/mine']) {
    const page = await visit.go(path)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
    expect((await rawKeys(page)).map((key) => `${path} ${key}`)).toEqual([])
  }
  if (language === 'en') {
    // A unit that English leaves out stays out: it does not come back in Chinese.
    const home = await visit.go('/')
    expect(await home.getByText('Needs raised this year').innerText()).toMatch(/\d\s*$/)
  }
  const page = await visit.go('/raise')
  expect(await page.locator('body').innerText()).toMatch(word)
  expect(visit.takeSaid()).toEqual([])
  await visit.close()
})

it('whoever is not signed in may write first: signing in brings back what was typed', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const page = await visit.go('/raise')
  const words = '菜场后门的下水道一下雨就返水，味道重，想请人来疏通。'
  await page.getByLabel('说说您的需求').fill(words)
  await visit.become(await personOf('resident'))
  await visit.go('/raise')
  expect(await page.getByLabel('说说您的需求').inputValue()).toBe(words)
  await sound(visit)
  await visit.close()
})

it('what is missing comes into view, however far below the button it stands', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: await personOf('resident') })
  // As low as a phone with its keyboard open.
  await visit.page.setViewportSize({ width: 360, height: 460 })
  const page = await visit.go('/raise')
  // Of such words nobody can tell the kind of need: the resident chooses.
  await page.getByRole('textbox').first().fill('请帮帮忙，谢谢你们')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  const fault = page.getByText('请选一个类别')
  await fault.waitFor()
  const seen = () =>
    fault.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect()
      return top > 0 && bottom < window.innerHeight - 120
    })
  await expect.poll(seen).toBe(true)
  await visit.close()
})
