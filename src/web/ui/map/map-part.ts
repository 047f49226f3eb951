// Fetches what a map needs when one is opened: whether the browser can draw it, its code, and the outlines of the county.
import { type ComponentType, useEffect, useState } from 'react'
import type { MapCanvas } from './MapCanvas.tsx'
import type { Outlines } from './outlines.ts'
import { configuredTiles, type Tiles } from './tiles.ts'

type CanvasProps = Parameters<typeof MapCanvas>[0]

export type MapPart =
  | { readonly state: 'loading' }
  /** `no-drawing`: the browser has no WebGL; `no-network`: the code could not be fetched. */
  | { readonly state: 'no-drawing' | 'no-network' }
  | {
      readonly state: 'ready'
      readonly Canvas: ComponentType<CanvasProps>
      readonly outlines: Outlines | undefined
      readonly tiles: Tiles | undefined
    }

function canDraw(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}

async function load(division: string): Promise<MapPart> {
  if (!canDraw()) return { state: 'no-drawing' }
  const tiles = configuredTiles()
  const [canvas, outlines] = await Promise.all([
    import('./MapCanvas.tsx'),
    import('./outlines.ts').then(({ outlinesFor }) => outlinesFor(division, tiles?.datum ?? 'wgs84')),
  ])
  return { state: 'ready', Canvas: canvas.MapCanvas, outlines, tiles }
}

/** The map for a division, once `wanted`. */
export function useMapPart(division: string, wanted = true): MapPart {
  const [part, setPart] = useState<MapPart>({ state: 'loading' })
  useEffect(() => {
    if (!wanted) return undefined
    let here = true
    const take = (found: MapPart) => here && setPart(found)
    load(division).then(take, () => take({ state: 'no-network' }))
    return () => {
      here = false
    }
  }, [division, wanted])
  return part
}
