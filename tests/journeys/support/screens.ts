// Screenshots for docs/screens: taken on every run, kept only when SCREENS=1 asks for it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

const folder = resolve(import.meta.dirname, '../../../docs/screens')

/** Takes the whole page (or only the window) as `<name>.png`, in few colours to stay small. */
export async function takeScreen(page: Page, name: string, options: { readonly whole?: boolean } = {}): Promise<void> {
  const picture = await page.screenshot({ fullPage: options.whole ?? true, animations: 'disabled', caret: 'hide' })
  if (process.env['SCREENS'] !== '1') return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.png`), await sharp(picture).png({ palette: true, quality: 90, effort: 8 }).toBuffer())
}
