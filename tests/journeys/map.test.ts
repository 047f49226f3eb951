// A place on the map: set by tap, keys or one's own position, shown where the need is shown, never needed; without tiles, with them, and where no map can be drawn.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, launchPhone } from './support/chromium.ts'
import { faultsOf } from './support/page-checks.ts'
import { sound } from './support/sound.ts'
import { raise, rowsOf, verifiedResidents } from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { contextOptions, type DemoPerson, personOf, Visit } from './support/visit.ts'

/** A busy machine draws slowly. */
const patience = { timeout: 30_000 }

let browser: Browser
let resident: DemoPerson
const folder = mkdtempSync(join(tmpdir(), 'liandong-phone-'))
beforeAll(async () => {
  browser = await launchBrowser()
  const visit = await Visit.open(browser)
  const [first] = await verifiedResidents(visit, 1)
  if (!first) throw new Error('nobody lives here')
  resident = first
  await visit.close()
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Some place in the county of the demo, and one in another city. */
const here = { latitude: 31.301, longitude: 120.512, accuracy: 35 }
const elsewhere = { latitude: 32.06, longitude: 118.79, accuracy: 20 }

/** Every address outside the site that the page asked for. */
function outsideOf(visit: Visit): string[] {
  const outside: string[] = []
  visit.page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(visit.url) && !/^(blob|data):/.test(url)) outside.push(url)
  })
  return outside
}

async function openSheet(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: '在地图上选' }).click()
  const sheet = page.getByRole('dialog', { name: '在地图上选位置' })
  await sheet.waitFor()
  return sheet
}

const figures = async (sheet: Locator) => {
  const said = await sheet.getByRole('status').last().innerText()
  const [, lat, long] = /([\d.]+)°，.*?([\d.]+)°/.exec(said) ?? []
  return { lat: Number(lat), long: Number(long) }
}

it('a resident taps the map, moves the pin with the keys, takes it away, sets it anew, and the need shows it', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const outside = outsideOf(visit)
  const page = await visit.go('/raise?new=1')
  const words = `桥头的护栏松了${Date.now() % 1000}处，孩子放学从那里过`
  await page.getByLabel('说说您的需求').fill(words)
  const sheet = await openSheet(page)
  const canvas = sheet.getByRole('region', { name: /的地图$/ })
  await canvas.waitFor()
  await sound(visit)
  await takeScreen(page, 'map-360', { window: true })
  expect(await sheet.getByRole('button', { name: '就选这里' }).isDisabled()).toBe(true)
  // in the corner it is another county
  await canvas.tap({ position: { x: 20, y: 20 } })
  await sheet.getByText(/不在虎丘区范围内/).waitFor()
  expect(await sheet.getByRole('button', { name: '就选这里' }).isDisabled()).toBe(true)
  await sound(visit)
  const box = await canvas.boundingBox()
  await canvas.tap({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } })
  await sheet.getByText(/拖动标记/).waitFor()
  const tapped = await figures(sheet)
  const pin = sheet.getByRole('button', { name: /^标记：北/ })
  await pin.focus()
  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowUp')
  await expect.poll(async () => (await figures(sheet)).lat, patience).toBeGreaterThan(tapped.lat)
  const moved = await figures(sheet)
  expect(moved.long).toBeGreaterThan(tapped.long)
  // nearer, the same key moves it less
  await page.keyboard.press('+')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await figures(sheet)).long, patience).toBeLessThan(moved.long)
  const finer = await figures(sheet)
  expect(moved.long - finer.long).toBeLessThan((moved.long - tapped.long) / 3)
  await sound(visit)
  await sheet.getByRole('button', { name: '就选这里' }).tap()
  await sheet.waitFor({ state: 'detached' })
  const field = page.getByRole('group', { name: /^地图上的位置/ })
  expect(await field.innerText()).toContain(`${finer.lat}°`)
  await sound(visit)
  await field.getByRole('button', { name: '去掉' }).tap()
  await field.getByRole('button', { name: '在地图上选' }).waitFor()
  // Escape leaves all as it was
  await openSheet(page)
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  await openSheet(page)
  await sheet.getByRole('button', { name: '标记放在图中间' }).tap()
  await sheet.getByText(/拖动标记/).waitFor()
  const middle = await figures(sheet)
  await sheet.getByRole('button', { name: '就选这里' }).tap()
  // the draft remembers it, on the server and on the phone
  const latest = async () => {
    const [row] = await rowsOf(visit, '/api/needs/mine?size=1')
    return visit.send<{ point?: unknown; state: string }>('GET', `/api/needs/${row?.id}`)
  }
  await expect.poll(latest, patience).toMatchObject({ state: 'draft', point: middle })
  await visit.go('/raise')
  await field.getByText(`${middle.lat}°`).waitFor()
  await page.getByRole('group', { name: /^类别/ }).getByRole('button').last().tap()
  const classes = page.getByRole('dialog')
  await classes.getByRole('button', { name: '物业与公共设施' }).tap()
  await classes.getByRole('button', { name: '道路与照明' }).tap()
  await page.getByRole('button', { name: '提交', exact: true }).tap()
  await page.waitForURL(/\/raise\/done/)
  const [row] = await rowsOf(visit, '/api/needs/mine?size=1')
  const need = await visit.send<{ point: unknown }>('GET', `/api/needs/${row?.id}`)
  expect(need.point).toEqual(middle)
  await visit.go(`/needs/${row?.id}`)
  expect(await page.locator('main').innerText()).toContain(`${middle.lat}°`)
  await page.getByRole('button', { name: '在地图上看' }).tap()
  await page.getByRole('img', { name: /^标记：北/ }).waitFor()
  await sound(visit)
  await takeScreen(page, 'need-map-360')
  expect(outside).toEqual([])
  await visit.close()
})

it('large type fits, too', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident, elder: true })
  const page = await visit.go('/raise?new=1')
  const sheet = await openSheet(page)
  await sheet.getByRole('region', { name: /的地图$/ }).waitFor()
  await sound(visit)
  expect(await sheet.getByRole('button', { name: '就选这里' }).isVisible()).toBe(true)
  const canvas = await sheet.getByRole('region', { name: /的地图$/ }).boundingBox()
  expect(canvas?.height ?? 0).toBeGreaterThan(200)
  await takeScreen(page, 'map-elder-360', { window: true })
  await visit.close()
})

it('one’s own position is asked for only when the button is pressed, and taken only where it is in the county', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  await visit.context.addInitScript(() => {
    const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation)
    navigator.geolocation.getCurrentPosition = (...all) => {
      document.documentElement.dataset['asked'] = 'yes'
      ask(...all)
    }
  })
  const page = await visit.go('/raise?new=1')
  const sheet = await openSheet(page)
  await sheet.getByRole('region', { name: /的地图$/ }).waitFor()
  await visit.settled()
  const asked = () => page.evaluate(() => document.documentElement.dataset['asked'])
  expect(await asked()).toBeUndefined()
  const mine = sheet.getByRole('button', { name: '用我的位置' })
  await mine.tap()
  await sheet.getByText('浏览器没有允许定位').waitFor()
  expect(await asked()).toBe('yes')
  await visit.context.grantPermissions(['geolocation'])
  await visit.context.setGeolocation(elsewhere)
  await mine.tap()
  await sheet.getByText('您现在不在虎丘区').waitFor()
  expect(await sheet.getByRole('button', { name: '就选这里' }).isDisabled()).toBe(true)
  await visit.context.setGeolocation(here)
  await mine.tap()
  await sheet.getByText('误差约 35 米').waitFor()
  expect(await figures(sheet)).toEqual({ lat: here.latitude, long: here.longitude })
  await sound(visit)
  await visit.close()
})

it('without a network the sheet says so, one’s own position does, and the point waits with the need on the phone', async () => {
  const open = async () => {
    const context = await launchPhone(folder, contextOptions({ size: 'phone' }))
    await context.grantPermissions(['geolocation'])
    await context.setGeolocation(here)
    return Visit.inside(context)
  }
  const before = await open()
  await before.become(resident)
  const page = await before.go('/')
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
  })
  await before.context.setOffline(true)
  await page.goto(`${before.url}/raise`)
  const words = `河边的栏杆断了${Date.now() % 1000}根`
  await page.getByLabel('说说您的需求').fill(words)
  const sheet = await openSheet(page)
  await sheet.getByText('没有网络，地图打不开').waitFor()
  await sheet.getByRole('button', { name: '用我的位置' }).tap()
  await sheet.getByText('误差约 35 米').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await sheet.getByRole('button', { name: '就选这里' }).tap()
  await page.getByRole('button', { name: '选一个类别' }).tap()
  await page.getByRole('dialog').getByRole('button', { name: '物业与公共设施' }).tap()
  await page.getByRole('dialog').getByRole('button', { name: '道路与照明' }).tap()
  await page.getByRole('button', { name: '提交', exact: true }).tap()
  await page.waitForURL(/\/raise\/done\?item=/)
  await before.close()
  const after = await open()
  await after.go('/mine/needs')
  await after.page.getByText('已提交', { exact: true }).waitFor()
  const rows = await rowsOf(after, '/api/needs/mine?size=50')
  const sent = rows.find((row) => row.title === words)
  expect(await after.send('GET', `/api/needs/${sent?.id}`)).toMatchObject({
    point: { lat: here.latitude, long: here.longitude },
  })
  await after.close()
})

it('where no map can be drawn, words say so and everything else works', async () => {
  const plain = await launchBrowser({ drawing: false })
  const visit = await Visit.open(plain, { size: 'phone', person: resident })
  await visit.context.grantPermissions(['geolocation'])
  await visit.context.setGeolocation(here)
  const loaded: string[] = []
  visit.page.on('request', (request) => loaded.push(request.url()))
  const page = await visit.go('/raise?new=1')
  const sheet = await openSheet(page)
  await sheet.getByText('这个浏览器画不出地图').waitFor()
  await sound(visit)
  await takeScreen(page, 'map-words-360', { window: true })
  expect(loaded.filter((url) => /MapCanvas|maplibre/i.test(url))).toEqual([])
  await sheet.getByRole('button', { name: '用我的位置' }).tap()
  await sheet.getByText('误差约 35 米').waitFor()
  await sheet.getByRole('button', { name: '就选这里' }).tap()
  await page
    .getByRole('group', { name: /^地图上的位置/ })
    .getByText(`${here.latitude}°`)
    .waitFor()
  await sound(visit)
  await visit.close()
  await plain.close()
})

it('a worker at the counter sets the point by keyboard alone, and finds it on the record', async () => {
  const worker = await personOf('community-worker')
  const visit = await Visit.open(browser, { person: worker })
  const page = await visit.go('/desk/needs/new')
  const button = page.getByRole('button', { name: '在地图上选' })
  await button.focus()
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: '在地图上选位置' })
  const middle = sheet.getByRole('button', { name: '标记放在图中间' })
  await middle.focus()
  await page.keyboard.press('Enter')
  const pin = sheet.getByRole('button', { name: /^标记：北/ })
  await expect.poll(() => pin.evaluate((element) => element === document.activeElement), patience).toBe(true)
  const first = await figures(sheet)
  await page.keyboard.press('ArrowDown')
  await expect.poll(async () => (await figures(sheet)).lat, patience).toBeLessThan(first.lat)
  await sound(visit)
  await takeScreen(page, 'map-desk-1280', { window: true })
  const chosen = await figures(sheet)
  await sheet.getByRole('button', { name: '就选这里' }).focus()
  await page.keyboard.press('Enter')
  await sheet.waitFor({ state: 'detached' })
  await page.getByText(`${chosen.lat}°`).waitFor()
  await sound(visit)
  const need = await raise(visit, resident, { text: '巷口的窨井盖翻了，晚上走路看不见。', point: chosen })
  await visit.become(worker)
  await visit.go(`/desk/needs/${need}`)
  await page.getByText(`${chosen.lat}°`).waitFor()
  await page.getByRole('button', { name: '在地图上看' }).click()
  await page.getByRole('img', { name: /^标记：北/ }).waitFor()
  await sound(visit)
  await takeScreen(page, 'record-map-1280', { window: true })
  await visit.close()
})
