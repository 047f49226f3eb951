// The secret vote on a phone: reading the rules, choosing, casting, the receipt; the same person again; the check after the count; the desk's side.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { sound } from './support/sound.ts'
import { takeScreen } from './support/screens.ts'
import { type DemoPerson, demoPeople, personOf, Visit } from './support/visit.ts'

type Motion = { id: string; division: string; state: string; vote?: { id: string; form: string } }

let browser: Browser
let running: Motion
let counted: Motion
let voter: DemoPerson
beforeAll(async () => {
  browser = await launchBrowser()
  const visit = await Visit.open(browser)
  const { rows } = await visit.send<{ rows: Motion[] }>('GET', '/api/motions?division=32&size=100')
  const motions: Motion[] = []
  for (const { id } of rows) motions.push(await visit.send('GET', `/api/motions/${id}`))
  const withVote = (state: string) => {
    const found = motions.find((motion) => motion.vote?.form === 'residents' && motion.state === state)
    if (found === undefined) throw new Error(`no motion with a vote is ${state}`)
    return found
  }
  running = withVote('voting')
  counted = withVote('executing')
  const living = (await demoPeople()).filter(
    ({ role, division }) => role === 'resident' && division === running.division,
  )
  for (const person of living) {
    await visit.become(person)
    const seen = await visit.send<{ mine?: { state: string }; actions: { ok: boolean }[] }>(
      'GET',
      `/api/votes/${running.vote?.id}`,
    )
    if (seen.mine?.state === 'none' && seen.actions.every((action) => action.ok)) {
      // The first of them are verified.
      voter = person
      break
    }
  }
  await visit.close()
})
afterAll(() => browser.close())

it('a resident goes from the motion to the vote, chooses, casts without a session, and keeps a receipt', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: voter })
  const page = await visit.go(`/motions/${running.id}`)
  await page.getByRole('link', { name: '去投票' }).tap()
  await visit.settled()
  const button = page.getByRole('button', { name: '投出我的一票' })
  expect(await button.isDisabled()).toBe(true)
  await sound(visit)
  await page.getByText('同意', { exact: true }).first().tap()
  await takeScreen(page, 'vote-360')
  await sound(visit)
  const cast = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/ballots'))
  await button.tap()
  const headers = await (await cast).allHeaders()
  expect([headers['cookie'], headers['idempotency-key'], headers['referer']]).toEqual([undefined, undefined, undefined])
  await page.getByRole('heading', { name: '我的回执' }).waitFor()
  expect(await page.locator('main').innerText()).toMatch(/\d{4} \d{4} \d{4}/)
  await takeScreen(page, 'vote-receipt-360')
  await sound(visit)
  // Under Mine it stands that a token was issued; the page opened anew still has the receipt and offers no second vote.
  await visit.go('/mine/votes')
  expect(await page.locator('main').innerText()).toContain('已用您的名字发票')
  await sound(visit)
  await visit.go(`/votes/${running.vote?.id}`)
  await page.getByRole('heading', { name: '我的回执' }).waitFor()
  expect(await page.getByRole('button', { name: '投出我的一票' }).count()).toBe(0)
  await visit.close()
})

it('the same person on another telephone is told where the token is', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: voter })
  const page = await visit.go(`/votes/${running.vote?.id}`)
  await page.getByText(/已经在另一台设备或浏览器上领过票/).waitFor()
  await sound(visit)
  await visit.close()
})

it('after the count anybody checks all ballots in the browser', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const page = await visit.go(`/votes/${counted.vote?.id}`)
  await page.getByRole('button', { name: '现在核对' }).tap()
  await page.getByText('全部 9 张选票与公布的数字一致').waitFor()
  await takeScreen(page, 'vote-counted-360')
  await sound(visit)
  await visit.go('/votes/help')
  await takeScreen(page, 'vote-help-360')
  await sound(visit)
  await visit.close()
})

it('the desk sees the rules, how many took a token and who, never a ballot', async () => {
  const visit = await Visit.open(browser, { person: await personOf('community-worker', running.division) })
  const page = await visit.go(`/desk/deliberation/${running.id}`)
  await page.getByText('规则已锁定', { exact: true }).waitFor()
  await takeScreen(page, 'desk-vote-1280')
  await page.getByRole('tab', { name: /领票名册/ }).click()
  await page.getByText('已领票', { exact: true }).first().waitFor()
  await sound(visit)
  await visit.close()
})
