// A motion's meeting on its day: the screen for the hall, checking in, agenda with minutes, the paper ballots counted twice.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { closeCheckIn, getMeetingDay, openCheckIn } from '../../../loop/deliberation/contract/meeting.ts'
import { getMotion } from '../../../loop/deliberation/contract.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { AgendaCard } from './AgendaCard.tsx'
import { HallScreen } from './HallScreen.tsx'
import styles from './meeting.module.css'
import type { DeskMotion } from './motion-words.tsx'
import { PaperCard } from './PaperCard.tsx'

export type MeetingDay = NonNullable<OutputOf<typeof getMeetingDay>['day']>

/** People come in while it is looked at. */
const everyMs = 5000

function CheckInCard({ motion, day }: { readonly motion: DeskMotion; readonly day: MeetingDay }) {
  const { t } = useTranslation('deliberation')
  const problemText = useProblemText()
  const options = {
    onProblem: (problem: Parameters<typeof problemText>[0]) => showToast(problemText(problem), 'problem'),
  }
  const open = useAct(openCheckIn, options)
  const close = useAct(closeCheckIn, options)
  const params = { id: motion.id }
  const { checkIn } = day
  return (
    <DeskCard title={t('day.checkIn')} pad>
      <div className={styles.row}>
        <p>
          {t('day.came', { count: checkIn.counted })}
          {checkIn.others > 0 && t('day.others', { count: checkIn.others })}
        </p>
        {checkIn.open ? (
          <DeskButton busy={close.pending} onClick={() => void close.act({ params })}>
            {t('verbs.closeCheckIn')}
          </DeskButton>
        ) : (
          <DeskButton
            kind={day.running ? 'primary' : 'plain'}
            icon="play"
            off={!day.running}
            busy={open.pending}
            describedBy="check-in-note"
            onClick={() => void open.act({ params })}
          >
            {t('verbs.openCheckIn')}
          </DeskButton>
        )}
      </div>
      <p id="check-in-note" className={styles.note}>
        {t(day.running ? 'day.checkInNote' : 'day.notRunning')}
      </p>
    </DeskCard>
  )
}

function Meeting({ motion, day }: { readonly motion: DeskMotion; readonly day: MeetingDay }) {
  const { t } = useTranslation(['deliberation', 'frame'])
  const [shown, setShown] = useState(false)
  return (
    <DeskPage
      title={t('day.title')}
      note={
        <>
          {motion.number} {motion.title} · <DateText date={day.on} style="weekday" /> · {day.place}
        </>
      }
      actions={
        <>
          <DeskButton icon="back" to={`/desk/deliberation/${motion.id}`}>
            {t('day.toMotion')}
          </DeskButton>
          <DeskButton
            // One teal button at a time: first people check in, then the hall sees it.
            kind={day.running && !day.checkIn.open ? 'plain' : 'primary'}
            icon="wall"
            onClick={() => setShown(true)}
          >
            {t('day.project')}
          </DeskButton>
        </>
      }
    >
      <div className={styles.desk}>
        <div className={styles.stack}>
          <CheckInCard motion={motion} day={day} />
          <PaperCard motion={motion} day={day} />
        </div>
        <AgendaCard motion={motion} day={day} />
      </div>
      {shown && <HallScreen motion={motion} day={day} onClose={() => setShown(false)} />}
    </DeskPage>
  )
}

export default function MeetingPage() {
  const { t } = useTranslation('deliberation')
  const { id = '' } = useParams({ strict: false })
  const motion = useAsk(getMotion, { params: { id } })
  const { data, error, refetch } = useAsk(getMeetingDay, { params: { id } }, { refetchInterval: everyMs })
  const failed = motion.error ?? (data ? undefined : error)
  if (failed)
    return (
      <ErrorState
        problem={problemOf(failed)}
        onRetry={() => {
          void motion.refetch()
          void refetch()
        }}
      />
    )
  if (!motion.data || !data) return <Skeleton rows={12} />
  if (!data.day)
    return (
      <DeskPage title={t('day.title')} note={motion.data.title}>
        <EmptyState icon="calendar" title={t('day.none')} next={t('day.noneNext')} />
      </DeskPage>
    )
  return <Meeting motion={motion.data} day={data.day} />
}
