// Another secret for a system or program that signs in here, confirmed with one's own second factor.
import type { Problem } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import styles from './identity.module.css'
import { NeedsFactor } from './NeedsFactor.tsx'

type Props = {
  readonly title: string
  readonly what: string
  readonly verb: string
  readonly busy: boolean
  readonly problem: Problem | undefined
  readonly onConfirm: () => void
  readonly onClose: () => void
}

export function RotateDialog({ title, what, verb, busy, problem, onConfirm, onClose }: Props) {
  const problemText = useProblemText()
  return (
    <DeskDialog title={title} onClose={onClose}>
      <NeedsFactor>
        <p className={styles.what}>{what}</p>
        {problem && (
          <p className={styles.problem} role="alert">
            {problemText(problem)}
          </p>
        )}
        <DeskButton kind="primary" busy={busy} onClick={onConfirm}>
          {verb}
        </DeskButton>
      </NeedsFactor>
    </DeskDialog>
  )
}
