// What the hall sees: the question, the agenda, how many came of those needed, and the code to check in by, over the whole screen.
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { getCheckInCode } from '../../../loop/deliberation/contract/meeting.ts'
import { useAsk } from '../../app/ask.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { Meter } from '../../ui/shared/Meter.tsx'
import { QrText } from '../../ui/shared/QrText.tsx'
import type { MeetingDay } from './MeetingPage.tsx'
import styles from './meeting.module.css'
import type { DeskMotion } from './motion-words.tsx'

type Props = { readonly motion: DeskMotion; readonly day: MeetingDay; readonly onClose: () => void }

function Code({ motion }: { readonly motion: DeskMotion }) {
  const { t } = useTranslation('deliberation')
  const { data } = useAsk(getCheckInCode, { params: { id: motion.id } }, { refetchInterval: 5000, staleTime: 0 })
  if (!data) return <p className={styles.wait}>{t('day.codeComes')}</p>
  const address = `${window.location.origin}/motions/${motion.id}/check-in?code=${data.code}`
  return (
    <div className={styles.codeBox}>
      <div className={styles.qr}>
        <QrText text={address} label={t('day.qr')} size={320} />
      </div>
      <p className={styles.scan}>{t('day.scan')}</p>
      <p className={styles.code} aria-label={t('day.codeIs', { code: data.code.split('').join(' ') })} role="img">
        <span>{data.code.slice(0, 3)}</span>
        <span>{data.code.slice(3)}</span>
      </p>
      <p className={styles.codeNote}>{t('day.codeNote')}</p>
    </div>
  )
}

/** Over everything, by the browser's own dialog; Escape or the button ends it. */
export function HallScreen({ motion, day, onClose }: Props) {
  const { t } = useTranslation('deliberation')
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Where the browser grants it the bars go too; refused, the page alone is covered.
    element?.requestFullscreen?.().catch(() => {})
    document.documentElement.classList.add('modal-open')
    return () => {
      document.documentElement.classList.remove('modal-open')
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => {})
      element?.close()
    }
  }, [])
  const { checkIn } = day
  return (
    <dialog
      ref={dialog}
      className={styles.hall}
      aria-label={t('day.hall')}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header>
        <div>
          <p>
            {motion.divisionName} · <DateText date={day.on} style="weekday" /> · {day.place}
          </p>
          <h2 data-quote>{motion.title}</h2>
        </div>
        <DeskButton icon="close" onClick={onClose}>
          {t('day.endProject')}
        </DeskButton>
      </header>
      <div className={styles.stage} data-code={checkIn.open || undefined}>
        <section>
          <h3>{t('fields.items')}</h3>
          {day.agenda.length === 0 ? (
            <p className={styles.wait}>{t('day.noAgenda')}</p>
          ) : (
            <ol>
              {day.agenda.map((item, index) => (
                <li key={`${index}-${item.title}`} data-quote>
                  {item.title}
                </li>
              ))}
            </ol>
          )}
        </section>
        {checkIn.open && <Code motion={motion} />}
      </div>
      <footer>
        <p>
          {t('day.hallCame')} <b>{checkIn.counted}</b> {t('day.hallPeople')}
          <span>{t('day.hallQuorum', { quorum: day.quorum, eligible: day.eligible })}</span>
        </p>
        <Meter
          value={checkIn.counted}
          max={day.eligible}
          mark={day.quorum}
          height={18}
          label={t('day.meter', { count: checkIn.counted, quorum: day.quorum, eligible: day.eligible })}
        />
      </footer>
    </dialog>
  )
}
