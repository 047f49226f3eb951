// A contract for residents: who does what by when for how much, and what waits for their confirmation.
import { useTranslation } from 'react-i18next'
import { useParams } from '@tanstack/react-router'
import { getContract } from '../../../loop/contracts/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Clauses } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { PartyMark } from '../../ui/shared/PartyMark.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { ThreadSection } from '../needs/resident/ThreadSection.tsx'
import { Milestones } from './Milestones.tsx'
import styles from './services.module.css'

export default function ContractPage() {
  const { t } = useTranslation(['services', 'contracts', 'needs'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getContract, { params: { id } })
  if (error)
    return (
      <Page title={t('services:contract')}>
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('services:contract')}>
        <Skeleton rows={9} />
      </Page>
    )
  return (
    <Page
      title={t('services:contractNumber', { number: data.number })}
      band={
        <div className={styles.band}>
          <p className={styles.top}>
            <Tag round tone="progress" icon="contract">
              {t(`contracts:states.${data.state}`)}
            </Tag>
          </p>
          <h2>
            <Clauses text={data.title} />
          </h2>
        </div>
      }
    >
      <div className={styles.first}>
        <Card pad>
          <dl className={styles.facts} data-alone>
            <dt>{t('services:undertaker')}</dt>
            <dd>
              <Go to={`/organizations/${data.organization}`}>
                <PartyMark party="organization">{data.organizationName}</PartyMark>
              </Go>
            </dd>
            <dt>{t('services:value')}</dt>
            <dd>
              <MoneyText amount={data.value} unit strong />
            </dd>
            <dt>{t('services:paid')}</dt>
            <dd>
              <MoneyText amount={data.paid} unit strong />
            </dd>
            <dt>{t('services:when')}</dt>
            <dd>
              <DateText date={data.start} style="full" /> {t('services:to')} <DateText date={data.end} style="full" />
            </dd>
            <dt>{t('services:project')}</dt>
            <dd>
              <Go className={styles.link} to={`/projects/${data.project.id}`}>
                {data.project.title}
              </Go>
            </dd>
          </dl>
        </Card>
      </div>
      <Section title={t('services:milestone.title')}>
        <Card>
          <Milestones contract={data} />
        </Card>
      </Section>
      <p className={styles.verify}>
        <Go className={styles.link} to="/contracts/verify">
          {t('services:verify.link')}
        </Go>
      </p>
      <ThreadSection kind="contract" id={data.id} />
    </Page>
  )
}
