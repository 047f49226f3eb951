// A vote by households: the desk fills the roll by hand and from a file, hands out paper; a resident looks whether the household has named a voter.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, today } from '../../src/kit/plain-date.ts'
import type { Instant } from '../../src/kit/instant.ts'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { verifiedResidents } from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { type DemoPerson, personOf, Visit } from './support/visit.ts'

type Made = { readonly id: string }

const [named, listed] = [
  { name: '陆知秋', phone: '18877001234' },
  { name: '陆知夏', phone: '18877005678' },
]

let browser: Browser
let worker: DemoPerson
let neighbour: DemoPerson
let motion: string
let vote: string

beforeAll(async () => {
  browser = await launchBrowser()
  const visit = await Visit.open(browser)
  const [living] = await verifiedResidents(visit, 1)
  if (!living) throw new Error('nobody lives here')
  neighbour = living
  const { division } = living
  worker = await personOf('community-worker', division)
  await visit.become(worker)
  for (const [person, idNumber] of [
    [named, '320505198001010017'],
    [listed, '320505198001010025'],
  ] as const) {
    const { id } = await visit.send<Made>('POST', '/api/residents', { ...person, division })
    if (person === named) await visit.send('POST', `/api/residents/${id}/verify`, { name: person.name, idNumber })
  }
  const body = {
    title: '关于五幢加装电梯的议题',
    text: '五幢一单元加装电梯，一户一票表决。',
    division,
    as: 'community',
  }
  motion = (await visit.send<Made>('POST', '/api/motions', body)).id
  await visit.become(await personOf('community-head', division))
  await visit.send('POST', `/api/motions/${motion}/admit`, {})
  await visit.become(worker)
  await visit.send('POST', `/api/motions/${motion}/discuss`, {})
  await visit.close()
})
afterAll(() => browser.close())

it('the worker puts a household on the roll by hand and others from a file', async () => {
  const visit = await Visit.open(browser, { person: worker })
  const page = await visit.go(`/desk/deliberation/${motion}`)
  await page.getByRole('link', { name: /住户名册/ }).click()
  await page.getByText('名册里还没有住户').waitFor()
  await sound(visit)
  await page.getByLabel('门牌（幢、单元、室）').fill('5幢1单元101室')
  await page.getByLabel('投票人', { exact: true }).fill(named.phone)
  await page.getByRole('button', { name: '查找', exact: true }).click()
  await page.getByText('已找到').waitFor()
  await sound(visit)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('5幢1单元101室').first().waitFor()
  await page.getByRole('link', { name: '从表格导入' }).click()
  await visit.settled()
  const text = `门牌,姓名,手机\n5幢1单元102室,${listed.name},${listed.phone}\n5幢1单元201室,,\n5-1-101,${listed.name},13800000000\n`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '名册.CSV', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByText(/新增 2 户/).waitFor()
  await takeScreen(page, 'roll-import-1280')
  await sound(visit)
  await page.getByRole('button', { name: '导入 2 户' }).click()
  await page.getByText(/已导入：新增 2 户/).waitFor()
  await sound(visit)
  await page.getByRole('link', { name: '回到名册' }).click()
  await page.getByText('共 3 户，其中 2 户已定投票人').waitFor()
  await takeScreen(page, 'roll-1280')
  await sound(visit)
  const until = addDays(today((await visit.send<{ now: Instant }>('GET', '/health/ready')).now), 5)
  const body = { question: '五幢一单元加装电梯，您家同意吗？', form: 'households', eligible: 4, until }
  vote = (await visit.send<{ vote: string }>('POST', `/api/motions/${motion}/vote`, body)).vote
  await visit.close()
})

it('a resident learns that somebody else or nobody yet votes for the household, and how to get named', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: neighbour })
  const page = await visit.go(`/votes/${vote}`)
  await page.getByLabel('门牌').fill('5幢1单元101')
  await page.getByRole('button', { name: '查一查' }).tap()
  await page.getByText('本户的投票人是家里的另一位').waitFor()
  await page.getByLabel('门牌').fill('5-1-201')
  await page.getByRole('button', { name: '查一查' }).tap()
  await page.getByText(/本户还没有定投票人/).waitFor()
  await takeScreen(page, 'vote-household-360')
  await sound(visit)
  await visit.close()
})

it('the worker hands out a paper ballot by name; the roll is locked from then on', async () => {
  const visit = await Visit.open(browser, { person: worker })
  const page = await visit.go(`/desk/deliberation/${motion}`)
  await page.getByRole('link', { name: /^纸质票/ }).click()
  await page.getByLabel('投票人', { exact: true }).fill(named.phone)
  await page.getByRole('button', { name: '查找', exact: true }).click()
  await page.getByText('已找到').waitFor()
  await takeScreen(page, 'vote-paper-1280')
  await sound(visit)
  await page.getByRole('button', { name: '发放一张' }).click()
  await page.getByText('已发 1 张').waitFor()
  await sound(visit)
  await visit.go(`/desk/deliberation/${motion}/roll`)
  await page.getByText(/名册已锁定/).waitFor()
  await page.getByText('已领纸质票').waitFor()
  expect(await page.getByRole('button', { name: '保存' }).count()).toBe(0)
  await sound(visit)
  await visit.close()
})
