// Paper ballots: each of two officers enters the own count without seeing the other's; equal ones are the result.
import { InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { enterPaperCount } from '../../../loop/deliberation/contract/meeting.ts'
import { useAct } from '../../app/ask.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import type { MeetingDay } from './MeetingPage.tsx'
import styles from './meeting.module.css'
import type { DeskMotion } from './motion-words.tsx'

const kinds = ['for', 'against', 'abstain', 'invalid'] as const
type Kind = (typeof kinds)[number]
type Count = Readonly<Record<Kind, number | null>>

const nothing: Count = { for: null, against: null, abstain: null, invalid: null }

export function PaperCard({ motion, day }: { readonly motion: DeskMotion; readonly day: MeetingDay }) {
  const { t } = useTranslation('deliberation')
  const problemText = useProblemText()
  const [count, setCount] = useState(nothing)
  const { act, pending, problem } = useAct(enterPaperCount, {
    onDone: (answer) => {
      setCount(nothing)
      showToast(t(`paper.${answer.outcome}`), answer.outcome === 'unequal' ? 'problem' : 'done')
    },
  })
  const { paper } = day
  if (!paper) return null
  const { accepted } = paper
  if (accepted)
    return (
      <DeskCard title={t('paper.title')} extra={<Tag tone="done">{t('paper.accepted')}</Tag>} pad>
        <dl className={styles.counted}>
          {kinds.map((kind) => (
            <div key={kind}>
              <dt>{t(`fields.${kind}`)}</dt>
              <dd>{accepted[kind]}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.note}>{t('paper.acceptedNote')}</p>
      </DeskCard>
    )
  const recorded = motion.state !== 'voting' || (motion.meeting?.recorded ?? false)
  if (recorded) return null
  const body = { for: count.for, against: count.against, abstain: count.abstain, invalid: count.invalid }
  const whole = kinds.every((kind) => body[kind] !== null)
  const submit = () =>
    void act({
      params: { id: motion.id },
      body: { for: body.for ?? 0, against: body.against ?? 0, abstain: body.abstain ?? 0, invalid: body.invalid ?? 0 },
    })
  return (
    <DeskCard title={t('paper.title')} extra={<Tag>{t('paper.round', { n: paper.attempt })}</Tag>} pad>
      {paper.attempt > 1 && paper.entered === 0 && (
        <p className={styles.problem} role="alert">
          {t('paper.differed')}
        </p>
      )}
      {paper.mine ? (
        <p className={styles.note}>{t('paper.waiting')}</p>
      ) : (
        <>
          <p className={styles.note}>{t(paper.entered > 0 ? 'paper.other' : 'paper.note')}</p>
          <div className={styles.counts}>
            {kinds.map((kind) => (
              <label key={kind} htmlFor={`paper-${kind}`}>
                {t(`fields.${kind}`)}
                <InputNumber
                  id={`paper-${kind}`}
                  min={0}
                  max={100_000}
                  precision={0}
                  controls={false}
                  value={count[kind]}
                  onChange={(value) => setCount({ ...count, [kind]: value })}
                />
              </label>
            ))}
          </div>
          <DeskButton kind="plain" busy={pending} off={!whole} onClick={submit}>
            {t('verbs.enterPaperCount')}
          </DeskButton>
        </>
      )}
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </DeskCard>
  )
}
