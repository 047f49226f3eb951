// Checking in at a meeting: six digits from the screen in the hall, or the picture code that carries them.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkIn, getMeetingDay } from '../../../loop/deliberation/contract/meeting.ts'
import { getMotion } from '../../../loop/deliberation/contract.ts'
import { useAddressQuery } from '../../app/address.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { useSignedIn } from '../needs/resident/signed.ts'
import styles from './meeting.module.css'

export default function CheckInPage() {
  const { t } = useTranslation('square')
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const { id = '' } = useParams({ strict: false })
  const [query] = useAddressQuery()
  const given = /^\d{6}$/.test(query['code'] ?? '') ? (query['code'] ?? '') : ''
  const [code, setCode] = useState(given)
  const [tried, setTried] = useState(false)
  const motion = useAsk(getMotion, { params: { id } })
  const { data, error, refetch } = useAsk(getMeetingDay, { params: { id } })
  const { act, pending, problem } = useAct(checkIn)
  const failed = error ?? motion.error
  if (failed)
    return (
      <Page title={t('checkIn.title')} back={`/motions/${id}`}>
        <ErrorState
          problem={problemOf(failed)}
          onRetry={() => {
            void motion.refetch()
            void refetch()
          }}
        />
      </Page>
    )
  if (!data || !motion.data)
    return (
      <Page title={t('checkIn.title')} back={`/motions/${id}`}>
        <Skeleton rows={5} />
      </Page>
    )
  const { day } = data
  const mine = day?.checkIn.mine
  const submit = () => {
    setTried(true)
    if (!/^\d{6}$/.test(code)) return
    if (!signedIn) return signIn()
    void act({ params: { id }, body: { code } })
  }
  return (
    <Page title={t('checkIn.title')} back={`/motions/${id}`}>
      {!day?.checkIn.open && !mine ? (
        <EmptyState icon="clock" title={t('checkIn.closed')} next={t('checkIn.closedNext')} />
      ) : (
        <Section title={t('checkIn.meeting')} first>
          <Card pad>
            <p className={styles.what} data-quote>
              {motion.data.title}
            </p>
            {day && (
              <p className={styles.came}>
                <DateText date={day.on} style="weekday" /> · {day.place}
              </p>
            )}
            {mine ? (
              <div className={styles.result} role="status">
                <Icon name="check" size={40} />
                <b>{t('checkIn.done')}</b>
                <p>{t(`checkIn.${mine}`)}</p>
                <Button kind="second" wide to={`/motions/${id}`}>
                  {t('checkIn.toMotion')}
                </Button>
              </div>
            ) : (
              <form
                className={styles.form}
                onSubmit={(event) => {
                  event.preventDefault()
                  submit()
                }}
              >
                <div className={styles.code}>
                  <TextField
                    label={t('checkIn.code')}
                    help={t('checkIn.help')}
                    inputMode="numeric"
                    maxLength={6}
                    value={code}
                    onChange={(value) => setCode(value.replaceAll(/\D/g, '').slice(0, 6))}
                    fault={
                      tried && !/^\d{6}$/.test(code) ? t('checkIn.six') : problem ? problemText(problem) : undefined
                    }
                  />
                </div>
                <Button kind="primary" type="submit" busy={pending}>
                  {t(signedIn ? 'day.checkIn' : 'checkIn.signIn')}
                </Button>
              </form>
            )}
          </Card>
        </Section>
      )}
    </Page>
  )
}
