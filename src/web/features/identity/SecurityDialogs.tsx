// Dialogs of my sign-in: another password, another authenticator.
import { Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { QrText } from '../../ui/shared/QrText.tsx'
import styles from './identity.module.css'

type PasswordProps = {
  readonly busy: boolean
  readonly problem?: Problem
  readonly onSave: (current: string, next: string) => void
  readonly onClose: () => void
}

export function PasswordDialog({ busy, problem, onSave, onClose }: PasswordProps) {
  const { t } = useTranslation(['identity', 'frame'])
  const id = useId()
  const problemText = useProblemText()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const ready = current !== '' && next.length >= 10
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onSave(current, next)
  }
  return (
    <DeskDialog
      title={t('verbs.changePassword')}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton kind="primary" busy={busy} off={!ready} onClick={() => onSave(current, next)}>
            {t('frame:save')}
          </DeskButton>
        </>
      }
    >
      <form className={styles.form} onSubmit={submit}>
        <label htmlFor={`${id}-current`}>
          {t('fields.current')}
          <Input
            id={`${id}-current`}
            type="password"
            autoComplete="current-password"
            autoFocus
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </label>
        <label htmlFor={`${id}-next`}>
          {t('fields.next')}
          <Input
            id={`${id}-next`}
            type="password"
            autoComplete="new-password"
            value={next}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setNext(event.target.value)}
          />
        </label>
        <small id={`${id}-hint`} className={styles.hint}>
          {t('me.passwordHint')}
        </small>
        <button type="submit" hidden />
      </form>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}

type TotpProps = {
  readonly secret: string
  readonly uri: string
  readonly busy: boolean
  readonly problem?: Problem
  readonly onCode: (code: string) => void
  readonly onClose: () => void
}

export function TotpDialog({ secret, uri, busy, problem, onCode, onClose }: TotpProps) {
  const { t } = useTranslation(['identity', 'frame'])
  const id = useId()
  const problemText = useProblemText()
  const [code, setCode] = useState('')
  const ready = code.length === 6
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onCode(code)
  }
  return (
    <DeskDialog
      title={t('verbs.beginTotp')}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton kind="primary" busy={busy} off={!ready} onClick={() => onCode(code)}>
            {t('verbs.finishTotp')}
          </DeskButton>
        </>
      }
    >
      <p className={styles.what}>{t('me.scan')}</p>
      <div className={styles.enrol}>
        <QrText text={uri} label={t('me.scanLabel')} size={152} />
        <p>
          {t('me.secret')}
          <b>{secret}</b>
        </p>
      </div>
      <form className={styles.form} onSubmit={submit}>
        <label htmlFor={id}>
          {t('me.firstCode')}
          <Input
            id={id}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          />
        </label>
        <button type="submit" hidden />
      </form>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}
