// Checking in at a session of a group: six digits from the worker's screen, or the picture code that carries them.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { checkInToSession } from '../../../loop/delivery/contract/groups.ts'
import { useAddressQuery } from '../../app/address.ts'
import { useAct } from '../../app/act.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { useSignedIn } from '../needs/resident/signed.ts'
import styles from './groups.module.css'

export default function SessionCheckInPage() {
  const { t } = useTranslation('groups')
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const { id = '', session = '' } = useParams({ strict: false }) as { id?: string; session?: string }
  const [query] = useAddressQuery()
  const [code, setCode] = useState(/^\d{6}$/.test(query['code'] ?? '') ? (query['code'] ?? '') : '')
  const [tried, setTried] = useState(false)
  const [done, setDone] = useState<OutputOf<typeof checkInToSession>>()
  const { act, pending, problem } = useAct(checkInToSession, { onDone: setDone })
  const whole = /^\d{6}$/.test(code)
  return (
    <Page title={t('checkIn.title')} back="/">
      <div className={styles.first}>
        <Card pad>
          {done ? (
            <div className={styles.result} role="status">
              <Icon name="check" size={40} />
              <b>{t('checkIn.done')}</b>
              <p data-quote>
                {done.theme} · {done.place}
              </p>
            </div>
          ) : (
            <form
              className={styles.form}
              onSubmit={(event) => {
                event.preventDefault()
                setTried(true)
                if (!whole) return
                if (!signedIn) return signIn()
                void act({ params: { id, session }, body: { code } })
              }}
            >
              <TextField
                label={t('checkIn.code')}
                help={t('checkIn.help')}
                inputMode="numeric"
                maxLength={6}
                value={code}
                onChange={(value) => setCode(value.replaceAll(/\D/g, '').slice(0, 6))}
                fault={tried && !whole ? t('checkIn.six') : problem ? problemText(problem) : undefined}
              />
              <Button kind="primary" type="submit" wide busy={pending}>
                {t(signedIn ? 'checkIn.go' : 'checkIn.signIn')}
              </Button>
            </form>
          )}
        </Card>
      </div>
    </Page>
  )
}
