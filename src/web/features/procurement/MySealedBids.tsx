// Sealed bids of my organization with their receipts, above those that are opened.
import { useTranslation } from 'react-i18next'
import { listMyEnvelopes } from '../../../loop/procurement/contract/sealed-bids.ts'
import { useAsk } from '../../app/ask.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { envelopeTones, saveReceipt } from './ReceiptCard.tsx'
import styles from './sealing.module.css'

/** Nothing where nothing was ever sealed. */
export function MySealedBids() {
  const { t } = useTranslation('procurement')
  const { data } = useAsk(listMyEnvelopes, { query: { size: 10 } })
  if (!data || data.rows.length === 0) return null
  return (
    <div className={styles.above}>
      <DeskCard title={t('sealing.sealedList')}>
        <ul className={styles.mine}>
          {data.rows.map(({ id, tender, lot, state, receipt }) => (
            <li key={id}>
              <Tag tone={envelopeTones[state]}>{t(`states.${state}`)}</Tag>
              <Go to={`/desk/procurement/${tender.id}/bid${lot ? `?lot=${lot.number}` : ''}`}>
                {tender.number} {tender.title}
                {lot && ` · ${t('lots.named', { n: lot.number, title: lot.title })}`}
              </Go>
              <span>
                {t('sealing.roundNumber', { n: receipt.round })}
                {t('frame:list.comma')}
                <InstantText instant={receipt.receivedAt} style="compact" />
              </span>
              <DeskButton
                small
                icon="export"
                label={t('sealing.saveReceiptOf', { number: receipt.number, n: receipt.round })}
                onClick={() =>
                  saveReceipt(receipt, t('sealing.receiptName', { number: receipt.number, n: receipt.round }))
                }
              >
                {t('sealing.saveReceipt')}
              </DeskButton>
            </li>
          ))}
        </ul>
      </DeskCard>
    </div>
  )
}
