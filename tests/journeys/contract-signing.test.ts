// A contract signed by key: two parties with two kinds of keys in two browsers, then anybody checks the file, whole and with one byte changed.
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

type Waiting = { readonly id: string; readonly township: DemoPerson; readonly undertaker: DemoPerson }

/** A contract of the demo that waits for its signatures, sent back and sent again, so that nobody has signed it. */
async function unsigned(visit: Visit): Promise<Waiting> {
  const people = await demoPeople()
  for (const township of people.filter((each) => each.role === 'township-procurer')) {
    await visit.become(township)
    const [row] = await rowsOf<{ id: string; organization: string }>(visit, '/api/contracts?state=signing')
    const undertaker = people.find(
      (each) => each.role === 'organization-administrator' && each.organization === row?.organization,
    )
    if (!row || !undertaker) continue
    await visit.send('POST', `/api/contracts/${row.id}/reopen`, { words: '改用电子签署' })
    await visit.send('POST', `/api/contracts/${row.id}/send`)
    await expect
      .poll(() => openDocument(visit, row.id), { timeout: 30_000, interval: 500 })
      .toMatchObject({ state: 'open', signatures: [] })
    return { id: row.id, township, undertaker }
  }
  throw new Error('no contract of the demo waits for signatures')
}

type Document = { readonly state: string; readonly file?: string; readonly signatures: readonly unknown[] }

async function openDocument(visit: Visit, id: string): Promise<Document | undefined> {
  const { documents } = await visit.send<{ documents: Document[] }>('GET', `/api/contracts/${id}/documents`)
  return documents.at(-1)
}

/** Signs at the desk with a new key of a kind, from the record page to the tab of papers. */
async function signAtDesk(visit: Visit, id: string, kind: RegExp, shot?: string): Promise<Page> {
  const page = await visit.go(`/desk/contracts/${id}`)
  await page.getByRole('button', { name: '确认签署' }).first().click()
  const dialog = page.getByRole('dialog')
  const next = dialog.getByRole('button', { name: '下一步' })
  await dialog.waitFor()
  await visit.settled()
  if (await next.isVisible()) {
    if (shot) await takeScreen(page, 'contract-ways-1280', { window: true })
    await sound(visit)
    await next.click()
  }
  await dialog.getByRole('radio', { name: kind }).check()
  await dialog.getByLabel('这把密钥放在哪里').fill('办公室电脑')
  await dialog.getByRole('button', { name: '生成并登记' }).click()
  await dialog.getByRole('radio', { name: /办公室电脑/ }).waitFor()
  const go = dialog.getByRole('button', { name: '电子签署' })
  expect(await go.isDisabled()).toBe(true)
  await dialog.getByRole('checkbox').check()
  if (shot) await takeScreen(page, shot, { window: true })
  await sound(visit)
  await go.click()
  await dialog.waitFor({ state: 'hidden' })
  return page
}

/** Signs the open amendment with the key that this browser has. */
async function signAmendment(visit: Visit, id: string): Promise<void> {
  const page = await visit.go(`/desk/contracts/${id}`)
  await page.getByRole('tab', { name: /变更/ }).click()
  await page.getByRole('button', { name: '签署变更' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/我名下的全部密钥/).click()
  await dialog.getByText('在这个浏览器里').waitFor()
  await dialog.getByRole('checkbox').check()
  await sound(visit)
  await dialog.getByRole('button', { name: '签署变更' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Gives the page a file as if it had been chosen, and waits for the verdict. */
async function choose(visit: Visit, bytes: Buffer, verdict: string): Promise<void> {
  await visit.page
    .locator('input[type="file"]')
    .setInputFiles({ name: '合同.PDF', mimeType: 'application/pdf', buffer: bytes })
  await visit.page.getByText(verdict, { exact: true }).waitFor()
}

it('both parties sign by key, each in its own browser; whoever holds the file sees that both hold, and one changed byte', async () => {
  const visit = await Visit.open(browser)
  const { id, township, undertaker } = await unsigned(visit)
  await visit.become(township)
  const page = await signAtDesk(visit, id, /SM2/, 'contract-sign-1280')
  await page.getByRole('tab', { name: /签署与条款/ }).click()
  await page.getByText('已电子签署').first().waitFor()
  const document = await openDocument(visit, id)
  const file = await visit.context.request.fetch(`${visit.url}/api/files/${document?.file}`)
  const bytes = await file.body()
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')

  const other = await Visit.open(browser, { person: undertaker })
  await signAtDesk(other, id, /Ed25519/)
  await other.page.getByRole('tab', { name: /签署与条款/ }).click()
  await expect.poll(() => other.page.getByText('已电子签署').count()).toBe(2)
  await takeScreen(other.page, 'contract-papers-1280')
  await sound(other)

  // An amendment: the undertaker proposes and signs first, with the key that is there; then the township.
  await other.send('POST', `/api/contracts/${id}/amendments`, { words: '居民希望增加一次活动', growth: '800.00' })
  await expect.poll(() => openDocument(other, id), { timeout: 30_000, interval: 500 }).toMatchObject({ state: 'open' })
  await signAmendment(other, id)
  await sound(other)
  await other.page.getByText('等待对方签署').waitFor()
  await signAmendment(visit, id)
  await visit.page.getByText('已生效').first().waitFor()
  await takeScreen(visit.page, 'contract-amendment-1280')
  await sound(visit)
  await other.close()
  await visit.close()

  const anybody = await Visit.open(browser, { size: 'phone' })
  await anybody.go(`/contracts/${id}`)
  await anybody.page.getByRole('link', { name: /核验它有没有被改动/ }).click()
  await anybody.page.getByRole('heading', { name: '核验合同文件' }).waitFor()
  await sound(anybody)
  await choose(anybody, bytes, '文件没有被改动，双方签名有效')
  await anybody.page.getByText('已被后来的变更修改').waitFor()
  expect(await anybody.page.getByText('您的浏览器也验算过，结果一致。').count()).toBe(2)
  await takeScreen(anybody.page, 'contract-verify-360')
  await sound(anybody)
  const changed = Buffer.from(bytes)
  changed.writeUInt8(changed.readUInt8(6000) ^ 1, 6000)
  await choose(anybody, changed, '文件被改动过')
  await takeScreen(anybody.page, 'contract-verify-changed-360')
  await sound(anybody)
  await choose(anybody, Buffer.from('%PDF-1.7 another file'), '没有找到这份文件')
  await sound(anybody)
  await anybody.close()
})
