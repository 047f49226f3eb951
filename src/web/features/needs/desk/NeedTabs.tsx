// Tabs of a need's page: the talk with the resident, supports, money of its thread.
import { useTranslation } from 'react-i18next'
import { type MoneyPart, MoneySplit } from '../../../ui/desk/MoneySplit.tsx'
import { InstantText } from '../../../ui/shared/DateText.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { Meter } from '../../../ui/shared/Meter.tsx'
import styles from './desk-needs.module.css'
import type { DeskNeed } from './need-words.tsx'

/** Questions of the workers and the resident's replies, in order. */
export function NeedTalk({ need }: { readonly need: DeskNeed }) {
  const { t } = useTranslation('needs')
  if (need.talk.length === 0) return <EmptyState icon="chat" title={t('desk.noTalk')} next={t('desk.noTalkNext')} />
  return (
    <ol className={styles.talk}>
      {need.talk.map((line) => (
        <li key={line.at} data-by={line.by}>
          <small>
            {t(line.by === 'worker' ? 'desk.byWorker' : 'desk.byResident')}{' '}
            <InstantText instant={line.at} style="compact" />
          </small>
          {line.words}
        </li>
      ))}
    </ol>
  )
}

/** How many neighbours support it, how many of them by their verified name. */
export function NeedSupports({ need }: { readonly need: DeskNeed }) {
  const { t } = useTranslation('needs')
  if (need.supports === 0)
    return <EmptyState icon="users" title={t('desk.noSupports')} next={t('desk.noSupportsNext')} />
  return (
    <div className={styles.tabBody}>
      <p>{t('desk.supportsOf', { count: need.supports, verified: need.verifiedSupports })}</p>
      <Meter
        value={need.verifiedSupports}
        max={need.supports}
        label={t('desk.supportsOf', { count: need.supports, verified: need.verifiedSupports })}
        tone="community"
      />
      <p className={styles.nothing}>{t('desk.supportsNote')}</p>
    </div>
  )
}

/** Money spent and to be spent on the thread that began with this need. */
export function NeedMoney({ parts }: { readonly parts: readonly MoneyPart[] }) {
  const { t } = useTranslation('needs')
  if (parts.length === 0) return <EmptyState icon="yuan" title={t('desk.noMoney')} next={t('desk.noMoneyNext')} />
  return (
    <div className={styles.tabBody}>
      <MoneySplit title={t('desk.moneyOf')} parts={parts} />
    </div>
  )
}
