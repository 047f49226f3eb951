// A tender with sealed bids for everybody: the key and its shares, and from the award on the fingerprints of what was handed in.
import { useTranslation } from 'react-i18next'
import { getSealing } from '../../../loop/procurement/contract/sealing.ts'
import { useAsk } from '../../app/ask.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import styles from './services.module.css'

export function SealedSection({ tender }: { readonly tender: string }) {
  const { t } = useTranslation(['procurement', 'services'])
  const { data } = useAsk(getSealing, { params: { id: tender } })
  if (!data) return null
  return (
    <Section title={t('bidForms.sealed')} note={t('sealing.policy', { needed: data.threshold })}>
      <Card pad>
        <dl className={styles.facts} data-alone>
          {data.seats.map((seat) => (
            <div key={seat.seat} className={styles.print}>
              <dt>
                {t(`sealing.seats.${seat.seat}`)} · {t('sealing.shareHash')}
              </dt>
              <dd>
                <code>{seat.shareHash ?? t('sealing.notYet')}</code>
              </dd>
            </div>
          ))}
          {data.publicKey && (
            <div className={styles.print}>
              <dt>{t('sealing.publicText')}</dt>
              <dd>
                <code>{data.publicKey}</code>
              </dd>
            </div>
          )}
          {data.envelopes?.map((envelope) => (
            <div key={envelope.id} className={styles.print}>
              <dt>
                {t('bids.number', { n: envelope.number })} ·{' '}
                {envelope.lot !== undefined && `${t('lots.short', { n: envelope.lot })} · `} {envelope.organizationName}{' '}
                · <InstantText instant={envelope.receivedAt} style="compact" /> · {t('sealing.sm3')}
              </dt>
              <dd>
                <code>{envelope.sm3}</code>
              </dd>
            </div>
          ))}
        </dl>
        <Go to="/tenders/receipt" className={styles.link}>
          <Icon name="check" size={20} />
          {t('verbs.checkReceipt')}
        </Go>
      </Card>
    </Section>
  )
}
