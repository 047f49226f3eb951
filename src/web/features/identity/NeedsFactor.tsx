// What stands behind the second factor: asks for the code first when it was not confirmed within the last minutes.
import { Input } from 'antd'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, problemOf } from '../../app/problem.ts'
import { confirmSecondFactor, useSession } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import styles from './identity.module.css'

export function NeedsFactor({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('frame')
  const id = useId()
  const problemText = useProblemText()
  const { secondFactorUntil } = useSession()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  // sessions and second factors keep real time, so the device's clock is the one to ask
  if (secondFactorUntil !== undefined && Date.parse(secondFactorUntil) > Date.now()) return children
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await confirmSecondFactor(code)
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <p className={styles.what}>{t('factor.what')}</p>
      <label htmlFor={id}>
        {t('factor.code')}
        <Input
          id={id}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          maxLength={6}
          value={code}
          onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
        />
      </label>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
      <div>
        <DeskButton kind="primary" type="submit" busy={busy} off={code.length !== 6}>
          {t('factor.go')}
        </DeskButton>
      </div>
    </form>
  )
}
