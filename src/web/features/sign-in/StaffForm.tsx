// Staff sign-in: account and password, then the second factor; a passkey alone; or setting both after a one-time code.
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, problemOf } from '../../app/problem.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { QrText } from '../../ui/shared/QrText.tsx'
import { beginEnrolling, enterByPasskey, enterByPassword, enterByTotp, finishEnrolling } from './sign-in.ts'
import styles from './sign-in.module.css'

type Step =
  | { readonly name: 'password' }
  | { readonly name: 'second'; readonly ticket: string; readonly passkey: boolean }
  | { readonly name: 'set-password'; readonly ticket: string }
  | { readonly name: 'set-authenticator'; readonly ticket: string; readonly secret: string; readonly uri: string }

export function StaffForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('sign-in')
  const problemText = useProblemText()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [step, setStep] = useState<Step>({ name: 'password' })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()

  /** One step; answers the next one, or nothing when signed in. */
  const forward = async (): Promise<Step | undefined> => {
    switch (step.name) {
      case 'password': {
        const { next, ticket, passkey } = await enterByPassword(account.trim(), password)
        setPassword('')
        return next === 'must-set' ? { name: 'set-password', ticket } : { name: 'second', ticket, passkey }
      }
      case 'set-password': {
        const { secret, uri } = await beginEnrolling(step.ticket, password)
        return { name: 'set-authenticator', ticket: step.ticket, secret, uri }
      }
      case 'second':
        return void (await enterByTotp(step.ticket, code.trim()))
      case 'set-authenticator':
        return void (await finishEnrolling(step.ticket, code.trim()))
    }
  }
  const attempt = async (work: () => Promise<Step | undefined>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const next = await work()
      if (next) setStep(next)
      else onDone()
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  const passkey = (ticket?: string) => attempt(async () => void (await enterByPasskey(ticket)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt(forward)
  }
  const asksCode = step.name === 'second' || step.name === 'set-authenticator'
  const ready = asksCode
    ? code.trim().length === 6
    : password !== '' && (step.name !== 'password' || account.trim() !== '')
  return (
    <form onSubmit={submit} noValidate>
      {step.name === 'password' && (
        <>
          <TextField
            label={t('account')}
            autoComplete="username"
            maxLength={60}
            value={account}
            onChange={setAccount}
          />
          <TextField
            label={t('password')}
            type="password"
            autoComplete="current-password"
            maxLength={200}
            value={password}
            onChange={setPassword}
          />
        </>
      )}
      {step.name === 'set-password' && (
        <TextField
          label={t('newPassword')}
          help={t('newPasswordHelp')}
          type="password"
          autoComplete="new-password"
          maxLength={200}
          autoFocus
          value={password}
          onChange={setPassword}
        />
      )}
      {step.name === 'set-authenticator' && (
        <div className={styles.enrol}>
          <p>{t('scan')}</p>
          <QrText text={step.uri} label={t('scanLabel')} />
          <p>
            {t('secret')}
            <b>{step.secret}</b>
          </p>
        </div>
      )}
      {asksCode && (
        <TextField
          key={step.name}
          label={t('totp')}
          help={t('totpHelp')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          autoFocus
          value={code}
          onChange={setCode}
        />
      )}
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
      <div className={styles.go}>
        <Button kind="primary" type="submit" busy={busy} disabled={!ready}>
          {t(step.name === 'set-password' ? 'goOn' : 'go')}
        </Button>
      </div>
      {step.name === 'password' && (
        <div className={styles.go}>
          <Button kind="plain" wide icon="key" disabled={busy} onClick={() => void passkey()}>
            {t('passkey')}
          </Button>
        </div>
      )}
      {step.name === 'second' && step.passkey && (
        <div className={styles.go}>
          <Button kind="plain" wide icon="key" disabled={busy} onClick={() => void passkey(step.ticket)}>
            {t('passkeySecond')}
          </Button>
        </div>
      )}
      {step.name !== 'password' && (
        <div className={styles.go}>
          <Button kind="quiet" wide onClick={() => setStep({ name: 'password' })}>
            {t('startOver')}
          </Button>
        </div>
      )}
    </form>
  )
}
