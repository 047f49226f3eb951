// A tender for everybody: what is bought, how it is judged, and from the award notice on all bids with prices and scores.
import { useTranslation } from 'react-i18next'
import { useParams } from '@tanstack/react-router'
import { getTender } from '../../../loop/procurement/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Clauses } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { placeName } from '../needs/resident/NeedSaid.tsx'
import { ThreadSection } from '../needs/resident/ThreadSection.tsx'
import { AwardCheck } from '../thread/AwardCheck.tsx'
import { SealedSection } from './SealedSection.tsx'
import { TenderLots } from './TenderLots.tsx'
import { TenderChanges, TenderDraw, TenderObjections, TenderQuestions } from './TenderMatters.tsx'
import styles from './services.module.css'

/** Hundredths of a point in words. */
function points(score: number): string {
  return (score / 100).toFixed(2)
}

export default function TenderPage() {
  const { t } = useTranslation(['services', 'procurement', 'needs'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getTender, { params: { id } })
  if (error)
    return (
      <Page title={t('services:tender.title')} back="/tenders">
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('services:tender.title')} back="/tenders">
        <Skeleton rows={9} />
      </Page>
    )
  const bidders = new Set(data.bids.map((bid) => bid.organization))
  const won = new Set([data.award?.bid, ...(data.lots ?? []).map((lot) => lot.award?.bid)].filter(Boolean))
  return (
    <Page
      title={t('services:tender.number', { number: data.number })}
      back="/tenders"
      band={
        <div className={styles.band}>
          <p className={styles.top}>
            <Tag
              round
              tone={
                data.state === 'published'
                  ? 'waiting'
                  : data.award || data.lots?.some((lot) => lot.award)
                    ? 'done'
                    : 'neutral'
              }
              icon="tender"
            >
              {t(`procurement:states.${data.state}`)}
            </Tag>
            <span>{placeName(data.divisionName)}</span>
          </p>
          <h2>
            <Clauses text={data.title} />
          </h2>
          {data.award && (
            <p>
              {t('services:tender.won', { name: data.award.organizationName })}
              <MoneyText amount={data.award.price} unit strong />
            </p>
          )}
          {data.endReason && (
            <p>
              {t(`procurement:endReasons.${data.endReason}`)}
              {data.endWords && t('services:tender.because', { words: data.endWords })}
            </p>
          )}
        </div>
      }
    >
      <div className={styles.first}>
        <Card pad>
          <p className={styles.words}>{data.description}</p>
          <dl className={styles.facts}>
            <dt>{t('services:tender.budget')}</dt>
            <dd>
              <MoneyText amount={data.budget} unit strong />
            </dd>
            <dt>{t('procurement:fields.procedure')}</dt>
            <dd>{t(`procurement:procedures.${data.procedure}`)}</dd>
            {data.publishedAt && (
              <>
                <dt>{t('services:tender.published')}</dt>
                <dd>
                  <DateText date={data.publishedAt} style="full" />
                </dd>
              </>
            )}
            {data.deadline && (
              <>
                <dt>{t('services:tender.deadline')}</dt>
                <dd>
                  <InstantText instant={data.deadline} style="full" />
                </dd>
              </>
            )}
            <dt>{t('services:tender.who')}</dt>
            <dd>
              {[
                data.requirements.minimumRating
                  ? t('services:tender.rating', { rating: data.requirements.minimumRating })
                  : undefined,
                data.requirements.certificates > 0
                  ? t('services:tender.certificates', { count: data.requirements.certificates })
                  : undefined,
              ]
                .filter(Boolean)
                .join(t('frame:list.separator')) || t('services:tender.anyone')}
            </dd>
            <dt>{t('services:project')}</dt>
            <dd>
              <Go className={styles.link} to={`/projects/${data.project.id}`}>
                {data.project.title}
              </Go>
            </dd>
          </dl>
          {data.files.map((file) => (
            <a key={file.id} href={`/api/files/${file.id}`} className={styles.link}>
              <Icon name="document" size={20} />
              {file.name}
            </a>
          ))}
        </Card>
      </div>
      <TenderLots tender={data} />
      <Section title={t('procurement:fields.criteria')}>
        <Card pad>
          <table className={styles.money}>
            <thead>
              <tr>
                <th scope="col">{t('services:tender.criterion')}</th>
                <th scope="col">{t('services:tender.weight')}</th>
              </tr>
            </thead>
            <tbody>
              {data.criteria.map((each) => (
                <tr key={each.name}>
                  <td>
                    {each.name}
                    <small>{t(`procurement:criterionKinds.${each.kind}`)}</small>
                  </td>
                  <td>{each.weight}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      </Section>
      <TenderQuestions tender={data} />
      <TenderChanges tender={data} />
      {data.bids.length > 0 && (
        <Section title={t('services:tender.bids')} note={t('services:tender.bidCount', { count: bidders.size })}>
          <Card>
            <ol className={styles.bids}>
              {[...data.bids]
                .sort((one, other) => (one.lot ?? 0) - (other.lot ?? 0) || (one.rank ?? 99) - (other.rank ?? 99))
                .map((bid) => (
                  <li key={bid.id} data-won={won.has(bid.id) || undefined}>
                    <p>
                      <b>
                        <Go to={`/organizations/${bid.organization}`}>
                          {bid.organizationName ?? t('services:tender.hidden')}
                        </Go>
                      </b>
                      {won.has(bid.id) && (
                        <Tag round tone="done" icon="check">
                          {t('services:tender.winner')}
                        </Tag>
                      )}
                    </p>
                    <p className={styles.small}>
                      {[
                        bid.lot !== undefined && t('procurement:lots.short', { n: bid.lot }),
                        bid.rank !== undefined && t('services:tender.rank', { count: bid.rank }),
                        bid.score !== undefined && t('services:points', { count: points(bid.score) }),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                      {bid.price && (
                        <>
                          {' '}
                          · <MoneyText amount={bid.price} unit />
                        </>
                      )}
                      {!bid.valid && (
                        <>
                          {' '}
                          ·{' '}
                          {bid.faults
                            .map((fault) => t(`procurement:bidFaults.${fault}`))
                            .join(t('frame:list.separator'))}
                        </>
                      )}
                    </p>
                  </li>
                ))}
            </ol>
          </Card>
        </Section>
      )}
      {data.bidForm === 'sealed' && <SealedSection tender={data.id} />}
      <TenderDraw tender={data} />
      {won.size > 0 && <AwardCheck tender={data.id} />}
      <TenderObjections tender={data} />
      <ThreadSection kind="tender" id={data.id} />
    </Page>
  )
}
