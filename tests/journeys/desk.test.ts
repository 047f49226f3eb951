// The desk: work done by keyboard, lists that filter and export, two people at one record, a tender's page, and money walked back to the sentence.
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { faultsOf } from './support/page-checks.ts'
import { sound } from './support/sound.ts'
import {
  becomeWhoMust,
  finishedThread,
  raise,
  residentWith,
  type Row,
  rowsOf,
  verifiedResidents,
} from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { demoPeople, personOf, sizes, Visit } from './support/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('a community worker accepts a need from my work by keyboard alone', async () => {
  const visit = await Visit.open(browser)
  const [resident] = await verifiedResidents(visit, 1)
  if (!resident) throw new Error('nobody lives here')
  const need = await raise(visit, resident, {
    text: '楼下的健身器材松了两颗螺丝，老人压腿时晃得厉害，请派人来紧一紧。',
  })
  await visit.become(await personOf('community-worker', resident.division))
  const page = await visit.go('/desk')
  await takeScreen(page, 'my-work-1280')
  await sound(visit)
  const row = page.getByRole('row').filter({ has: page.locator(`a[href="/desk/needs/${need}"]`) })
  // What is due last stands last, maybe behind what other visitors of the demo raised today.
  await page.getByRole('row').nth(1).waitFor()
  const further = page.getByRole('button', { name: '下一页' })
  while ((await row.count()) === 0 && (await further.isEnabled())) {
    await further.press('Enter')
    await visit.settled()
  }
  await row.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`/desk/needs/${need}`))
  await visit.settled()
  const accept = page
    .getByRole('button', { name: '受理', exact: true })
    .or(page.getByRole('button', { name: '受理需求' }))
    .first()
  await accept.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await sound(visit)
  // The proposed route stands in the form; Enter on the primary button sends it.
  const routeHint = dialog.getByRole('combobox').last()
  await routeHint.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const submit = dialog.locator('button[type="submit"]')
  await submit.focus()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await sound(visit)
  expect(await visit.send('GET', `/api/needs/${need}`)).toMatchObject({ state: 'accepted' })
  await visit.close()
})

it('a list filters, keeps the filter in its address, and exports what it shows as a spreadsheet', async () => {
  const visit = await Visit.open(browser, { person: await personOf('township-reviewer') })
  const page = await visit.go('/desk/needs')
  const all = await page.getByRole('row').count()
  await takeScreen(page, 'list-1280')
  await page.getByRole('button', { name: '条件' }).first().click()
  await page.getByRole('button', { name: '状态', exact: true }).click()
  await page.getByRole('combobox', { name: '状态' }).click()
  await page.locator('.ant-select-item-option').filter({ hasText: '已办结' }).click()
  await page.waitForURL(/state=closed/)
  await sound(visit)
  expect(await page.getByRole('row').count()).toBeLessThanOrEqual(all)
  const shown = (await page.getByRole('row').count()) - 1
  expect(shown).toBeGreaterThan(0)
  await page.getByRole('button', { name: '导出表格' }).click()
  await page.getByRole('menu').waitFor()
  await sound(visit)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: '导出为电子表格' }).click(),
  ])
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(new Uint8Array(readFileSync(await download.path())).buffer)
  const sheet = book.worksheets[0]
  const cells = sheet?.getSheetValues().flat().map(String).join('\n') ?? ''
  expect(cells).toContain('需2026-')
  expect(cells).not.toContain('[object')
  expect(sheet?.rowCount ?? 0).toBeGreaterThanOrEqual(shown)
  await visit.close()
})

it('when two workers act on one need at once, one wins and the other is told what is possible now', async () => {
  const first = await Visit.open(browser)
  const [resident] = await verifiedResidents(first, 1)
  if (!resident) throw new Error('nobody lives here')
  const need = await raise(first, resident, {
    text: '西门岗亭的挡车杆坏了，进出的车都堵在门口，请物业和社区一起来看一看。',
  })
  const workers = (await demoPeople()).filter(
    (person) => person.role === 'community-worker' && person.division === resident.division,
  )
  const [one, other] = workers
  if (!one || !other) throw new Error('one worker alone')
  await first.become(one)
  const second = await Visit.open(browser, { person: other })
  const open = async (visit: Visit) => {
    const page = await visit.go(`/desk/needs/${need}`)
    await page.getByRole('button', { name: '不予受理' }).click()
    return page.getByRole('dialog')
  }
  const mine = await open(first)
  const theirs = await open(second)
  for (const [visit, dialog] of [
    [first, mine],
    [second, theirs],
  ] as const) {
    await dialog.getByRole('combobox').first().click()
    await visit.page.locator('.ant-select-item-option').first().click()
    await dialog.locator('textarea').first().fill('挡车杆归物业管理，已转告物业并请其当日维修。')
  }
  await mine.locator('button[type="submit"]').click()
  await mine.waitFor({ state: 'detached' })
  await theirs.locator('button[type="submit"]').click()
  await theirs.getByRole('alert').waitFor()
  expect(second.takeSaid().filter((said) => !said.includes('409') && !said.includes('412'))).toEqual([])
  expect(await theirs.getByRole('alert').innerText()).toMatch(/刷新|已被|刚被|状态/)
  await sound(second)
  // Closing shows the record as it is now, with what may still be done.
  await theirs.getByRole('button', { name: '取消' }).click()
  await second.settled()
  expect(await second.page.locator('article').innerText()).toContain('不予受理')
  await first.close()
  await second.close()
})

it('a settler proposes a payment, another one approves it, and the proposer cannot', async () => {
  const visit = await Visit.open(browser)
  const { record: contract } = await residentWith(visit, 'confirmMilestoneAsResident')
  const reported = async () => {
    const { milestones } = await visit.send<{
      milestones: readonly { id: string; state: string; transfer?: string }[]
    }>('GET', `/api/contracts/${contract}`)
    return milestones
  }
  const milestone = (await reported()).find((each) => each.state === 'reported')
  if (!milestone) throw new Error('no milestone is reported')
  await visit.send('POST', `/api/contracts/${contract}/milestones/${milestone.id}/confirm`, {
    words: '活动我去了，办得实在。',
  })
  await becomeWhoMust(visit, ['community-head'], 'acceptMilestone', contract)
  await visit.send('POST', `/api/contracts/${contract}/milestones/${milestone.id}/accept`, {})
  const settler = await becomeWhoMust(visit, ['township-settler'], 'payMilestone', contract)
  const page = await visit.go(`/desk/contracts/${contract}`)
  await sound(visit)
  await page.getByRole('button', { name: '申请付款' }).click()
  const ask = page.getByRole('dialog')
  await ask.waitFor()
  await sound(visit)
  await ask.getByRole('button', { name: '申请付款' }).click()
  await ask.waitFor({ state: 'detached' })
  await visit.settled()
  const transfer = (await reported()).find((each) => each.id === milestone.id)?.transfer
  if (!transfer) throw new Error('no payment was proposed')
  await visit.go(`/desk/funds/transfers/${transfer}`)
  expect(
    await page
      .getByRole('button', { name: '审批通过' })
      .and(page.locator(':enabled:not([aria-disabled="true"])'))
      .count(),
  ).toBe(0)
  await sound(visit)
  const second = (await demoPeople()).find(
    (person) => person.role === 'township-settler' && person.division === settler.division && person.id !== settler.id,
  )
  if (!second) throw new Error('one settler alone')
  await visit.become(second)
  await visit.go(`/desk/funds/transfers/${transfer}`)
  await page.getByRole('button', { name: '审批通过' }).click()
  const confirm = page.getByRole('dialog')
  await confirm.waitFor()
  await confirm.getByRole('button', { name: '审批通过' }).click()
  await confirm.waitFor({ state: 'detached' })
  await sound(visit)
  expect(await visit.send('GET', `/api/funds/transfers/${transfer}`)).toMatchObject({ state: 'posted' })
  expect(await page.locator('article').innerText()).toContain('已入账')
  await visit.close()
})

it('from a payment one walks back, station by station, to what the resident said', async () => {
  const visit = await Visit.open(browser, { person: await personOf('county-finance') })
  const payments = await rowsOf<Row & { contract?: string }>(
    visit,
    '/api/funds/transfers?purpose=payment&state=posted&size=50',
  )
  const paid = payments[0]
  if (!paid) throw new Error('nothing was paid')
  const page = await visit.go(`/desk/funds/transfers/${paid.id}`)
  const line = page.locator('ol[class*="thread"] > li')
  expect(await line.count()).toBe(10)
  await line.first().getByRole('link').click()
  await page.waitForURL(/\/desk\/needs\//)
  await visit.settled()
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const need = await visit.send<{ text: string }>('GET', `/api/needs/${id}`)
  expect(await page.locator('article').innerText()).toContain(need.text)
  await sound(visit)
  await visit.close()
})

it('a project record shows its thread, its money and everything that was done, on both screen sizes', async () => {
  const visit = await Visit.open(browser, { person: await personOf('township-reviewer', '320505001') })
  const [project] = await rowsOf(visit, '/api/projects/desk?state=completed&size=5')
  if (!project) throw new Error('no project is completed')
  const page = await visit.go(`/desk/projects/${project.id}`)
  await page.getByRole('heading', { name: '办理经过' }).or(page.getByText('办理经过')).first().waitFor()
  await takeScreen(page, 'record-1280')
  await sound(visit)
  await page.setViewportSize(sizes.wide)
  await takeScreen(page, 'record-1920')
  await visit.close()
})

it('a procurer reads a tender with its deadline, its bids and its scores', async () => {
  const visit = await Visit.open(browser)
  const procurers = (await demoPeople()).filter((person) => person.role === 'township-procurer')
  let tender: Row | undefined
  for (const procurer of procurers) {
    await visit.become(procurer)
    const rows = await rowsOf(visit, '/api/tenders/desk?size=50')
    tender = rows.find((row) => row.state === 'standstill') ?? rows.find((row) => row.state === 'awarded') ?? rows[0]
    if (tender?.state === 'standstill') break
  }
  if (!tender) throw new Error('no tender at all')
  const page = await visit.go(`/desk/procurement/${tender.id}`)
  expect(await page.locator('main').innerText()).toContain(tender.title ?? '')
  await takeScreen(page, 'tender-1280')
  await sound(visit)
  await visit.close()
})

it('the cockpit shows the county on its map and in its figures, and the wall mode fills a big screen', async () => {
  const visit = await Visit.open(browser, { person: await personOf('city-officer') })
  const page = await visit.go('/cockpit')
  await page.getByRole('heading').first().waitFor()
  await takeScreen(page, 'cockpit-1280')
  await sound(visit)
  await page.setViewportSize(sizes.wide)
  await visit.go('/cockpit?wall=1')
  await takeScreen(page, 'cockpit-wall-1920', { window: true })
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('wall')
  await sound(visit)
  await visit.close()
})

it('every record of a finished thread opens from its line', async () => {
  const visit = await Visit.open(browser, { person: await personOf('county-overseer') })
  const need = await finishedThread(visit)
  const page = await visit.go(`/desk/needs/${need}`)
  const links = await page
    .locator('ol[class*="thread"] > li a')
    .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''))
  expect(new Set(links.map((link) => link.split('/')[2])).size).toBeGreaterThanOrEqual(6)
  for (const link of new Set(links)) {
    await visit.go(link)
    expect(await page.locator('h1').first().innerText()).not.toContain('没有')
    expect((await faultsOf(page, { axe: false })).concat(visit.takeSaid())).toEqual([])
  }
  await visit.close()
})
