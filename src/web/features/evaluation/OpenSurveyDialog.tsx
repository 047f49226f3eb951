// Opening the survey: the list of those who are to be asked is frozen; of a long one the evaluator draws next.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getEvaluation } from '../../../loop/evaluation/contract.ts'
import { openSurvey } from '../../../loop/evaluation/contract/surveys.ts'
import { useAct } from '../../app/act.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import styles from './evaluation.module.css'

export function OpenSurveyDialog({
  evaluation,
  onClose,
}: {
  readonly evaluation: OutputOf<typeof getEvaluation>
  readonly onClose: () => void
}) {
  const { t } = useTranslation('evaluation')
  const problemText = useProblemText()
  const { act, pending, problem } = useAct(openSurvey, {
    onDone: () => {
      showToast(t('survey.opened'))
      onClose()
    },
  })
  return (
    <DeskDialog
      title={t('verbs.openSurvey')}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton
            kind="primary"
            busy={pending}
            onClick={() => void act({ params: { id: evaluation.id } }, { ifMatch: String(evaluation.version) })}
          >
            {t('verbs.openSurvey')}
          </DeskButton>
        </>
      }
    >
      <p className={styles.hint}>{t('survey.openHint')}</p>
      <ol className={styles.questions}>
        {evaluation.items.flatMap((item) =>
          (item.questions ?? []).map((question) => (
            <li key={question}>{t('frame:list.named', { name: item.name, value: question })}</li>
          )),
        )}
      </ol>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}
