// After raising: the number, who handles it, by when, and what happens next.
import { useTranslation } from 'react-i18next'
import { getNeed } from '../../../../loop/needs/contract.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { placeName } from './NeedSaid.tsx'
import styles from './raise.module.css'

const after = [
  { key: 'accept', icon: 'check' },
  { key: 'told', icon: 'bell' },
  { key: 'supported', icon: 'hand' },
  { key: 'verdict', icon: 'star' },
] as const

export default function RaisedPage() {
  const { t } = useTranslation('needs')
  const [query] = useAddressQuery()
  const id = query['id'] ?? ''
  const { data, error, refetch } = useAsk(getNeed, { params: { id } }, { enabled: id !== '' })
  return (
    <Page title={t('resident.raised.title')} closing back="/">
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={6} />
      ) : (
        <>
          <div className={styles.first}>
            <Card>
              <div className={styles.done}>
                <Icon name="check" size={44} />
                <h2>{t('resident.raised.received')}</h2>
                <p>{data.title}</p>
              </div>
              <dl className={styles.promise}>
                <dt>{t('fields.number')}</dt>
                <dd>{data.number}</dd>
                <dt>{t('resident.raised.handler')}</dt>
                <dd>{data.holder?.name ?? t('resident.raised.committee', { place: placeName(data.divisionName) })}</dd>
                {data.dueAt && (
                  <>
                    <dt>{t('resident.raised.by')}</dt>
                    <dd>
                      <DateText date={data.dueAt} style="weekday" />
                      {t('resident.raised.before')}
                    </dd>
                  </>
                )}
                <dt>{t('fields.visibility')}</dt>
                <dd>{t(`visibilities.${data.visibility}`)}</dd>
              </dl>
            </Card>
          </div>
          <Section title={t('resident.raised.next')}>
            <Card>
              <ol className={styles.after}>
                {after
                  .filter(({ key }) => key !== 'supported' || data.visibility === 'public')
                  .map(({ key, icon }) => (
                    <li key={key}>
                      <Icon name={icon} size={22} />
                      <span>{t(`resident.raised.after.${key}`)}</span>
                    </li>
                  ))}
              </ol>
            </Card>
          </Section>
          <div className={styles.goes}>
            <Button kind="primary" to={`/needs/${data.id}`}>
              {t('resident.raised.see')}
            </Button>
            <Button kind="plain" wide to="/">
              {t('resident.raised.home')}
            </Button>
          </div>
        </>
      )}
    </Page>
  )
}
