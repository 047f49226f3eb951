// Open data of the whole demo: every package of the downloads is valid, and somebody without an account finds the way from a tender to its data.
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { faultsOf as schemaFaultsOf } from '../standards/ocds-schema.ts'
import { launchBrowser } from './support/chromium.ts'
import { faultsOf } from './support/page-checks.ts'
import { Visit } from './support/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it.each(['record', 'release'] as const)('every %s package of the demo is valid', async (kind) => {
  const answer = await fetch(`${inject('siteUrl')}/api/ocds/bulk/${kind}s.jsonl`)
  const lines = (await answer.text()).trimEnd().split('\n')
  expect(lines.length).toBeGreaterThanOrEqual(kind === 'record' ? 5 : 50)
  for (const line of lines) expect(schemaFaultsOf(kind, JSON.parse(line))).toEqual([])
})

it.each(['phone', 'desk'] as const)('on a %s the way leads from the tenders to the data of one step', async (size) => {
  const visit = await Visit.open(browser, { size })
  const { page } = visit
  await visit.go('/tenders')
  await page.getByRole('link', { name: '查看和下载采购数据' }).click()
  await page.getByRole('heading', { name: '已公开的采购' }).waitFor()
  await visit.settled()
  expect(await faultsOf(page, { axe: true })).toEqual([])
  await page.locator('main a[href^="/data/"]').last().click()
  await page.getByRole('heading', { name: '发布记录' }).waitFor()
  await visit.settled()
  expect(await faultsOf(page, { axe: true })).toEqual([])
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('link', { name: /^下载数据/ })
      .first()
      .click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^ocds-.+\.json$/)
  const release = JSON.parse(await readFile(await file.path(), 'utf8'))
  expect(release.releases[0].tag).toEqual(['planning'])
  await page.getByRole('link', { name: '查看公告和全过程' }).click()
  await page.getByRole('link', { name: '查看这次采购的公开数据' }).waitFor()
  expect(visit.takeSaid()).toEqual([])
  await visit.close()
})
