// Supporting a need, or taking the support back; whoever is not signed in signs in first and comes back.
import { useTranslation } from 'react-i18next'
import { retractSupport, supportNeed } from '../../../../loop/needs/contract.ts'
import { useAct } from '../../../app/act.ts'
import type { Problem } from '../../../app/problem.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import type { NeedView } from './NeedBand.tsx'
import { useSignedIn } from './signed.ts'

export function SupportDock({ need }: { readonly need: NeedView }) {
  const { t } = useTranslation('needs')
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const onProblem = (problem: Problem) => showToast(problemText(problem), 'problem')
  const support = useAct(supportNeed, { onDone: () => showToast(t('resident.raise.supported')), onProblem })
  const retract = useAct(retractSupport, { onDone: () => showToast(t('resident.retracted')), onProblem })
  const params = { id: need.id }
  if (need.supported)
    return (
      <Button kind="second" wide icon="check" busy={retract.pending} onClick={() => void retract.act({ params })}>
        {t('resident.supportedAlready')}
      </Button>
    )
  return (
    <Button
      kind="primary"
      icon="hand"
      busy={support.pending}
      onClick={() => (signedIn ? void support.act({ params }) : signIn())}
    >
      {t(signedIn ? 'resident.supportToo' : 'resident.signInToSupport')}
    </Button>
  )
}
