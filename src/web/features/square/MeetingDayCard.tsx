// The meeting's day for residents: the agenda, checking in when the meeting runs, afterwards the minutes under each item.
import { useTranslation } from 'react-i18next'
import { getMeetingDay } from '../../../loop/deliberation/contract/meeting.ts'
import { useAsk } from '../../app/ask.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import type { MotionView } from './MeetingCard.tsx'
import styles from './meeting.module.css'

export function MeetingDayCard({ motion }: { readonly motion: MotionView }) {
  const { t } = useTranslation('square')
  const { data } = useAsk(getMeetingDay, { params: { id: motion.id } })
  const day = data?.day
  if (!day || (day.agenda.length === 0 && !day.checkIn.open && day.checkIn.counted === 0)) return null
  return (
    <Section title={t('day.title')}>
      <Card pad>
        {day.checkIn.open && !day.checkIn.mine && (
          <div className={styles.call}>
            <p>{t('day.open')}</p>
            <Button kind="primary" icon="check" to={`/motions/${motion.id}/check-in`}>
              {t('day.checkIn')}
            </Button>
          </div>
        )}
        {day.checkIn.mine && (
          <p className={styles.done}>
            <Icon name="check" size={22} />
            {t(`day.mine.${day.checkIn.mine}`)}
          </p>
        )}
        {day.agenda.length > 0 && (
          <ol className={styles.agenda}>
            {day.agenda.map((item, index) => (
              <li key={`${index}-${item.title}`}>
                <b data-quote>{item.title}</b>
                {item.minutes && <p data-quote>{item.minutes}</p>}
              </li>
            ))}
          </ol>
        )}
        {day.checkIn.counted > 0 && <p className={styles.came}>{t('day.came', { count: day.checkIn.counted })}</p>}
      </Card>
    </Section>
  )
}
