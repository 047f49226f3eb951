// The receipt of a sealed bid: what was received when, its fingerprints, and ways to keep and check it.
import { useTranslation } from 'react-i18next'
import { getEnvelope } from '../../../loop/procurement/contract/sealed-bids.ts'
import { call } from '../../app/client.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Tag, type TagTone } from '../../ui/shared/Tag.tsx'
import { Fingerprint } from './Fingerprint.tsx'
import { saveJson } from '../../ui/shared/save-file.ts'
import styles from './sealing.module.css'
import type { Sealing } from './use-sealing.ts'

type Mine = NonNullable<Sealing['mine']>

export const envelopeTones: Readonly<Record<Mine['state'], TagTone>> = {
  held: 'progress',
  replaced: 'neutral',
  withdrawn: 'neutral',
  lapsed: 'bad',
  opened: 'done',
  void: 'bad',
}

/** Bytes as people read them: 4.82 MB in "兆字节". */
export function useSizeWords(): (size: number) => string {
  const { t } = useTranslation('procurement')
  return (size) =>
    size < 1_000_000
      ? t('sealing.kilobytes', { count: Math.max(1, Math.round(size / 1000)) })
      : t('sealing.megabytes', { size: (size / 1_000_000).toFixed(2) })
}

export function saveReceipt(receipt: Mine['receipt'], name: string): void {
  saveJson(name, receipt)
}

export function ReceiptCard({ mine }: { readonly mine: Mine }) {
  const { t } = useTranslation('procurement')
  const words = useSizeWords()
  const { receipt, state } = mine
  return (
    <DeskCard title={t('sealing.receipt')} extra={<Tag tone={envelopeTones[state]}>{t(`states.${state}`)}</Tag>}>
      <dl className={styles.facts}>
        <div>
          <dt>{t('sealing.receivedAt')}</dt>
          <dd>
            <InstantText instant={receipt.receivedAt} style="full" />
          </dd>
        </div>
        <div>
          <dt>{t('sealing.round')}</dt>
          <dd>
            {t('sealing.roundNumber', { n: receipt.round })}
            {t('frame:list.comma')}
            {words(receipt.size)}
          </dd>
        </div>
      </dl>
      <div className={`${styles.stack} ${styles.foot}`}>
        <Fingerprint label={t('sealing.sm3')} value={receipt.sm3} />
        <Fingerprint label={t('sealing.sha256')} value={receipt.sha256} />
        <p className={styles.text}>{t('sealing.receiptWhat')}</p>
        <div className={styles.row}>
          <DeskButton
            small
            icon="export"
            onClick={() => saveReceipt(receipt, t('sealing.receiptName', { number: receipt.number, n: receipt.round }))}
          >
            {t('sealing.saveReceipt')}
          </DeskButton>
          {state !== 'replaced' && state !== 'withdrawn' && state !== 'lapsed' && (
            <DeskButton
              small
              icon="lock"
              onClick={() =>
                void call(getEnvelope, { params: { id: receipt.tender, bid: receipt.bid } }).then((envelope) =>
                  saveJson(t('sealing.cipherName', { number: receipt.number, n: receipt.round }), envelope),
                )
              }
            >
              {t('verbs.getEnvelope')}
            </DeskButton>
          )}
          <DeskButton small icon="shield" to="/tenders/receipt">
            {t('verbs.checkReceipt')}
          </DeskButton>
        </div>
      </div>
    </DeskCard>
  )
}
