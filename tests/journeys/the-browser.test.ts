// The browser that walks the journeys shows Chinese in the font that comes with the tests.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chineseFamily, launchBrowser } from './support/chromium.ts'
import { Visit } from './support/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('a page of the site is drawn with Chinese glyphs, not with boxes', async () => {
  const visit = await Visit.open(browser, { size: 'phone' })
  const page = await visit.go('/')
  const devtools = await visit.context.newCDPSession(page)
  await devtools.send('DOM.enable')
  await devtools.send('CSS.enable')
  const { root } = await devtools.send('DOM.getDocument')
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'nav a' })
  const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId })
  expect(fonts.length).toBeGreaterThan(0)
  expect(fonts.filter((font) => !font.familyName.startsWith(chineseFamily))).toEqual([])
  await visit.close()
})
