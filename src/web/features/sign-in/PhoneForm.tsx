// Phone number and the code from the text message.
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, problemOf } from '../../app/problem.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { askPhoneCode, enterByPhone } from './sign-in.ts'
import styles from './sign-in.module.css'

export function PhoneForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('sign-in')
  const problemText = useProblemText()
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [wait, setWait] = useState(0)
  const [demoCode, setDemoCode] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const digits = phone.replace(/\D/g, '')
  useEffect(() => {
    if (wait <= 0) return undefined
    const timer = setTimeout(() => setWait(wait - 1), 1000)
    return () => clearTimeout(timer)
  }, [wait])
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  const ask = () =>
    attempt(async () => {
      const answer = await askPhoneCode(digits)
      setWait(answer.waitSeconds)
      setDemoCode(answer.demoCode)
    })
  const enter = (typed: string) =>
    attempt(async () => {
      await enterByPhone(digits, typed)
      onDone()
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void enter(code.trim())
  }
  // the sixth digit is as good as a tap on the button
  const type = (typed: string) => {
    setCode(typed)
    if (/^\d{6}$/.test(typed.trim()) && digits.length === 11 && !busy) void enter(typed.trim())
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextField
        label={t('phone')}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={16}
        value={phone}
        onChange={setPhone}
      />
      <div className={styles.code}>
        <TextField
          label={t('code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={type}
          help={demoCode ? t('demoCode', { code: demoCode }) : undefined}
        />
        <Button kind="second" disabled={digits.length !== 11 || wait > 0 || busy} onClick={() => void ask()}>
          {wait > 0 ? t('again', { count: wait }) : t('getCode')}
        </Button>
      </div>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
      <div className={styles.go}>
        <Button kind="primary" type="submit" busy={busy} disabled={digits.length !== 11 || code.trim().length !== 6}>
          {t('go')}
        </Button>
      </div>
      <p className={styles.note}>{t('phoneNote')}</p>
    </form>
  )
}
