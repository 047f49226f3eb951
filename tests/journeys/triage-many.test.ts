// Triage of many: 500 needs of an import decided by keyboard and in bulk, and needs that say the same merged from their page; nothing reloaded.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { raise, verifiedResidents } from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { demoPeople, type DemoPerson, Visit } from './support/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const many = 500
const matters = [
  ['电梯', '院里种枇杷的那几栋，电梯三天两头困人，维保半个月不来'],
  ['公共设施', '枇杷树下的长椅断了两根木条，老人坐着不稳，想请人修一修'],
  ['生活服务', '枇杷树旁的路灯坏了一周，晚上看不清路，走路都要打手电'],
  ['环境', '枇杷熟了掉一地没人扫，踩得到处都是，招来很多虫子'],
] as const

/** A file of needs as a hotline hands it over, imported in one act by a worker. */
async function imported(visit: Visit, worker: DemoPerson): Promise<void> {
  await visit.become(worker)
  const rows = Array.from({ length: many }, (_, at) => {
    const [, said] = matters[at % matters.length] ?? matters[0]
    return [
      `M-${at}`,
      `${at + 1}号楼：${said}`,
      '20',
      `王${'甲乙丙丁戊己庚'[at % 7]}`,
      `1371${String(at).padStart(7, '0')}`,
      '是',
    ].join(',')
  })
  const answer = await visit.context.request.post(`${visit.url}/api/files`, {
    headers: { origin: visit.url, 'idempotency-key': crypto.randomUUID() },
    multipart: {
      file: {
        name: '热线.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`\uFEFF来源编号,需求内容,类别,姓名,手机号码,是否公开\r\n${rows.join('\r\n')}\r\n`),
      },
    },
  })
  const { id: file } = (await answer.json()) as { id: string }
  const seen = await visit.send<{ fresh: number; rows: { state: string; faults: unknown[] }[] }>(
    'POST',
    '/api/needs/imports/preview',
    { division: worker.division, file },
  )
  expect([seen.fresh, seen.rows.find(({ state }) => state !== 'new')]).toEqual([many, undefined])
  const done = await visit.send<{ fresh: number; bad: number }>('POST', '/api/needs/imports', {
    division: worker.division,
    file,
  })
  expect(done).toMatchObject({ fresh: many, bad: 0 })
}

/** How the imported needs stand, counted by state. */
async function states(visit: Visit): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  let cursor = ''
  for (;;) {
    const page = await visit.send<{ rows: { state: string }[]; next?: string }>(
      'GET',
      `/api/needs/desk?q=${encodeURIComponent('枇杷')}&sort=submitted&size=100${cursor}`,
    )
    for (const { state } of page.rows) counts[state] = (counts[state] ?? 0) + 1
    if (page.next === undefined) return counts
    cursor = `&cursor=${page.next}`
  }
}

/** Chooses what stands first in the field that has the keyboard. */
async function chooseFirst(page: Page): Promise<void> {
  await page.locator('dialog [role="combobox"]:focus').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.locator('.ant-select-item-option-active').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.ant-select-item-option-active').waitFor({ state: 'hidden' })
}

/** Moves on with Tab until the button of that name has the keyboard. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 12; steps += 1) {
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '')
    if (name.test(focused)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${name}`)
}

it('a worker decides on 500 needs with the keyboard, page by page, and the page is loaded once', async () => {
  const visit = await Visit.open(browser)
  const homes = new Set((await demoPeople()).filter(({ role }) => role === 'resident').map(({ division }) => division))
  const workers = (await demoPeople()).filter(({ role }) => role === 'community-worker')
  const worker = workers.find(({ division }) => !homes.has(division)) ?? workers.at(-1)
  if (!worker) throw new Error('no worker')
  await imported(visit, worker)
  const page = await visit.go(`/desk/needs?state=submitted&sort=submitted&size=100&q=${encodeURIComponent('枇杷')}`)
  let loads = 0
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads += 1
  })
  await page.evaluate(() => document.documentElement.setAttribute('data-walked', 'yes'))
  const dialog = page.getByRole('dialog')
  const first = page.locator('tbody tr').first()
  const gone = async () => {
    await dialog.waitFor({ state: 'detached' })
    await visit.settled()
  }
  await first.focus()
  await takeScreen(page, 'triage-proposals-1280', { window: true })
  await sound(visit)

  // The first hundred get the category that is proposed for each; the route is chosen once.
  await page.keyboard.press('a')
  await page.keyboard.press('p')
  await dialog.waitFor()
  await chooseFirst(page)
  await takeScreen(page, 'triage-accept-proposed-1280', { window: true })
  await sound(visit)
  await tabTo(page, /^受理$/)
  await page.keyboard.press('Enter')
  await gone()
  expect(await states(visit)).toEqual({ accepted: 100, submitted: 400 })

  // The second hundred are declined with one sentence.
  await page.keyboard.press('a')
  await page.keyboard.press('d')
  await dialog.waitFor()
  await chooseFirst(page)
  await page.keyboard.press('Tab')
  await page.keyboard.type('热线已经转给物业，本周内处理。')
  await tabTo(page, /^不予受理$/)
  await page.keyboard.press('Enter')
  await gone()

  // The third hundred are one matter.
  await page.keyboard.press('a')
  await page.keyboard.press('m')
  await dialog.waitFor()
  await tabTo(page, /^合并到此$/)
  await page.keyboard.press('Enter')
  await gone()
  expect(await states(visit)).toEqual({ accepted: 100, declined: 100, merged: 99, submitted: 201 })

  // The rest: three keys for each page, the route of before is offered again.
  for (let pages = 0; pages < 3; pages += 1) {
    await page.keyboard.press('a')
    await page.keyboard.press('p')
    await dialog.waitFor()
    await page.keyboard.press('Enter')
    await gone()
  }
  await page.getByText('没有符合条件的需求').waitFor()
  await sound(visit)
  expect(await states(visit)).toEqual({ accepted: 301, declined: 100, merged: 99 })
  expect([loads, await page.evaluate(() => document.documentElement.getAttribute('data-walked'))]).toEqual([0, 'yes'])
  const lifts = await visit.send<{ rows: unknown[] }>(
    'GET',
    `/api/needs/desk?q=${encodeURIComponent('枇杷 电梯')}&category=0801&size=100`,
  )
  // What was filed as other matters stands now where the classifier put it and the worker agreed.
  expect(lifts.rows.length).toBeGreaterThan(20)
  await visit.close()
})

it('by letters a worker takes a need on from the list, and a colleague takes it over', async () => {
  const visit = await Visit.open(browser)
  const [resident] = await verifiedResidents(visit, 1)
  if (!resident) throw new Error('nobody lives here')
  const [worker, colleague] = (await demoPeople()).filter(
    ({ role, division }) => role === 'community-worker' && division === resident.division,
  )
  if (!worker || !colleague) throw new Error('the community has no two workers')
  await raise(visit, resident, { text: '花坛边的石榴树压到了晾衣架，请人来修一修枝。' })
  const dialog = visit.page.getByRole('dialog')
  for (const [letter, person] of [
    ['h', worker],
    ['t', colleague],
  ] as const) {
    await visit.become(person)
    const page = await visit.go(`/desk/needs?q=${encodeURIComponent('石榴树')}`)
    const row = page.locator('tbody tr').filter({ hasText: '石榴树' }).first()
    await row.focus()
    await page.keyboard.press('x')
    await page.keyboard.press(letter)
    if (letter === 't') {
      await dialog.waitFor()
      await chooseFirst(page)
      await tabTo(page, /^接手办理$/)
      await page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'detached' })
    }
    await row.getByText(person.name).waitFor()
  }
  await sound(visit)
  await visit.close()
})

it('needs of the day that say the same are merged side by side, by keyboard', async () => {
  const visit = await Visit.open(browser)
  const [resident] = await verifiedResidents(visit, 1)
  if (!resident) throw new Error('nobody lives here')
  const worker = (await demoPeople()).find(
    ({ role, division }) => role === 'community-worker' && division === resident.division,
  )
  if (!worker) throw new Error('no worker')
  const ids: string[] = []
  for (const text of [
    '菜场门口的石墩子歪了，电动车老是蹭到，晚上看不见更危险，请找人扶正。',
    '菜场门口的石墩子歪了，电动车老是蹭到，晚上看不见更危险，请找人扶正！昨天又摔了一位。',
    '菜场门口的石墩子歪了，三轮车老是蹭到，晚上看不见更危险，请找人扶正。',
  ])
    ids.push(await raise(visit, resident, { text }))
  await visit.become(worker)
  const page = await visit.go('/desk/needs?state=submitted')
  await page.getByRole('link', { name: '相似的需求' }).click()
  const group = page.getByRole('listitem').filter({ hasText: '石墩子' })
  await group.getByText('3 件').waitFor()
  await takeScreen(page, 'alike-1280')
  await page.setViewportSize({ width: 1920, height: 1080 })
  await takeScreen(page, 'alike-1920')
  await page.setViewportSize({ width: 1280, height: 860 })
  await sound(visit)
  // The second stays; the third is left for later.
  await group.focus()
  await page.keyboard.press('2')
  await group.getByRole('checkbox').last().focus()
  await page.keyboard.press('Space')
  await sound(visit)
  await page.keyboard.press('m')
  await group.getByText('2 件').waitFor()
  const stand = async () =>
    Promise.all(ids.map(async (id) => (await visit.send<{ state: string }>('GET', `/api/needs/${id}`)).state))
  await expect.poll(stand).toEqual(['merged', 'submitted', 'submitted'])
  await visit.settled()
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('LI')
  // Two groups of one kind are never left: the last two are one now.
  await group.focus()
  await page.keyboard.press('m')
  await group.waitFor({ state: 'detached' })
  expect((await stand()).sort()).toEqual(['merged', 'merged', 'submitted'])
  await sound(visit)
  await visit.close()
})
