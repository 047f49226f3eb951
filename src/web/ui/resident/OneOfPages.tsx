// Several seldom opened pages in one lazy chunk: a chunk each would weigh more in the first page's list of chunks than it spares.
import { useMatch } from '@tanstack/react-router'
import type { ComponentType } from 'react'

/** Draws the page of the route that is shown; `pages` by the routes' full paths. */
export function OneOfPages({ pages }: { readonly pages: Readonly<Record<string, ComponentType>> }) {
  // The route that is drawn, not the address: on the way to another page the address is there first.
  const match = useMatch({ strict: false })
  const Page = pages[match.fullPath]
  return Page === undefined ? null : <Page />
}
