// Every page that the features offer, and the addresses of real records for those that show one.
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FeaturePages } from '../../../src/web/app/page-registry.ts'
import type { Visit } from './visit.ts'

const features = resolve(import.meta.dirname, '../../../src/web/features')

export type Face = 'resident' | 'desk' | 'cockpit'
export type Route = { readonly face: Face; readonly path: string }

/** All pages of all features, as `page-registry.ts` and `desk-registry.ts` of src/web/app offer them to the router. */
export async function allRoutes(): Promise<Route[]> {
  const routes: Route[] = []
  for (const feature of readdirSync(features).sort()) {
    const files = ['pages.ts', 'desk-pages.ts']
      .map((name) => join(features, feature, name))
      .filter((file) => existsSync(file))
    const modules = (await Promise.all(files.map((file) => import(pathToFileURL(file).href)))) as FeaturePages[]
    const pages: FeaturePages = Object.assign({}, ...modules)
    const add = (face: Face, list: FeaturePages['deskPages']) => {
      for (const page of list ?? []) routes.push({ face, path: page.path.replace(/:(\w+)/g, '$$$1') })
    }
    add('resident', pages.residentPages)
    add('desk', pages.deskPages)
    add('cockpit', pages.cockpitPages)
  }
  return routes
}

/** Does an address belong to a route? `/needs/320505-…` belongs to `/needs/$id`. */
export function belongs(address: string, route: Route): boolean {
  const pattern = route.path.replace(/[.*+?^{}()|[\]\\]/g, '\\$&').replace(/\$\w+/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(new URL(address, 'http://site').pathname)
}

/** The route of an address: the most literal one, as the router chooses. */
export function routeOf(routes: readonly Route[], address: string): Route | undefined {
  return routes
    .filter((route) => belongs(address, route))
    .sort((one, other) => one.path.split('$').length - other.path.split('$').length)[0]
}

/** Addresses inside the site that the page links to. */
export async function linksOn(visit: Visit): Promise<string[]> {
  const links = await visit.page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href^="/"]')].map((link) => link.getAttribute('href') ?? ''),
  )
  return [...new Set(links)].filter((link) => !/^\/(api|assets|oidc)\//.test(link))
}

/** Addresses that the menu of the desk offers to this person. */
export async function menuOn(visit: Visit): Promise<string[]> {
  const links = await visit.page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('nav a[href^="/desk"], nav a[href^="/cockpit"]')].map(
      (link) => link.getAttribute('href') ?? '',
    ),
  )
  return [...new Set(links)]
}
