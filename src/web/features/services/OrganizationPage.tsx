// The public page of an organization: who it is, its rating, lists, certificates and credit record.
import { useTranslation } from 'react-i18next'
import { useParams } from '@tanstack/react-router'
import { getOrganization } from '../../../registers/organizations/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Clauses, Item, ItemList } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { ShareButton } from '../needs/resident/ShareButton.tsx'
import styles from './services.module.css'

export default function OrganizationPage() {
  const { t } = useTranslation(['services', 'organizations', 'needs'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getOrganization, { params: { id } })
  if (error)
    return (
      <Page title={t('services:organization')}>
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('services:organization')}>
        <Skeleton rows={9} />
      </Page>
    )
  const listed = data.abnormal || data.illegal
  return (
    <Page
      title={t('services:organization')}
      tool={<ShareButton title={data.name} />}
      band={
        <div className={styles.band}>
          <p className={styles.top}>
            <Tag round tone={listed ? 'bad' : 'organization'} icon={listed ? 'alert' : 'check'}>
              {listed
                ? t(`organizations:warningLists.${data.illegal ? 'illegal' : 'abnormal'}`)
                : t(`organizations:states.${data.state}`)}
            </Tag>
            <span>{data.rating ? t('services:rating', { rating: data.rating }) : t('services:noRating')}</span>
          </p>
          <h2>
            <Clauses text={data.name} />
          </h2>
          <p>
            {t(`organizations:kinds.${data.kind}`)}
            {data.agency && t('services:agency')}
          </p>
        </div>
      }
    >
      <div className={styles.first}>
        <Card pad>
          <p className={styles.words}>{data.charter}</p>
          <dl className={styles.facts}>
            {data.uscc && (
              <>
                <dt>{t('services:uscc')}</dt>
                <dd>{data.uscc}</dd>
              </>
            )}
            {data.registeredOn && (
              <>
                <dt>{t('organizations:fields.registeredOn')}</dt>
                <dd>
                  <DateText date={data.registeredOn} style="full" />
                </dd>
              </>
            )}
            <dt>{t('organizations:fields.division')}</dt>
            <dd>{[data.divisionName, data.address].filter(Boolean).join(' ')}</dd>
            <dt>{t('organizations:fields.categories')}</dt>
            <dd>{data.categories.map((code) => t(`needs:categories.${code}`)).join(t('frame:list.separator'))}</dd>
            <dt>{t('organizations:fields.certificates')}</dt>
            <dd>{t('services:persons', { count: data.certificates })}</dd>
            <dt>{t('organizations:fields.creditPoints')}</dt>
            <dd>{data.creditPoints}</dd>
          </dl>
        </Card>
      </div>
      {data.warnings.length > 0 && (
        <Section title={t('services:warnings')}>
          <Card>
            <ItemList>
              {data.warnings.map((each) => (
                <Item
                  key={each.list + each.enteredAt}
                  title={t(`organizations:warningLists.${each.list}`)}
                  meta={[
                    each.reason,
                    <DateText key="at" date={each.enteredAt} style="full" />,
                    each.leftAt && t('services:left'),
                  ].filter(Boolean)}
                />
              ))}
            </ItemList>
          </Card>
        </Section>
      )}
      <Section title={t('services:credit')}>
        <Card>
          {data.credit.length === 0 ? (
            <p className={styles.none}>{t('services:noCredit')}</p>
          ) : (
            <ItemList>
              {data.credit.map((each) => (
                <Item
                  key={each.at + each.words}
                  title={each.words}
                  meta={[
                    <DateText key="at" date={each.at} style="full" />,
                    t('services:creditPoints', { count: each.points }),
                  ]}
                />
              ))}
            </ItemList>
          )}
        </Card>
      </Section>
    </Page>
  )
}
