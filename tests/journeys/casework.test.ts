// Social workers at work: a case from the first meeting on the phone, its notes for two pairs of eyes, an emergency that tells both, a group.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { rowsOf } from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { demoPeople, type DemoPerson, Visit } from './support/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

type CaseRow = { id: string; number: string; state: string; workerName: string }

/** Somebody of a role who has a case in this state, and the case. */
async function whoHas(visit: Visit, role: string, state: string): Promise<{ person: DemoPerson; file: CaseRow }> {
  for (const person of (await demoPeople()).filter((each) => each.role === role)) {
    await visit.become(person)
    const [file] = await rowsOf<CaseRow>(visit, `/api/cases?state=${state}`)
    if (file) return { person, file }
  }
  throw new Error(`no ${role} of the demo has a case in ${state}`)
}

/** Picks the first option of a choice by keyboard. */
async function pick(page: Page, label: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true })
  await field.click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().waitFor()
  await field.press('Enter')
}

it('on the phone a social worker reads what waits, finds the day’s plan, and files a service record in one form', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const person = (await whoHas(visit, 'social-worker', 'intervention')).person
  await visit.become(person)
  const page = await visit.go('/desk')
  // What waits stands in full, one card below the other.
  const title = page.locator('table a').first()
  expect((await title.boundingBox())?.width).toBeGreaterThan(100)
  await sound(visit)
  await takeScreen(page, 'my-work-360')
  const menu = page.getByRole('button', { name: '业务导航' })
  await menu.click()
  await page.getByRole('link', { name: '我的日程' }).click()
  await page.getByRole('heading', { name: '我的日程' }).waitFor()
  await sound(visit)
  await menu.click()
  await page.getByRole('link', { name: '服务实施' }).click()
  await page.getByRole('link', { name: '登记服务记录' }).click()
  await visit.settled()
  const contract = page.getByLabel('合同')
  if (await contract.count()) await contract.selectOption({ index: 1 })
  await page
    .getByText(/^\d+ \/ \d+ 次$/)
    .first()
    .click()
  // What is still missing is said beside the button.
  await page.getByText(/^还要填：.*地点.*服务内容/).waitFor()
  await page.getByLabel('地点').fill('社区活动室')
  await page.getByLabel('服务内容').fill('教六位老人用手机挂号，约好下周再来。')
  await sound(visit)
  await takeScreen(page, 'service-record-360')
  await page.getByRole('button', { name: '提交服务记录' }).click()
  await page.waitForURL(/\/desk\/delivery\/\d{6}-/)
  await visit.settled()
  expect(await page.getByText('教六位老人用手机挂号').count()).toBeGreaterThan(0)
  await visit.close()
})

it('on the phone a social worker opens a case, puts the consent on record and takes it on', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const { person } = await whoHas(visit, 'social-worker', 'intervention')
  const page = await visit.go('/desk/cases')
  await sound(visit)
  await page.getByRole('link', { name: '新建个案' }).click()
  await page.waitForURL('**/desk/cases/new')
  await visit.settled()
  await pick(page, '合同')
  await pick(page, '督导')
  await page.getByLabel('姓名（没有账号）').fill('奚霁')
  await pick(page, '问题类型')
  await pick(page, '来源')
  await page.getByLabel('求助问题').fill('腿脚不便，想有人陪着去医院复查。')
  await sound(visit)
  await takeScreen(page, 'case-new-360')
  await page.getByRole('button', { name: '新建个案' }).click()
  await page.waitForURL(/\/desk\/cases\/\d{6}-/)
  await visit.settled()
  await page.getByRole('button', { name: '登记知情同意' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await sound(visit)
  await dialog.getByRole('button', { name: '登记知情同意' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '接案' }).first().click()
  await dialog.getByLabel('接案理由').fill('本人主动求助，愿意接受服务。')
  await dialog.getByRole('button', { name: '接案' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('本人主动求助，愿意接受服务。').waitFor()
  await sound(visit)
  await takeScreen(page, 'case-360')
  expect(person.role).toBe('social-worker')
  await visit.close()
})

it('worker and supervisor read the notes; to a colleague and the director the case is not there', async () => {
  const visit = await Visit.open(browser)
  const { person, file } = await whoHas(visit, 'social-worker', 'intervention')
  const address = `/desk/cases/${file.id}`
  const page = await visit.go(address)
  await page.getByRole('heading', { name: '个案记录' }).waitFor()
  await page.getByText('第一次上门').waitFor()
  await sound(visit)
  await takeScreen(page, 'case-1280')
  const supervisor = await whoHas(visit, 'social-work-supervisor', 'intervention')
  await visit.become(supervisor.person)
  await visit.go(address)
  await page.getByText('第一次上门').waitFor()
  await page.getByRole('button', { name: '写督导意见' }).first().waitFor()
  const others = (await demoPeople()).filter(
    (each) =>
      each.organization === person.organization &&
      each.id !== person.id &&
      ['social-worker', 'organization-administrator'].includes(each.role),
  )
  expect(others.length).toBeGreaterThan(1)
  for (const other of others) {
    await visit.become(other)
    await page.goto(`${visit.url}${address}`)
    await page.locator('main').getByRole('alert').waitFor()
    expect(await page.getByText('第一次上门').count()).toBe(0)
    expect(await page.getByText(file.number).count()).toBe(0)
  }
  visit.takeSaid()
  await visit.close()
})

it('in an emergency the county opens a case by its number, is told what that means, and both are told', async () => {
  const visit = await Visit.open(browser)
  const { person, file } = await whoHas(visit, 'social-worker', 'intervention')
  let shut = false
  for (const officer of (await demoPeople()).filter((each) => each.role === 'county-civil-affairs')) {
    await visit.become(officer)
    shut = (await rowsOf(visit, '/api/cases')).length === 0
    if (shut) break
  }
  expect(shut).toBe(true)
  const page = await visit.go('/desk/cases')
  await page.getByRole('link', { name: '紧急查阅个案' }).click()
  await page.waitForURL('**/desk/cases/emergency')
  await visit.settled()
  await page.getByLabel('个案编号').fill(file.number)
  await pick(page, '原因')
  await page.getByLabel('情况说明').fill('邻居两天没有见到老人，敲门无人应答。')
  await sound(visit)
  await takeScreen(page, 'case-emergency-1280')
  await page.getByRole('button', { name: '紧急查阅个案' }).click()
  await page.waitForURL(`**/desk/cases/${file.id}`)
  await page.getByText('您正在紧急查阅这个个案').waitFor()
  await page.getByText('第一次上门').waitFor()
  visit.takeSaid()
  await visit.become(person)
  const notices = await rowsOf<{ kind: string }>(visit, '/api/notices')
  expect(notices.map((notice) => notice.kind)).toContain('delivery.case-emergency')
  await visit.close()
})

it('a group shows its stages and sessions; its leader’s calendar holds what comes', async () => {
  const visit = await Visit.open(browser)
  let found: { id: string } | undefined
  for (const person of (await demoPeople()).filter((each) => each.role === 'social-worker')) {
    await visit.become(person)
    found = (await rowsOf<{ id: string }>(visit, '/api/groups?mine=yes&state=running'))[0]
    if (found) break
  }
  if (!found) throw new Error('the demo has no group under way')
  const page = await visit.go(`/desk/groups/${found.id}`)
  await page.getByText('认识新朋友').waitFor()
  await sound(visit)
  await takeScreen(page, 'group-1280')
  await page.getByRole('tab', { name: '组员' }).click()
  await page.getByText('葛秀珍').waitFor()
  await sound(visit)
  await visit.go('/desk/calendar')
  await page.getByText('银龄手机课堂小组').first().waitFor()
  await page.getByRole('button', { name: /生成/ }).click()
  const address = await page.getByLabel('订阅地址').inputValue()
  expect(address).toMatch(/\/calendars\/320000[\w-]{43}\.ics$/)
  await sound(visit)
  const feed = await visit.context.request.get(address)
  expect(await feed.text()).toContain('BEGIN:VEVENT')
  await visit.close()
})

it('the leader of a group shows the code on the phone; who cannot scan it comes by the link and types it', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const leader = (await demoPeople()).find((each) => each.role === 'social-worker' && each.name === '莫海燕')
  const member = (await demoPeople()).find((each) => each.name === '徐月娥')
  if (!leader || !member) throw new Error('the demo has no group with its leader and a member')
  await visit.become(leader)
  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await visit.go('/desk/groups')
  await page.getByRole('link', { name: '银龄手机课堂小组' }).click()
  await visit.settled()
  // The next session of the demo is days away: the leader puts it to today.
  const shanghai = (minutes: number) =>
    new Date(Date.now() + 8 * 3_600_000 + minutes * 60_000).toISOString().slice(0, 16)
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: '调整时间' }).first().click()
  await dialog.getByLabel('开始时间').fill(shanghai(2))
  await dialog.getByLabel('结束时间').fill(shanghai(62))
  await dialog.getByRole('button', { name: '调整时间' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '开放签到' }).first().click()
  await dialog.getByRole('button', { name: '开放签到' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '签到码', exact: true }).click()
  const code = (await dialog.getByRole('img', { name: /^签到码/ }).getAttribute('aria-label'))?.replace(/\D/g, '') ?? ''
  expect(code).toMatch(/^\d{6}$/)
  await dialog.getByRole('button', { name: '复制签到链接' }).click()
  await page.getByText('链接里没有签到码').waitFor()
  await sound(visit)
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/\/check-in$/)
  await visit.become(member)
  await visit.go(new URL(link).pathname)
  await page.getByLabel('签到码').fill(code)
  await page.getByRole('button', { name: '签到', exact: true }).click()
  await page.getByText('签到成功').waitFor()
  await sound(visit)
  await visit.close()
})
