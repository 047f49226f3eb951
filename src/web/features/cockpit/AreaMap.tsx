// The map of a division's children, coloured in five classes; each area a named button. Children without a boundary stand below as buttons.
import { useQuery } from '@tanstack/react-query'
import { geoIdentity, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { FigureView } from '../../../foundation/indicators/contract.ts'
import citiesUrl from '../../../../data/geo/jiangsu-cities.topo.json?url'
import countiesUrl from '../../../../data/geo/jiangsu-counties.topo.json?url'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { classBounds, numberWords } from './figures.ts'
import styles from './cockpit.module.css'

type Topology = Parameters<typeof feature>[0]
type Child = NonNullable<FigureView['children']>[number]

const [width, height] = [480, 420]

type Props = {
  readonly division: string
  readonly figure: FigureView | undefined
  readonly label: string
  readonly onChoose: (division: string) => void
  /** An area of this map that is chosen (a county within its city). */
  readonly chosen?: string
}

function useShapes(level: 'cities' | 'counties', within: string) {
  return useQuery({
    queryKey: ['geo', level],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const topology = (await (await fetch(level === 'cities' ? citiesUrl : countiesUrl)).json()) as Topology
      const object = topology.objects['divisions']
      if (!object) return []
      const collection = feature(topology, object)
      return collection.type === 'FeatureCollection' ? collection.features : [collection]
    },
    select: (features) => features.filter((each) => String(each.properties?.['code'] ?? '').startsWith(within)),
  })
}

/** Short name on the map: 苏州市 -> 苏州. */
function short(name: string): string {
  return name.length > 2 ? name.replace(/(市|区|县)$/, '') : name
}

export function AreaMap({ division, figure, label, onChoose, chosen }: Props) {
  const { t } = useTranslation('cockpit')
  const id = useId()
  const { data: shapes } = useShapes(division.length <= 2 ? 'cities' : 'counties', division)
  const children = new Map((figure?.children ?? []).map((child): [string, Child] => [child.division, child]))
  const values = [...children.values()].flatMap((child) => child.value ?? [])
  const bounds = classBounds(values)
  // the palest shade is the lowest class and the darkest the highest, however few there are
  const shade = (index: number) => (bounds.length === 0 ? 0 : Math.round((index * 4) / bounds.length))
  const classOf = (value: number | undefined) =>
    value === undefined ? undefined : shade(bounds.filter((bound) => value >= bound).length)
  const words = (child: Child | undefined) =>
    child?.hidden ? t('map.few') : (numberWords(figure?.unit ?? 'count', child?.value) ?? t('map.none'))
  if (!shapes) return <Skeleton rows={6} />
  const path = geoPath(
    geoIdentity()
      .reflectY(true)
      .fitExtent(
        [
          [6, 6],
          [width - 6, height - 6],
        ],
        { type: 'FeatureCollection', features: shapes },
      ),
  )
  const drawn = new Set(shapes.map((shape) => String(shape.properties?.['code'])))
  const rest = [...children.values()].filter((child) => !drawn.has(child.division))
  const unit = t(`units.${figure?.unit ?? 'count'}`)
  const press = (code: string) => ({
    role: 'button',
    tabIndex: 0,
    onClick: () => onChoose(code),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      onChoose(code)
    },
  })
  const shown = [...shapes].sort((one) => (String(one.properties?.['code']) === chosen ? 1 : -1))
  return (
    <div className={styles.map}>
      <svg viewBox={`0 0 ${width} ${height}`} aria-labelledby={id} role="group">
        <title id={id}>{label}</title>
        {shown.map((shape) => {
          const code = String(shape.properties?.['code'])
          const name = String(shape.properties?.['name'] ?? '')
          const child = children.get(code)
          return (
            <path
              key={code}
              d={path(shape) ?? ''}
              className={styles.area}
              data-class={classOf(child?.value)}
              data-chosen={code === chosen || undefined}
              aria-label={t('map.area', { name, value: words(child), unit })}
              {...press(code)}
            />
          )
        })}
        <g className={styles.names}>
          {shown.map((shape) => {
            const code = String(shape.properties?.['code'])
            const child = children.get(code)
            const [x = 0, y = 0] = path.centroid(shape)
            return (
              <text key={code} aria-hidden="true" x={x} y={y} data-class={classOf(child?.value)}>
                <tspan x={x}>{short(String(shape.properties?.['name'] ?? ''))}</tspan>
                <tspan x={x} dy="1.15em">
                  {words(child)}
                </tspan>
              </text>
            )
          })}
        </g>
      </svg>
      <ul className={styles.legend}>
        {values.length > 0 &&
          [
            ...bounds
              .map((bound, index) => ({
                key: String(bound),
                at: shade(index + 1),
                words: t('map.from', { value: numberWords(figure?.unit ?? 'count', bound) }),
              }))
              .reverse(),
            {
              key: 'least',
              at: shade(0),
              words:
                bounds.length > 0
                  ? t('map.below', { value: numberWords(figure?.unit ?? 'count', bounds[0]), unit })
                  : t('map.all', { unit }),
            },
          ].map((each) => (
            <li key={each.key}>
              <i data-class={each.at} />
              {each.words}
            </li>
          ))}
        {values.length === 0 && <li>{t('map.empty')}</li>}
      </ul>
      {rest.length > 0 && (
        <p className={styles.rest}>
          {rest.map((child) => (
            <button key={child.division} type="button" onClick={() => onChoose(child.division)}>
              {child.divisionName} <b>{words(child)}</b>
            </button>
          ))}
        </p>
      )}
    </div>
  )
}

/** Below the county there are no boundaries: the children as bars. */
export function AreaBars({ figure, label, onChoose }: Pick<Props, 'figure' | 'label' | 'onChoose'>) {
  const { t } = useTranslation('cockpit')
  const rows = [...(figure?.children ?? [])].sort((one, other) => (other.value ?? -1) - (one.value ?? -1))
  const most = Math.max(1, ...rows.map((row) => row.value ?? 0))
  if (rows.length === 0) return <p className={styles.nothing}>{t('map.lowest')}</p>
  return (
    <ul className={styles.bars} aria-label={label}>
      {rows.map((row) => (
        <li key={row.division}>
          <button type="button" onClick={() => onChoose(row.division)}>
            <span>{row.divisionName}</span>
            <i>
              <i style={{ width: `${((row.value ?? 0) / most) * 100}%` }} />
            </i>
            <b>{row.hidden ? t('map.few') : (numberWords(figure?.unit ?? 'count', row.value) ?? '—')}</b>
          </button>
        </li>
      ))}
    </ul>
  )
}
