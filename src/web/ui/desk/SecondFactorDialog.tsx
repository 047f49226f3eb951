// Asks for the 6 digits of the authenticator before signing or paying.
import { Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../app/problem.ts'
import { useProblemText } from '../shared/ErrorState.tsx'
import { DeskButton } from './DeskButton.tsx'
import { DeskDialog } from './DeskDialog.tsx'
import styles from './forms.module.css'

type Props = {
  /** What is being confirmed: "签订合同 合2026-0017". */
  readonly what?: string
  readonly busy?: boolean
  readonly problem?: Problem
  readonly onCode: (code: string) => void
  readonly onClose: () => void
}

export function SecondFactorDialog({ what, busy, problem, onCode, onClose }: Props) {
  const { t } = useTranslation('frame')
  const id = useId()
  const problemText = useProblemText()
  const [code, setCode] = useState('')
  const ready = /^\d{6}$/.test(code)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready && !busy) onCode(code)
  }
  return (
    <DeskDialog
      title={t('factor.title')}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('cancel')}</DeskButton>
          <DeskButton kind="primary" busy={busy} off={!ready} onClick={() => onCode(code)}>
            {t('factor.go')}
          </DeskButton>
        </>
      }
    >
      {what && (
        <p className={styles.what}>
          <b>{what}</b>
        </p>
      )}
      <form className={styles.reason} onSubmit={submit}>
        <label htmlFor={id}>{t('factor.code')}</label>
        <Input
          id={id}
          className={styles.code}
          size="large"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          autoFocus
          value={code}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
        />
        <small id={`${id}-hint`}>{t('factor.what')}</small>
      </form>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}
