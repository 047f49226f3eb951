// A survey of beneficiaries: from the inbox, by a code without any session, on paper from the counter, and what comes of it on the desk.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { rowsOf } from './support/records.ts'
import { takeScreen } from './support/screens.ts'
import { demoPeople, type DemoPerson, personOf, Visit } from './support/visit.ts'

type Evaluation = {
  readonly id: string
  readonly division: string
  readonly survey?: { readonly id?: string; readonly closed: boolean }
}
type Links = { readonly links: readonly { readonly code: string }[] }

let browser: Browser
let running: Evaluation
let ended: Evaluation
let asked: { readonly person: DemoPerson; readonly code: string }[]

beforeAll(async () => {
  browser = await launchBrowser()
  const visit = await Visit.open(browser, { person: await personOf('county-civil-affairs', '320505') })
  const found: Evaluation[] = []
  for (const { id } of await rowsOf(visit, '/api/evaluations?size=50'))
    found.push(await visit.send<Evaluation>('GET', `/api/evaluations/${id}`))
  const of = (closed: boolean) => {
    const one = found.find((each) => each.survey?.id !== undefined && each.survey.closed === closed)
    if (one === undefined) throw new Error('the demo tells of no such survey')
    return one
  }
  running = of(false)
  ended = of(true)
  asked = []
  for (const person of (await demoPeople()).filter((each) => each.role === 'resident')) {
    await visit.become(person)
    const taken = await visit.send<Links>('GET', `/api/surveys/${running.survey?.id}/link`).catch(() => undefined)
    const code = taken?.links[0]?.code
    if (code === undefined) continue
    const { state } = await visit.send<{ state: string }>('POST', '/api/survey-links/open', { code })
    if (state === 'open') asked.push({ person, code })
    if (asked.length === 2) break
  }
  await visit.close()
}, 120_000)
afterAll(() => browser.close())

const invited = (index: number) => {
  const one = asked[index]
  if (one === undefined) throw new Error('nobody is asked who has not answered')
  return one
}

it('a resident opens the notice, taps an answer to each question and is thanked; a second time the page says so', async () => {
  const { person } = invited(0)
  const visit = await Visit.open(browser, { size: 'phone', person })
  const page = await visit.go('/notices')
  await page
    .getByRole('link', { name: /想听听您的感受/ })
    .first()
    .click()
  await page.getByRole('button', { name: '提交' }).waitFor()
  await sound(visit)
  await takeScreen(page, 'survey-360')
  await page.getByRole('button', { name: '提交' }).click()
  expect(await page.getByText('请选一项').count()).toBeGreaterThan(0)
  for (const group of await page.locator('fieldset').all()) await group.getByText('满意', { exact: true }).click()
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('收到了，谢谢您！').waitFor()
  await sound(visit)
  await takeScreen(page, 'survey-thanks-360')
  await visit.go(`/surveys/${running.survey?.id}`)
  await page.getByText('这份问卷您已经填过了').waitFor()
  await visit.close()
})

it('a code opens the survey without signing in, in large type too; a wrong one is told kindly', async () => {
  const visit = await Visit.open(browser, { size: 'phone', elder: true })
  const page = await visit.go('/surveys/answer')
  await sound(visit)
  await page.getByLabel('问卷码').fill('320505-1')
  await page.getByRole('button', { name: '开始填写' }).click()
  await page.getByText('问卷码是 6 位数字加 16 位数字或字母，请再核对一下').waitFor()
  await page.getByLabel('问卷码').fill(invited(1).code.toLowerCase())
  await page.getByRole('button', { name: '开始填写' }).click()
  await page.getByText('不记名').waitFor()
  await sound(visit)
  await takeScreen(page, 'survey-elder-360')
  await visit.go(`/surveys/answer#${invited(1).code}`)
  expect(await page.getByRole('group').count()).toBe(2)
  await visit.close()
})

it('a community worker prints a link for somebody without a phone', async () => {
  const worker = await personOf('community-worker', running.division)
  const visit = await Visit.open(browser, { person: worker })
  const page = await visit.go(`/desk/evaluation/${running.id}`)
  await page.getByRole('tab', { name: /受益居民问卷/ }).click()
  await sound(visit)
  await page.getByRole('link', { name: '发放纸质问卷链接' }).click()
  await page.waitForURL(/\/papers$/)
  await page.getByText('按手机号或身份证号发放').waitFor()
  await page.getByRole('row', { name: /葛/ }).getByRole('button').click()
  await page.getByText('交给居民的纸条').waitFor()
  await page.getByText(/^320505-/).waitFor()
  await sound(visit)
  await takeScreen(page, 'survey-papers-1280')
  await visit.close()
})

it('afterwards the evaluation shows how many answered, how sure that is, and each question', async () => {
  const visit = await Visit.open(browser, { person: await personOf('evaluator', '320505') })
  const page = await visit.go(`/desk/evaluation/${ended.id}`)
  await page.getByRole('tab', { name: /受益居民问卷/ }).click()
  await page.getByText(/回收率/).waitFor()
  await sound(visit)
  await takeScreen(page, 'survey-result-1280')
  await visit.close()
  const resident = await Visit.open(browser, { size: 'phone' })
  await resident.go(`/surveys/${ended.survey?.id}`)
  await resident.page
    .getByText(/误差不超过/)
    .first()
    .waitFor()
  await sound(resident)
  await takeScreen(resident.page, 'survey-result-360')
  await resident.close()
})
