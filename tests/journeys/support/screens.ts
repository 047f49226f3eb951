// Screenshots for docs/screens: taken on every run, kept only when SCREENS=1 asks for it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

const folder = resolve(import.meta.dirname, '../../../docs/screens')

/** Takes the whole page, the window made as tall as the page so that bars at its foot stay at the foot, as `<name>.png` in few colours. */
export async function takeScreen(page: Page, name: string, options: { readonly window?: boolean } = {}): Promise<void> {
  const before = page.viewportSize()
  if (before && !options.window) {
    await page.evaluate(() => window.scrollTo(0, 0))
    // At the desk the content scrolls by itself under its top bar.
    const height = await page.evaluate(() => {
      const main = document.querySelector('main')
      return document.documentElement.scrollHeight + (main ? main.scrollHeight - main.clientHeight : 0)
    })
    await page.setViewportSize({ width: before.width, height: Math.min(4000, Math.max(before.height, height)) })
  }
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  if (before) await page.setViewportSize(before)
  if (process.env['SCREENS'] !== '1') return
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, `${name}.png`),
    await sharp(picture).png({ palette: true, quality: 90, effort: 8 }).toBuffer(),
  )
}
