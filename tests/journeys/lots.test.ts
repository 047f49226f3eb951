// A tender in lots through the pages: divided in the form, bid for lot by lot, opened, scored, and awarded with a contract for each lot.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as contract from '../../src/loop/procurement/contract.ts'
import { type Person, startApp, type TestApp } from '../support/app.ts'
import * as lots from '../support/lots.ts'
import * as sealed from '../support/sealed-bids.ts'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { takeScreen } from './support/screens.ts'
import { Visit } from './support/visit.ts'

let browser: Browser
let app: TestApp
let site = ''
const visits: Visit[] = []

async function visitAs(person: Person | 'nobody', size: 'desk' | 'phone' = 'desk'): Promise<Visit> {
  const visit = await Visit.open(browser, { site, size, as: person === 'nobody' ? undefined : person })
  visits.push(visit)
  return visit
}

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

it('the procurer divides a project, lot by lot a contract follows its award', async () => {
  app = await startApp()
  const room = await lots.lotRoom(app)
  site = await app.server.listen({ host: '127.0.0.1', port: 0 })
  const { who, project, budget } = room
  const procurer = await visitAs(who('procurer'))
  const page = await procurer.go(`/desk/procurement/new?project=${project}`)
  await page.getByRole('button', { name: '分成几个采购包' }).click()
  const planned = lots.equalLots(budget, 2)
  for (const [index, lot] of planned.entries()) {
    await page.getByLabel(`第 ${index + 1} 行包名`).fill(['东片区送餐', '西片区送餐'][index] ?? '')
    await page.getByLabel(`第 ${index + 1} 行采购内容`).fill(lot.description)
    await page.getByLabel(`第 ${index + 1} 行最高限价（元）`).fill(index === 0 ? '1' : lot.ceiling)
  }
  await page.getByLabel('采购需求').fill('为独居老人送餐并开展探访，按片区分包采购。')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('各采购包的最高限价合计').waitFor()
  // The refusal is what was asked for.
  procurer.takeSaid()
  await page.getByLabel('第 1 行最高限价（元）').fill(planned[0]?.ceiling ?? '')
  await sound(procurer)
  await takeScreen(page, 'lots-form-1280')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('第1片区的送餐和探访').waitFor()
  await sound(procurer)
  await takeScreen(page, 'lots-planned-1280')
})

it('who bids chooses the lot; each lot is sealed and replaced for itself, on a phone too', async () => {
  await app.close()
  app = await startApp()
  const room = await sealed.planSealed(app, { 'organization-0': '启芽社会工作服务中心' }, 2)
  site = await app.server.listen({ host: '127.0.0.1', port: 0 })
  await sealed.publishSealed(room)
  const [first] = room.bidders
  if (first === undefined) throw new Error('no bidder')
  const visit = await visitAs(first.administrator)
  const page = await visit.go(`/desk/procurement/${room.tender}/bid`)
  await page.getByRole('combobox', { name: '采购包' }).click()
  await page.getByTitle('采购包 2：第2片区').click()
  await page.getByRole('heading', { name: '采购包 2：第2片区' }).waitFor()
  // What is said before the bid is that of the chosen lot, and what its price is held against.
  await page.getByText(/^采购包 2：第2片区，最高限价/).waitFor()
  expect(await page.getByText(/^采购包 1：第1片区，最高限价/).count()).toBe(0)
  await page.getByText('资格条件对各采购包相同：符合资格，每个采购包都可以投。').waitFor()
  await page.getByText('报价 20 分（只与投同一采购包的报价比）').waitFor()
  await page.getByLabel('报价（元）').fill('1000')
  await page.getByLabel(/^服务方案/).fill('由两名持证社工带领志愿者，每周三次入户，每月向社区报告一次。')
  await page.getByLabel('第 1 行岗位').fill('项目负责人')
  await page.getByRole('button', { name: '密封并递交' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '密封并递交' }).click()
  await page.getByText('回执').first().waitFor()
  await page.getByRole('button', { name: '替换' }).first().waitFor()
  await sound(visit)
  await takeScreen(page, 'lots-bid-1280')
  // On the record page no lot is chosen: all of them are told. In the list it is found among what the organization qualifies for.
  await visit.go(`/desk/procurement/${room.tender}`)
  for (const lot of [1, 2]) await page.getByText(new RegExp(`^采购包 ${lot}：第${lot}片区，最高限价`)).waitFor()
  await sound(visit)
  await takeScreen(page, 'lots-fit-1280')
  await visit.go('/desk/procurement/open?fit=ours')
  await page.getByText('共 2 个采购包').waitFor()
  await sound(visit)
  await takeScreen(page, 'tenders-ours-1280')
  const phone = await visitAs(first.administrator, 'phone')
  await phone.go(`/desk/procurement/${room.tender}/bid?lot=2`)
  await phone.page.getByRole('heading', { name: '采购包 2：第2片区' }).waitFor()
  await sound(phone)
  await takeScreen(phone.page, 'lots-bid-360')
  // The others by their browsers' own cryptography.
  for (const bidder of room.bidders)
    for (const lot of [1, 2]) {
      if (bidder === first && lot === 2) continue
      if (bidder !== first && lot === 1) continue
      const paper = sealed.paperOf('900.00', '按片区安排人员，每天送到。')
      await sealed.deposit(room, bidder, await sealed.sealFor(room, bidder.organization, paper, [], { lot }))
    }
  await sealed.passDeadline(room)
  const [leads, second] = room.openers
  const session = await sealed.startSession(room, leads)
  for (const opener of [leads, second]) await sealed.hand(room, opener)
  const { pair } = await sealed.combineIn(room, leads, session)
  if (pair === undefined) throw new Error('the shares do not fit')
  await sealed.openAll(room, leads, pair)
  const overseer = await visitAs(room.overseer)
  await overseer.go(`/desk/procurement/${room.tender}/opening`)
  await overseer.page.getByText('投标不足，不开启').first().waitFor()
  await sound(overseer)
  await takeScreen(overseer.page, 'lots-opening-1280')
})

it('experts score lot by lot, the award stands lot by lot, and everybody reads it', async () => {
  await app.close()
  app = await startApp()
  const room = await lots.lotRoom(app)
  site = await app.server.listen({ host: '127.0.0.1', port: 0 })
  const id = await lots.publishLots(room, 3, 1)
  const params = { id }
  await lots.openLots(room, id, [
    [0, 1, 2],
    [0, 1, 2],
    [0, 1],
  ])
  await app.ok(room.who('procurer'), contract.appointPanel, { params, body: {} })
  const [expert] = await lots.panelOf(room, id)
  if (expert === undefined) throw new Error('no panel')
  const scoring = await visitAs(expert)
  await scoring.go(`/desk/procurement/${id}/score`)
  await scoring.page.getByRole('heading', { name: '采购包 2：第2片区' }).waitFor()
  expect(await scoring.page.getByRole('heading', { name: '采购包 3：第3片区' }).count()).toBe(0)
  await sound(scoring)
  await takeScreen(scoring.page, 'lots-scoring-1280')
  await lots.scoreAll(room, id)
  await app.ok(room.who('procurer'), contract.proposeAward, { params })
  await app.pass(16)
  await app.ok(room.who('procurer'), contract.confirmAward, { params })
  const procurer = await visitAs(room.who('procurer'))
  const page = await procurer.go(`/desk/procurement/${id}`)
  await page.getByText('排名第 2').waitFor()
  await sound(procurer)
  await takeScreen(page, 'lots-award-1280')
  await page.getByRole('button', { name: '宣布该包未成功' }).first().click()
  await page.getByText('其他采购包继续').waitFor()
  await sound(procurer)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: '起草合同' }).nth(1).click()
  await page.getByText('采购包 2：第2片区').waitFor()
  await sound(procurer)
  const neighbour = await visitAs('nobody', 'phone')
  await neighbour.go(`/tenders/${id}`)
  await neighbour.page.getByText('采购包 1：第1片区').waitFor()
  await sound(neighbour)
  await takeScreen(neighbour.page, 'lots-public-360')
})
