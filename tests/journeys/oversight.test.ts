// Oversight in browsers: a sample drawn from a frozen list and drawn again by anyone, and a visit that found nothing as evidence.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyDraw } from '../../src/app/draw-verify.ts'
import { setParameter } from '../../src/foundation/policy/contract.ts'
import { type Casework, startCasework } from '../../src/loop/delivery/casework.fixture.ts'
import { planEvaluation } from '../../src/loop/evaluation/contract.ts'
import type { Person } from '../support/app.ts'
import { heldGroup } from '../support/surveys.ts'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { takeScreen } from './support/screens.ts'
import { Visit } from './support/visit.ts'

let browser: Browser
let work: Casework
let site = ''
let folder: string
let evaluation = ''
let survey = ''
let receipt = ''
let own = ''

const visitAs = (as?: Person, size: 'desk' | 'phone' = 'desk'): Promise<Visit> =>
  Visit.open(browser, { site, size, as })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liandong-oversight-'))
  browser = await launchBrowser()
  work = await startCasework()
  site = await work.app.server.listen({ port: 0, host: '127.0.0.1' })
  await heldGroup(work, [
    { person: work.resident.id },
    { fullName: '申大爷' },
    { fullName: '戚阿姨' },
    { fullName: '郁先生' },
    { fullName: '秋芸子' },
  ])
  await work.app.ok(work.who('civil-affairs'), setParameter, {
    params: { key: 'evaluation.survey-all' },
    body: { division: '320505' as never, value: 5, reason: '试行抽样' },
  })
  await work.app.settle()
  const planned = await work.app.ok(work.who('reviewer'), planEvaluation, {
    body: {
      contract: work.contract,
      kind: 'mid-term',
      evaluator: work.who('evaluator').id,
      items: [
        { source: 'survey', name: '居民满意', weight: 60, questions: ['服务给您的帮助，您满意吗？'] },
        { source: 'expert', name: '服务质量', weight: 40 },
      ],
    },
  })
  evaluation = planned.id
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await work?.app.close()
  rmSync(folder, { recursive: true, force: true })
})

it('the overseer puts a visit that found nothing on record; the organization and the evaluator see it', async () => {
  const overseer = await visitAs(work.who('overseer'))
  const page = await overseer.go(`/desk/evaluation/inspections?contract=${work.contract}&new=1`)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('检查地点').fill('社区活动室')
  await dialog.getByLabel('检查内容').fill('助餐点的签到、留样和灭火器')
  await dialog.getByLabel('检查结论').fill('签到齐全，留样合格，未发现问题。')
  await dialog.getByLabel('检查时间').fill(work.at(-24 * 60).slice(0, 16))
  await dialog.getByText('未发现问题', { exact: true }).click()
  await sound(overseer)
  await takeScreen(page, 'inspection-form-1280', { window: true })
  await dialog.getByRole('button', { name: '登记现场检查', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('row', { name: /助餐点的签到/ }).waitFor()
  await sound(overseer)
  await takeScreen(page, 'inspections-1280')
  await overseer.close()
  await work.app.settle()
  const director = await visitAs(work.director)
  await director.go('/desk/evaluation/inspections')
  await director.page.getByRole('link', { name: /助餐点的签到/ }).click()
  await director.page.getByText('签到齐全，留样合格，未发现问题。').waitFor()
  await sound(director)
  await takeScreen(director.page, 'inspection-1280')
  await director.close()
  const evaluator = await visitAs(work.who('evaluator'))
  await evaluator.go(`/desk/evaluation/${evaluation}`)
  await evaluator.page.getByText('1 次，未发现问题 1 次').waitFor()
  await evaluator.page.getByRole('tab', { name: /现场检查/ }).click()
  await evaluator.page.getByText('社区活动室').waitFor()
  await sound(evaluator)
  await takeScreen(evaluator.page, 'evaluation-inspections-1280')
  await evaluator.close()
})

it('the evaluator opens the survey, draws from the frozen list and keeps what proves it', async () => {
  const visit = await visitAs(work.who('evaluator'))
  const page = await visit.go(`/desk/evaluation/${evaluation}`)
  await page.getByRole('button', { name: '发起问卷', exact: true }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: '发起问卷', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await work.app.settle()
  await visit.go(`/desk/evaluation/${evaluation}`)
  await page.getByRole('button', { name: '抽取受邀居民', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/名单共 9 人，抽取 9 人/).waitFor()
  await sound(visit)
  await takeScreen(page, 'survey-draw-1280', { window: true })
  await dialog.getByRole('button', { name: '抽取受邀居民', exact: true }).click()
  await dialog.getByText(/已抽取 9 人/).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: '保存抽取凭据' }).click(),
  ])
  receipt = join(folder, 'receipt.json')
  await download.saveAs(receipt)
  await sound(visit)
  await work.app.settle()
  await visit.go(`/desk/evaluation/${evaluation}`)
  await page.getByRole('tab', { name: /受益居民问卷/ }).click()
  await page.getByText('填写中').first().waitFor()
  await sound(visit)
  await visit.close()
})

it('a resident on the list sees the own receipt below the questions', async () => {
  const visit = await visitAs(work.resident, 'phone')
  const page = await visit.go('/notices')
  await page
    .getByRole('link', { name: /想听听您的感受/ })
    .first()
    .click()
  await page.getByText('我的名单凭证').click()
  own = (await page.getByText(/^[0-9a-f]{32}$/).textContent()) ?? ''
  survey = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await sound(visit)
  await takeScreen(page, 'survey-receipt-360')
  await visit.close()
})

it('a slip carries the receipt of who has no account', async () => {
  const visit = await visitAs(work.who('worker'))
  const page = await visit.go(`/desk/evaluation/surveys/${survey}/papers`)
  await page.getByRole('row', { name: /申/ }).getByRole('button').click()
  await page.getByText(/名单凭证（/).waitFor()
  await sound(visit)
  await takeScreen(page, 'survey-slip-1280')
  await visit.close()
})

it('afterwards anyone draws the sample again with the very command on the page, the resident and the evaluator with their receipts', async () => {
  await work.app.pass(20)
  const visit = await visitAs(undefined, 'phone')
  const page = await visit.go(`/surveys/${survey}`)
  await page.getByText('抽取凭据', { exact: true }).click()
  const command = (await page.getByText(/^npm run draw:verify/).textContent()) ?? ''
  await sound(visit)
  await takeScreen(page, 'survey-proof-360')
  const said: string[] = []
  const args = [...command.replace(/^npm run draw:verify -- /, '').split(' '), '--own', own, '--receipt', receipt]
  expect(await verifyDraw(args, (line) => said.push(line))).toBe(0)
  expect(said.at(-1)).toMatch(/^agreed/)
  expect(said.some((line) => /^your own: .* asked as number/.test(line))).toBe(true)
  await visit.close()
  const desk = await visitAs(work.who('evaluator'))
  await desk.go(`/desk/evaluation/${evaluation}`)
  await desk.page.getByRole('tab', { name: /受益居民问卷/ }).click()
  await desk.page.getByText('抽取凭据', { exact: true }).click()
  await desk.page.getByText(/^npm run draw:verify/).waitFor()
  await sound(desk)
  await takeScreen(desk.page, 'survey-proof-1280')
  await desk.close()
})
