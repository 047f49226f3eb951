// What comes up about a tender, in browsers: a question and its answer, changed terms and a bid upheld, an objection, a complaint, and the draw that anyone repeats.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyDraw } from '../../src/app/draw-verify.ts'
import { appointPanel, confirmOpening, getTender, proposeAward, scoreBid } from '../../src/loop/procurement/contract.ts'
import { confirmBid } from '../../src/loop/procurement/contract/questions.ts'
import { type Person, startApp, type TestApp } from '../support/app.ts'
import * as support from '../support/sealed-bids.ts'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { takeScreen } from './support/screens.ts'
import { Visit } from './support/visit.ts'

const names = {
  procurer: '蒋蕙兰',
  overseer: '顾和平',
  head: '陶立',
  finance: '许国强',
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
let procurer: Visit
let asker: Visit
let bidder: Visit

const visitAs = (as?: Person, size: 'desk' | 'phone' = 'desk'): Promise<Visit> =>
  Visit.open(browser, { site, size, as })

/** Sends the form of the open dialog and waits until it is gone. */
async function send(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

const record = () => `/desk/procurement/${room.tender}`
/** Of a record page an act stands as the primary button or behind "more". */
async function act(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click()
  await page.getByRole('dialog').waitFor()
}

beforeAll(async () => {
  browser = await launchBrowser()
  app = await startApp()
  room = await support.planSealed(app, names)
  await support.publishSealed(room)
  for (const [index, each] of room.bidders.entries()) {
    const paper = support.paperOf('30000.00', `第${index + 1}家：每天中午十一点半前送到家。`)
    await support.deposit(room, each, await support.sealFor(room, each.organization, paper))
  }
  site = await app.server.listen({ host: '127.0.0.1', port: 0 })
  procurer = await visitAs(room.procurer)
  asker = await visitAs(room.bidders[1]?.administrator, 'phone')
  bidder = await visitAs(room.bidders[0]?.administrator)
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

it('a bidder asks on the phone, without being named to anybody', async () => {
  const page = await asker.go(record())
  await act(page, '提问')
  await sound(asker)
  await page.getByRole('dialog').getByRole('textbox').fill('周末和法定节假日是否也要送餐？')
  await takeScreen(page, 'tender-ask-360', { window: true })
  await send(page, '提问')
  await app.settle()
  await page.getByRole('tab', { name: /答疑/ }).click()
  await page.getByText('本组织提问').waitFor()
  await sound(asker)
})

it('the procurer answers it and changes the terms; both stand on the public page', async () => {
  const page = await procurer.go(record())
  await page.getByRole('tab', { name: /答疑/ }).click()
  await page.getByRole('button', { name: '答复提问' }).click()
  await page.getByLabel('答复', { exact: true }).fill('周末不送，法定节假日照常送餐。')
  await sound(procurer)
  await send(page, '公开答复')
  await page.getByText('已答复').waitFor()
  await takeScreen(page, 'tender-questions-1280')
  await act(page, '变更采购文件')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('原因').fill('根据答疑明确送餐日期')
  const words = dialog.getByLabel('采购需求')
  await words.fill('法定节假日和每个工作日为独居老人送午餐，并记录送达情况。')
  await sound(procurer)
  await takeScreen(page, 'tender-change-1280', { window: true })
  await send(page, '变更采购文件')
  await page.getByRole('tab', { name: /文件变更/ }).click()
  await page.getByText('根据答疑明确送餐日期').first().waitFor()
  await sound(procurer)
  await takeScreen(page, 'tender-versions-1280')
  const anyone = await visitAs(undefined, 'phone')
  const open = await anyone.go(`/tenders/${room.tender}`)
  await open.getByRole('heading', { name: '答疑', exact: true }).waitFor()
  await open.getByRole('heading', { name: '文件变更', exact: true }).waitFor()
  await sound(anyone)
  await takeScreen(open, 'tender-matters-360')
  await anyone.close()
})

it('a bidder sees what changed and upholds the sealed bid; another replaces nothing and learns it on the phone', async () => {
  const page = await bidder.go(`${record()}/bid`)
  await page.getByRole('heading', { name: '采购文件变更了，您的投标要重新确认' }).waitFor()
  await sound(bidder)
  await takeScreen(page, 'tender-uphold-1280')
  await page.getByRole('button', { name: '维持原投标' }).click()
  await send(page, '维持原投标')
  await page.getByRole('heading', { name: '采购文件变更了，您的投标要重新确认' }).waitFor({ state: 'detached' })
  const small = await asker.go(`${record()}/bid`)
  await small.getByRole('heading', { name: '采购文件变更了，您的投标要重新确认' }).waitFor()
  await sound(asker)
  await takeScreen(small, 'tender-uphold-360')
  for (const each of room.bidders.slice(1))
    await app.ok(each.administrator, confirmBid, {
      params: { id: room.tender },
      body: { terms: 2 },
    })
})

it('after the award the loser objects, the overseer answers, the loser complains, and county finance decides', async () => {
  await support.passDeadline(room)
  const [lead, second] = room.openers
  const session = await support.startSession(room, lead)
  for (const opener of [lead, second]) await support.hand(room, opener)
  const { pair } = await support.combineIn(room, lead, session)
  if (pair === undefined) throw new Error('the key did not come together')
  await support.openAll(room, lead, pair)
  const params = { id: room.tender }
  await app.ok(room.overseer, confirmOpening, { params })
  await app.ok(room.procurer, appointPanel, { params, body: {} })
  const drawn = await app.ok(room.procurer, getTender, { params })
  for (const { person = '' } of drawn.panel ?? [])
    for (const [index, { id: bid }] of drawn.bids.entries())
      await app.ok(room.panelist(person), scoreBid, { params, body: { bid, points: [index === 0 ? 92 : 81] } })
  await app.ok(room.procurer, proposeAward, { params })

  const winner = (await app.ok('nobody', getTender, { params })).award?.organization
  const loser = room.bidders.find((each) => each.organization !== winner)
  const objector = await visitAs(loser?.administrator)
  let page = await objector.go(record())
  await act(page, '提出异议')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('异议对象').click()
  await page.getByTitle('中标结果', { exact: true }).click()
  await dialog.getByLabel('理由').fill('我单位的服务方案得分与公布的评分标准不符，请复核。')
  await dialog.getByLabel('请求').fill('重新评审')
  await sound(objector)
  await send(page, '提出异议')

  const overseer = await visitAs(room.overseer)
  page = await overseer.go(record())
  await page.getByRole('tab', { name: /异议/ }).click()
  await page.getByRole('button', { name: '处理异议' }).last().click()
  await page.getByRole('dialog').getByLabel('说明').fill('评分符合公布的标准，计算无误。')
  await sound(overseer)
  await send(page, '处理异议')

  page = await objector.go(record())
  await page.getByRole('tab', { name: /异议/ }).click()
  await page.getByRole('button', { name: '向财政部门投诉' }).click()
  await page.getByRole('dialog').getByLabel('理由').fill('答复没有说明服务方案一项为什么扣分。')
  await page.getByRole('dialog').getByLabel('请求').fill('重新评审')
  await sound(objector)
  await takeScreen(page, 'tender-complain-1280', { window: true })
  await send(page, '向财政部门投诉')
  await objector.close()

  const finance = await visitAs(room.finance)
  page = await finance.go('/desk')
  await page.getByText('处理投诉').first().waitFor()
  page = await finance.go(record())
  await page.getByRole('tab', { name: /异议/ }).click()
  await page.getByRole('button', { name: '处理投诉' }).last().click()
  await page.getByRole('dialog').getByLabel('说明').fill('评审记录完整，投诉事项不成立。')
  await sound(finance)
  await takeScreen(page, 'tender-complaint-1280', { window: true })
  await send(page, '处理投诉')
  await sound(finance)
  await takeScreen(page, 'tender-objections-1280')
  await Promise.all([finance.close(), overseer.close()])
})

it('anyone finds the draw on the tender’s page, with the very command that draws it again', async () => {
  const anyone = await visitAs(undefined, 'phone')
  const page = await anyone.go(`/tenders/${room.tender}`)
  const command = (await page.getByText(/^npm run draw:verify/).textContent()) ?? ''
  await page.getByText('投标指纹和专家名单').click()
  await sound(anyone)
  await takeScreen(page, 'tender-draw-360')
  const said: string[] = []
  expect(await verifyDraw(command.replace(/^npm run draw:verify -- /, '').split(' '), (line) => said.push(line))).toBe(
    0,
  )
  expect(said.at(-1)).toMatch(/^agreed/)
  await anyone.close()
})
