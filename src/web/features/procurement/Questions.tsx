// Questions about a tender and their public answers; the procurer answers here.
import { Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { answerQuestion } from '../../../loop/procurement/contract/questions.ts'
import { useAct } from '../../app/act.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './matters.module.css'

type View = OutputOf<typeof getTender>

function AnswerDialog({
  tender,
  question,
  onClose,
}: {
  readonly tender: View
  readonly question: View['questions'][number]
  readonly onClose: () => void
}) {
  const { t } = useTranslation('procurement')
  const id = useId()
  const problemText = useProblemText()
  const [answer, setAnswer] = useState('')
  const { act, pending, problem } = useAct(answerQuestion, { onDone: onClose })
  return (
    <DeskDialog
      title={t('verbs.answerQuestion')}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton
            kind="primary"
            busy={pending}
            off={answer.trim().length < 2}
            onClick={() =>
              void act({ params: { id: tender.id, question: question.id }, body: { answer: answer.trim() } } as never)
            }
          >
            {t('questions.publish')}
          </DeskButton>
        </>
      }
    >
      <p className={styles.asked}>{question.words}</p>
      <label htmlFor={id} className={styles.label}>
        {t('fields.answer')}
      </label>
      <Input.TextArea
        id={id}
        rows={5}
        maxLength={3000}
        value={answer}
        onChange={(event) => setAnswer(event.target.value)}
      />
      <p className={styles.soft}>{t('questions.answerWhat')}</p>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}

export function Questions({ tender }: { readonly tender: View }) {
  const { t } = useTranslation('procurement')
  const [answering, setAnswering] = useState<string>()
  const may = tender.actions.some((action) => action.verb === 'answerQuestion' && action.ok)
  const chosen = tender.questions.find((each) => each.id === answering)
  return (
    <>
      {tender.questionsUntil && (
        <p className={styles.lead}>
          {t('questions.until')} <InstantText instant={tender.questionsUntil} style="full" />
          {t('frame:list.stop')}
          {t('questions.secret')}
        </p>
      )}
      {tender.questions.length === 0 ? (
        <EmptyState icon="chat" title={t('questions.none')} next={t('questions.noneNext')} />
      ) : (
        <ul className={styles.list}>
          {tender.questions.map((each) => (
            <li key={each.id}>
              <p className={styles.head}>
                <b>{t('questions.number', { n: each.number })}</b>
                {each.mine && <Tag tone="organization">{t('questions.mine')}</Tag>}
                {each.answeredAt ? (
                  <Tag tone="done" icon="check">
                    {t('states.answered')}
                  </Tag>
                ) : (
                  <DueLight due={each.due} />
                )}
                <InstantText instant={each.at} style="compact" />
              </p>
              <p className={styles.asked}>{each.words}</p>
              {each.answer && (
                <p className={styles.answer}>
                  <span>{t('fields.answer')}</span> {each.answer}
                  {each.answeredAt && (
                    <>
                      {' '}
                      <InstantText instant={each.answeredAt} style="compact" />
                    </>
                  )}
                </p>
              )}
              {may && !each.answeredAt && (
                <DeskButton small icon="pencil" onClick={() => setAnswering(each.id)}>
                  {t('verbs.answerQuestion')}
                </DeskButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {chosen && <AnswerDialog tender={tender} question={chosen} onClose={() => setAnswering(undefined)} />}
    </>
  )
}
