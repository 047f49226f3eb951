// What waits for me: the most urgent with its button, the others as lines.
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/resident/Button.tsx'
import { Clauses } from '../../ui/resident/Item.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { useDateWords } from '../../ui/shared/DateText.tsx'
import { useDaysLeft } from '../home/HomeWaiting.tsx'
import { useResidentWork, workPage } from '../home/resident-work.ts'
import styles from './mine.module.css'

export function WaitingForMe() {
  const { t } = useTranslation(['mine', 'home'])
  const words = useDateWords()
  const daysLeft = useDaysLeft()
  const [first, ...rest] = useResidentWork(true)
  if (!first) return null
  return (
    <div className={styles.wait}>
      <p>
        <b>{t('mine:waits', { count: rest.length + 1 })}</b>
        <b>{daysLeft(first.due)}</b>
      </p>
      <h2>
        <Clauses text={first.title ?? first.task} />
      </h2>
      <Button kind="primary" icon="star" to={workPage(first)}>
        {t(`mine:go.${first.verb}`)}
      </Button>
      {rest.slice(0, 4).map((row) => (
        <Go key={row.id} to={workPage(row)} className={styles.other}>
          <Icon name="star" size={20} />
          <span>
            {row.title ?? row.task}
            {row.due && t('mine:by', { date: words(row.due) })}
          </span>
          <Icon name="right" size={20} />
        </Go>
      ))}
    </div>
  )
}
