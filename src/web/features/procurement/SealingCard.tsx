// Beside a tender with sealed bids: how far key and opening are, and the way to what one can do.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { Fingerprint } from './Fingerprint.tsx'
import { envelopeTones } from './ReceiptCard.tsx'
import { fromText, toHex } from './sealing/bytes.ts'
import styles from './sealing.module.css'
import { useSealing } from './use-sealing.ts'

export function SealingCard({ tender }: { readonly tender: OutputOf<typeof getTender> }) {
  const { t } = useTranslation('procurement')
  const isSealed = tender.bidForm === 'sealed'
  const { data } = useSealing(tender.id, isSealed)
  const bids = useMay('procurement.depositBid')
  if (!isSealed || !data) return null
  const confirmed = data.seats.filter((seat) => seat.confirmedAt).length
  const opens = data.envelopes !== undefined
  const lots = data.mineByLot?.filter((each) => each.state === 'held') ?? []
  const kept = data.mine?.state === 'held' || lots.length > 0
  const handed = data.mine !== undefined || (data.mineByLot ?? []).length > 0
  return (
    <DeskCard
      title={t('bidForms.sealed')}
      extra={
        data.mine ? (
          <Tag tone={data.mine.outdated ? 'waiting' : envelopeTones[data.mine.state]}>
            {t(data.mine.outdated ? 'outdated.tag' : `states.${data.mine.state}`)}
          </Tag>
        ) : lots.length > 0 ? (
          <Tag tone={lots.some((each) => each.outdated) ? 'waiting' : 'progress'}>
            {t('lots.handedIn', { count: lots.length })}
          </Tag>
        ) : (
          <Tag tone={data.confirmedAt ? 'done' : 'waiting'} icon="key">
            {t('sealing.confirmedCount', { count: confirmed, all: data.seats.length })}
          </Tag>
        )
      }
      pad
    >
      <div className={styles.stack}>
        {data.publicKey && <Fingerprint short label={t('sealing.publicKey')} value={toHex(fromText(data.publicKey))} />}
        <div className={styles.row}>
          {tender.state === 'published' && bids && (
            <DeskButton kind={kept ? 'plain' : 'primary'} icon="seal" to={`/desk/procurement/${tender.id}/bid`}>
              {t(kept ? 'sealing.seeBid' : 'sealing.goBid')}
            </DeskButton>
          )}
          {tender.state !== 'published' && handed && (
            <DeskButton icon="seal" to={`/desk/procurement/${tender.id}/bid`}>
              {t('sealing.receipt')}
            </DeskButton>
          )}
          {!bids && (
            <DeskButton
              kind={data.seat && tender.state === 'planning' && !data.confirmedAt ? 'primary' : 'plain'}
              icon="key"
              to={`/desk/procurement/${tender.id}/keys`}
            >
              {t('sealing.ceremony')}
            </DeskButton>
          )}
          {opens && !bids && (
            <DeskButton
              kind={tender.state === 'closed' ? 'primary' : 'plain'}
              icon="eye"
              to={`/desk/procurement/${tender.id}/opening`}
            >
              {t('sealing.opening')}
            </DeskButton>
          )}
        </div>
      </div>
    </DeskCard>
  )
}
