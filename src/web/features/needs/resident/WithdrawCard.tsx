// Taking one's own need back; asks once.
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withdrawNeed } from '../../../../loop/needs/contract.ts'
import { useAct } from '../../../app/act.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import styles from './need.module.css'

const Dialog = lazy(() => import('../../../ui/resident/Dialog.tsx').then((module) => ({ default: module.Dialog })))

export function WithdrawCard({ id }: { readonly id: string }) {
  const { t } = useTranslation('needs')
  const problemText = useProblemText()
  const [asking, setAsking] = useState(false)
  const { act, pending } = useAct(withdrawNeed, {
    onDone: () => {
      setAsking(false)
      showToast(t('resident.withdraw.done'))
    },
    onProblem: (problem) => showToast(problemText(problem), 'problem'),
  })
  return (
    <div className={styles.withdraw}>
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {t('resident.withdraw.open')}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <Dialog
            title={t('resident.withdraw.title')}
            onClose={() => setAsking(false)}
            foot={
              <>
                <Button kind="plain" onClick={() => setAsking(false)}>
                  {t('resident.withdraw.no')}
                </Button>
                <Button kind="danger" busy={pending} onClick={() => void act({ params: { id } })}>
                  {t('resident.withdraw.yes')}
                </Button>
              </>
            }
          >
            {t('resident.withdraw.note')}
          </Dialog>
        </Suspense>
      )}
    </div>
  )
}
