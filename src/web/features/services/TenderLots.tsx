// The lots of a tender for everybody: what each asks, its ceiling, and who won it or why it failed.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './services.module.css'

export function TenderLots({ tender }: { readonly tender: OutputOf<typeof getTender> }) {
  const { t } = useTranslation(['procurement', 'services'])
  const { lots, lotLimit } = tender
  if (lots === undefined) return null
  return (
    <Section title={t('lots.of', { count: lots.length })}>
      <Card>
        <ol className={styles.bids}>
          {lots.map((lot) => (
            <li key={lot.number} data-won={lot.award !== undefined || undefined}>
              <p>
                <b>{t('lots.named', { n: lot.number, title: lot.title })}</b>
                {lot.failed && (
                  <Tag round tone="neutral">
                    {t('lots.failed')}
                  </Tag>
                )}
              </p>
              <p className={styles.small}>
                {lot.description} · {t('lots.upTo')} <MoneyText amount={lot.ceiling} unit />
              </p>
              {lot.award && (
                <p>
                  <Go to={`/organizations/${lot.award.organization}`} className={styles.link}>
                    {t('services:tender.won', { name: lot.award.organizationName })}
                  </Go>
                  <MoneyText amount={lot.award.price} unit strong />
                  {lot.award.rank > 1 && (
                    <span className={styles.small}> {t('lots.passed', { rank: lot.award.rank })}</span>
                  )}
                </p>
              )}
              {lot.failed && <p className={styles.small}>{t(`lotEnds.${lot.failed.reason}`)}</p>}
            </li>
          ))}
          {lotLimit !== undefined && (
            <li>
              <p className={styles.small}>{t('lots.limit', { count: lotLimit })}</p>
            </li>
          )}
        </ol>
      </Card>
    </Section>
  )
}
