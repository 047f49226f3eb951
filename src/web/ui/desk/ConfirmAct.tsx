// Asks once before an act that cannot simply be taken back, with a reason where the rule wants one.
import { Input } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../app/problem.ts'
import { useProblemText } from '../shared/ErrorState.tsx'
import { DeskButton } from './DeskButton.tsx'
import { DeskDialog } from './DeskDialog.tsx'
import styles from './forms.module.css'
import { OptionalMark } from '../shared/Aside.tsx'

type Props = {
  /** "不予受理这件需求？" */
  readonly title: string
  /** What will happen, in a sentence. */
  readonly what?: ReactNode
  /** Word of the button, the verb itself: "不予受理". */
  readonly verb: string
  readonly danger?: boolean
  readonly reason?: 'required' | 'optional'
  /** Most characters of the reason; 500 unless told. */
  readonly longest?: number
  readonly busy?: boolean
  readonly problem?: Problem
  readonly onConfirm: (reason: string) => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

export function ConfirmAct({
  title,
  what,
  verb,
  danger,
  reason,
  longest = 500,
  busy,
  problem,
  onConfirm,
  onClose,
  children,
}: Props) {
  const { t } = useTranslation('frame')
  const id = useId()
  const problemText = useProblemText()
  const [text, setText] = useState('')
  const lacking = reason === 'required' && text.trim() === ''
  return (
    <DeskDialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('cancel')}</DeskButton>
          <DeskButton
            kind={danger ? 'danger' : 'primary'}
            busy={busy}
            off={lacking}
            onClick={() => onConfirm(text.trim())}
          >
            {verb}
          </DeskButton>
        </>
      }
    >
      {what && <p className={styles.what}>{what}</p>}
      {children}
      {reason && (
        <div className={styles.reason}>
          <label htmlFor={id}>
            {t('confirmAct.reason')}
            {reason === 'optional' && <OptionalMark />}
          </label>
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={longest}
            value={text}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setText(event.target.value)}
          />
          <small id={`${id}-hint`}>{t('confirmAct.reasonHint')}</small>
        </div>
      )}
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}
