// Envelopes of the opening, one card each: sealed, being opened, opened, void; with fingerprints and what was found inside.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { Fingerprint } from './Fingerprint.tsx'
import { useSizeWords } from './ReceiptCard.tsx'
import styles from './sealing.module.css'
import type { Sealing } from './use-sealing.ts'

export type Envelope = NonNullable<Sealing['envelopes']>[number]
type Bid = OutputOf<typeof getTender>['bids'][number]

function Cover({ state, now }: { readonly state: Envelope['state']; readonly now: boolean }) {
  const isOpen = state === 'opened' || (now && state === 'held')
  return (
    <svg viewBox="0 0 96 64" width="96" height="64" aria-hidden="true">
      {isOpen ? (
        <>
          <path d="M2 26 48 2l46 24v36H2z" data-body />
          {state === 'opened' && (
            <>
              <path d="M18 12h60v34L48 58 18 46z" data-paper />
              <path d="M26 20h30M26 28h22" data-lines />
            </>
          )}
          <path d="M2 26l46 26 46-26" />
          {state === 'opened' && <path d="M58 18l8 8 16-17" data-tick />}
        </>
      ) : (
        <>
          <path d="M2 3h92v59H2z" data-body />
          <path d="M2 3l46 34L94 3" />
          <circle cx="48" cy="36" r="11" data-lock />
          <path d="M44 36v-3a4 4 0 0 1 8 0v3M43 36h10v6H43z" data-hole />
        </>
      )}
    </svg>
  )
}

function StateTag({ envelope, now }: { readonly envelope: Envelope; readonly now: boolean }) {
  const { t } = useTranslation('procurement')
  if (envelope.state === 'opened')
    return (
      <Tag tone="done" icon="check">
        {t('sealing.openedAt')} {envelope.settledAt && <InstantText instant={envelope.settledAt} style="time" />}
      </Tag>
    )
  if (envelope.state === 'void') return <Tag tone="bad">{t('states.void')}</Tag>
  return now ? (
    <Tag tone="progress" icon="clock">
      {t('sealing.next')}
    </Tag>
  ) : (
    <Tag tone="outline" icon="lock">
      {t('sealing.closed')}
    </Tag>
  )
}

type Props = {
  readonly envelope: Envelope
  readonly bid: Bid | undefined
  /** Of a lot that failed for want of bids: it stays sealed. */
  readonly dead?: boolean
  /** The next one to be opened. */
  readonly now: boolean
  /** Opens it; absent for who does not lead, or before the shares are there. */
  readonly onOpen?: () => void
  readonly onVoid?: () => void
  readonly busy: boolean
}

export function EnvelopeCard({ envelope, bid, dead, now, onOpen, onVoid, busy }: Props) {
  const { t } = useTranslation('procurement')
  const size = useSizeWords()
  const later = <span className={styles.later}>{t(dead ? 'lots.notOpened' : 'sealing.afterOpening')}</span>
  return (
    <li data-now={now || undefined} data-sealed={(envelope.state === 'held' && !now) || undefined}>
      <header>
        <h2>
          {t('bids.number', { n: envelope.number })}
          {envelope.lot !== undefined && ` · ${t('lots.short', { n: envelope.lot })}`}
        </h2>
        <StateTag envelope={envelope} now={now} />
      </header>
      <div className={styles.cover}>
        <Cover state={envelope.state} now={now} />
        <p>
          {t('sealing.handedInAt')} <InstantText instant={envelope.receivedAt} style="compact" />
          <br />
          {t('sealing.cipherText')} {size(envelope.size)}
          <br />
          {envelope.intact ? (
            <span className={styles.fine}>{t('sealing.asReceipt')}</span>
          ) : (
            <span className={styles.bad}>{t('sealing.notAsReceipt')}</span>
          )}
        </p>
      </div>
      <Fingerprint label={t('sealing.sm3')} value={envelope.sm3} />
      <dl>
        <div>
          <dt>{t('sealing.bidder.who')}</dt>
          <dd className={envelope.organizationName ? styles.name : undefined}>{envelope.organizationName ?? later}</dd>
        </div>
        <div>
          <dt>{t('fields.price')}</dt>
          <dd className={bid?.price ? styles.price : undefined}>
            {bid?.price ? <MoneyText amount={bid.price} unit /> : envelope.state === 'void' ? '—' : later}
          </dd>
        </div>
        <div>
          <dt>{t('desk.check')}</dt>
          <dd>
            {envelope.voidReason ? (
              <span className={styles.bad}>{t(`sealing.voidReasons.${envelope.voidReason}`)}</span>
            ) : bid === undefined ? (
              <span className={styles.later}>{t(dead ? 'lots.notOpened' : 'sealing.checkedLater')}</span>
            ) : bid.valid ? (
              <span className={styles.fine}>{t('bids.allPassed')}</span>
            ) : (
              <span className={styles.bad}>
                {bid.faults.map((fault) => t(`bidFaults.${fault}`)).join(t('frame:list.separator'))}
              </span>
            )}
          </dd>
        </div>
      </dl>
      {now && envelope.state === 'held' && (onOpen || onVoid) && (
        <div className={styles.row}>
          {onOpen && (
            <DeskButton small icon="eye" busy={busy} onClick={onOpen}>
              {t('sealing.openNumber', { n: envelope.number })}
            </DeskButton>
          )}
          {onVoid && (
            <DeskButton small kind="danger" busy={busy} onClick={onVoid}>
              {t('verbs.voidBid')}
            </DeskButton>
          )}
        </div>
      )}
    </li>
  )
}
