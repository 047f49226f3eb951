// The map of opinions drawn: groups as shapes of their own with their number of people, one's own place as a star. Never a person's dot.
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getOpinionMap } from '../../../loop/deliberation/contract/opinions.ts'
import styles from './opinions.module.css'

type View = OutputOf<typeof getOpinionMap>
export type OpinionMapView = NonNullable<View['map']>
export type OpinionGroup = OpinionMapView['groups'][number]
export type OwnPlace = NonNullable<View['mine']>

const width = 320
const height = 250
const margin = 44

/** Each group has a shape besides its colour. */
const shapes: Readonly<Record<OpinionGroup['name'], string>> = {
  A: 'M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0z',
  B: 'M-8 -8h16v16h-16z',
  C: 'M0 -10l10 17h-20z',
  D: 'M0 -11l11 11l-11 11l-11 -11z',
  E: 'M-4 -10h8v6h6v8h-6v6h-8v-6h-6v-8h6z',
}
const star = 'M0 -11l3.2 7 7.6 .8-5.7 5.1 1.6 7.5-6.7-3.8-6.7 3.8 1.6-7.5-5.7-5.1 7.6-.8z'

/** The mark of a group beside its words. */
export function GroupMark({ name }: { readonly name: OpinionGroup['name'] }) {
  return (
    <svg className={styles.mark} data-group={name} viewBox="-13 -13 26 26" width="20" height="20" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}

export function OwnMark() {
  return (
    <svg className={styles.mark} data-group="own" viewBox="-13 -13 26 26" width="20" height="20" aria-hidden="true">
      <path d={star} />
    </svg>
  )
}

type Spot = { readonly x: number; readonly y: number }

/** Numbers of the map into the picture: one scale for both directions, everything inside. */
function scaleOf(groups: readonly OpinionGroup[], own: Spot | undefined): (spot: Spot) => Spot {
  const reach = groups.flatMap(({ x, y, spread }) => [
    { x: x - spread, y: y - spread },
    { x: x + spread, y: y + spread },
  ])
  const all = own ? [...reach, own] : reach
  const [left, right] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))]
  const [low, high] = [Math.min(...all.map(({ y }) => y)), Math.max(...all.map(({ y }) => y))]
  const scale = Math.min(
    (width - 2 * margin) / Math.max(right - left, 0.5),
    (height - 2 * margin) / Math.max(high - low, 0.5),
  )
  return ({ x, y }) => ({
    x: width / 2 + (x - (left + right) / 2) * scale,
    y: height / 2 - (y - (low + high) / 2) * scale,
  })
}

type Props = {
  readonly map: OpinionMapView
  readonly mine?: OwnPlace
  /** Words of a group, e.g. 甲组. */
  readonly nameOf: (name: OpinionGroup['name']) => string
}

export function OpinionPlot({ map, mine, nameOf }: Props) {
  const { t } = useTranslation('square')
  const id = useId()
  const own = mine?.x !== undefined && mine.y !== undefined ? { x: mine.x, y: mine.y } : undefined
  const place = scaleOf(map.groups, own)
  const most = Math.max(...map.groups.map((group) => group.people))
  const spoken = [
    ...map.groups.map((group) => t('map.groupSize', { name: nameOf(group.name), count: group.people })),
    ...(mine?.group ? [t('map.mineIn', { name: nameOf(mine.group) })] : []),
  ].join(t('frame:list.semicolon'))
  return (
    <svg
      className={styles.plot}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{t('map.plot')}</title>
      <desc id={`${id}-desc`}>{spoken}</desc>
      <path className={styles.axes} d={`M12 ${height / 2}H${width - 12}M${width / 2} 12V${height - 12}`} />
      {map.groups.map((group) => {
        const spot = place(group)
        const radius = 22 + 26 * Math.sqrt(group.people / most)
        const down = spot.y + radius + 16 < height
        return (
          <g key={group.name} data-group={group.name} transform={`translate(${spot.x} ${spot.y})`}>
            <circle className={styles.cloud} r={radius} />
            <path className={styles.shape} d={shapes[group.name]} />
            <text className={styles.label} y={down ? radius + 14 : -radius - 6} textAnchor="middle">
              {t('map.groupSize', { name: nameOf(group.name), count: group.people })}
            </text>
          </g>
        )
      })}
      {own && (
        <g data-group="own" transform={`translate(${place(own).x} ${place(own).y})`}>
          <path className={styles.own} d={star} />
          <text
            className={styles.ownLabel}
            x={place(own).x > width - 60 ? -15 : 15}
            y="5"
            textAnchor={place(own).x > width - 60 ? 'end' : 'start'}
          >
            {t('map.you')}
          </text>
        </g>
      )}
    </svg>
  )
}
