// The one thing that waits for me most urgently, under the raise button.
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { dayNumber } from '../../ui/shared/when.ts'
import styles from './home.module.css'
import { useResidentWork, workPage } from './resident-work.ts'

/** "还剩 18 天" of a deadline. */
export function useDaysLeft(): (due: string | undefined) => string | undefined {
  const { t } = useTranslation('home')
  const { now } = useSession()
  return (due) => {
    if (!due) return undefined
    const days = dayNumber(due) - dayNumber(now)
    return days > 0 ? t('daysLeft', { count: days }) : days === 0 ? t('lastDay') : t('over')
  }
}

export default function HomeWaiting() {
  const { t } = useTranslation('home')
  const daysLeft = useDaysLeft()
  const rows = useResidentWork(true)
  const first = rows[0]
  if (!first) return null
  const left = daysLeft(first.due)
  return (
    <Go to={workPage(first)} className={styles.todo}>
      <Icon name="star" size={24} />
      <span>
        <b>{first.title ?? first.task}</b>
        <small>
          {[t(`waits.${first.verb}`, { defaultValue: first.task }), left].filter(Boolean).join(t('frame:list.comma'))}
        </small>
      </span>
      {rows.length > 1 && <em>{t('inAll', { count: rows.length })}</em>}
      <Icon name="right" size={22} />
    </Go>
  )
}
