// One figure: value, change against the period before, rank among siblings, the last twelve periods as a line. Pressing it shows the rows.
import { useTranslation } from 'react-i18next'
import type { FigureView } from '../../../foundation/indicators/contract.ts'
import { falling, numberWords } from './figures.ts'
import styles from './cockpit.module.css'

const [width, height] = [200, 64]

/** Line over the periods; gaps where nothing is known. */
function Spark({ cells }: { readonly cells: FigureView['spark'] }) {
  const values = cells.flatMap((cell) => cell.value ?? [])
  if (values.length === 0) return <svg viewBox={`0 0 ${width} ${height}`} className={styles.spark} aria-hidden="true" />
  const most = Math.max(...values)
  const least = Math.min(0, ...values)
  const x = (index: number) => 3 + (index * (width - 6)) / Math.max(1, cells.length - 1)
  const y = (value: number) => height - 4 - ((value - least) / Math.max(1e-9, most - least)) * (height - 12)
  const points = cells.flatMap((cell, index) => (cell.value === undefined ? [] : [[x(index), y(cell.value)] as const]))
  const line = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ')
  const [first] = points
  const last = points.at(-1)
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className={styles.spark} aria-hidden="true">
      {first && last && (
        <polygon points={`${first[0]},${height} ${line} ${last[0]},${height}`} className={styles.sparkArea} />
      )}
      <polyline points={line} className={styles.sparkLine} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

type Props = {
  readonly name: string
  readonly figure: FigureView | undefined
  readonly onOpen?: () => void
  readonly chosen?: boolean
}

export function FigureTile({ name, figure, onOpen, chosen }: Props) {
  const { t } = useTranslation('cockpit')
  const label = t(`figures.${name.replace('.', '-')}`)
  const value = figure?.now.hidden ? t('map.few') : numberWords(figure?.unit ?? 'count', figure?.now.value)
  const change = figure?.change
  // more or fewer needs are neither good nor bad: only shares and times are judged
  const judged = figure?.unit === 'percent' || figure?.unit === 'days'
  const good =
    !judged || change === undefined || change === 0 ? undefined : falling.includes(name) ? change < 0 : change > 0
  const [first] = figure?.spark ?? []
  return (
    <button type="button" className={styles.tile} onClick={onOpen} data-chosen={chosen || undefined}>
      <span className={styles.tileHead}>
        {label}
        {figure?.rank && (
          <em>
            {t('tile.rankBefore')} <b>{figure.rank.place}</b> / {figure.rank.of}
          </em>
        )}
      </span>
      <span className={styles.value}>
        {figure?.approximate && value !== undefined && <small>{t('tile.about')}</small>}
        <b>{value ?? '—'}</b>
        <small>{t([`unitOf.${name.replace('.', '-')}`, `units.${figure?.unit ?? 'count'}`])}</small>
      </span>
      <span className={styles.change} data-good={good}>
        {change === undefined
          ? t('tile.noBefore')
          : change === 0
            ? t('tile.same')
            : `${change > 0 ? '▲' : '▼'} ${numberWords(figure?.unit ?? 'count', Math.abs(change))}${figure?.unit === 'percent' ? t('tile.points') : ''}`}
      </span>
      <Spark cells={figure?.spark ?? []} />
      <span className={styles.axis}>
        {first ? t('tile.since', { period: periodWords(first.period, t) }) : ''}
        <span className="sr-only">{t('tile.open')}</span>
      </span>
    </button>
  )
}

/** "2026-Q3" -> "2026 年第三季度" in the language that is on. */
export function periodWords(period: string, t: (key: string, values: Record<string, unknown>) => string): string {
  const [year = '', rest] = period.split('-')
  if (rest === undefined) return t('period.year', { year })
  if (rest.startsWith('Q')) return t(`period.quarter${rest.slice(1)}`, { year })
  return t('period.month', { year, month: Number(rest) })
}
