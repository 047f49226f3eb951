// From the project on the phone to the sheet on the notice board, and from a payment on the desk to the residents' own words.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { faultsOf } from './support/page-checks.ts'
import { rowsOf } from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { personOf, Visit } from './support/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

type Transfer = { readonly id: string; readonly project?: string }

/** A payment of the demo, seen by a settler. */
async function aPayment(visit: Visit): Promise<Required<Transfer>> {
  const rows = await rowsOf<Transfer>(visit, '/api/funds/transfers?purpose=payment&size=50')
  const paid = rows.find((row) => row.project !== undefined)
  if (paid?.project === undefined) throw new Error('the demo paid nothing')
  return { id: paid.id, project: paid.project }
}

it('a payment on the desk shows the sentences behind it, and the way to the sheet', async () => {
  const visit = await Visit.open(browser, { person: await personOf('township-settler') })
  const { page } = visit
  const { id, project } = await aPayment(visit)
  await visit.go(`/desk/funds/transfers/${id}`)
  await page.getByRole('region', { name: '这条线从居民的这些话开始' }).getByRole('link').first().waitFor()
  expect(await faultsOf(page, { axe: true })).toEqual([])
  await page.getByRole('link', { name: '公示单：一页看全，可以打印张贴' }).click()
  await page.getByRole('heading', { name: '社区服务项目公示单' }).waitFor()
  expect(page.url()).toContain(`/projects/${project}?account`)
  expect(visit.takeSaid()).toEqual([])
  await visit.close()
})

it('on a phone the project leads to its sheet, which prints on one page and is there as PDF', async () => {
  const desk = await Visit.open(browser, { person: await personOf('township-settler') })
  const { project } = await aPayment(desk)
  await desk.close()
  const visit = await Visit.open(browser, { size: 'phone' })
  const { page } = visit
  await visit.go(`/projects/${project}`)
  await page.getByRole('link', { name: '公示单：一页看全，可以打印张贴' }).click()
  await page.getByRole('heading', { name: '居民的回音' }).waitFor()
  await visit.settled()
  expect(await faultsOf(page, { axe: true })).toEqual([])
  await takeScreen(page, 'project-account')
  const printed = await page.pdf({ preferCSSPageSize: true })
  expect(printed.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  const href = await page.getByRole('link', { name: '打开 PDF（一页 A4）' }).getAttribute('href')
  const file = await page.request.get(`${visit.url}${href}`)
  expect([file.status(), file.headers()['content-type']]).toEqual([200, 'application/pdf'])
  expect((await file.body()).toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  expect(visit.takeSaid()).toEqual([])
  await visit.close()
})
