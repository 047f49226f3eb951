// The map in a page (a chunk of its own): picture, pin and zoom buttons around one opened map.
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Point } from '../../../kit/point.ts'
import { Icon } from '../shared/Icon.tsx'
import styles from './map.module.css'
import { type MapMark, type MapView, type MapWords, openMap } from './map-view.ts'
import type { Outlines } from './outlines.ts'
import type { Tiles } from './tiles.ts'

/** What a page may ask of the map. */
export type MapHandle = Pick<MapView, 'middle' | 'show' | 'focusPin'>

type Props = {
  readonly handle?: Ref<MapHandle>
  readonly outlines: Outlines | undefined
  readonly tiles: Tiles | undefined
  /** Named points; those of the first drawing. */
  readonly marks?: readonly MapMark[]
  readonly point: Point | undefined
  /** Left out: the pin stays where it is. */
  readonly onPoint?: (point: Point) => void
  /** Id of the sentence that says how the pin is moved. */
  readonly describedBy?: string
  /** `tiles`: they did not come; `map`: nothing can be drawn here. */
  readonly onProblem: (what: 'tiles' | 'map') => void
  readonly words: MapWords
}

function makePin(movable: boolean): HTMLElement {
  const pin = document.createElement(movable ? 'button' : 'div')
  pin.className = styles.pin ?? ''
  if (movable) pin.setAttribute('type', 'button')
  else pin.setAttribute('role', 'img')
  return pin
}

export function MapCanvas(props: Props) {
  const { handle, point, words, describedBy } = props
  const place = useRef<HTMLDivElement>(null)
  // the map is drawn once, with what was known then; what it tells later goes to the page as it is then
  const told = useRef(props)
  told.current = props
  const [pin] = useState(() => makePin(props.onPoint !== undefined))
  const [view, setView] = useState<MapView>()

  useEffect(() => {
    const container = place.current
    if (!container) return undefined
    const { outlines, tiles, marks = [], point: first, onPoint, words: said } = told.current
    let opened: MapView
    try {
      opened = openMap({
        container,
        pin,
        outlines,
        tiles,
        marks,
        words: said,
        onPoint: onPoint && ((next) => told.current.onPoint?.(next)),
        onTilesGone: () => told.current.onProblem('tiles'),
      })
    } catch {
      told.current.onProblem('map')
      return undefined
    }
    if (first) opened.show(first)
    setView(opened)
    return () => {
      opened.close()
      setView(undefined)
    }
  }, [pin])

  useEffect(() => view?.setPoint(point), [view, point])

  useEffect(() => {
    pin.setAttribute('aria-label', words.pin)
    if (describedBy) pin.setAttribute('aria-describedby', describedBy)
  }, [pin, words.pin, describedBy])

  useImperativeHandle(handle, () => ({
    middle: () => view?.middle() ?? { lat: 0, long: 0 },
    show: (each) => view?.show(each),
    focusPin: () => view?.focusPin(),
  }))

  return (
    <div className={styles.frame}>
      <div ref={place} className={styles.canvas} />
      {createPortal(
        <svg viewBox="0 0 32 42" width={32} height={42} aria-hidden="true">
          <path d="M16 41S30 26.5 30 15.5a14 14 0 1 0-28 0C2 26.5 16 41 16 41z" className={styles.drop} />
          <circle cx="16" cy="15.5" r="5.5" className={styles.eye} />
        </svg>,
        pin,
      )}
      <div className={styles.zoom}>
        <button type="button" aria-label={words.zoomIn} onClick={() => view?.zoom(true)}>
          <Icon name="plus" />
        </button>
        <button type="button" aria-label={words.zoomOut} onClick={() => view?.zoom(false)}>
          <i aria-hidden="true" />
        </button>
      </div>
    </div>
  )
}
