// A project for everybody: whom it serves, what it does and costs, comments while they are open, milestones to confirm, its thread.
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from '@tanstack/react-router'
import { getProject } from '../../../loop/projects/contract.ts'
import { useAddressQuery } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Clauses, Item, ItemList } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { placeName } from '../needs/resident/NeedSaid.tsx'
import { ShareButton } from '../needs/resident/ShareButton.tsx'
import { ThreadSection } from '../needs/resident/ThreadSection.tsx'
import { MilestonesOf } from './Milestones.tsx'
import { ProjectComments } from './ProjectComments.tsx'
import styles from './services.module.css'

const AccountPage = lazy(() => import('../thread/AccountPage.tsx'))

/** `?account` is the same project as one sheet to print: not a route of its own, whose name every resident would load with the landing page. */
export default function ProjectPage() {
  const [query] = useAddressQuery()
  return query['account'] === undefined ? (
    <ProjectView />
  ) : (
    <Suspense fallback={<Skeleton rows={9} />}>
      <AccountPage />
    </Suspense>
  )
}

function ProjectView() {
  const { t } = useTranslation(['services', 'projects', 'needs'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getProject, { params: { id } })
  if (error)
    return (
      <Page title={t('services:project')}>
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('services:project')}>
        <Skeleton rows={9} />
      </Page>
    )
  return (
    <Page
      title={t('services:projectNumber', { number: data.number })}
      tool={<ShareButton title={data.title} />}
      band={
        <div className={styles.band}>
          <p className={styles.top}>
            <Tag
              round
              tone={data.state === 'completed' ? 'done' : data.state === 'resident-review' ? 'waiting' : 'progress'}
              icon="clock"
            >
              {t(`projects:states.${data.state}`)}
            </Tag>
            <span>{placeName(data.divisionName)}</span>
          </p>
          <h2>
            <Clauses text={data.title} />
          </h2>
          <p>{t('services:for', { group: data.targetGroup })}</p>
        </div>
      }
    >
      <div className={styles.first}>
        <Card pad>
          <p className={styles.words}>{data.goals}</p>
          <dl className={styles.facts}>
            <dt>{t('services:when')}</dt>
            <dd>
              <DateText date={data.start} style="full" /> {t('services:to')} <DateText date={data.end} style="full" />
            </dd>
            <dt>{t('projects:fields.budget')}</dt>
            <dd>
              <MoneyText amount={data.budget} unit strong />
            </dd>
            {data.contractValue && (
              <>
                <dt>{t('projects:fields.contractValue')}</dt>
                <dd>
                  <MoneyText amount={data.contractValue} unit strong />
                </dd>
              </>
            )}
            {data.cost && (
              <>
                <dt>{t('projects:fields.cost')}</dt>
                <dd>
                  <MoneyText amount={data.cost} unit strong />
                </dd>
              </>
            )}
            {data.score !== undefined && (
              <>
                <dt>{t('projects:fields.score')}</dt>
                <dd>{t('services:points', { count: data.score })}</dd>
              </>
            )}
            <dt>{t('projects:fields.source')}</dt>
            <dd>{t(`projects:sources.${data.source}`)}</dd>
            <dt>{t('projects:fields.mode')}</dt>
            <dd>{t(`projects:modes.${data.mode}`)}</dd>
            <dt>{t('projects:fields.categories')}</dt>
            <dd>{data.categories.map((code) => t(`needs:categories.${code}`)).join(t('frame:list.separator'))}</dd>
            {data.evidence && (
              <>
                <dt>{t('projects:fields.evidence')}</dt>
                <dd>
                  {t(`projects:evidenceKinds.${data.evidence.kind}`)}
                  {data.evidence.count !== undefined && t('services:evidenceCount', { count: data.evidence.count })}
                </dd>
              </>
            )}
          </dl>
        </Card>
      </div>
      <ProjectComments project={data} />
      {data.contract && <MilestonesOf contract={data.contract} />}
      <Section title={t('projects:fields.activities')}>
        <Card>
          <ItemList>
            {data.activities.map((each) => (
              <Item
                key={each.name}
                title={each.name}
                meta={[t('services:times', { count: each.times }), each.note].filter(Boolean)}
              />
            ))}
          </ItemList>
        </Card>
      </Section>
      <Section title={t('projects:fields.results')}>
        <Card>
          <ItemList>
            {data.results.map((each) => (
              <Item
                key={each.indicator}
                title={each.indicator}
                meta={[`${t(`projects:resultKinds.${each.kind}`)} ${each.target} ${each.unit}`]}
              />
            ))}
          </ItemList>
        </Card>
      </Section>
      <Section title={t('services:moneyGoes')}>
        <Card pad>
          <table className={styles.money}>
            <thead>
              <tr>
                <th scope="col">{t('projects:fields.item')}</th>
                <th scope="col">{t('services:yuan')}</th>
              </tr>
            </thead>
            <tbody>
              {data.budgetLines.map((line) => (
                <tr key={line.item}>
                  <td>
                    {line.item}
                    <small>
                      {t('services:line', {
                        quantity: line.quantity,
                        unit: line.unit,
                        purpose: t(`projects:purposes.${line.purpose}`),
                      })}
                    </small>
                  </td>
                  <td>
                    <MoneyText amount={line.amount} />
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('services:sum')}</th>
                <td>
                  <MoneyText amount={data.budget} strong />
                </td>
              </tr>
            </tfoot>
          </table>
        </Card>
      </Section>
      {data.needs.length > 0 && (
        <Section title={t('projects:fields.needs')}>
          <Card>
            <ItemList>
              {data.needs.map((need) => (
                <Item
                  key={need.id}
                  to={`/needs/${need.id}`}
                  title={need.title ?? t('needs:resident.privateTitle')}
                  meta={[need.number].filter(Boolean)}
                  arrow
                />
              ))}
            </ItemList>
          </Card>
        </Section>
      )}
      <ThreadSection kind="project" id={data.id} />
    </Page>
  )
}
