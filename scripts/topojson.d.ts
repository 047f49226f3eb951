// Types of the two topojson packages that carry none, as far as make-geo.ts uses them.
declare module 'topojson-server' {
  import type { FeatureCollection } from 'geojson'
  import type { Objects, Topology } from 'topojson-specification'
  export function topology(
    objects: Record<string, FeatureCollection>,
    quantization?: number,
  ): Topology<Objects<Record<string, unknown>>>
}

declare module 'topojson-simplify' {
  import type { Objects, Topology } from 'topojson-specification'
  type Drawn = Topology<Objects<Record<string, unknown>>>
  export function presimplify(topology: Drawn): Drawn
  /** The weight that the share p of all points reaches. */
  export function quantile(topology: Drawn, p: number): number
  export function simplify(topology: Drawn, minWeight: number): Drawn
}
