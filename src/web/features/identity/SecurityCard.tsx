// How I sign in: password, authenticator, passkeys; changing a factor asks for the present one first.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  beginTotp,
  changePassword,
  finishTotp,
  getSecurity,
  removePasskey,
} from '../../../foundation/identity/contract/credentials.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { call } from '../../app/client.ts'
import { type Problem, problemOf } from '../../app/problem.ts'
import { confirmSecondFactor } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { SecondFactorDialog } from '../../ui/desk/SecondFactorDialog.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { addPasskey } from './passkeys.ts'
import styles from './identity.module.css'
import { PasswordDialog, TotpDialog } from './SecurityDialogs.tsx'

/** Repeats an act once the second factor is confirmed. */
function useConfirmed() {
  const problemText = useProblemText()
  const [waiting, setWaiting] = useState<{ readonly run: () => Promise<void> }>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const attempt = async (run: () => Promise<void>) => {
    try {
      await run()
    } catch (error) {
      const faulty = problemOf(error)
      if (faulty.code === 'second-factor-needed') setWaiting({ run })
      else showToast(problemText(faulty), 'problem')
    }
  }
  const onCode = async (code: string) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await confirmSecondFactor(code)
      const run = waiting?.run
      setWaiting(undefined)
      if (run) await attempt(run)
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  const dialog: ReactNode = waiting && (
    <SecondFactorDialog
      busy={busy}
      problem={problem}
      onCode={(code) => void onCode(code)}
      onClose={() => setWaiting(undefined)}
    />
  )
  return { attempt, dialog }
}

export function SecurityCard() {
  const { t } = useTranslation('identity')
  const { data, refetch } = useAsk(getSecurity, {})
  const [changing, setChanging] = useState(false)
  const [enrolling, setEnrolling] = useState<{ readonly secret: string; readonly uri: string }>()
  const { attempt, dialog } = useConfirmed()
  const finish = useAct(finishTotp, {
    onDone: () => {
      setEnrolling(undefined)
      showToast(t('me.totpDone'))
    },
  })
  const password = useAct(changePassword, {
    onDone: () => {
      setChanging(false)
      showToast(t('me.passwordDone'))
    },
  })
  if (!data)
    return (
      <DeskCard title={t('me.security')}>
        <Skeleton rows={4} />
      </DeskCard>
    )
  const enrol = () => attempt(async () => setEnrolling(await call(beginTotp, {})))
  const add = () =>
    attempt(async () => {
      await addPasskey(t('me.thisComputer'))
      showToast(t('me.passkeyDone'))
      await refetch()
    })
  const remove = (id: string) =>
    attempt(async () => {
      await call(removePasskey, { body: { id } })
      showToast(t('me.passkeyGone'))
      await refetch()
    })
  return (
    <DeskCard
      title={t('me.security')}
      extra={
        data.account && (
          <span className={styles.hint}>
            {t('fields.account')} {data.account}
          </span>
        )
      }
    >
      <ul className={styles.rows}>
        <li>
          <b>{t('fields.password')}</b>
          <span>
            {data.passwordSince ? (
              <>
                {t('me.setOn')} <DateText date={data.passwordSince} style="iso" />
              </>
            ) : (
              t('me.notSet')
            )}
          </span>
          <DeskButton small onClick={() => setChanging(true)}>
            {t('verbs.changePassword')}
          </DeskButton>
        </li>
        <li>
          <b>{t('me.totp')}</b>
          <span>{t(data.totp ? 'me.on' : 'me.notSet')}</span>
          <DeskButton small onClick={() => void enrol()}>
            {t(data.totp ? 'verbs.beginTotp' : 'me.setTotp')}
          </DeskButton>
        </li>
        {data.passkeys.map((key) => (
          <li key={key.id}>
            <b>{key.label}</b>
            <span>
              {t('me.passkey')} · {t('me.since')} <DateText date={key.since} style="iso" />
            </span>
            <DeskButton small onClick={() => void remove(key.id)}>
              {t('verbs.removePasskey')}
            </DeskButton>
          </li>
        ))}
        <li>
          <b>{t('me.passkey')}</b>
          <span>{t('me.passkeyHint')}</span>
          <DeskButton small icon="plus" onClick={() => void add()}>
            {t('verbs.beginPasskey')}
          </DeskButton>
        </li>
      </ul>
      {dialog}
      {changing && (
        <PasswordDialog
          busy={password.pending}
          problem={password.problem}
          onSave={(current, next) => void password.act({ body: { current, next } })}
          onClose={() => setChanging(false)}
        />
      )}
      {enrolling && (
        <TotpDialog
          {...enrolling}
          busy={finish.pending}
          problem={finish.problem}
          onCode={(code) => void finish.act({ body: { code } })}
          onClose={() => setEnrolling(undefined)}
        />
      )}
    </DeskCard>
  )
}
