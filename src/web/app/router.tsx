// The routes: three faces with their shells, and under each the pages that the features offer.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router'
import { loadAllWords, loadWords } from './language.ts'
import { type OfferedPage, residentPages } from './page-registry.ts'
import { startedAtStaff } from './staff-address.ts'
import { ErrorPage } from './screens/ErrorPage.tsx'
import { NotFoundPage } from './screens/NotFoundPage.tsx'
import { Root } from './shells/Root.tsx'
import { ResidentShell } from './shells/ResidentShell.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage, errorComponent: ErrorPage })

const resident = createRoute({ getParentRoute: () => root, id: 'resident', component: ResidentShell })
const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk-face',
  component: lazyRouteComponent(async () => {
    const [{ DeskShell }] = await Promise.all([import('./shells/DeskShell.tsx'), loadAllWords()])
    return { default: DeskShell }
  }),
})
const cockpit = createRoute({
  getParentRoute: () => root,
  id: 'cockpit-face',
  component: lazyRouteComponent(async () => {
    const [{ CockpitShell }] = await Promise.all([import('./shells/CockpitShell.tsx'), loadAllWords()])
    return { default: CockpitShell }
  }),
})

/** A page's code and the words of its domain come together, so that no page shows bare keys or waits twice. */
function routesOf(parent: AnyRoute, pages: readonly OfferedPage[]): AnyRoute[] {
  return pages.map(({ path, page, domain }) =>
    createRoute({
      getParentRoute: () => parent,
      path,
      component: lazyRouteComponent(async () => {
        const [module] = await Promise.all([page(), loadWords(domain)])
        return module
      }, 'default'),
    }),
  )
}

/** Roots of the faces show something useful even when no feature has claimed them. */
function withDefault(parent: AnyRoute, pages: readonly OfferedPage[], path: string): AnyRoute[] {
  const routes = routesOf(parent, pages)
  if (pages.some((page) => page.path === path)) return routes
  return [
    ...routes,
    createRoute({
      getParentRoute: () => parent,
      path,
      component: lazyRouteComponent(() => import('./screens/FaceHome.tsx'), 'FaceHome'),
    }),
  ]
}

/** Desk and cockpit are another face with pages of its own: the address tells at the start which ones are needed. */
async function staffFaces(): Promise<AnyRoute[]> {
  if (!startedAtStaff) return []
  const { cockpitPages, deskPages } = await import('./desk-registry.ts')
  return [
    desk.addChildren(withDefault(desk, deskPages, '/desk')),
    cockpit.addChildren(withDefault(cockpit, cockpitPages, '/cockpit')),
  ]
}

const tree = root.addChildren([
  resident.addChildren(withDefault(resident, residentPages, '/')),
  ...(await staffFaces()),
])

/** Plain texts in the address: `?page=2&state=open`, nothing encoded as JSON. */
export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const params = new URLSearchParams()
    for (const [name, value] of Object.entries(search))
      if (value !== undefined && value !== '') params.set(name, String(value))
    const text = params.toString()
    return text ? `?${text}` : ''
  },
})
