// The due light: shape, colour and always words. Red diamond overdue, amber half circle today or next working day, green ring later, grey bars stopped.
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { useDateWords } from './DateText.tsx'
import styles from './shared.module.css'
import { dayNumber } from './when.ts'

export type Light = 'overdue' | 'soon' | 'later' | 'stopped'

type Props = {
  /** Date or instant by which it must be done; absent = no deadline. */
  readonly due?: string | null
  /** The clock stands still (waiting for the resident). */
  readonly stopped?: boolean
  /** Working days left as the server counted them (negative = overdue); without it calendar days are counted. */
  readonly workingDays?: number
  /** Other words, e.g. "验收期限 11-25". */
  readonly words?: string
  /** `date`: "11月26日前" instead of the days left. */
  readonly style?: 'days' | 'date'
}

const shapes: Record<Light, React.ReactNode> = {
  overdue: (
    <>
      <path d="M7 .6 13.4 7 7 13.4.6 7z" fill="currentColor" />
      <path d="M7 4v3.6M7 9.6v.1" stroke="var(--surface)" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  soon: (
    <>
      <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M7 1.8a5.2 5.2 0 0 1 0 10.4z" fill="currentColor" />
    </>
  ),
  later: <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  stopped: <path d="M4.5 3v8M9.5 3v8" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />,
}

/** Only the shape, for legends and counts. */
export function LightMark({ light }: { readonly light: Light }) {
  return (
    <svg className={styles.lightMark} data-light={light} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {shapes[light]}
    </svg>
  )
}

export function DueLight({ due, stopped, workingDays, words, style = 'days' }: Props) {
  const { t } = useTranslation('frame')
  const { now } = useSession()
  const dateWords = useDateWords()
  if (stopped)
    return (
      <span className={styles.due} data-light="stopped">
        <LightMark light="stopped" />
        {words ?? t('due.stopped')}
      </span>
    )
  if (!due)
    return (
      <span className={styles.due} data-light="stopped">
        {words ?? t('due.none')}
      </span>
    )
  const days = workingDays ?? dayNumber(due) - dayNumber(now)
  const passed = due.length > 10 && Date.parse(due) < Date.parse(now)
  const light: Light = days < 0 || passed ? 'overdue' : days <= 1 ? 'soon' : 'later'
  const work = workingDays !== undefined ? 'Work' : ''
  const said =
    words ??
    (style === 'date' && light !== 'overdue'
      ? t('due.by', { date: dateWords(due) })
      : days < 0
        ? t(`due.overdue${work}`, { count: -days })
        : passed
          ? t('due.overdueToday')
          : days === 0
            ? t('due.today')
            : t(`due.left${work}`, { count: days }))
  return (
    <span className={styles.due} data-light={light}>
      <LightMark light={light} />
      {said}
    </span>
  )
}
