// The worker's calendar: what is planned, and the secret address under which a phone's calendar reads it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getCalendar, revokeCalendar, subscribeCalendar } from '../../../loop/delivery/contract/calendar.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import styles from './cases.module.css'

function Address({ subscribedAt }: { readonly subscribedAt?: string }) {
  const { t } = useTranslation(['cases', 'delivery'])
  const problemText = useProblemText()
  const [address, setAddress] = useState<string>()
  const make = useAct(subscribeCalendar, {
    onDone: ({ path }) => setAddress(new URL(path, window.location.origin).href),
  })
  const revoke = useAct(revokeCalendar, { onDone: () => setAddress(undefined) })
  const problem = make.problem ?? revoke.problem
  return (
    <DeskCard title={t('calendar.address')} pad>
      <p>{t('calendar.what')}</p>
      {problem && <p role="alert">{problemText(problem)}</p>}
      {address && (
        <div className={styles.address}>
          <label>
            {t('calendar.copy')}
            <input readOnly value={address} onFocus={(event) => event.target.select()} />
          </label>
          <DeskButton
            icon="copy"
            onClick={() => void navigator.clipboard?.writeText(address).then(() => showToast(t('calendar.copied')))}
          >
            {t('calendar.doCopy')}
          </DeskButton>
        </div>
      )}
      {subscribedAt && !address && (
        <p>
          {t('calendar.since')} <InstantText instant={subscribedAt} style="compact" />
        </p>
      )}
      <p className={styles.buttons}>
        <DeskButton icon="link" busy={make.pending} onClick={() => void make.act({})}>
          {t(subscribedAt ? 'calendar.renew' : 'delivery:verbs.subscribeCalendar')}
        </DeskButton>
        {subscribedAt && (
          <DeskButton kind="danger" icon="trash" busy={revoke.pending} onClick={() => void revoke.act({})}>
            {t('delivery:verbs.revokeCalendar')}
          </DeskButton>
        )}
      </p>
    </DeskCard>
  )
}

const places = { group: '/desk/groups', case: '/desk/cases', occasion: '/desk/occasions' } as const

export default function CalendarPage() {
  const { t } = useTranslation(['delivery', 'cases'])
  const { data, error, refetch } = useAsk(getCalendar, {})
  return (
    <DeskPage title={t('verbs.getCalendar')} note={t('cases:calendar.note')}>
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={6} />
      ) : (
        <div className={styles.calendar}>
          <DeskCard title={t('cases:calendar.planned')}>
            {data.entries.length === 0 ? (
              <EmptyState icon="calendar" title={t('cases:calendar.empty')} next={t('cases:calendar.emptyNext')} />
            ) : (
              <ol className={styles.entries}>
                {data.entries.map((entry) => (
                  <li key={`${entry.record}-${entry.from}`}>
                    <InstantText instant={entry.from} style="compact" />
                    <div>
                      <Go to={`${places[entry.kind]}/${entry.record}`}>
                        {entry.kind === 'group'
                          ? t('calendar.session', { title: entry.title ?? '', n: entry.position ?? 0 })
                          : (entry.title ?? t('calendar.meeting'))}
                      </Go>
                      {entry.place && <span>{entry.place}</span>}
                    </div>
                  </li>
                ))}
              </ol>
            )}
          </DeskCard>
          <Address subscribedAt={data.subscribedAt} />
        </div>
      )}
    </DeskPage>
  )
}
