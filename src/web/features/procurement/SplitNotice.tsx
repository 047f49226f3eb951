// What looks like one purchase split in several: the others, their sum, and the procurer's reason. For desks only.
import { Trans, useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import styles from './matters.module.css'

export function SplitNotice({ tender }: { readonly tender: OutputOf<typeof getTender> }) {
  const { t } = useTranslation('procurement')
  const { split } = tender
  if (!split) return null
  return (
    <section className={styles.warn}>
      <h2>
        <Icon name="alert" size={16} /> {t('split.title')}
      </h2>
      <p>
        <Trans
          t={t}
          i18nKey="split.what"
          count={split.tenders.length}
          components={{
            sum: <MoneyText amount={split.sum} unit strong />,
            threshold: <MoneyText amount={split.threshold} unit />,
          }}
        />
      </p>
      <ul>
        {split.tenders.map((each) => (
          <li key={each.id}>
            <Go to={`/desk/procurement/${each.id}`}>
              {each.number} {each.title}
            </Go>{' '}
            <MoneyText amount={each.budget} unit />
          </li>
        ))}
      </ul>
      <p>{split.reason ? t('split.reason', { reason: split.reason }) : t('split.next')}</p>
    </section>
  )
}
