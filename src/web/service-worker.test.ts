// The service worker, run over a made-up browser: what it keeps, what it never touches, and how a new build takes over.
import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'

const source = readFileSync(new URL('./service-worker.js', import.meta.url), 'utf8')
const site = 'https://liandong.example'

type Asked = { readonly url: string; readonly method: string; readonly mode: string }
type Answer = { readonly ok: boolean; readonly status: number; readonly body: string; clone(): Answer }
type Event = Record<string, unknown>

const pathOf = (request: Asked | string) => (typeof request === 'string' ? request : request.url).replace(site, '')
const answerOf = (body: string): Answer => ({ ok: true, status: 200, body, clone: () => answerOf(body) })
const ask = (path: string, mode = 'cors', method = 'GET'): Asked => ({ url: `${site}${path}`, mode, method })

/** One browser: its caches outlive the workers of one build after the other. */
function makeBrowser() {
  const caches = new Map<string, Map<string, Answer>>()
  let build = 'one'
  let online = true
  const fetched: string[] = []
  const fetch = async (request: Asked | string) => {
    const path = pathOf(request)
    fetched.push(path)
    if (!online) throw new TypeError('no network')
    return answerOf(`${path} of ${build}`)
  }
  const open = async (name: string) => {
    const kept = caches.get(name) ?? new Map<string, Answer>()
    caches.set(name, kept)
    return {
      match: async (request: Asked | string) => kept.get(pathOf(request)),
      put: async (request: Asked | string, answer: Answer) => void kept.set(pathOf(request), answer),
      add: async (request: Asked | string) => void kept.set(pathOf(request), await fetch(request)),
      addAll: async (list: readonly string[]) => {
        for (const path of list) kept.set(path, await fetch(path))
      },
    }
  }
  const worker = (name: string, shell: readonly string[]) => {
    build = name
    const hears = new Map<string, (event: Event) => void>()
    let skipped = false
    const self = {
      location: { origin: site },
      clients: { claim: async () => undefined },
      skipWaiting: async () => {
        skipped = true
      },
      addEventListener: (event: string, listener: (event: Event) => void) => hears.set(event, listener),
    }
    class Request {
      readonly url: string
      constructor(path: string) {
        this.url = `${site}${path}`
      }
    }
    const timers = (callback: () => void) => (online ? undefined : callback())
    const filled = source.replace('__VERSION__', name).replace('__SHELL__', JSON.stringify(shell))
    runInNewContext(filled, {
      self,
      caches: { open, keys: async () => [...caches.keys()], delete: async (each: string) => caches.delete(each) },
      fetch,
      URL,
      Request,
      Response: { error: () => answerOf('error') },
      setTimeout: timers,
    })
    const wait = async (event: string, data?: unknown) => {
      let work: unknown
      hears.get(event)?.({ waitUntil: (promise: unknown) => (work = promise), data })
      await work
    }
    return {
      install: () => wait('install'),
      activate: () => wait('activate'),
      message: (entry: string) => wait('message', entry),
      skipped: () => skipped,
      /** The body of the answer; undefined when the worker leaves the request to the browser. */
      async get(request: Asked): Promise<string | undefined> {
        let answer: Promise<Answer> | undefined
        hears.get('fetch')?.({ request, respondWith: (given: Promise<Answer>) => (answer = given) })
        return (await answer)?.body
      },
    }
  }
  return {
    worker,
    caches,
    fetched,
    network: (on: boolean) => {
      online = on
    },
  }
}

describe('the service worker', () => {
  it('opens any page without a network from the index and the assets of its own build', async () => {
    const browser = makeBrowser()
    const worker = browser.worker('one', ['/assets/main-1.js'])
    await worker.install()
    await worker.activate()
    browser.network(false)
    expect(await worker.get(ask('/raise', 'navigate'))).toBe('/ of one')
    expect(await worker.get(ask('/assets/main-1.js'))).toBe('/assets/main-1.js of one')
  })

  it('asks the server for pages while there is a network, and never twice for a file with a hash', async () => {
    const browser = makeBrowser()
    const worker = browser.worker('one', ['/assets/main-1.js'])
    await worker.install()
    expect(await worker.get(ask('/needs', 'navigate'))).toBe('/needs of one')
    await worker.get(ask('/assets/late-1.js'))
    const asked = browser.fetched.length
    expect(await worker.get(ask('/assets/late-1.js'))).toBe('/assets/late-1.js of one')
    expect(browser.fetched.length).toBe(asked)
  })

  it('leaves the API, writes, other sites and what the server answers itself alone', async () => {
    const browser = makeBrowser()
    const worker = browser.worker('one', [])
    await worker.install()
    const left = [
      ask('/api/needs'),
      ask('/api/files/1', 'navigate'),
      ask('/oidc/auth', 'navigate'),
      ask('/sign-on/x', 'navigate'),
      ask('/assets/x.js', 'cors', 'POST'),
      { url: 'https://elsewhere.example/assets/x.js', mode: 'cors', method: 'GET' },
    ]
    for (const request of left) expect(await worker.get(request)).toBeUndefined()
    expect([...(browser.caches.get('liandong-one')?.keys() ?? [])]).toEqual(['/'])
  })

  it('a new build takes over only for a page of its own, and then nothing of the old one is left', async () => {
    const browser = makeBrowser()
    const old = browser.worker('one', ['/assets/main-1.js'])
    await old.install()
    await old.activate()
    const fresh = browser.worker('two', ['/assets/main-2.js'])
    await fresh.install()
    await fresh.message('/assets/main-1.js')
    expect(fresh.skipped()).toBe(false)
    expect([...browser.caches.keys()]).toEqual(['liandong-one', 'liandong-two'])
    await fresh.message('/assets/main-2.js')
    expect(fresh.skipped()).toBe(true)
    await fresh.activate()
    expect([...browser.caches.keys()]).toEqual(['liandong-two'])
    browser.network(false)
    expect(await fresh.get(ask('/', 'navigate'))).toBe('/ of two')
  })
})
