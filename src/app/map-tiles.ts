// The operator's raster tiles beneath the map: what of the configuration pages are told, and which origin they may load from.
import { ConfigError } from './config-error.ts'

/** Systems in which tiles are drawn: WGS-84 (and CGCS2000, the same to within centimetres), or the shifted one of most Chinese web maps. */
export const tileDatums = ['wgs84', 'gcj02'] as const
export type TileDatum = (typeof tileDatums)[number]

/** What a page knows about the tiles. */
export type MapTiles = {
  /** Address of a tile with {z}, {x} and {y}. */
  readonly url: string
  /** Whose map it is and its approval number (审图号); shown on the map. */
  readonly attribution: string
  readonly datum: TileDatum
  readonly maxZoom: number
}

const wrong = (problem: string, says: string) => new ConfigError(`${problem} ${says}`)

/**
 * The tiles as configured; undefined without MAP_TILES. Throws ConfigError: no web address, a place of the three missing or others named, a name
 * or password in it, no attribution.
 */
export function mapTilesOf(given: {
  readonly url?: string
  readonly attribution?: string
  readonly datum: TileDatum
  readonly maxZoom: number
}): MapTiles | undefined {
  if (given.url === undefined) return undefined
  const filled = given.url.replace('{z}', '1').replace('{x}', '1').replace('{y}', '1')
  const parsed = URL.parse(filled)
  const places = ['{z}', '{x}', '{y}'].every((place) => given.url?.includes(place))
  if (parsed === null || !places || /[{}\s"'<>]/.test(filled) || !/^https?:$/.test(parsed.protocol) || parsed.username)
    throw wrong(
      'MAP_TILES 须是带 {z}、{x}、{y} 的完整网址，不能有用户名。',
      'MAP_TILES must be a full web address with {z}, {x} and {y}, without a user name.',
    )
  if (given.attribution === undefined || given.attribution.trim() === '')
    throw wrong(
      '设置了 MAP_TILES，还须用 MAP_TILES_ATTRIBUTION 写明地图来源和审图号。',
      'MAP_TILES needs MAP_TILES_ATTRIBUTION: whose map it is.',
    )
  return { url: given.url, attribution: given.attribution.trim(), datum: given.datum, maxZoom: given.maxZoom }
}

/** The one origin that the tiles come from. */
export function tileOrigin(tiles: MapTiles): string {
  return new URL(tiles.url).origin
}

/** The element of the page's head by which the web learns of the tiles. */
export function tilesElement(tiles: MapTiles): string {
  const escaped = JSON.stringify(tiles).replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return `<meta name="map-tiles" content="${escaped}" />`
}
