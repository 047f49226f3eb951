// The built web as browsers get it: compressed where they can read it, a fresh nonce in every page, nothing instead of a missing file.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gunzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerSite } from './site.ts'

let root: string
let server: FastifyInstance
const script = 'export const words = "一件事，一条线"'

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'liandong-site-'))
  mkdirSync(join(root, 'dist/web/assets'), { recursive: true })
  const write = (path: string, text: string | Buffer) => writeFileSync(join(root, 'dist/web', path), text)
  write('index.html', '<meta property="csp-nonce" nonce="__CSP_NONCE__"><div id="root"></div>')
  write('assets/main-1.js', script)
  write('assets/main-1.js.br', brotliCompressSync(script))
  write('sw.js', '// worker')
  server = Fastify()
  await registerSite(server, root)
})

afterAll(async () => {
  await server?.close()
  rmSync(root, { recursive: true, force: true })
})

const get = (url: string, encodings = '') => server.inject({ url, headers: { 'accept-encoding': encodings } })

test('an asset comes compressed to whom can read that, plain to others, and is kept for a year', async () => {
  const pressed = await get('/assets/main-1.js', 'gzip, br')
  expect(pressed.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': expect.stringContaining('javascript'),
    'cache-control': 'public, max-age=31536000, immutable',
  })
  const plain = await get('/assets/main-1.js')
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body).toBe(script)
})

test('the service worker is asked for anew each time, so that a new build is noticed', async () => {
  expect((await get('/sw.js')).headers['cache-control']).toBe('no-cache')
})

test('a page carries the nonce of its own policy, compressed or not, and another one each time', async () => {
  const nonces = new Set<string>()
  for (const encodings of ['gzip', '']) {
    const page = await get('/needs/any', encodings)
    const text = encodings ? gunzipSync(page.rawPayload).toString() : page.body
    const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? 'none'
    expect(page.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
    expect(page.headers['vary']).toMatch(/accept-encoding/i)
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(2)
})

test('a file that is gone is no page: an old page must not read the index as a script', async () => {
  expect((await get('/assets/main-0.js')).statusCode).toBe(404)
})
