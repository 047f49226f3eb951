// Every page, as everybody who may open it: axe finds nothing, nothing scrolls sideways, only Chinese words, a title, a silent console.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Role, roles } from '../../src/kit/roles.ts'
import { launchBrowser } from './support/chromium.ts'
import { lonelyPages } from './support/lonely-pages.ts'
import { faultsOf } from './support/page-checks.ts'
import { allRoutes, linksOn, menuOn, type Route, routeOf } from './support/routes.ts'
import { personOf, Visit } from './support/visit.ts'

let browser: Browser
let routes: readonly Route[]
beforeAll(async () => {
  browser = await launchBrowser()
  routes = await allRoutes()
})
afterAll(() => browser.close())

/** Routes of which somebody has seen a page with axe at hand, over all tests of this file. */
const examined = new Set<string>()

type Walk = {
  readonly visit: Visit
  readonly faults: string[]
  readonly queue: string[]
  readonly done: Set<string>
  readonly inside: (route: Route) => boolean
  readonly axe?: boolean
}

/** Opens one address: by the menu where it stands in it, else anew. */
async function open({ visit }: Walk, address: string): Promise<void> {
  const entry = visit.page.locator(`nav a[href="${address}"]`)
  if (!visit.page.url().startsWith(`${visit.url}/desk`) || (await entry.count()) !== 1) {
    await visit.go(address)
    return
  }
  await entry.click()
  await visit.page.waitForURL(`${visit.url}${address}`)
  await visit.settled()
}

/** Holds one page against the checks, and remembers the new routes that it links to. */
async function look(walk: Walk, address: string): Promise<void> {
  const { visit, faults } = walk
  const own = routeOf(routes, address)
  // axe takes most of the time: once per route, whoever comes first.
  const axe = (walk.axe ?? true) && own !== undefined && !examined.has(own.path)
  if (own && axe) examined.add(own.path)
  try {
    await open(walk, address)
    faults.push(
      ...(await faultsOf(visit.page, { axe })),
      ...visit.takeSaid().map((said) => `${address}  console: ${said}`),
    )
    for (const link of await linksOn(visit)) {
      const path = new URL(link, 'http://site').pathname
      const route = routeOf(routes, link)
      if (walk.done.has(route?.path ?? path)) continue
      if (route === undefined) faults.push(`${address}  leads to ${path}, where no page is`)
      else if (!walk.inside(route)) continue
      else walk.queue.push(link)
      walk.done.add(route?.path ?? path)
    }
  } catch (error) {
    faults.push(
      `${address}  ${error instanceof Error ? error.message.split('\n').slice(0, 2).join(' ') : String(error)} ${visit.takeSaid().join(' ')}`,
    )
  }
}

/** Walks from the given addresses to every route that can be reached by links. Answers the faults. */
async function walkFrom(
  visit: Visit,
  starts: readonly string[],
  options: Pick<Walk, 'inside' | 'axe'>,
): Promise<string[]> {
  const walk: Walk = { visit, faults: [], queue: [], done: new Set(), ...options }
  for (const start of starts) {
    const route = routeOf(routes, start)
    if (route === undefined || walk.done.has(route.path)) continue
    walk.done.add(route.path)
    walk.queue.push(start)
  }
  for (let next = walk.queue.shift(); next !== undefined; next = walk.queue.shift()) await look(walk, next)
  await visit.close()
  return walk.faults
}

describe('on a phone of 360 px', () => {
  const ofResidents = (route: Route) => route.face === 'resident' && !route.path.startsWith('/field')

  it.each([
    ['in normal type', false],
    ['in large type', true],
  ])('a resident finds every page sound, %s', async (_size, elder) => {
    const visit = await Visit.open(browser, { size: 'phone', person: await personOf('resident'), elder })
    const plain = routes
      .filter((route) => ofResidents(route) && !route.path.includes('$') && route.path !== '/raise/done')
      .map((route) => route.path)
    expect(await walkFrom(visit, ['/', ...plain], { inside: ofResidents, axe: !elder })).toEqual([])
  })

  it('somebody without an account reads the public pages', async () => {
    const visit = await Visit.open(browser, { size: 'phone' })
    const faults = await walkFrom(visit, ['/', '/sign-in', '/needs', '/square', '/services', '/tenders', '/raise'], {
      inside: ofResidents,
    })
    // Pages of one's own ask whose they are, and then ask to sign in: the browser notes that answer as an error.
    expect(faults.filter((fault) => !/status of 401/.test(fault))).toEqual([])
  })

  it('a social worker files a record of a service in the field', async () => {
    const visit = await Visit.open(browser, { size: 'phone', person: await personOf('social-worker') })
    const field = routes
      .filter((route) => route.path.startsWith('/field') && !route.path.includes('$'))
      .map((route) => route.path)
    expect(await walkFrom(visit, field, { inside: () => false })).toEqual([])
  })
})

describe('at the desk, 1280 px wide', () => {
  const staff = (Object.keys(roles) as Role[]).filter(
    (role) => role !== 'resident' && role !== 'organization-member' && role !== 'social-work-supervisor',
  )

  it.each(staff)('a %s finds every page of the menu sound, and the records behind', async (role) => {
    const visit = await Visit.open(browser, { person: await personOf(role) })
    await visit.go('/desk')
    const menu = await menuOn(visit)
    expect(
      await walkFrom(visit, ['/desk', ...menu], {
        inside: (route) => route.face !== 'resident' && !examined.has(route.path),
      }),
    ).toEqual([])
  })

  it('pages to which no list leads are sound too', async () => {
    const faults: string[] = []
    for (const lonely of lonelyPages) {
      const visit = await Visit.open(browser, lonely.size === undefined ? {} : { size: lonely.size })
      const address = await lonely.find(visit)
      faults.push(...(await walkFrom(visit, [address], { inside: () => false })))
    }
    expect(faults).toEqual([])
  })

  it('no page of any feature was left out', () => {
    expect(routes.map((route) => route.path).filter((path) => !examined.has(path))).toEqual([])
  })
})
