// In the field without a network: a social worker writes service records on the phone; each is filed once, and one that is refused is mended.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { photo, readyForOffline } from './support/offline.ts'
import { faultsOf } from './support/page-checks.ts'
import { rowsOf } from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { type DemoPerson, demoPeople, Visit } from './support/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

type Plan = { readonly started: boolean; readonly activities: readonly { readonly name: string }[] }

/** A social worker who delivers under a contract in force. */
async function workerAtWork(visit: Visit): Promise<{ worker: DemoPerson; contract: string; activity: string }> {
  // From the end of the list: the journey of casework files for the first ones.
  for (const worker of (await demoPeople()).filter((each) => each.role === 'social-worker').toReversed()) {
    await visit.become(worker)
    for (const { id } of await rowsOf(visit, '/api/contracts?state=active&mine=yes&size=20')) {
      const { started, activities } = await visit.send<Plan>('GET', `/api/contracts/${id}/delivery`)
      if (started && activities[0]) return { worker, contract: id, activity: activities[0].name }
    }
  }
  throw new Error('no social worker delivers')
}

type Filed = { readonly place: string; readonly photos: readonly unknown[] }

/** What is filed under the contract at places of this name, the oldest first. */
async function filedAt(visit: Visit, contract: string, place: string): Promise<readonly Filed[]> {
  const rows = await rowsOf<{ id: string }>(visit, `/api/service-records?contract=${contract}&size=10`)
  const records = await Promise.all(rows.map(({ id }) => visit.send<Filed>('GET', `/api/service-records/${id}`)))
  return records.filter((record) => record.place.startsWith(place)).toReversed()
}

const until = (page: Page) => page.locator('input[type=datetime-local]')

async function hoursEarlier(page: Page, hours: number): Promise<void> {
  const before = Date.parse(`${await until(page).inputValue()}:00Z`) - hours * 3_600_000
  await until(page).fill(new Date(before).toISOString().slice(0, 16))
}

async function fill(page: Page, activity: string, place: string): Promise<void> {
  await page.getByText(activity, { exact: true }).tap()
  await page.getByLabel('地点').fill(place)
  await page.getByLabel('服务内容').fill('入户看望，量了血压，约好下周再来。')
}

it('records written without a network are filed once it is back; one that is refused is mended on the phone', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const { contract, activity } = await workerAtWork(visit)
  const place = `活动室${Date.now() % 10_000}`
  const page = await visit.go(`/field/records/new?contract=${contract}`)
  await readyForOffline(page)
  // Once more, by the worker: now the page's own files are kept.
  await visit.go(`/field/records/new?contract=${contract}`)
  await page.getByText(activity, { exact: true }).waitFor()
  await visit.context.setOffline(true)

  await page.goto(`${visit.url}/field/records/new?contract=${contract}`)
  await page.getByText(/现在没有网络/).waitFor()
  await hoursEarlier(page, 2)
  await fill(page, activity, place)
  await page.locator('input[type=file]').setInputFiles(await photo())
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  await page.getByRole('button', { name: '提交服务记录' }).tap()
  await page.getByText('存在这台手机里的服务记录').waitFor()
  // The same hour once more: the server will not have it.
  await fill(page, activity, `${place}二`)
  await page.getByRole('button', { name: '提交服务记录' }).tap()
  await expect.poll(() => page.getByText('联网后自动提交', { exact: true }).count()).toBe(2)
  await takeScreen(page, 'record-waiting-360')
  expect(await faultsOf(page)).toEqual([])

  await visit.context.setOffline(false)
  await page.getByText('没有收下').waitFor()
  await page
    .getByText(/同一时间不能登记两次/)
    .first()
    .waitFor()
  await visit.settled()
  expect(await filedAt(visit, contract, place)).toMatchObject([{ place, photos: [expect.anything()] }])
  await page.getByRole('button', { name: '回去修改' }).tap()
  await hoursEarlier(page, 3)
  await page.getByRole('button', { name: '提交服务记录' }).tap()
  await page.waitForURL(/\/desk\/delivery\//)
  expect(await filedAt(visit, contract, place)).toMatchObject([{ place }, { place: `${place}二`, photos: [] }])
  await visit.close()
})
