// Who may raise, apply and rate for me: give it by mobile number, end it at once.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { giveProxy, listProxies, revokeProxy } from '../../../foundation/identity/contract/residents.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import styles from './mine.module.css'

export default function ProxiesPage() {
  const { t } = useTranslation(['mine', 'identity'])
  const problemText = useProblemText()
  const [phone, setPhone] = useState('')
  const [until, setUntil] = useState('')
  const { data, error, refetch } = useAsk(listProxies, {})
  const give = useAct(giveProxy, {
    onDone: () => {
      setPhone('')
      setUntil('')
      showToast(t('mine:proxy.given'))
    },
  })
  const revoke = useAct(revokeProxy, {
    onDone: () => showToast(t('mine:proxy.ended')),
    onProblem: (problem) => showToast(problemText(problem), 'problem'),
  })
  const digits = phone.replace(/\D/g, '')
  return (
    <Page title={t('mine:proxies')} back="/mine">
      <p className={styles.note}>{t('mine:proxy.note')}</p>
      <h2 className="sr-only">{t('mine:proxy.now')}</h2>
      <Card>
        {error ? (
          <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
        ) : !data ? (
          <Skeleton rows={3} />
        ) : data.rows.length === 0 ? (
          <p className={styles.none}>{t('mine:proxy.none')}</p>
        ) : (
          <ItemList>
            {data.rows.map((row) => (
              <Item
                key={row.id}
                title={row.maskedName ?? row.maskedPhone ?? t('mine:proxy.somebody')}
                meta={[
                  t(`identity:choices.kind.${row.kind}`),
                  row.maskedPhone,
                  <DateText key="since" date={row.since} style="full" />,
                ].filter(Boolean)}
                tool={
                  <Button
                    kind="plain"
                    small
                    busy={revoke.pending}
                    onClick={() => void revoke.act({ params: { id: row.id } })}
                  >
                    {t('mine:proxy.end')}
                  </Button>
                }
              />
            ))}
          </ItemList>
        )}
      </Card>
      {data && (
        <Section title={t('mine:proxy.add')}>
          <Card pad>
            <div className={styles.form}>
              <TextField
                label={t('mine:proxy.phone')}
                type="tel"
                inputMode="tel"
                maxLength={13}
                value={phone}
                onChange={setPhone}
                fault={give.problem && problemText(give.problem)}
              />
              <TextField
                label={t('mine:proxy.until')}
                type="date"
                optional
                value={until}
                onChange={setUntil}
                help={t('mine:proxy.untilHelp')}
              />
              <Button
                kind="primary"
                busy={give.pending}
                disabled={digits.length !== 11}
                onClick={() => void give.act({ body: { phone: digits, ...(until && { until }) } })}
              >
                {t('mine:proxy.give')}
              </Button>
            </div>
          </Card>
        </Section>
      )}
    </Page>
  )
}
