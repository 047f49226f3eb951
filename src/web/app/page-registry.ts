// What a feature offers to the router and the menus, and the list of all that is offered.
import type { ComponentType } from 'react'
import type { IconName } from '../ui/shared/icon-paths.ts'

export type MenuGroup = 'linkage' | 'convenience' | 'registers' | 'governing' | 'insight' | 'system'

export type MenuEntry = {
  readonly group: MenuGroup
  /** Key of the label: `desk:menu.<key>` or, with a colon, a key of a domain's words (`needs:menu`). The badge counts what waits in the feature's domain. */
  readonly key: string
  readonly icon: IconName
  readonly permission?: string
  readonly order: number
}

/** A page: the full path (`/desk/needs/$id`; `:id` is understood too), the lazy module, and its place in the menu if it has one. */
export type WebPage = {
  readonly path: string
  readonly page: () => Promise<{ default: ComponentType }>
  readonly menu?: MenuEntry
}

export type FeaturePages = {
  readonly residentPages?: readonly WebPage[]
  readonly deskPages?: readonly WebPage[]
  readonly cockpitPages?: readonly WebPage[]
}

export type OfferedPage = WebPage & { readonly domain: string }

/** What the features' modules offer to one face, each page with the domain it belongs to. */
export function offered(modules: Readonly<Record<string, FeaturePages>>, face: keyof FeaturePages): OfferedPage[] {
  return Object.entries(modules).flatMap(([file, pages]) => {
    const domain = file.split('/').at(-2) ?? ''
    return (pages[face] ?? []).map((page) => ({ ...page, domain, path: page.path.replace(/:(\w+)/g, '$$$1') }))
  })
}

/** Pages of residents come with the program; those of desk and cockpit stand in desk-registry.ts, which residents never load. */
export const residentPages = offered(
  import.meta.glob<FeaturePages>('../features/*/pages.ts', { eager: true }),
  'residentPages',
)
