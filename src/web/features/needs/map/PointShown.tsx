// Where a need is shown: its point on a small map, when somebody asks for it. The figures stand beside it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point } from '../../../../kit/point.ts'
import { useMapPart } from '../../../ui/map/map-part.ts'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import styles from './map.module.css'
import { useMapWords } from './map-words.ts'

type Props = { readonly point: Point; readonly division: string; readonly place: string }

function SmallMap({ point, division, place }: Props) {
  const { t } = useTranslation('needs')
  const part = useMapPart(division)
  const words = useMapWords(place, point)
  const [problem, setProblem] = useState<'tiles' | 'map'>()
  if (part.state === 'loading')
    return (
      <div className={styles.small}>
        <Skeleton rows={4} />
      </div>
    )
  if (part.state !== 'ready' || problem === 'map')
    return (
      <p className={styles.about} role="status">
        {t(part.state === 'no-network' ? 'map.noNetwork' : 'map.noDrawing')}
      </p>
    )
  return (
    <>
      <div className={styles.small}>
        <part.Canvas outlines={part.outlines} tiles={part.tiles} point={point} onProblem={setProblem} words={words} />
      </div>
      <p className={styles.about}>
        {part.tiles ? part.tiles.attribution : t('map.plainShown')}
        {problem === 'tiles' && t('map.tilesGone')}
      </p>
    </>
  )
}

export default function PointShown(props: Props) {
  const { t } = useTranslation('needs')
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.shown}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="pin" size={18} />
        {t(open ? 'map.hide' : 'map.show')}
      </button>
      {open && <SmallMap {...props} />}
    </div>
  )
}
