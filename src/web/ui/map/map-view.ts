// One opened map (MapLibre): outlines or tiles, named marks, and a pin that is set by tap, dragged, or moved with the arrow keys.
import { MapLibreMap, Marker, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { type Point, roundedPoint } from '../../../kit/point.ts'
import { drawnAt, pointedAt } from './datum.ts'
import { mapStyle } from './map-style.ts'
import type { Outlines } from './outlines.ts'
import type { Tiles } from './tiles.ts'

setWorkerUrl(workerUrl)

export type MapMark = { readonly name: string; readonly point: Point }

export type MapWords = {
  readonly map: string
  readonly pin: string
  readonly zoomIn: string
  readonly zoomOut: string
  readonly metres: string
  readonly kilometres: string
}

export type MapOptions = {
  readonly container: HTMLElement
  /** The element that stands for the point; a button where it can be moved. */
  readonly pin: HTMLElement
  readonly outlines: Outlines | undefined
  readonly tiles: Tiles | undefined
  readonly marks: readonly MapMark[]
  readonly words: MapWords
  /** Hears where the pin is wanted; left out: it stays where it is. */
  readonly onPoint?: (point: Point) => void
  readonly onTilesGone: () => void
}

export type MapView = {
  /** Sets the pin down, or takes it away. */
  readonly setPoint: (point: Point | undefined) => void
  /** The point in the middle of the map. */
  readonly middle: () => Point
  /** Brings a point to the middle, near enough to see where it is. */
  readonly show: (point: Point) => void
  /** One step nearer or farther. */
  readonly zoom: (nearer: boolean) => void
  readonly focusPin: () => void
  readonly close: () => void
}

/** Pixels by which an arrow key moves the pin: the nearer the map, the finer. */
const stride = 10
const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-stride, 0],
  ArrowRight: [stride, 0],
  ArrowUp: [0, -stride],
  ArrowDown: [0, stride],
}

/** Zoom at which a point is shown: some streets with tiles, as much of the county without that its outline is in sight. */
const near = { tiles: 16, plain: 11 }
/** Without tiles there is nothing more to see beyond this zoom. */
const nearest = 16
/** Jiangsu as a whole, for when not even outlines could be had. */
const everything = { center: [119.5, 32.9] as [number, number], zoom: 6.5 }

/** Draws the map. Throws where the browser cannot draw one (no WebGL). */
export function openMap({ container, pin, outlines, tiles, marks, words, onPoint, onTilesGone }: MapOptions): MapView {
  const datum = tiles?.datum ?? 'wgs84'
  const drawn = (each: Point): [number, number] => {
    const { lat, long } = drawnAt(each, datum)
    return [long, lat]
  }
  const pointed = ({ lat, lng }: { readonly lat: number; readonly lng: number }) =>
    roundedPoint(pointedAt({ lat, long: lng }, datum))
  const named: GeoJSON.FeatureCollection = {
    type: 'FeatureCollection',
    features: marks.map(({ name, point }) => ({
      type: 'Feature',
      properties: { name },
      geometry: { type: 'Point', coordinates: drawn(point) },
    })),
  }
  const map = new MapLibreMap({
    container,
    style: mapStyle(outlines, named, tiles),
    attributionControl: false,
    maplibreLogo: false,
    keyboard: false,
    dragRotate: false,
    touchPitch: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    minZoom: 6,
    maxZoom: tiles?.maxZoom ?? nearest,
    localIdeographFontFamily: 'sans-serif',
    locale: {
      'Map.Title': words.map,
      'ScaleControl.Meters': words.metres,
      'ScaleControl.Kilometers': words.kilometres,
    },
  })
  map.touchZoomRotate.disableRotation()
  // the pin is what the keyboard moves; the picture itself needs no stop
  map.getCanvas().tabIndex = -1
  map.addControl(new ScaleControl({ maxWidth: 110, unit: 'metric' }), 'bottom-left')
  map.on('error', (event) => {
    if ('sourceId' in event && event.sourceId === 'tiles') onTilesGone()
  })
  if (outlines) {
    const [west, south, east, north] = outlines.area.box
    map.fitBounds([drawn({ lat: south, long: west }), drawn({ lat: north, long: east })], {
      padding: 28,
      animate: false,
    })
  } else map.jumpTo(everything)

  const marker = new Marker({ element: pin, anchor: 'bottom', draggable: onPoint !== undefined })
  marker.on('dragend', () => onPoint?.(pointed(marker.getLngLat())))
  map.on('click', ({ lngLat, originalEvent }) => {
    // a tap on the pin is no wish to move it
    if (originalEvent.target instanceof Node && pin.contains(originalEvent.target)) return
    onPoint?.(pointed(lngLat))
  })
  let set = false
  const zoom = (nearer: boolean) => {
    // around the pin where there is one: it does not leave the picture
    const around = set ? { around: marker.getLngLat() } : {}
    map.zoomTo(map.getZoom() + (nearer ? 1 : -1), { animate: false, ...around })
  }
  const press = (event: KeyboardEvent) => {
    const by = arrows[event.key]
    if (event.key === '+' || event.key === '=') zoom(true)
    else if (event.key === '-') zoom(false)
    else if (by && onPoint) {
      const { x, y } = map.project(marker.getLngLat())
      const to = map.unproject([x + by[0], y + by[1]])
      if (!map.getBounds().contains(to)) map.panTo(to, { animate: false })
      // at once: the next press of a key that is held down goes on from there
      marker.setLngLat(to)
      onPoint(pointed(to))
    } else return
    event.preventDefault()
  }
  pin.addEventListener('keydown', press)
  return {
    setPoint(point) {
      if (point) marker.setLngLat(drawn(point))
      // adding it once more would take the keyboard's focus from it
      if (point && !set) marker.addTo(map)
      if (!point) marker.remove()
      set = point !== undefined
    },
    middle: () => pointed(map.getCenter()),
    show(point) {
      const zoomed = Math.max(map.getZoom(), Math.min(tiles ? near.tiles : near.plain, map.getMaxZoom()))
      map.jumpTo({ center: drawn(point), zoom: zoomed })
    },
    zoom,
    focusPin: () => pin.focus(),
    close() {
      pin.removeEventListener('keydown', press)
      marker.remove()
      map.remove()
    },
  }
}
