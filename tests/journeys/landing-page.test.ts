// What a resident's phone loads before anything can be seen: the static graph of the landing page, weighed.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { personOf, Visit } from './support/visit.ts'

/** Bytes of JavaScript, compressed, that the landing page may weigh (design/quality.md). */
const limit = 135_000
const built = resolve(import.meta.dirname, '../../dist/web')

type Chunk = { readonly file: string; readonly isEntry?: boolean; readonly imports?: readonly string[] }

/** Files that the entry pulls in before anything runs. */
function staticGraph(): string[] {
  const manifest = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const found = new Set<string>()
  const follow = (name: string) => {
    const chunk = manifest[name]
    if (chunk === undefined || found.has(chunk.file)) return
    found.add(chunk.file)
    for (const next of chunk.imports ?? []) follow(next)
  }
  for (const [name, chunk] of Object.entries(manifest)) if (chunk.isEntry) follow(name)
  return [...found].filter((file) => file.endsWith('.js'))
}

const read = (file: string) => readFileSync(join(built, file))
const weigh = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0)
/** Texts that stand only in the code of the heavy libraries. */
const heavy = /ant-select|\.ant-|echarts|maplibregl|topojson/i

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('the landing page pulls in at most 135 kB of compressed JavaScript, and nothing of the desk, charts or maps', () => {
  const files = staticGraph()
  expect(files.length).toBeGreaterThan(0)
  expect(files.filter((file) => heavy.test(read(file).toString()))).toEqual([])
  expect(weigh(files)).toBeLessThanOrEqual(limit)
})

it('a resident who opens the first page loads nothing of the desk, charts or maps afterwards either', async () => {
  const visit = await Visit.open(browser, { size: 'phone', person: await personOf('resident') })
  const loaded = new Set<string>()
  visit.page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.startsWith('/assets/') && pathname.endsWith('.js')) loaded.add(pathname.slice(1))
  })
  await visit.go('/')
  const files = [...loaded]
  expect(files.filter((file) => heavy.test(read(file).toString()))).toEqual([])
  expect(files.length).toBeGreaterThan(0)
  await visit.close()
})
