// Who votes, how it is counted, when and where; after the meeting the numbers as two officers put them on record.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getMotion } from '../../../loop/deliberation/contract.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Meter } from '../../ui/shared/Meter.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './square.module.css'

export type MotionView = OutputOf<typeof getMotion>

export function MeetingCard({ motion }: { readonly motion: MotionView }) {
  const { t } = useTranslation(['square', 'deliberation'])
  const { meeting, result } = motion
  if (!meeting) return null
  const quorum = Math.floor((meeting.eligible * meeting.quorumPercent) / 100) + 1
  const attendance = meeting.attendance
  return (
    <Section title={t(result ? 'square:meeting.result' : 'square:meeting.title')} first>
      <Card>
        {result && attendance !== undefined && (
          <div className={styles.result}>
            <p>
              <Tag
                round
                tone={result === 'adopted' ? 'done' : 'neutral'}
                icon={result === 'adopted' ? 'check' : 'info'}
              >
                {t(`deliberation:states.${result}`)}
              </Tag>
            </p>
            <p className={styles.came}>
              <span>
                {t('square:meeting.came')} <b>{attendance}</b> {t('square:meeting.unit')}
              </span>
              <span>{t('square:meeting.eligible', { count: meeting.eligible })}</span>
            </p>
            <Meter
              value={attendance}
              max={meeting.eligible}
              mark={quorum}
              label={t('square:meeting.meter', { attendance, eligible: meeting.eligible, quorum })}
            />
            <p className={styles.mark}>{t('square:meeting.quorum', { count: quorum })}</p>
            <dl className={styles.votes}>
              {(['for', 'against', 'abstain'] as const).map((side) => (
                <div key={side}>
                  <dt>{t(`deliberation:fields.${side}`)}</dt>
                  <dd>{meeting[side] ?? 0}</dd>
                </div>
              ))}
            </dl>
          </div>
        )}
        <dl className={styles.facts}>
          <dt>{t('square:meeting.when')}</dt>
          <dd>
            <DateText date={meeting.on} style="weekday" />
          </dd>
          <dt>{t('square:meeting.where')}</dt>
          <dd>{meeting.place}</dd>
          <dt>{t('square:meeting.who')}</dt>
          <dd>
            {t(`deliberation:forms.${meeting.form}`)}
            {t('square:meeting.ofAll', { count: meeting.eligible })}
          </dd>
          <dt>{t('square:meeting.how')}</dt>
          <dd>{t('square:meeting.rule', { quorum: meeting.quorumPercent, majority: meeting.majorityPercent })}</dd>
          {result === undefined && meeting.recorded && (
            <>
              <dt>{t('square:meeting.state')}</dt>
              <dd>{t('square:meeting.toConfirm')}</dd>
            </>
          )}
        </dl>
        {meeting.minutes && result && (
          <details className={styles.minutes}>
            <summary>
              {t('deliberation:fields.minutes')}
              <Icon name="open" size={20} />
            </summary>
            <p className={styles.words}>{meeting.minutes}</p>
          </details>
        )}
        <p className={styles.frozen}>
          <Icon name="lock" size={20} />
          {t('square:meeting.frozen')}
        </p>
      </Card>
    </Section>
  )
}
