// Tiles beneath the map: what an operator may configure, and that pages load from that one origin and from nowhere else.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { ConfigError } from './config-error.ts'
import type { MapTiles } from './map-tiles.ts'
import { registerSite } from './routes/site.ts'

const url = 'https://tiles.example.gov.cn:8443/base/{z}/{x}/{y}.png?key=1'
const attribution = '某市地理信息公共服务平台 审图号"苏S(2026)001号" <测试>'

/** The page of a server so configured: its policy and what stands in its head. */
async function pageWith(tiles: MapTiles | undefined) {
  const root = mkdtempSync(join(tmpdir(), 'liandong-tiles-'))
  mkdirSync(join(root, 'dist/web'), { recursive: true })
  writeFileSync(join(root, 'dist/web/index.html'), '<html><head><title>联动</title></head><body></body></html>')
  const server = Fastify()
  await registerSite(server, root, tiles)
  const answer = await server.inject({ url: '/raise' })
  await server.close()
  rmSync(root, { recursive: true, force: true })
  const policy = new Map(
    String(answer.headers['content-security-policy'])
      .split('; ')
      .map((line): [string, string] => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)]),
  )
  return { policy, body: answer.body }
}

it('without a configuration nothing may be loaded from elsewhere, and the page names no tiles', async () => {
  const { mapTiles } = readConfig({})
  expect(mapTiles).toBeUndefined()
  const { policy, body } = await pageWith(mapTiles)
  expect(policy.get('img-src')).toBe("'self' data: blob:")
  expect(policy.get('connect-src')).toBe("'self'")
  expect(policy.get('default-src')).toBe("'self'")
  expect([...policy.values()].join(' ')).not.toMatch(/https?:|\*/)
  expect(body).not.toContain('map-tiles')
})

it('configured tiles open images and connections to their origin, and nothing else of the policy', async () => {
  const { mapTiles } = readConfig({ MAP_TILES: url, MAP_TILES_ATTRIBUTION: attribution, MAP_TILES_DATUM: 'gcj02' })
  const { policy, body } = await pageWith(mapTiles)
  const closed = (await pageWith(undefined)).policy
  expect(policy.get('img-src')).toBe("'self' data: blob: https://tiles.example.gov.cn:8443")
  expect(policy.get('connect-src')).toBe("'self' https://tiles.example.gov.cn:8443")
  for (const [name, value] of closed)
    if (!['img-src', 'connect-src', 'style-src'].includes(name)) expect(policy.get(name)).toBe(value)
  const content = /<meta name="map-tiles" content="([^"]*)" \/><\/head>/.exec(body)?.[1] ?? ''
  const told: unknown = JSON.parse(
    content.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  )
  expect(told).toEqual({ url, attribution, datum: 'gcj02', maxZoom: 18 })
  expect(content).not.toMatch(/[<>]/)
})

it.each([
  ['tiles/{z}/{x}/{y}.png'],
  ['ftp://tiles.example/{z}/{x}/{y}.png'],
  ['javascript:alert(1)//{z}/{x}/{y}'],
  ['https://tiles.example/{z}/{x}.png'],
  ['https://{s}.tiles.example/{z}/{x}/{y}.png'],
  ['https://someone:secret@tiles.example/{z}/{x}/{y}.png'],
  ['https://tiles.example; script-src *; /{z}/{x}/{y}.png'],
])('%s is no address of tiles: the start stops and says so', (faulty) => {
  const read = () => readConfig({ MAP_TILES: faulty, MAP_TILES_ATTRIBUTION: '某平台' })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(/MAP_TILES/)
  expect(read).not.toThrow(/secret/)
})

it('tiles without a word on whose map it is are refused, and so is an unknown datum', () => {
  expect(() => readConfig({ MAP_TILES: url })).toThrow(/MAP_TILES_ATTRIBUTION/)
  expect(() => readConfig({ MAP_TILES: url, MAP_TILES_ATTRIBUTION: attribution, MAP_TILES_DATUM: 'bd09' })).toThrow(
    /MAP_TILES_DATUM/,
  )
})
