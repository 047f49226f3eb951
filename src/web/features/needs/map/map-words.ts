// How the parts of the map are called.
import { useTranslation } from 'react-i18next'
import type { Point } from '../../../../kit/point.ts'
import type { MapWords } from '../../../ui/map/map-view.ts'

/** Words of the map for a place and the point on it. */
export function useMapWords(place: string, point: Point | undefined): MapWords {
  const { t } = useTranslation('needs')
  return {
    map: t('map.of', { place }),
    pin: t('map.pin', { where: point ? t('map.at', point) : t('map.nothing') }),
    zoomIn: t('map.zoomIn'),
    zoomOut: t('map.zoomOut'),
    metres: t('map.metres'),
    kilometres: t('map.kilometres'),
  }
}
