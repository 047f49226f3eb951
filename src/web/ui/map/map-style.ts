// The style of the map: our own outlines on plain ground, the operator's tiles beneath them where there are any. No glyph server: names are drawn by the browser.
import type { StyleSpecification } from 'maplibre-gl'
import type { Outlines } from './outlines.ts'
import type { Tiles } from './tiles.ts'

const colour = {
  ground: '#e9eef0',
  own: '#ffffff',
  other: '#f4f6f7',
  grid: '#dfe5e8',
  border: '#9aa6b2',
  city: '#5f6b7a',
  ownBorder: '#0f766e',
  name: '#4b5563',
  ownName: '#0b5d57',
  mark: '#9a4508',
  halo: '#ffffff',
}

const own = ['boolean', ['get', 'own'], false] as ['boolean', ['get', string], boolean]

/** `marks`: named points. Over tiles only borders and marks are drawn: the tiles have names of their own. */
export function mapStyle(
  outlines: Outlines | undefined,
  marks: GeoJSON.FeatureCollection,
  tiles: Tiles | undefined,
): StyleSpecification {
  const data = (collection: GeoJSON.FeatureCollection | undefined) => ({
    type: 'geojson' as const,
    data: collection ?? { type: 'FeatureCollection' as const, features: [] },
  })
  const plain: StyleSpecification['layers'] = [
    {
      id: 'counties',
      type: 'fill',
      source: 'counties',
      paint: { 'fill-color': ['case', own, colour.own, colour.other] },
    },
    {
      id: 'grid',
      type: 'line',
      source: 'grid',
      minzoom: 10,
      paint: { 'line-color': colour.grid, 'line-width': 1 },
    },
  ]
  const names: StyleSpecification['layers'] = [
    {
      id: 'names',
      type: 'symbol',
      source: 'names',
      layout: {
        'text-field': ['get', 'name'],
        'text-size': ['case', own, 18, 14],
        'text-padding': 6,
        'symbol-sort-key': ['case', own, 0, 1],
      },
      paint: {
        'text-color': ['case', own, colour.ownName, colour.name],
        'text-halo-color': colour.halo,
        'text-halo-width': 1.5,
      },
    },
  ]
  return {
    version: 8,
    sources: {
      ...(tiles && {
        tiles: {
          type: 'raster' as const,
          tiles: [tiles.url],
          tileSize: 256,
          maxzoom: tiles.maxZoom,
          attribution: '',
        },
      }),
      counties: data(outlines?.counties),
      borders: data(outlines?.borders),
      names: data(outlines?.names),
      grid: data(outlines?.grid),
      marks: data(marks),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour.ground } },
      ...(tiles ? [{ id: 'tiles', type: 'raster' as const, source: 'tiles' }] : plain),
      {
        id: 'borders',
        type: 'line',
        source: 'borders',
        paint: {
          'line-color': ['case', ['get', 'city'], colour.city, colour.border],
          'line-width': ['case', ['get', 'city'], 1.6, 0.9],
        },
      },
      {
        id: 'own',
        type: 'line',
        source: 'counties',
        filter: own,
        paint: { 'line-color': colour.ownBorder, 'line-width': 2.5 },
      },
      ...(tiles ? [] : names),
      {
        id: 'marks',
        type: 'circle',
        source: 'marks',
        paint: {
          'circle-radius': 5,
          'circle-color': colour.mark,
          'circle-stroke-color': colour.halo,
          'circle-stroke-width': 2,
        },
      },
      {
        id: 'mark-names',
        type: 'symbol',
        source: 'marks',
        layout: {
          'text-field': ['get', 'name'],
          'text-size': 14,
          'text-anchor': 'left',
          'text-offset': [0.7, 0],
          'text-max-width': 12,
        },
        paint: { 'text-color': colour.mark, 'text-halo-color': colour.halo, 'text-halo-width': 1.5 },
      },
    ],
  }
}
