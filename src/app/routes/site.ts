// The built web: one page for every address that is not the API, its assets with long caching.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { makeNonce, pagePolicy } from '../../platform/http/server.ts'
import { type MapTiles, tileOrigin, tilesElement } from '../map-tiles.ts'

/** Serves dist/web; without a build only the API answers. `tiles`: what the map may load beside our own files. */
export async function registerSite(server: FastifyInstance, root: string, tiles?: MapTiles): Promise<void> {
  const folder = join(root, 'dist/web')
  const index = join(folder, 'index.html')
  const built = existsSync(index) ? readFileSync(index, 'utf8') : undefined
  const page = tiles === undefined ? built : built?.replace('</head>', () => `${tilesElement(tiles)}</head>`)
  const pictures = tiles === undefined ? [] : [tileOrigin(tiles)]
  if (page !== undefined) {
    await server.register(fastifyStatic, {
      root: folder,
      index: false,
      wildcard: false,
      // the build wrote each text file compressed beside it (vite.offline.ts)
      preCompressed: true,
      setHeaders(reply, path) {
        reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  server.setNotFoundHandler(async (request, reply) => {
    if (
      page === undefined ||
      request.method !== 'GET' ||
      /^\/(api|health|metrics|oidc|open311|assets)(\/|$)/.test(request.url)
    ) {
      return reply.code(404).type('application/problem+json').send({
        type: 'urn:liandong:refusal:not-found',
        title: 'Not found',
        status: 404,
        code: 'not-found',
        detail: 'Not found',
        requestId: request.id,
      })
    }
    const nonce = makeNonce()
    const text = page.replaceAll('__CSP_NONCE__', nonce)
    const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    if (zipped) reply.header('content-encoding', 'gzip')
    return reply
      .code(200)
      .header('vary', 'accept-encoding')
      .header('content-security-policy', pagePolicy(nonce, pictures))
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(zipped ? gzipSync(text) : text)
  })
}
