// What was published of one procurement, step by step, each with its data.
import { useTranslation } from 'react-i18next'
import { useParams } from '@tanstack/react-router'
import { getProcess } from '../../../insight/open-data/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Clauses } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { InstantText, useDateWords } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { placeName } from '../needs/resident/NeedSaid.tsx'
import styles from './open-data.module.css'

type Release = OutputOf<typeof getProcess>['history'][number]

/** The step in words: for the work what was accepted or paid, else what the release is about. */
function What({ release: { tags, detail } }: { readonly release: Release }) {
  const { t } = useTranslation('open-data')
  if (detail?.amount !== undefined)
    return (
      <>
        {t(detail.kind === 'paid' ? 'process.paid' : 'process.paidBack')} <MoneyText amount={detail.amount} unit />
      </>
    )
  if (detail?.kind === 'closed') return t('process.closed')
  if (detail?.title !== undefined)
    return t(detail.kind === 'met' ? 'process.met' : 'process.reported', { title: detail.title })
  return t(`tags.${tags[0]}`)
}

export default function ProcessPage() {
  const { t } = useTranslation(['open-data', 'needs'])
  const { id = '' } = useParams({ strict: false })
  const words = useDateWords()
  const { data, error, refetch } = useAsk(getProcess, { params: { id } })
  if (error)
    return (
      <Page title={t('page.title')} back="/data">
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('page.title')} back="/data">
        <Skeleton rows={8} />
      </Page>
    )
  return (
    <Page
      title={t('page.title')}
      back="/data"
      band={
        <div className={styles.band}>
          <p>{placeName(data.divisionName)}</p>
          <h2>
            <Clauses text={data.title} />
          </h2>
        </div>
      }
    >
      <div className={styles.first}>
        <Card pad>
          <dl className={styles.facts}>
            <dt>{t('process.ocid')}</dt>
            <dd>
              <code className={styles.code}>{data.ocid}</code>
              {!data.registered && <p className={styles.small}>{t('page.unregistered')}</p>}
            </dd>
            <dt>{t('process.all')}</dt>
            <dd>
              <a href={`/api/ocds/records/${data.ocid}`} download={`${data.ocid}.json`} className={styles.link}>
                <Icon name="document" size={20} />
                {t('process.record')}
              </a>
            </dd>
            <dt>{t('process.tender')}</dt>
            <dd>
              <Go to={`/tenders/${data.tender}`} className={styles.link}>
                {t('process.page')}
              </Go>
            </dd>
          </dl>
        </Card>
      </div>
      <Section title={t('process.history')} note={t('page.releases', { count: data.releases })}>
        <Card>
          <ol className={styles.history}>
            {data.history.map((release) => (
              <li key={release.id}>
                <p>
                  <b>
                    <What release={release} />
                  </b>
                  <small>
                    <InstantText instant={release.date} style="full" />
                  </small>
                </p>
                <a
                  href={`/api/ocds/releases/${release.id}`}
                  download={`${release.id}.json`}
                  className={styles.link}
                  aria-label={t('process.dataOf', { what: t(`tags.${release.tags[0]}`), date: words(release.date) })}
                >
                  {t('process.data')}
                </a>
              </li>
            ))}
          </ol>
        </Card>
        <p className={styles.foot}>{t('process.foot')}</p>
      </Section>
    </Page>
  )
}
