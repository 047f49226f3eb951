// The agenda with the minutes under each item: written by one officer, and never over what another has written meanwhile.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { setAgenda } from '../../../loop/deliberation/contract/meeting.ts'
import { useAct } from '../../app/act.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import type { MeetingDay } from './MeetingPage.tsx'
import styles from './meeting.module.css'
import type { DeskMotion } from './motion-words.tsx'

type Line = { readonly key: number; readonly title: string; readonly minutes: string }
type Draft = { readonly version: number; readonly lines: readonly Line[] }

const mostItems = 20

function draftOf(day: MeetingDay): Draft {
  const lines = day.agenda.map((item, key) => ({ key, title: item.title, minutes: item.minutes ?? '' }))
  return { version: day.version, lines: lines.length > 0 ? lines : [{ key: 0, title: '', minutes: '' }] }
}

export function AgendaCard({ motion, day }: { readonly motion: DeskMotion; readonly day: MeetingDay }) {
  const { t } = useTranslation(['deliberation', 'frame'])
  const problemText = useProblemText()
  // While somebody writes, what comes from the server waits; unwritten, it is shown as it is.
  const [draft, setDraft] = useState<Draft>()
  const { act, pending, problem, reset } = useAct(setAgenda, {
    onDone: () => {
      setDraft(undefined)
      showToast(t('day.saved'))
    },
  })
  const fixed = motion.state !== 'voting' || (motion.meeting?.recorded ?? false)
  const { version, lines } = draft ?? draftOf(day)
  const change = (next: readonly Line[]) => setDraft({ version, lines: next })
  const put = (key: number, part: Partial<Line>) =>
    change(lines.map((line) => (line.key === key ? { ...line, ...part } : line)))
  const move = (index: number, by: number) => {
    const next = [...lines]
    const [line] = next.splice(index, 1)
    if (line) next.splice(index + by, 0, line)
    change(next)
  }
  const items = lines
    .map((line) => ({ title: line.title.trim(), minutes: line.minutes.trim() || undefined }))
    .filter((line) => line.title !== '' || line.minutes !== undefined)
  const short = items.length === 0 || items.some((item) => item.title.length < 2)
  if (fixed)
    return (
      <DeskCard title={t('day.agenda')} pad>
        {day.agenda.length === 0 && <p className={styles.note}>{t('day.noAgenda')}</p>}
        <ol className={styles.read}>
          {day.agenda.map((item, index) => (
            <li key={`${index}-${item.title}`}>
              <b data-quote>{item.title}</b>
              {item.minutes && <p data-quote>{item.minutes}</p>}
            </li>
          ))}
        </ol>
      </DeskCard>
    )
  return (
    <DeskCard
      title={t('day.agenda')}
      extra={
        <DeskButton
          small
          kind="primary"
          busy={pending}
          off={draft === undefined || short}
          describedBy="agenda-note"
          onClick={() => void act({ params: { id: motion.id }, body: { items } }, { ifMatch: String(version) })}
        >
          {t('day.save')}
        </DeskButton>
      }
      pad
    >
      <ol className={styles.lines}>
        {lines.map((line, index) => (
          <li key={line.key}>
            <div className={styles.line}>
              <Input
                aria-label={t('day.item', { n: index + 1 })}
                placeholder={t('day.itemExample')}
                maxLength={60}
                value={line.title}
                onChange={(event) => put(line.key, { title: event.target.value })}
              />
              <DeskButton
                bare
                kind="quiet"
                icon="up"
                label={t('day.up', { n: index + 1 })}
                off={index === 0}
                onClick={() => move(index, -1)}
              />
              <DeskButton
                bare
                kind="quiet"
                icon="trash"
                label={t('day.drop', { n: index + 1 })}
                off={lines.length === 1}
                onClick={() => change(lines.filter((each) => each.key !== line.key))}
              />
            </div>
            <Input.TextArea
              aria-label={t('day.minutesOf', { n: index + 1 })}
              placeholder={t('day.minutesExample')}
              rows={2}
              maxLength={2000}
              value={line.minutes}
              onChange={(event) => put(line.key, { minutes: event.target.value })}
            />
          </li>
        ))}
      </ol>
      <div className={styles.row}>
        <DeskButton
          small
          icon="plus"
          off={lines.length >= mostItems}
          onClick={() =>
            change([...lines, { key: Math.max(...lines.map((line) => line.key)) + 1, title: '', minutes: '' }])
          }
        >
          {t('day.addItem')}
        </DeskButton>
        <span id="agenda-note" className={styles.note}>
          {t(draft ? (short ? 'day.shortTitle' : 'day.unsaved') : 'day.agendaNote')}
        </span>
      </div>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}{' '}
          {problem.status === 412 && (
            <DeskButton
              small
              onClick={() => {
                setDraft(undefined)
                reset()
              }}
            >
              {t('day.takeTheirs')}
            </DeskButton>
          )}
        </p>
      )}
    </DeskCard>
  )
}
