// The thread standing on a record's page, with what was paid of what was agreed.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAskPath } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { AccountLinks } from '../../../ui/shared/AccountLinks.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Meter } from '../../../ui/shared/Meter.tsx'
import { MoneyText, moneyWords } from '../../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { ThreadDown, ThreadDownLegend } from '../../../ui/shared/ThreadDown.tsx'
import styles from './need.module.css'
import { type ThreadAnswer, useStations } from './thread-stations.ts'

function MoneySum({ thread }: { readonly thread: ThreadAnswer }) {
  const { t } = useTranslation('needs')
  const of = (kind: string) => thread.money.find((money) => money.kind === kind)
  const paid = of('paid')?.amount ?? '0.00'
  const whole = of('encumbered') ?? of('award') ?? of('budget')
  if (!whole) return null
  const done = thread.stations.filter((station) => station.state === 'done').length
  return (
    <div className={styles.sum}>
      <p>
        <span className={styles.big}>
          {t('resident.thread.paid')}{' '}
          <b>
            <MoneyText amount={paid} unit />
          </b>
        </span>
        <span>
          {t(`resident.thread.whole.${whole.kind}`)} <MoneyText amount={whole.amount} unit />
        </span>
      </p>
      <Meter
        tone="money"
        value={Number(paid)}
        max={Number(whole.amount)}
        label={t('resident.thread.paidOf', { paid: moneyWords(paid), whole: moneyWords(whole.amount) })}
      />
      <p>
        <span>{t('resident.thread.stations', { all: thread.stations.length, done })}</span>
      </p>
    </div>
  )
}

type Props = {
  readonly kind: string
  readonly id: string
  readonly waiting?: boolean
  readonly hanging?: Readonly<Record<string, ReactNode>>
}

export function ThreadSection({ kind, id, waiting, hanging }: Props) {
  const { t } = useTranslation('needs')
  const stations = useStations()
  const { data, error, refetch } = useAskPath<ThreadAnswer>(`/api/threads/${kind}/${id}`)
  const loose = Object.entries(hanging ?? {}).filter(([key]) => !data?.stations.some(({ station }) => station === key))
  return (
    <Section
      title={t('resident.thread.title')}
      note={
        data?.days !== undefined
          ? t(data.finished ? 'resident.thread.took' : 'resident.thread.day', { count: data.days })
          : undefined
      }
    >
      <Card>
        {error ? (
          <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
        ) : !data ? (
          <Skeleton rows={8} />
        ) : (
          <>
            <MoneySum thread={data} />
            <ThreadDownLegend />
            <ThreadDown stations={stations(data, id, waiting)} hanging={hanging} />
          </>
        )}
        {(data || error) &&
          loose.map(([key, card]) => (
            <div key={key} className={styles.loose}>
              {card}
            </div>
          ))}
      </Card>
      <p className={styles.foot}>{t('resident.thread.foot')}</p>
      {data && <AccountLinks accounts={data.accounts} className={styles.open} linkClass={styles.link} />}
      {data?.published.map((each) => (
        <p key={each.id} className={styles.open}>
          <Go to={`/data/${each.id}`} className={styles.link}>
            {t('resident.thread.openData')}
            <Icon name="right" size={18} />
          </Go>
        </p>
      ))}
    </Section>
  )
}
