// Triage at the desk: needs chosen and decided by keyboard and in bulk, nothing reloaded, nobody overwritten.
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

/** Two workers of one community, and needs that wait there for their first decision. */
async function waiting(visit: Visit, count: number): Promise<{ ids: string[]; workers: DemoPerson[] }> {
  const people = await demoPeople()
  const [resident] = await verifiedResidents(visit, 1)
  if (!resident) throw new Error('nobody lives here')
  const workers = people.filter(({ role, division }) => role === 'community-worker' && division === resident.division)
  const ids: string[] = []
  for (let at = 1; at <= count; at += 1)
    ids.push(await raise(visit, resident, { text: `第${at}栋门口的地砖松了，下雨天一踩就溅水，请找人铺平。` }))
  return { ids, workers }
}

const list = '/desk/needs?state=submitted&sort=submitted&size=100'
const rowOf = (page: Page, id: string) =>
  page.getByRole('row').filter({ has: page.locator(`a[href="/desk/needs/${id}"]`) })

it('a worker triages by keyboard: chooses, declines, accepts and merges, and the list goes on where it was', async () => {
  const visit = await Visit.open(browser)
  const { ids, workers } = await waiting(visit, 8)
  const [worker] = workers
  if (!worker) throw new Error('no worker')
  await visit.become(worker)
  const page = await visit.go(list)
  // A mark that a full reload would wipe away.
  await page.evaluate(() => document.documentElement.setAttribute('data-walked', 'yes'))
  const newest = [...ids].reverse()
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = ''] = newest
  await rowOf(page, a).focus()
  // Two by x and j, the record of the second beside the list.
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('Enter')
  await page.locator('aside h2').waitFor()
  await takeScreen(page, 'triage-1280')
  await sound(visit)
  await page.keyboard.press('Escape')
  await page.keyboard.press('d')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await dialog.getByRole('combobox').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await dialog.locator('textarea').focus()
  await page.keyboard.type('地砖归物业维修，已转告物业本周铺平。')
  await sound(visit)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await rowOf(page, a).waitFor({ state: 'detached' })
  await rowOf(page, b).waitFor({ state: 'detached' })
  await visit.settled()
  // The keyboard goes on at the row that stands there now.
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TR')
  await rowOf(page, c).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('e')
  await dialog.waitFor()
  await dialog.getByRole('combobox').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await takeScreen(page, 'triage-accept-1280', { window: true })
  await dialog.getByRole('button', { name: '受理' }).focus()
  await page.keyboard.press('Enter')
  for (const id of [c, d, e]) await rowOf(page, id).waitFor({ state: 'detached' })
  await visit.settled()
  // With the mouse: from one box to another with Shift.
  await rowOf(page, f).getByRole('checkbox').click()
  await rowOf(page, h)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] })
  expect(await page.getByRole('group', { name: '已选 3 项' }).count()).toBe(1)
  await rowOf(page, h).focus()
  await page.keyboard.press('m')
  await dialog.waitFor()
  await sound(visit)
  await dialog.getByRole('button', { name: '合并到此' }).first().click()
  await dialog.waitFor({ state: 'detached' })
  await visit.settled()
  const states = await Promise.all(
    newest.map(async (id) => (await visit.send<{ state: string }>('GET', `/api/needs/${id}`)).state),
  )
  expect(states.slice(0, 5)).toEqual(['declined', 'declined', 'accepted', 'accepted', 'accepted'])
  expect(states.slice(5).sort()).toEqual(['merged', 'merged', 'submitted'])
  expect([g.length > 0, await page.evaluate(() => document.documentElement.getAttribute('data-walked'))]).toEqual([
    true,
    'yes',
  ])
  await sound(visit)
  await visit.close()
})

it('what a colleague decided meanwhile stays as it is, and the worker reads how it stands now', async () => {
  const visit = await Visit.open(browser)
  const { ids, workers } = await waiting(visit, 2)
  const [worker, colleague] = workers
  if (!worker || !colleague) throw new Error('one worker alone')
  const [first = '', second = ''] = ids
  await visit.become(worker)
  const page = await visit.go(list)
  await rowOf(page, first).getByRole('checkbox').click()
  await rowOf(page, second).getByRole('checkbox').click()
  const other = await Visit.open(browser, { person: colleague })
  await other.send('POST', `/api/needs/${first}/accept`, { category: '0803', routeHint: 'project' })
  await page.getByRole('button', { name: '受理', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').first().click()
  await page.locator('.ant-select-item-option').first().click()
  await dialog.getByRole('button', { name: '受理' }).click()
  await page.getByRole('status').filter({ hasText: '1 件没有办成' }).waitFor()
  await rowOf(page, second).waitFor({ state: 'detached' })
  await takeScreen(page, 'triage-conflict-1280')
  await sound(visit)
  expect(await visit.send('GET', `/api/needs/${first}`)).toMatchObject({ routeHint: 'project', state: 'accepted' })
  expect(await visit.send('GET', `/api/needs/${second}`)).toMatchObject({ state: 'accepted' })
  await other.close()
  await visit.close()
})

it('the head sees what somebody away holds, and gives it to a colleague', async () => {
  const visit = await Visit.open(browser)
  const { ids, workers } = await waiting(visit, 2)
  const [worker, colleague] = workers
  if (!worker || !colleague) throw new Error('one worker alone')
  await visit.become(colleague)
  for (const id of ids) await visit.send('POST', `/api/needs/${id}/hold`)
  const head = (await demoPeople()).find(
    ({ role, division }) => role === 'community-head' && division === worker.division,
  )
  if (!head) throw new Error('no head')
  await visit.become(head)
  const page = await visit.go('/desk/needs/holders')
  await page.getByRole('row').filter({ hasText: colleague.name }).getByRole('button', { name: '登记不在岗' }).click()
  const dialog = page.getByRole('dialog')
  const first = await dialog.getByLabel('开始日期').inputValue()
  await dialog.getByLabel('最后一天').fill(first)
  await dialog.getByRole('combobox', { name: '原因' }).click()
  await page.locator('.ant-select-item-option').filter({ hasText: '病假' }).click()
  await sound(visit)
  await dialog.getByRole('button', { name: '登记不在岗' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('件需求的办理人不在岗').waitFor()
  await takeScreen(page, 'holders-1280')
  await sound(visit)
  await page.goto(`${visit.url}/desk/needs?holder=away`)
  await visit.settled()
  await rowOf(page, ids[0] ?? '').waitFor()
  await takeScreen(page, 'away-1280')
  await sound(visit)
  for (const id of ids) await rowOf(page, id).getByRole('checkbox').click()
  await page.getByRole('button', { name: '指派', exact: true }).click()
  await dialog.getByRole('combobox').click()
  await page.locator('.ant-select-item-option').filter({ hasText: worker.name }).click()
  await dialog.getByRole('button', { name: '指派' }).click()
  for (const id of ids) await rowOf(page, id).waitFor({ state: 'detached' })
  await visit.settled()
  expect(await visit.send('GET', `/api/needs/${ids[0] ?? ''}`)).toMatchObject({ holder: { id: worker.id } })
  await page.goto(`${visit.url}/desk/needs/holders`)
  await visit.settled()
  await page.getByRole('row').filter({ hasText: colleague.name }).getByRole('button', { name: '销假' }).click()
  await page.getByRole('row').filter({ hasText: colleague.name }).getByText('在岗', { exact: true }).waitFor()
  await sound(visit)
  await visit.close()
})

it('the board of a community tells apart what residents said, what waits for their word, and what was closed without it', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const [resident] = await verifiedResidents(visit, 1)
  if (!resident) throw new Error('nobody lives here')
  await visit.become(resident)
  const page = await visit.go('/needs')
  await page.getByText('居民自己说的').waitFor()
  await takeScreen(page, 'board-360')
  await sound(visit)
  for (const words of ['解决了', '部分解决', '没解决', '已答复，等居民评价', '居民没有回音，到期办结'])
    expect([words, await page.getByRole('listitem').filter({ hasText: words }).count()]).toEqual([words, 1])
  await visit.close()
})
