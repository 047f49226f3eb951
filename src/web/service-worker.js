// The service worker: opens the site without a network, and nothing else. What the server answers under /api is never kept.
// vite.offline.ts writes the two names below when it builds (docs/decisions/0016).

/** Names this build's cache; another build, another name. */
const cacheName = 'liandong-__VERSION__'
/** What the first page and the raise page need; everything else under /assets is kept when it was used. */
const shell = __SHELL__
/** Milliseconds after which a page that does not come is answered from the cache: a bar of reception is not a network. */
const patience = 6000

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName)
      // the index past the browser's own cache: it must be the one that names these assets
      await cache.add(new Request('/', { cache: 'reload', credentials: 'omit' }))
      await cache.addAll(shell)
    })(),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})

/** A page tells its entry script: one of this very build needs nothing of the old one, so this worker takes over at once. */
self.addEventListener('message', (event) => {
  if (shell.includes(event.data)) void self.skipWaiting()
})

async function fromCache(path) {
  return (await caches.open(cacheName)).match(path)
}

/** Pages come from the server; without it, or when it takes too long, the cached shell opens and asks again by itself. */
async function page(request) {
  const cached = fromCache('/')
  const late = new Promise((done) => setTimeout(async () => done(await cached), patience))
  const fresh = fetch(request).catch(async () => (await cached) ?? Response.error())
  return (await Promise.race([fresh, late])) ?? fresh
}

/** Names under /assets carry a hash of their content: once there, never asked for again. */
async function asset(request) {
  const cache = await caches.open(cacheName)
  const cached = await cache.match(request.url, { ignoreVary: true })
  if (cached) return cached
  const answer = await fetch(request)
  if (answer.ok && answer.status === 200) await cache.put(request.url, answer.clone())
  return answer
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    // addresses that the server answers itself: files, sign-on, health
    if (!/^\/(api|oidc|sign-on|health|metrics)(\/|$)/.test(pathname)) event.respondWith(page(request))
  } else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
})
