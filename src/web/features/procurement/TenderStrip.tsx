// The strip of a tender: server time, deadline with countdown, bids, price limit, standstill.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { InstantText, DateText } from '../../ui/shared/DateText.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { clockWords, spanWords, useServerClock } from './server-clock.ts'
import styles from './procurement.module.css'

type View = OutputOf<typeof getTender>

export function TenderStrip({ tender }: { readonly tender: View }) {
  const { t } = useTranslation('procurement')
  const { now, offset } = useServerClock()
  const days = (count: number) => t('strip.days', { count })
  const left = tender.deadline === undefined ? undefined : Date.parse(tender.deadline) - now
  const still = tender.state === 'standstill' || tender.state === 'award-notice'
  return (
    <dl className={styles.strip}>
      <div>
        <dt>
          <Icon name="clock" size={14} />
          {t('strip.serverTime')}
        </dt>
        <dd className={styles.clock} aria-live="off">
          {clockWords(now)}
        </dd>
        <dd>
          <DateText date={new Date(now).toISOString()} style="weekday" />
          {t('frame:list.comma')}
          {Math.abs(offset) >= 1000 && Math.abs(offset) < 3_600_000
            ? t('strip.offset', { seconds: Math.abs(offset / 1000).toFixed(1) })
            : t('strip.byServer')}
        </dd>
      </div>
      <div>
        <dt>{t('fields.deadline')}</dt>
        <dd>{tender.deadline ? <InstantText instant={tender.deadline} style="compact" /> : t('strip.notYet')}</dd>
        <dd data-warn={left !== undefined && left > 0 && left < 86_400_000 ? true : undefined}>
          {left === undefined
            ? t('strip.notice', { count: tender.terms.noticeDays })
            : left > 0
              ? t('strip.left', { span: spanWords(left, days) })
              : t('strip.over')}
        </dd>
      </div>
      <div>
        <dt>{t('strip.bids')}</dt>
        <dd>
          {tender.validBids === undefined && tender.bids.length === 0
            ? t('strip.sealed')
            : t('strip.count', { count: tender.bids.length })}
        </dd>
        <dd>
          {tender.validBids === undefined
            ? t('strip.least', { count: tender.terms.minimumBids })
            : t(tender.lots ? 'lots.validOf' : 'strip.valid', {
                count: tender.validBids,
                least: tender.terms.minimumBids,
              })}
        </dd>
      </div>
      <div>
        <dt>{t('strip.limit')}</dt>
        <dd>
          <MoneyText amount={tender.budget} />
        </dd>
        <dd>{[t(`procedures.${tender.procedure}`), t(`modes.${tender.mode}`)].join(t('frame:list.comma'))}</dd>
      </div>
      <div>
        <dt>{still ? t('fields.standstillUntil') : t('strip.panel')}</dt>
        <dd>
          {still ? (
            tender.stopped ? (
              t('strip.stopped')
            ) : tender.standstillUntil ? (
              <InstantText instant={tender.standstillUntil} style="compact" />
            ) : (
              '—'
            )
          ) : (
            t('strip.people', { count: tender.terms.panelSize })
          )}
        </dd>
        <dd>
          {still
            ? t('strip.standstill', { count: tender.terms.standstillDays })
            : tender.sheets
              ? t('strip.sheets', { done: tender.sheets.done, needed: tender.sheets.needed })
              : t('strip.drawn')}
        </dd>
      </div>
    </dl>
  )
}
