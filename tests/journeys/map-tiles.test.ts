// An operator's tiles beneath the map: fetched from the configured origin where the datum says, with whose map it is; when they fail the outlines stay.
import Fastify, { type FastifyInstance } from 'fastify'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { readConfig } from '../../src/app/config.ts'
import { registerSite } from '../../src/app/routes/site.ts'
import { drawnAt } from '../../src/web/ui/map/datum.ts'
import { launchBrowser } from './support/chromium.ts'
import { faultsOf } from './support/page-checks.ts'
import { takeScreen } from './support/screens.ts'
import { contextOptions, Visit } from './support/visit.ts'

const root = new URL('../..', import.meta.url).pathname
const point = { lat: 31.301, long: 120.512 }
const community = { code: '320505001002', name: '横塘社区', within: '虎丘区横塘街道' }

/** A busy machine draws slowly. */
const patience = { timeout: 30_000 }

let browser: Browser
let tiles: FastifyInstance
const asked: string[] = []
const servers: FastifyInstance[] = []
beforeAll(async () => {
  browser = await launchBrowser()
  const picture = await sharp({ create: { width: 256, height: 256, channels: 3, background: '#cfe3d4' } })
    .png()
    .toBuffer()
  tiles = Fastify()
  tiles.get<{ Params: { z: string; x: string; y: string } }>('/:z/:x/:y', (request, reply) => {
    const { z, x, y } = request.params
    asked.push(`${z}/${x}/${y}`)
    return reply.header('access-control-allow-origin', '*').type('image/png').send(picture)
  })
  await tiles.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await browser.close()
  for (const server of [tiles, ...servers]) await server.close()
})

const addressOf = (server: FastifyInstance) => {
  const address = server.server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

/** The built pages as a server so configured serves them; what is under /api comes from the site of the journeys. */
async function siteWith(env: Record<string, string>): Promise<string> {
  const server = Fastify()
  servers.push(server)
  server.all('/api/*', async (request, reply) => {
    const answer = await fetch(`${inject('siteUrl')}${request.url}`, {
      method: request.method,
      headers: { 'content-type': 'application/json', origin: inject('siteUrl') },
      body: request.method === 'GET' ? undefined : JSON.stringify(request.body ?? {}),
    })
    return reply
      .code(answer.status)
      .type(answer.headers.get('content-type') ?? 'application/json')
      .send(Buffer.from(await answer.arrayBuffer()))
  })
  await registerSite(server, root, readConfig(env).mapTiles)
  await server.listen({ port: 0, host: '127.0.0.1' })
  return addressOf(server)
}

/** Opens the map at one's own position, in the largest scale that a position is shown in. */
async function openAt(url: string) {
  const context = await browser.newContext({ ...contextOptions({ size: 'phone' }), permissions: ['geolocation'] })
  await context.setGeolocation({ latitude: point.lat, longitude: point.long, accuracy: 20 })
  await context.addInitScript((place) => localStorage.setItem('liandong.place', place), JSON.stringify(community))
  const visit = await Visit.inside(context)
  const page = visit.page
  await page.goto(`${url}/raise?new=1`)
  await page.getByRole('button', { name: '在地图上选' }).tap()
  const sheet = page.getByRole('dialog', { name: '在地图上选位置' })
  await sheet.getByRole('region', { name: /的地图$/ }).waitFor()
  await sheet.getByRole('button', { name: '用我的位置' }).tap()
  await sheet.getByText('误差约 20 米').waitFor()
  return { visit, page, sheet }
}

/** The tile in which a point is drawn. */
function tileOf({ lat, long }: { readonly lat: number; readonly long: number }, zoom: number): string {
  const across = 2 ** zoom
  const north = Math.asinh(Math.tan((lat * Math.PI) / 180))
  return `${zoom}/${Math.floor(((long + 180) / 360) * across)}/${Math.floor(((1 - north / Math.PI) / 2) * across)}`
}

it.each(['wgs84', 'gcj02'] as const)('tiles in %s are fetched for where the point is drawn', async (datum) => {
  asked.length = 0
  const attribution = '测试地图 审图号：苏测（2026）001 号'
  const env = {
    MAP_TILES: `${addressOf(tiles)}/{z}/{x}/{y}`,
    MAP_TILES_ATTRIBUTION: attribution,
    MAP_TILES_DATUM: datum,
  }
  const { visit, page, sheet } = await openAt(await siteWith(env))
  const expected = tileOf(drawnAt(point, datum), 17)
  await expect.poll(() => asked, patience).toContain(expected)
  await sheet.getByText(attribution).waitFor()
  // what is kept is the position itself, whatever it is drawn on
  expect(await sheet.getByRole('status').last().innerText()).toContain(`${point.lat}°`)
  await visit.settled()
  expect(await faultsOf(page)).toEqual([])
  expect(visit.takeSaid()).toEqual([])
  await takeScreen(page, `map-tiles-${datum}-360`, { window: true })
  await visit.close()
})

it('tiles that do not come are said to be missing, and the point can be set all the same', async () => {
  const gone = 'http://127.0.0.1:9/{z}/{x}/{y}.png'
  const { visit, sheet } = await openAt(await siteWith({ MAP_TILES: gone, MAP_TILES_ATTRIBUTION: '没有的图' }))
  await sheet.getByText('底图没有加载出来，只显示界线。').waitFor()
  expect(await sheet.getByRole('button', { name: '就选这里' }).isEnabled()).toBe(true)
  await visit.close()
})
