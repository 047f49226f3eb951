// Without a network: what a resident writes on a phone survives a closed browser and goes out exactly once; others find nothing of it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, launchPhone } from './support/chromium.ts'
import { photo, readyForOffline } from './support/offline.ts'
import { faultsOf } from './support/page-checks.ts'
import { sound } from './support/sound.ts'
import { rowsOf, verifiedResidents } from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { contextOptions, type DemoPerson, Visit } from './support/visit.ts'

let browser: Browser
let resident: DemoPerson
let neighbour: DemoPerson
const folders: string[] = []
beforeAll(async () => {
  browser = await launchBrowser()
  const visit = await Visit.open(browser)
  const [first, second] = await verifiedResidents(visit, 2)
  if (!first || !second) throw new Error('nobody lives here')
  resident = first
  neighbour = second
  await visit.close()
})
afterAll(async () => {
  await browser.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A phone of one's own: `open` starts its browser, again after it was closed. */
function phone() {
  const folder = mkdtempSync(join(tmpdir(), 'liandong-phone-'))
  folders.push(folder)
  const open = async (): Promise<Visit> => {
    const context: BrowserContext = await launchPhone(folder, contextOptions({ size: 'phone' }))
    return Visit.inside(context)
  }
  return { open }
}

/** What opens the list of categories, whether one was proposed by then or not. */
const chooser = (page: Page) =>
  page.getByRole('group', { name: /^类别/ }).getByRole('button', { name: /选一个类别|其他类别|更换/ })

async function chooseCategory(page: Page): Promise<void> {
  // with a network one may be proposed by then
  await chooser(page).tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '物业与公共设施' }).tap()
  await dialog.getByRole('button', { name: '道路与照明' }).tap()
}

const mine = (visit: Visit, words: string) =>
  rowsOf<{ id: string; title?: string; number?: string; state: string }>(visit, '/api/needs/mine?size=50').then(
    (rows) => rows.filter((row) => row.title?.startsWith(words)),
  )

it('a need written without a network survives a closed browser and is sent once when the network is back', async () => {
  const device = phone()
  const words = `六幢后门的路灯断断续续闪了${Date.now() % 1000}天`
  const before = await device.open()
  await before.become(resident)
  const page = await before.go('/')
  await readyForOffline(page)
  await before.context.setOffline(true)

  await page.goto(`${before.url}/raise`)
  await page.getByLabel('说说您的需求').fill(words)
  await page.locator('input[type=file]:not([capture])').setInputFiles(await photo())
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  await page.getByText('待上传', { exact: true }).waitFor()
  await chooseCategory(page)
  await page.getByText('整段路').tap()
  await takeScreen(page, 'raise-offline-360')
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '提交', exact: true }).tap()
  await page.waitForURL(/\/raise\/done\?item=/)
  await page.getByText('联网后自动提交').waitFor()
  await takeScreen(page, 'raise-waiting-360')
  expect(await faultsOf(page)).toEqual([])
  await before.close()

  const after = await device.open()
  await after.context.setOffline(true)
  const again = after.page
  await again.goto(`${after.url}/mine/needs`)
  await again.getByText(words).waitFor()
  expect(await mineOffline(again)).toBe(1)
  await after.context.setOffline(false)
  await again.getByText('已提交', { exact: true }).waitFor()
  const needs = await mine(after, words)
  expect(needs).toMatchObject([{ state: 'submitted', number: expect.stringMatching(/^需\d{4}-\d{4}$/) }])
  await again
    .getByText(needs[0]?.number ?? 'no number')
    .first()
    .waitFor()
  const need = await after.send<{ files: unknown[]; answers: unknown }>('GET', `/api/needs/${needs[0]?.id}`)
  expect(need.files.length).toBe(1)
  expect(need.answers).toEqual([{ question: 'lamps-out', answer: '整段路' }])
  await after.go('/mine/needs')
  await again.evaluate(() => window.dispatchEvent(new Event('online')))
  await after.settled()
  expect((await mine(after, words)).length).toBe(1)
  await after.close()
})

/** Items that the page shows as waiting. */
const mineOffline = (page: Page) => page.getByText('联网后自动提交').count()

it('an answer that got lost on the way does not make a second need', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const words = `七幢楼道的声控灯不灵已经${Date.now() % 1000}天`
  const page = await visit.go('/raise')
  let tries = 0
  // drafts of the page stay on the device: only the submission reaches the server
  await page.route(/\/api\/needs\/drafts$/, (route) => route.abort())
  await page.route(/\/api\/needs$/, async (route) => {
    tries += 1
    if (tries > 1) return route.continue()
    await route.fetch()
    await route.abort()
  })
  await page.getByLabel('说说您的需求').fill(words)
  await chooseCategory(page)
  await page.getByRole('button', { name: '提交', exact: true }).tap()
  await page.waitForURL(/\/raise\/done\?id=/)
  expect(tries).toBe(2)
  expect((await mine(visit, words)).length).toBe(1)
  await visit.close()
})

it('words and photos given before the page knows who is there are kept', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const { page } = visit
  let answer: () => void = () => undefined
  const asked = new Promise<void>((done) => {
    answer = done
  })
  await page.route(/\/api\/session$/, async (route) => {
    await asked
    await route.continue()
  })
  await page.goto(`${visit.url}/raise?new=1`)
  await page.getByLabel('说说您的需求').fill('十一幢西侧的雨水口堵了')
  await page.locator('input[type=file]:not([capture])').setInputFiles(await photo())
  expect(await page.getByRole('img', { name: '第 1 张照片' }).count()).toBe(0)
  answer()
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  await page.getByText('草稿已存').waitFor()
  expect(await page.getByLabel('说说您的需求').inputValue()).toBe('十一幢西侧的雨水口堵了')
  await visit.close()
})

it('what the server refuses is shown with the faulty field, mended and sent again', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const page = await visit.go('/raise')
  await visit.page.getByLabel('说说您的需求').fill('楼下的井盖松了，请打我电话 13812345678 来看。')
  await chooseCategory(page)
  await page.getByRole('button', { name: '提交', exact: true }).tap()
  await page.getByRole('alert').first().waitFor()
  expect(await page.getByLabel('说说您的需求').getAttribute('aria-invalid')).toBe('true')
  await visit.settled()
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('说说您的需求').fill('楼下的井盖松了，走路要绕开，请来看。')
  await page.getByRole('button', { name: '提交', exact: true }).tap()
  await page.waitForURL(/\/raise\/done\?id=/)
  await visit.close()
})

it('a draft that was changed on another device says so; whoever submits all the same sends what stands on the screen', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const words = `八幢门口的坡道太陡${Date.now() % 1000}`
  const page = await visit.go('/raise')
  const saved = page.waitForResponse((answer) => answer.url().endsWith('/api/needs/drafts') && answer.ok())
  await page.getByLabel('说说您的需求').fill(words)
  const draft = (await (await saved).json()) as { id: string }
  await visit.send('PUT', `/api/needs/${draft.id}/draft`, {
    text: '在电脑上改过的另一段话',
    category: '0301',
    division: resident.division,
  })
  await page.getByLabel('说说您的需求').fill(`${words}，轮椅上不去`)
  await page.getByText(/在别的设备上改过/).waitFor()
  await visit.settled()
  expect(await faultsOf(page)).toEqual([])
  await chooseCategory(page)
  await page.getByRole('button', { name: '提交', exact: true }).tap()
  await page.waitForURL(/\/raise\/done\?id=/)
  expect(await visit.send('GET', `/api/needs/${draft.id}`)).toMatchObject({
    state: 'submitted',
    text: `${words}，轮椅上不去`,
    category: '0803',
  })
  await visit.close()
})

it('several drafts lie side by side, each opened from the list', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const page = await visit.go('/raise')
  await page.getByLabel('说说您的需求').fill('第一份：花坛里的树该修枝了')
  await page.getByText('草稿已存').waitFor()
  await page.getByRole('link', { name: '另写一件' }).tap()
  await page.getByText('0 字').waitFor()
  await page.getByLabel('说说您的需求').fill('第二份：快递柜的门关不上')
  await page.getByText('草稿已存').waitFor()
  await page
    .getByRole('link', { name: /第一份/ })
    .first()
    .tap()
  await page.waitForFunction(() => document.querySelector('textarea')?.value.startsWith('第一份'))
  await page
    .getByRole('link', { name: /第二份/ })
    .first()
    .waitFor()
  await page.getByRole('button', { name: '删掉这份草稿' }).tap()
  await page.waitForURL(`${visit.url}/`)
  await visit.go('/raise')
  expect(await page.getByLabel('说说您的需求').inputValue()).toContain('第二份')
  expect(await page.locator('main').innerText()).not.toContain('第一份')
  await visit.close()
})

it('nothing that was written can be read on the device, and another person finds none of it', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const words = '家里的事想请社区的人私下来谈一谈'
  // from the first page, where it is known who is there before the queue is opened
  const page = await visit.go('/')
  await page
    .getByRole('link', { name: /我要反映/ })
    .first()
    .tap()
  await visit.settled()
  await page.getByLabel('说说您的需求').fill(words)
  await page.getByText('草稿已存').waitFor()
  const stored = await page.evaluate(async () => {
    const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
    const base = await new Promise<IDBDatabase>((done, fail) => {
      const request = indexedDB.open('liandong')
      request.onsuccess = () => done(request.result)
      request.onerror = () => fail(request.error)
    })
    const rows = (name: string) =>
      new Promise<Record<string, unknown>[]>((done) => {
        const request = base.transaction(name).objectStore(name).getAll()
        request.onsuccess = () => done(request.result)
      })
    for (const item of await rows('items')) {
      const bytes = new Uint8Array(item['data'] as ArrayBuffer)
      texts.push(new TextDecoder().decode(bytes), JSON.stringify(item))
    }
    const [key] = await rows('keys')
    const made = key?.['key'] as CryptoKey
    base.close()
    return { texts, items: texts.length - 2, extractable: made.extractable }
  })
  expect(stored.items).toBeGreaterThan(0)
  expect(stored.extractable).toBe(false)
  expect(stored.texts.filter((text) => text.includes('私下'))).toEqual([])
  await visit.become(neighbour)
  await visit.go('/raise')
  expect(await page.getByLabel('说说您的需求').inputValue()).toBe('')
  expect(await page.locator('main').innerText()).not.toContain('私下')
  await visit.close()
})

it('signing out wipes the device; a page that nobody submitted says so', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const page = await visit.go('/raise')
  await page.getByLabel('说说您的需求').fill('小区健身器材坏了一件，请来修。')
  await page.getByText('草稿已存').waitFor()
  await visit.go('/mine/account')
  await page.getByRole('button', { name: '退出登录' }).tap()
  await page.waitForURL(`${visit.url}/`)
  await visit.go('/raise')
  expect(await page.getByLabel('说说您的需求').inputValue()).toBe('')
  await visit.go('/raise/done')
  await page.getByText('这里没有刚提交的需求').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await visit.close()
})

it('the page opens without a network after a visit, and nothing of the API was kept for it', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  const page = await visit.go('/')
  await readyForOffline(page)
  await visit.go('/')
  const kept = await page.evaluate(async () => {
    const names = await caches.keys()
    const caches_ = await Promise.all(names.map((name) => caches.open(name)))
    return (await Promise.all(caches_.map((cache) => cache.keys())))
      .flat()
      .map((request) => new URL(request.url).pathname)
  })
  expect(kept).toContain('/')
  expect(kept.filter((path) => !/^\/($|assets\/|favicon\.svg$|manifest\.webmanifest$)/.test(path))).toEqual([])
  await visit.context.setOffline(true)
  await page.goto(`${visit.url}/raise`)
  await page.getByRole('heading', { name: '我要反映' }).waitFor()
  await visit.close()
})

it('on a device that writes slowly the photo goes along, once, however soon it is submitted', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: resident })
  // every write of the vault is encrypted first
  await visit.context.addInitScript(() => {
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle)
    crypto.subtle.encrypt = async (...given) => {
      const until = performance.now() + 700
      while (performance.now() < until) await encrypt(...given)
      return encrypt(...given)
    }
  })
  const page = await visit.go('/raise')
  let uploads = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/files') uploads += 1
  })
  const words = `三幢门口的路灯闪了${Date.now() % 1000}次，请来修。`
  await page.getByLabel('说说您的需求').fill(words)
  await chooseCategory(page)
  await page.locator('input[type=file]:not([capture])').setInputFiles(await photo())
  await page.getByRole('button', { name: '提交', exact: true }).tap()
  await page.waitForURL(/\/raise\/done\?id=/)
  const [need] = await mine(visit, words.slice(0, 8))
  expect((await visit.send<{ files: unknown[] }>('GET', `/api/needs/${need?.id}`)).files.length).toBe(1)
  expect(uploads).toBe(1)
  await visit.close()
})

it('somebody who is here for the first time raises a need within a minute and five taps after the text, signing in on the way', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const page = await visit.go('/raise')
  const words = '菜场后门的路灯坏了，早上买菜看不见台阶，请来修。'
  const begun = Date.now()
  await page.getByRole('button', { name: '选择', exact: true }).tap()
  await page.getByRole('searchbox').fill('横塘社区')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /横塘社区/ })
    .first()
    .tap()
  await page.getByLabel('说说您的需求').fill(words)
  await page.locator('input[type=file]:not([capture])').setInputFiles(await photo())
  let taps = 0
  const tap = async (name: string | RegExp) => {
    taps += 1
    // a class may be proposed on the page and stand in the list before it
    await page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .last()
      .tap()
  }
  // the long way, without the category that may have been proposed
  taps += 1
  await chooser(page).tap()
  await tap('物业与公共设施')
  await tap('道路与照明')
  await tap('登录并提交')
  await page.getByLabel('手机号').fill(`139${String(Date.now()).slice(-8)}`)
  await tap('获取验证码')
  const code = await page.getByText(/演示.*\d{6}/).innerText()
  await page.getByLabel('验证码').fill(/\d{6}/.exec(code)?.[0] ?? '')
  // the sixth digit signs in, and what was written goes out: nothing is asked twice
  await page.waitForURL(/\/raise\/done\?id=/)
  expect(taps).toBeLessThanOrEqual(5)
  expect(Date.now() - begun).toBeLessThan(60_000)
  await sound(visit)
  const [need] = await mine(visit, words.slice(0, 8))
  expect((await visit.send<{ files: unknown[] }>('GET', `/api/needs/${need?.id}`)).files.length).toBe(1)
  await visit.close()
})
