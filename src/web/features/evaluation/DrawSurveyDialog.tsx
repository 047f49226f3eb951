// Drawing a survey's sample: the evaluator's browser adds its random number to the frozen list, and the evaluator keeps what proves it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getEvaluation } from '../../../loop/evaluation/contract.ts'
import { drawSurvey, getSurvey } from '../../../loop/evaluation/contract/surveys.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { saveJson } from '../../ui/shared/save-file.ts'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Prints } from './Prints.tsx'
import styles from './evaluation.module.css'

const makeNonce = () =>
  [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export function DrawSurveyDialog({
  evaluation,
  survey,
  onClose,
}: {
  readonly evaluation: OutputOf<typeof getEvaluation>
  readonly survey: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation('evaluation')
  const problemText = useProblemText()
  const [nonce] = useState(makeNonce)
  const [size, setSize] = useState<number>()
  const { data, error, refetch } = useAsk(getSurvey, { params: { id: survey } })
  const { act, pending, problem } = useAct(drawSurvey, { onDone: (drawn) => setSize(drawn.size) })
  const { commitment = '', populationHash = '', population = 0 } = data ?? {}
  const keep = () => {
    const receipt = { survey, commitment, populationHash, nonce, population, size }
    saveJson(t('draw.receiptFile', { number: evaluation.number }), receipt)
  }
  const foot =
    size === undefined ? (
      <>
        <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
        <DeskButton
          kind="primary"
          busy={pending}
          off={data === undefined}
          onClick={() =>
            void act(
              { params: { id: evaluation.id }, body: { nonce, populationHash } },
              { ifMatch: String(evaluation.version) },
            )
          }
        >
          {t('verbs.drawSurvey')}
        </DeskButton>
      </>
    ) : (
      <>
        <DeskButton onClick={onClose}>{t('frame:close')}</DeskButton>
        <DeskButton kind="primary" icon="down" onClick={keep}>
          {t('draw.keep')}
        </DeskButton>
      </>
    )
  return (
    <DeskDialog title={t('verbs.drawSurvey')} onClose={onClose} foot={foot}>
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : (
        <>
          <p className={styles.hint} role="status">
            {size === undefined
              ? t('draw.hint', { population, sample: Math.min(data.terms.sample, population) })
              : t('draw.done', { size })}
          </p>
          <Prints
            prints={[
              ['commitment', commitment],
              ['listHash', populationHash],
              ['nonce', nonce],
            ]}
          />
        </>
      )}
      {problem && (
        <p role="alert" className={styles.problem}>
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}
