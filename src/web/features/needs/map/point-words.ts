// How points and the map's parts are called.
import { useTranslation } from 'react-i18next'
import type { Point } from '../../../../kit/point.ts'
import type { MapWords } from '../../../ui/map/map-view.ts'

/** "北纬 31.298917°，东经 120.412345°" */
export function usePointWords(): (point: Point) => string {
  const { t } = useTranslation('needs')
  return ({ lat, long }) => t('map.at', { lat: lat.toFixed(6), long: long.toFixed(6) })
}

/** Words of the map for a place and the point on it. */
export function useMapWords(place: string, point: Point | undefined): MapWords {
  const { t } = useTranslation('needs')
  const words = usePointWords()
  return {
    map: t('map.of', { place }),
    pin: t('map.pin', { where: point ? words(point) : t('map.nothing') }),
    zoomIn: t('map.zoomIn'),
    zoomOut: t('map.zoomOut'),
    metres: t('map.metres'),
    kilometres: t('map.kilometres'),
  }
}
