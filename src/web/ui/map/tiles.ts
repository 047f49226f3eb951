// The operator's tiles, as the server wrote them into the page's head; none unless it was configured.
import type { Datum } from './datum.ts'

export type Tiles = {
  readonly url: string
  readonly attribution: string
  readonly datum: Datum
  readonly maxZoom: number
}

/** What lies beneath the map, undefined for our own outlines only. */
export function configuredTiles(): Tiles | undefined {
  const content = document.querySelector<HTMLMetaElement>('meta[name="map-tiles"]')?.content
  return content ? (JSON.parse(content) as Tiles) : undefined
}
