// Sealed bids whole, in browsers: three openers make the key, three organizations seal bids, two open, a third confirms, a receipt is checked.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getTender, publishTender } from '../../src/loop/procurement/contract.ts'
import { type Person, startApp, type TestApp } from '../support/app.ts'
import { planSealed, type Room } from '../support/sealed-bids.ts'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { takeScreen } from './support/screens.ts'
import { Visit } from './support/visit.ts'

const names = {
  procurer: '蒋蕙兰',
  overseer: '顾和平',
  head: '陶立',
  'administrator-0': '沈春燕',
  'administrator-1': '陆建明',
  'administrator-2': '周敏华',
  'organization-0': '启芽婴幼儿照护服务中心',
  'organization-1': '童伴社会工作服务社',
  'organization-2': '邻里乐社会工作服务中心',
}
const passphrase = '梧桐巷口的石桥 1987'

let browser: Browser
let app: TestApp
let room: Room
let site = ''
let folder = ''
let procurer: Visit
let overseer: Visit
let head: Visit
let receiptFile = ''

const visitAs = (as: Person): Promise<Visit> => Visit.open(browser, { site, as })

/** Clicks what saves a file; answers the text of the file. */
async function saved(page: Page, click: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  const path = join(folder, download.suggestedFilename())
  await download.saveAs(path)
  return readFileSync(path, 'utf8')
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liandong-sealed-'))
  browser = await launchBrowser()
  app = await startApp()
  room = await planSealed(app, names)
  site = await app.server.listen({ host: '127.0.0.1', port: 0 })
  procurer = await visitAs(room.procurer)
  overseer = await visitAs(room.overseer)
  head = await visitAs(room.head)
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  rmSync(folder, { recursive: true, force: true })
})

const backups: string[] = []

it('three bodies make keys in their own browsers, one splits the tender’s key, each confirms, the tender is published', async () => {
  for (const visit of [procurer, overseer, head]) {
    const page = await visit.go(`/desk/procurement/${room.tender}/keys`)
    await page.getByLabel('备份口令', { exact: true }).fill(passphrase)
    await page.getByLabel('再输一次').fill(passphrase)
    if (visit === procurer) await sound(visit)
    const make = page.getByRole('button', { name: '生成并登记' })
    backups.push(await saved(page, () => make.click()))
    await page.getByText('已登记').first().waitFor()
  }
  expect(JSON.parse(backups[0] ?? '{}')).toMatchObject({ form: 'liandong-opener-key-1', seat: 'procurer' })
  await procurer.page.getByRole('button', { name: '生成投标密钥' }).click()
  await procurer.page.getByText('公钥指纹').first().waitFor()
  for (const visit of [procurer, overseer, head]) {
    const page = await visit.go(`/desk/procurement/${room.tender}/keys`)
    await page.getByRole('button', { name: '核对并确认' }).click()
    await page.getByText(/您已确认|三方都已确认/).waitFor()
  }
  await sound(head)
  await takeScreen(head.page, 'key-ceremony-1280')
  await app.ok(room.procurer, publishTender, { params: { id: room.tender } })
})

it('an organization that bids for the first time finds the way, is told what is wrong, and keeps a receipt; a bid can be replaced', async () => {
  const prices = ['31860', '32,500.50', '33120']
  for (const [index, bidder] of room.bidders.entries()) {
    const visit = await visitAs(bidder.administrator)
    const page = await visit.go('/desk/procurement/open')
    await page.locator('table a').first().click()
    await page.getByRole('link', { name: '投标', exact: true }).click()
    await visit.settled()
    const handIn = page.getByRole('button', { name: '密封并递交' })
    if (index === 0) {
      await handIn.click()
      await page.getByText('请填写报价').waitFor()
      await page.getByLabel('报价（元）').fill('99999999')
      await page.getByText('报价不能高于最高限价').waitFor()
      await sound(visit)
    }
    await page.getByLabel('报价（元）').fill(prices[index] ?? '')
    await page
      .getByLabel(/^服务方案/)
      .fill('由两名持证社工带领志愿者，每周三次入户，逐户建立照护档案，每月向社区报告一次。')
    await page.getByLabel('第 1 行岗位').fill('项目负责人')
    await page.getByLabel('第 1 行证书').fill('中级社会工作师')
    const paper = join(folder, `实施方案${index + 1}.txt`)
    writeFileSync(paper, `第${index + 1}家的实施方案全文。`.repeat(2000))
    await page.locator('input[type="file"]').setInputFiles(paper)
    await page.getByText(`实施方案${index + 1}.txt`).waitFor()
    // The draft is still there after the page was left.
    if (index === 0) {
      await page.reload()
      await visit.settled()
      expect(await page.getByLabel('报价（元）').inputValue()).toBe(prices[0])
      await sound(visit)
      await takeScreen(page, 'sealed-bid-1280')
    }
    await handIn.click()
    const dialog = page.getByRole('dialog')
    receiptFile = await saved(page, () => dialog.getByRole('button', { name: '密封并递交' }).click())
    await page.getByText('投标回执').first().waitFor()
    if (index === 1) {
      await page.getByLabel('报价（元）').fill('31999')
      await page.getByRole('button', { name: '密封并替换' }).click()
      receiptFile = await saved(page, () =>
        page.getByRole('dialog').getByRole('button', { name: '密封并替换' }).click(),
      )
      await page.getByText('第 2 次').first().waitFor()
      await sound(visit)
      await visit.go('/desk/procurement/bids')
      await page.getByText('已替换').waitFor()
      await sound(visit)
    }
    if (index < 2) await visit.close()
    else {
      await visit.go(`/desk/procurement/${room.tender}/bid`)
      await takeScreen(page, 'sealed-bid-receipt-1280')
      await visit.close()
    }
  }
  expect(JSON.parse(receiptFile)).toMatchObject({ form: 'liandong-bid-receipt-1', round: 1 })
})

it('anybody who holds a receipt checks it on a phone; one changed letter is found', async () => {
  const visit = await Visit.open(browser, { site, size: 'phone' })
  const page = await visit.go('/tenders/receipt')
  const file = join(folder, 'receipt.json')
  writeFileSync(file, receiptFile)
  await page.getByLabel('选择回执文件').setInputFiles(file)
  await page.getByText('签名有效').waitFor()
  await page.getByText('保存的密文没有改动').waitFor()
  await sound(visit)
  await takeScreen(page, 'receipt-check-360')
  const altered = JSON.stringify({ ...JSON.parse(receiptFile), receivedAt: '2026-11-23T00:00:00.000Z' })
  await page.getByLabel('或者粘贴回执内容').fill(altered)
  await page.getByRole('button', { name: '核对回执' }).tap()
  await page.getByText('签名无效').waitFor()
  // The tender's page for everybody: the key, its shares, and no word of who bids.
  await visit.go(`/tenders/${room.tender}`)
  await page.getByText('投标公钥').waitFor()
  expect(await page.getByText('邻里乐社会工作服务中心').count()).toBe(0)
  await sound(visit)
  await takeScreen(page, 'sealed-tender-360')
  await visit.close()
})

it('after the deadline two of three open the envelopes one by one, and the third body confirms', async () => {
  await app.pass(11)
  const opening = `/desk/procurement/${room.tender}/opening`
  const lead = await procurer.go(opening)
  await lead.getByText('待开标').waitFor()
  await sound(procurer)
  await lead.getByRole('button', { name: '开始开标' }).click()
  await lead.getByRole('button', { name: '提交密钥份额' }).click()
  await lead.getByText('已提交').first().waitFor()
  // The overseer's own browser is gone: the backup file brings the key back.
  await overseer.close()
  overseer = await visitAs(room.overseer)
  const second = await overseer.go(opening)
  await second.getByLabel('备份口令').fill('不是这个口令')
  const backup = join(folder, 'backup.json')
  writeFileSync(backup, backups[1] ?? '')
  await second.locator('input[type="file"]').setInputFiles(backup)
  await second.getByText('口令不对').waitFor()
  await second.getByLabel('备份口令').fill(passphrase)
  await second.locator('input[type="file"]').setInputFiles(backup)
  // Both read the same code.
  const codeOf = async (page: Page) =>
    page
      .locator('div', { has: page.getByText('本次开标核对码') })
      .last()
      .locator('code')
      .innerText()
  await second.getByRole('button', { name: '提交密钥份额' }).waitFor()
  expect(await codeOf(second)).toBe(await codeOf(lead))
  await second.getByRole('button', { name: '提交密钥份额' }).click()
  await lead.getByText('已达门限').waitFor()
  await lead.getByRole('button', { name: '开启 1 号信封' }).click()
  await lead.getByText('启芽婴幼儿照护服务中心').first().waitFor()
  // A reload in the middle: the shares lie with the server, sealed to the session's key in this browser.
  await lead.reload()
  await procurer.settled()
  await lead.getByRole('button', { name: '开启 2 号信封' }).waitFor()
  await sound(procurer)
  await takeScreen(lead, 'opening-1280')
  await lead.getByRole('button', { name: '开启 2 号信封' }).click()
  await lead.getByRole('button', { name: '开启 3 号信封' }).click()
  await lead.getByText('已开启 3 份').waitFor()
  const third = await head.go(opening)
  await third.getByRole('button', { name: '确认开标' }).click()
  await third.getByRole('dialog').getByRole('button', { name: '确认开标' }).click()
  await third.getByText('已开标').first().waitFor()
  await sound(head)
  const view = await app.ok(room.overseer, getTender, { params: { id: room.tender } })
  expect(view.bids.map((bid) => bid.price).sort()).toEqual(['31860.00', '31999.00', '33120.00'])
  // What was attached is read by those who may.
  await procurer.go(`/desk/procurement/${room.tender}`)
  await lead.getByRole('button', { name: '查看方案：童伴社会工作服务社' }).click()
  await lead.getByText('项目负责人').waitFor()
  await sound(procurer)
  const text = await saved(lead, () => lead.getByRole('button', { name: '下载' }).click())
  expect(text).toContain('第2家的实施方案全文。')
})
