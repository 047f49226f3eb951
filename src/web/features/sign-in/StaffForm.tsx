// Account and password, then the second factor; or a passkey alone.
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, problemOf } from '../../app/problem.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { confirmByTotp, signInByPasskey, signInByPassword } from './sign-in.ts'
import styles from './sign-in.module.css'

export function StaffForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('sign-in')
  const problemText = useProblemText()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [second, setSecond] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const attempt = async (work: () => Promise<boolean>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      if (await work()) onDone()
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt(async () => {
      if (second) {
        await confirmByTotp(code.trim())
        return true
      }
      const answer = await signInByPassword(account.trim(), password)
      setSecond(answer.secondFactor)
      return !answer.secondFactor
    })
  }
  const passkey = () =>
    attempt(async () => {
      await signInByPasskey()
      return true
    })
  return (
    <form onSubmit={submit} noValidate>
      {second ? (
        <TextField label={t('totp')} help={t('totpHelp')} inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus value={code} onChange={setCode} />
      ) : (
        <>
          <TextField label={t('account')} autoComplete="username" maxLength={64} value={account} onChange={setAccount} />
          <TextField label={t('password')} type="password" autoComplete="current-password" maxLength={128} value={password} onChange={setPassword} />
        </>
      )}
      {problem && <p className={styles.problem} role="alert">{problemText(problem)}</p>}
      <div className={styles.go}><Button kind="primary" type="submit" busy={busy} disabled={second ? code.trim().length !== 6 : account === '' || password === ''}>{t('go')}</Button></div>
      {!second && <div className={styles.go}><Button kind="plain" wide icon="key" disabled={busy} onClick={() => void passkey()}>{t('passkey')}</Button></div>}
      {second && <div className={styles.go}><Button kind="quiet" wide onClick={() => setSecond(false)}>{t('startOver')}</Button></div>}
    </form>
  )
}
