// Choosing a point on the map: a sheet over the whole phone, a large box at the desk. The map is never needed: words and the own position work without it.
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point } from '../../../../kit/point.ts'
import { listNeedPlaces } from '../../../../loop/needs/contract.ts'
import { isPointOf } from '../../../../loop/needs/rules/point.ts'
import { useAsk } from '../../../app/ask.ts'
import { useMapPart } from '../../../ui/map/map-part.ts'
import type { MapHandle } from '../../../ui/map/MapCanvas.tsx'
import { Button } from '../../../ui/resident/Button.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import styles from './map.module.css'
import { useMapWords } from './map-words.ts'
import { ownPosition } from './own-position.ts'

type Props = {
  /** Code of the community. */
  readonly division: string
  /** Its name with those above it. */
  readonly place: string
  readonly point: Point | undefined
  readonly onChoose: (point: Point) => void
  readonly onClose: () => void
}

type Note = { readonly key: string; readonly values?: Record<string, unknown> }

/** Import it lazily. Rendered = open. */
export default function PointDialog({ division, place, point: given, onChoose, onClose }: Props) {
  const { t } = useTranslation(['needs', 'frame'])
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const map = useRef<MapHandle>(null)
  /** The pin was set by a button: the keys go on with it. */
  const pinNext = useRef(false)
  const [point, setPoint] = useState(given)
  const [note, setNote] = useState<Note>()
  const [locating, setLocating] = useState(false)
  const [broken, setBroken] = useState(false)
  const [tilesGone, setTilesGone] = useState(false)
  const part = useMapPart(division)
  const words = useMapWords(place, point)
  const places = useAsk(listNeedPlaces, { query: { division } }, { staleTime: 600_000 })
  const marks = (places.data?.rows ?? []).flatMap((row) => (row.point ? [{ name: row.place, point: row.point }] : []))
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    document.documentElement.classList.add('modal-open')
    return () => {
      document.documentElement.classList.remove('modal-open')
      element?.close()
    }
  }, [])
  useEffect(() => {
    if (!point || !pinNext.current) return
    pinNext.current = false
    map.current?.focusPin()
  }, [point])

  const area = part.state === 'ready' ? part.outlines?.area : undefined
  const outside = area !== undefined && point !== undefined && !isPointOf(area, point)
  const drawn = part.state === 'ready' && !broken
  const choose = (next: Point) => {
    setNote(undefined)
    setPoint(next)
  }
  const locate = async () => {
    setLocating(true)
    const found = await ownPosition()
    setLocating(false)
    if (typeof found === 'string') return setNote({ key: `map.${found}` })
    if (area && !isPointOf(area, found.point))
      return setNote({ key: 'map.away', values: { place: area.name || place } })
    setPoint(found.point)
    map.current?.show(found.point)
    setNote({ key: 'map.located', values: { metres: found.accuracy } })
  }
  const startInMiddle = () => {
    const middle = map.current?.middle()
    if (!middle) return
    pinNext.current = true
    choose(middle)
  }
  const says = outside
    ? t('map.outside', { place: area.name || place })
    : note
      ? t(note.key, note.values ?? {})
      : t(drawn ? (point ? 'map.moveIt' : 'map.tapIt') : 'map.withoutMap')
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className={styles.head}>
        <div>
          <h2 id={id}>{t('map.title')}</h2>
          <p>{place}</p>
        </div>
        <button type="button" aria-label={t('frame:close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className={styles.map}>
        {part.state === 'loading' || places.isLoading ? (
          <Skeleton rows={6} />
        ) : part.state === 'ready' && !broken ? (
          <part.Canvas
            handle={map}
            outlines={part.outlines}
            tiles={part.tiles}
            marks={marks}
            point={point}
            onPoint={choose}
            describedBy={`${id}-how`}
            onProblem={(what) => (what === 'map' ? setBroken(true) : setTilesGone(true))}
            words={words}
          />
        ) : (
          <div className={styles.none}>
            <Icon name="info" size={32} />
            <p>{t(part.state === 'no-network' ? 'map.noNetwork' : 'map.noDrawing')}</p>
          </div>
        )}
      </div>
      <div className={styles.foot}>
        {drawn && (
          <p className={styles.about}>
            {part.tiles ? part.tiles.attribution : t('map.plain')}
            {tilesGone && t('map.tilesGone')}
            {marks.length > 0 && t('map.marks')}
          </p>
        )}
        <p id={`${id}-how`} className={styles.hidden}>
          {t('map.keys')}
        </p>
        <div role="status" className={styles.now} data-fault={outside || undefined}>
          {point && <b>{t('map.at', point)}</b>}
          <span>{says}</span>
        </div>
        <div className={styles.acts}>
          <div>
            <Button kind="plain" icon="pin" busy={locating} onClick={() => void locate()}>
              {t('map.locate')}
            </Button>
            {drawn && !point && (
              <Button kind="plain" onClick={startInMiddle}>
                {t('map.middle')}
              </Button>
            )}
          </div>
          <Button kind="primary" disabled={!point || outside} onClick={() => point && onChoose(point)}>
            {t('map.use')}
          </Button>
        </div>
      </div>
    </dialog>
  )
}
