// Deliberating: the map of opinions on a phone and on the desk, a meeting with its screen, its code and two counts, and what is taken off.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { type Row, rowsOf } from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { demoPeople, type DemoPerson, Visit } from './support/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** A motion of the demo by words of its title, and the people of its community by role. */
async function motionWith(words: string): Promise<{ motion: Row; people: (role: string) => readonly DemoPerson[] }> {
  const everybody = await demoPeople()
  const visit = await Visit.open(browser)
  for (const division of new Set(everybody.filter((each) => each.role === 'resident').map((each) => each.division))) {
    const rows = await rowsOf(visit, `/api/motions?division=${division}&size=50`)
    const motion = rows.find((row) => row.title?.includes(words))
    if (!motion) continue
    await visit.close()
    return { motion, people: (role) => everybody.filter((each) => each.role === role && each.division === division) }
  }
  throw new Error(`no motion of the demo is about ${words}`)
}

function one<T>(list: readonly T[], place = 0): T {
  const found = list[place]
  if (found === undefined) throw new Error('the demo has too few people here')
  return found
}

it('a resident sees where opinions lie, what all share, and the own place; the desk sees the same without one', async () => {
  const { motion, people } = await motionWith('东门')
  const visit = await Visit.open(browser, { size: 'phone', person: one(people('resident'), 1) })
  const page = await visit.go(`/motions/${motion.id}`)
  const map = page.getByRole('img', { name: '看法分布图' })
  await map.waitFor()
  await page.getByText('看数字').tap()
  await page.getByRole('columnheader', { name: '不同意' }).waitFor()
  expect(await page.getByText(/您的看法靠近/).count()).toBeGreaterThan(0)
  await takeScreen(page, 'opinion-map-360')
  await sound(visit)
  await visit.close()
  const desk = await Visit.open(browser, { person: one(people('community-worker')) })
  const record = await desk.go(`/desk/deliberation/${motion.id}`)
  await record.getByRole('tab', { name: '意见分布' }).click()
  await record.getByRole('img', { name: '看法分布图' }).waitFor()
  expect(await record.getByText(/您的看法靠近/).count()).toBe(0)
  await takeScreen(record, 'opinion-map-1280')
  await sound(desk)
  await desk.close()
})

it('a meeting: the hall sees the code, a resident checks in with it, two officers count and agree, the record is filled in', async () => {
  const { motion, people } = await motionWith('石桌')
  const workers = people('community-worker')
  const officer = await Visit.open(browser, { person: one(workers) })
  const desk = await officer.go(`/desk/deliberation/${motion.id}/meeting`)
  await desk.getByLabel('第 1 项的记录').fill('主任介绍了木凳的样式和八千元的费用。')
  await desk.getByRole('button', { name: '保存' }).click()
  await desk.getByText('已保存').waitFor()
  await desk.getByRole('button', { name: '开始签到' }).click()
  await desk.getByRole('button', { name: '投影到会场' }).click()
  const code = desk.getByRole('img', { name: /^签到码/ })
  await code.waitFor()
  const digits = ((await code.getAttribute('aria-label')) ?? '').replaceAll(/\D/g, '')
  expect(digits).toMatch(/^\d{6}$/)
  await takeScreen(desk, 'meeting-hall-1280', { window: true })
  await sound(officer)
  const resident = await Visit.open(browser, { size: 'phone', person: one(people('resident')) })
  const phone = await resident.go(`/motions/${motion.id}`)
  await phone.getByRole('link', { name: '我到会场了，签到' }).tap()
  await phone.getByLabel('会场屏幕上的六位数字').fill('000000' === digits ? '000001' : '000000')
  await phone.getByRole('button', { name: '我到会场了，签到' }).tap()
  await phone.getByText(/签到码不对/).waitFor()
  // The browser notes the refusal as an error of its own.
  resident.takeSaid()
  await phone.getByLabel('会场屏幕上的六位数字').fill(digits)
  await takeScreen(phone, 'check-in-360')
  await phone.getByRole('button', { name: '我到会场了，签到' }).tap()
  await phone.getByText('签到成功').waitFor()
  await sound(resident)
  await resident.close()
  await desk.getByRole('button', { name: '结束投影' }).click()
  await desk.getByText(/已签到 1 人/).waitFor()
  const counts = { 赞成: '30', 反对: '4', 弃权: '1', 废票: '1' }
  const enter = async (visit: Visit, numbers: Readonly<Record<string, string>>) => {
    for (const [label, number] of Object.entries(numbers))
      await visit.page.getByLabel(label, { exact: true }).fill(number)
    await visit.page.getByRole('button', { name: '录入纸质票' }).click()
  }
  await enter(officer, counts)
  await desk.getByText(/等另一名工作人员独立清点/).waitFor()
  const second = await Visit.open(browser, { person: one(workers, 1) })
  const other = await second.go(`/desk/deliberation/${motion.id}/meeting`)
  expect(await other.locator('main').innerText()).not.toContain('30')
  await enter(second, { ...counts, 赞成: '29' })
  await other.getByText(/上一轮两人清点不一致/).waitFor()
  await takeScreen(other, 'meeting-1280')
  await enter(second, counts)
  await desk.getByText(/上一轮两人清点不一致|另一名工作人员已录入/).waitFor()
  await enter(officer, counts)
  await desk.getByText('两人一致', { exact: true }).waitFor()
  await sound(officer)
  await desk.getByRole('link', { name: '回到议题' }).click()
  await desk.getByRole('button', { name: '登记会议结果' }).first().click()
  const dialog = desk.getByRole('dialog')
  await dialog.waitFor()
  expect(await dialog.getByLabel('赞成').inputValue()).toBe('30')
  expect(await dialog.getByLabel('会议记录').inputValue()).toContain('木凳的样式')
  await sound(officer)
  await second.close()
  await officer.close()
})

it('a worker takes two statements off together and says why; the mark is there for everybody', async () => {
  const { motion, people } = await motionWith('东门')
  const visit = await Visit.open(browser, { person: one(people('community-worker')) })
  const page = await visit.go(`/desk/deliberation/${motion.id}/statements`)
  const boxes = page.locator('tbody input[type=checkbox]')
  await boxes.nth(0).check({ force: true })
  await boxes.nth(1).check({ force: true })
  await takeScreen(page, 'statements-1280', { window: true })
  await page.getByRole('button', { name: '移除意见' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '移除原因' }).or(dialog.getByLabel('移除原因')).first().click()
  await page
    .getByRole('option', { name: '与议题无关' })
    .or(page.getByText('与议题无关', { exact: true }))
    .last()
    .click()
  await dialog.getByLabel(/说明/).fill('说的是别的小区，请到那边的议题里说。')
  await sound(visit)
  await dialog.getByRole('button', { name: '移除意见' }).click()
  await page.getByText('已移除 2 条').waitFor()
  await sound(visit)
  await visit.close()
  const reader = await Visit.open(browser, { size: 'phone' })
  const open = await reader.go(`/motions/${motion.id}`)
  expect(await open.getByText('说的是别的小区').count()).toBeGreaterThan(0)
  await reader.close()
})
