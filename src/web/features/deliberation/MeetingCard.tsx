// The meeting of a motion: who was entitled, who came, how they voted, whether that is enough; recorded by one, confirmed by another.
import { useTranslation } from 'react-i18next'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Meter } from '../../ui/shared/Meter.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import type { Meeting } from './motion-words.tsx'
import styles from './deliberation.module.css'

/** Turnout and votes as bars with the marks that must be passed. */
export function MeetingNumbers({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation('deliberation')
  const { eligible, attendance = 0, for: pro = 0, against = 0, abstain = 0 } = meeting
  const quorum = Math.floor((eligible * meeting.quorumPercent) / 100)
  const majority = Math.floor((attendance * meeting.majorityPercent) / 100)
  const enough = attendance > quorum
  return (
    <div className={styles.numbers}>
      <div>
        <p>
          <b>{t('desk.came', { count: attendance, eligible })}</b>
          <Tag tone={enough ? 'done' : 'waiting'}>{t(enough ? 'desk.quorate' : 'desk.inquorate')}</Tag>
        </p>
        <Meter
          value={attendance}
          max={eligible}
          mark={quorum}
          label={t('desk.came', { count: attendance, eligible })}
        />
        <small>{t('desk.quorum', { percent: meeting.quorumPercent })}</small>
      </div>
      <div>
        <p>
          <b>{t('desk.votes', { for: pro, against, abstain })}</b>
          <Tag tone={pro > majority ? 'done' : 'waiting'}>{t(pro > majority ? 'desk.carried' : 'desk.lost')}</Tag>
        </p>
        <Meter
          value={pro}
          max={Math.max(1, attendance)}
          mark={majority}
          label={t('desk.votes', { for: pro, against, abstain })}
          tone="community"
        />
        <small>{t('desk.majority', { percent: meeting.majorityPercent })}</small>
      </div>
    </div>
  )
}

/** `to`: the page of the meeting's day. */
export function MeetingBlock({ meeting, to }: { readonly meeting: Meeting; readonly to: string }) {
  const { t } = useTranslation('deliberation')
  return (
    <section className={styles.meeting}>
      <h3>
        {t('desk.meeting')}
        {meeting.confirmedAt ? (
          <small>
            {t('desk.confirmedAt')} <InstantText instant={meeting.confirmedAt} style="compact" />
          </small>
        ) : (
          <small>{t(meeting.recorded ? 'desk.toConfirm' : 'desk.toRecord')}</small>
        )}
      </h3>
      <p>
        <DateText date={meeting.on} style="weekday" /> · {meeting.place} · {t(`forms.${meeting.form}`)} ·{' '}
        {t('desk.eligible', { count: meeting.eligible })}{' '}
        <Go to={to} className={styles.toDay}>
          {t('desk.toDay')}
        </Go>
      </p>
      {meeting.recorded && <MeetingNumbers meeting={meeting} />}
      {meeting.remark && (
        <p className={styles.remark}>
          {t('desk.remark')}
          {meeting.remark}
        </p>
      )}
    </section>
  )
}
