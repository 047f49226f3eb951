// Every page, as everybody who may open it: axe finds nothing, nothing scrolls sideways, only Chinese words, a title, a silent console.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './support/chromium.ts'
import { faultsOf } from './support/page-checks.ts'
import { allRoutes, linksOn, menuOn, type Route, routeOf } from './support/routes.ts'
import { type DemoPerson, demoPeople, personOf, Visit } from './support/visit.ts'

let browser: Browser
let routes: readonly Route[]
beforeAll(async () => {
  browser = await launchBrowser()
  routes = await allRoutes()
})
afterAll(() => browser.close())

/** Routes of which some page has been seen by somebody, over all tests of this file. */
const seen = new Set<string>()

type Walk = { readonly visit: Visit; readonly person: string; readonly faults: string[]; readonly queue: string[]; readonly done: Set<string>; readonly inside: (route: Route) => boolean }

/** Opens one address, holds it against the checks, and remembers the new routes that it links to. */
async function look(walk: Walk, address: string, axe: boolean): Promise<void> {
  const { visit } = walk
  try {
    await visit.go(address)
    const found = await faultsOf(visit.page, { axe })
    walk.faults.push(...[...found, ...visit.takeSaid().map((said) => `${address}  console: ${said}`)].map((fault) => `${walk.person}: ${fault}`))
    for (const link of await linksOn(visit)) {
      const route = routeOf(routes, link)
      const path = new URL(link, 'http://site').pathname
      if (route === undefined) {
        if (!walk.done.has(path)) walk.faults.push(`${walk.person}: ${address}  leads to ${path}, where no page is`)
        walk.done.add(path)
      } else if (walk.inside(route) && !walk.done.has(route.path)) {
        walk.done.add(route.path)
        walk.queue.push(link)
      }
    }
  } catch (error) {
    walk.faults.push(`${walk.person}: ${address}  ${error instanceof Error ? error.message.split('\n').slice(0, 2).join(' ') : String(error)} ${visit.takeSaid().join(' ')}`)
  }
}

/** Walks from the given addresses to every route that can be reached by links. */
async function walkFrom(walk: Walk, starts: readonly string[]): Promise<void> {
  for (const start of starts) {
    const route = routeOf(routes, start)
    if (route === undefined || walk.done.has(route.path)) continue
    walk.done.add(route.path)
    walk.queue.push(start)
  }
  for (let next = walk.queue.shift(); next !== undefined; next = walk.queue.shift()) {
    const route = routeOf(routes, next)
    // axe takes most of the time: once per route, whoever comes first.
    const fresh = route !== undefined && !seen.has(route.path)
    if (route) seen.add(route.path)
    await look(walk, next, fresh)
  }
}

describe('on a phone of 360 px', () => {
  it.each([['普通版', false], ['大字版', true]])('a resident finds every page sound (%s)', async (_size, elder) => {
    const person = await personOf('resident')
    const visit = await Visit.open(browser, { size: 'phone', person, elder })
    const walk: Walk = { visit, person: elder ? '居民大字版' : '居民', faults: [], queue: [], done: new Set(), inside: (route) => route.face === 'resident' }
    if (elder) seen.clear()
    await walkFrom(walk, ['/', ...routes.filter((route) => route.face === 'resident' && !route.path.includes('$')).map((route) => route.path)])
    await visit.close()
    expect(walk.faults).toEqual([])
  })

  it('somebody without an account reads the public pages', async () => {
    const visit = await Visit.open(browser, { size: 'phone' })
    const walk: Walk = { visit, person: '未登录', faults: [], queue: [], done: new Set(), inside: (route) => route.face === 'resident' }
    await walkFrom(walk, ['/', '/sign-in'])
    await visit.close()
    expect(walk.faults).toEqual([])
  })
})

/** One person per role that works at the desk. */
async function deskPeople(): Promise<DemoPerson[]> {
  const people = await demoPeople()
  const roles = [...new Set(people.map((person) => person.role))].filter((role) => role !== 'resident')
  return roles.flatMap((role) => people.find((person) => person.role === role) ?? [])
}

describe('at the desk, 1280 px wide', () => {
  it('every role finds every page of its menu sound, and the records behind', async () => {
    const faults: string[] = []
    const people = await deskPeople()
    const queue = [...people]
    // Two windows at a time: the machine has two cores.
    const worker = async () => {
      for (let person = queue.shift(); person !== undefined; person = queue.shift()) {
        const visit = await Visit.open(browser, { person })
        const walk: Walk = { visit, person: person.roleName, faults, queue: [], done: new Set(), inside: (route) => route.face !== 'resident' && !seen.has(route.path) }
        await visit.go('/desk')
        await walkFrom(walk, ['/desk', ...(await menuOn(visit))])
        await visit.close()
      }
    }
    await Promise.all([worker(), worker()])
    expect(faults).toEqual([])
  })

  it('no page of any feature was left out', () => {
    expect(routes.map((route) => route.path).filter((path) => !seen.has(path))).toEqual([])
  })
})
