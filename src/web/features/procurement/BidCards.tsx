// Bids as envelopes: sealed until the deadline, then as entered, then confirmed, with what the registers say of each bidder.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { parseYuan } from '../../../kit/money.ts'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { BidPaper } from './BidPaper.tsx'
import styles from './procurement.module.css'

type View = OutputOf<typeof getTender>
type Bid = View['bids'][number]

function Envelope({ open }: { readonly open: boolean }) {
  return (
    <svg viewBox="0 0 96 62" width="96" height="62" aria-hidden="true" className={styles.envelope}>
      {open ? <path d="M2 26 48 3l46 23v34H2z M2 26l46 22 46-22" /> : <path d="M2 4h92v56H2z M2 4l46 32L94 4" />}
      {open ? (
        <path d="M62 14l7 7 14-14" className={styles.tick} />
      ) : (
        <circle cx="48" cy="36" r="9" className={styles.sealed} />
      )}
    </svg>
  )
}

/** Price against the limit, in percent with two decimals; never through a float of yuan. */
export function against(price: string | undefined, budget: string): string {
  const own = price === undefined ? undefined : parseYuan(price)
  const limit = parseYuan(budget)
  if (own === undefined || limit === undefined || limit === 0n) return '—'
  const hundredths = Number(((own - limit) * 10_000n) / limit)
  const sign = hundredths < 0 ? '−' : hundredths > 0 ? '+' : ''
  return `${sign}${(Math.abs(hundredths) / 100).toFixed(2)}%`
}

export function BidCards({ tender }: { readonly tender: View }) {
  const { t } = useTranslation('procurement')
  const opened = tender.opening !== undefined
  const won = (bid: Bid) => tender.award?.bid === bid.id || tender.lots?.some((lot) => lot.award?.bid === bid.id)
  const limitOf = (bid: Bid) => tender.lots?.find((lot) => lot.number === bid.lot)?.ceiling ?? tender.budget
  if (tender.bids.length === 0)
    return (
      <EmptyState
        icon="seal"
        title={t(opened ? 'bids.noneShown' : 'bids.sealed')}
        next={opened ? undefined : t('bids.sealedNext')}
      />
    )
  return (
    <>
      <ol className={styles.cards}>
        {tender.bids.map((bid, index) => (
          <li key={bid.id} data-open={opened || undefined}>
            <div>
              <b>
                {t('bids.number', { n: index + 1 })}
                {bid.lot !== undefined && ` · ${t('lots.short', { n: bid.lot })}`}
              </b>
              {opened ? (
                <Tag tone="done" icon="check">
                  {t('bids.opened')}
                </Tag>
              ) : (
                <Tag tone="waiting" icon="clock">
                  {t('bids.toConfirm')}
                </Tag>
              )}
            </div>
            <Envelope open={opened} />
            <dl>
              <div>
                <dt>{t('fields.organization')}</dt>
                <dd>
                  <Go to={`/desk/organizations/${bid.organization}`}>{bid.organizationName ?? bid.organization}</Go>
                </dd>
              </div>
              <div>
                <dt>{t('fields.price')}</dt>
                <dd className={styles.price}>{bid.price ? <MoneyText amount={bid.price} unit /> : '—'}</dd>
              </div>
              <div>
                <dt>{t('bids.received')}</dt>
                <dd>
                  <InstantText instant={bid.receivedAt} style="compact" />
                </dd>
              </div>
              <div>
                <dt>{t('bids.check')}</dt>
                <dd>
                  {bid.valid ? (
                    <span className={styles.good}>{t('bids.allPassed')}</span>
                  ) : (
                    <Tag tone="bad" icon="alert">
                      {bid.faults.map((fault) => t(`bidFaults.${fault}`)).join(t('frame:list.separator'))}
                    </Tag>
                  )}
                </dd>
              </div>
              {bid.proposal && (
                <div>
                  <dt>{t('bids.proposal')}</dt>
                  <dd>{bid.proposal}</dd>
                </div>
              )}
            </dl>
            {tender.bidForm === 'sealed' && bid.proposal && (
              <BidPaper bid={bid.id} name={bid.organizationName ?? bid.organization} />
            )}
          </li>
        ))}
      </ol>
      <ListTable<Bid>
        label={t('bids.record')}
        rows={[...tender.bids].sort(
          (one, other) => (one.lot ?? 0) - (other.lot ?? 0) || (one.rank ?? 99) - (other.rank ?? 99),
        )}
        rowKey={(bid) => bid.id}
        columns={[
          ...(tender.lots
            ? [{ key: 'lot', title: t('fields.lot'), width: 80, cell: (bid: Bid) => bid.lot ?? '—' }]
            : []),
          { key: 'rank', title: t('fields.rank'), width: 64, cell: (bid) => bid.rank ?? '—' },
          {
            key: 'name',
            title: t('fields.organization'),
            cell: (bid) => (
              <>
                {bid.organizationName ?? bid.organization}{' '}
                {won(bid) && (
                  <Tag tone="done" icon="check">
                    {t('desk.won')}
                  </Tag>
                )}
              </>
            ),
          },
          {
            key: 'price',
            title: t('desk.price'),
            width: 130,
            align: 'right',
            cell: (bid) => (bid.price ? <MoneyText amount={bid.price} /> : '—'),
          },
          {
            key: 'against',
            title: t('bids.against'),
            width: 110,
            align: 'right',
            cell: (bid) => against(bid.price, limitOf(bid)),
          },
          {
            key: 'valid',
            title: t('bids.check'),
            width: 140,
            cell: (bid) => (bid.valid ? t('states.valid') : t('states.not-qualified')),
          },
          {
            key: 'score',
            title: t('fields.score'),
            width: 90,
            align: 'right',
            cell: (bid) => (bid.score === undefined ? '—' : (bid.score / 100).toFixed(2)),
          },
        ]}
      />
      <p className={styles.note}>{t(tender.bidForm === 'sealed' ? 'sealing.openingNote' : 'bids.note')}</p>
    </>
  )
}
