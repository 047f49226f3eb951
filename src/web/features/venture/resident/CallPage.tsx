// A venture call for everybody: what is sought, who may vote and until when, the proposals, and the result once it stands.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { getCall } from '../../../../loop/venture/contract.ts'
import type { listProposals } from '../../../../loop/venture/contract/proposals.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Clauses, Item } from '../../../ui/resident/Item.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { MoneyText } from '../../../ui/shared/MoneyText.tsx'
import { PartyMark } from '../../../ui/shared/PartyMark.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { GrownList } from '../../needs/resident/GrownList.tsx'
import { useGrown } from '../../needs/resident/more-pages.ts'
import { placeName } from '../../needs/resident/NeedSaid.tsx'
import { callTones, proposalTones } from '../venture-tones.ts'
import styles from './venture.module.css'

type View = OutputOf<typeof getCall>
type Row = OutputOf<typeof listProposals>['rows'][number]

/** What a resident may do now, in one sentence. */
function Now({ call }: { readonly call: View }) {
  const { t } = useTranslation('venture')
  const most = call.terms?.votesEach ?? 0
  const said =
    call.state === 'voting'
      ? t('page.voteNow', { most, left: Math.max(most - call.myVotes.length, 0) })
      : t(`page.now.${call.state}`)
  return (
    <p className={styles.now} role="note">
      <Icon name={call.state === 'voting' ? 'ballot' : 'info'} size={18} />
      {said}
    </p>
  )
}

function Results({ call }: { readonly call: View }) {
  const { t } = useTranslation('venture')
  return (
    <Section title={t('desk.results')}>
      <Card>
        <ol className={styles.results}>
          {call.results.map((row) => (
            <li key={row.proposal}>
              <b className={styles.rank}>{row.rank}</b>
              <div>
                <Go to={`/venture/proposals/${row.proposal}`}>{row.title}</Go>
                <p>{row.organizationName}</p>
                <p>{t('desk.resultSay', { ...row })}</p>
                <p className={styles.award}>
                  <Tag round tone={proposalTones[row.state]}>
                    {t(`states.${row.state}`)}
                  </Tag>
                  {row.award && <MoneyText amount={row.award} unit strong />}
                </p>
              </div>
            </li>
          ))}
        </ol>
      </Card>
      <p className={styles.small}>{t('desk.weightsSay', { vote: call.voteWeight, panel: call.panelWeight })}</p>
    </Section>
  )
}

function Proposals({ call }: { readonly call: View }) {
  const { t } = useTranslation('venture')
  const list = useGrown<Row>(`/api/venture-calls/${call.id}/proposals?size=50`, true)
  return (
    <Section title={t('verbs.listProposals')}>
      <GrownList
        list={list}
        row={(row) => (
          <Item
            key={row.id}
            to={`/venture/proposals/${row.id}`}
            title={row.title}
            arrow
            meta={[
              <span key="asked">
                {t('fields.asked')} <MoneyText amount={row.asked} unit />
              </span>,
              ...(call.myVotes.includes(row.id)
                ? [
                    <Tag key="mine" round tone="done" icon="check">
                      {t('page.voted')}
                    </Tag>,
                  ]
                : []),
            ]}
          >
            <PartyMark party="organization">{row.organizationName}</PartyMark>
          </Item>
        )}
        empty={<EmptyState icon="inbox" title={t('page.noProposals')} next={t('page.noProposalsNext')} />}
      />
    </Section>
  )
}

export default function CallPage() {
  const { t } = useTranslation(['venture', 'projects', 'needs'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getCall, { params: { id } })
  if (error || !data)
    return (
      <Page title={t('venture:name')} back="/venture">
        {error ? <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} /> : <Skeleton rows={9} />}
      </Page>
    )
  return (
    <Page
      title={t('venture:page.number', { number: data.number })}
      back="/venture"
      band={
        <div className={styles.band}>
          <p className={styles.top}>
            <Tag round tone={callTones[data.state]} icon="star">
              {t(`venture:states.${data.state}`)}
            </Tag>
            <span>{placeName(data.divisionName)}</span>
          </p>
          <h2>
            <Clauses text={data.title} />
          </h2>
          {data.endReason && <p>{t('venture:page.because', { words: data.endReason })}</p>}
        </div>
      }
    >
      <Now call={data} />
      {data.results.length > 0 && <Results call={data} />}
      {data.results.length === 0 && <Proposals call={data} />}
      <Section title={t('venture:fields.theme')}>
        <Card pad>
          <p className={styles.words}>{data.theme}</p>
          <dl className={styles.facts}>
            <dt>{t('venture:fields.places')}</dt>
            <dd>{data.places.map((place) => place.name).join(t('frame:list.separator'))}</dd>
            <dt>{t('venture:fields.ceiling')}</dt>
            <dd>
              <MoneyText amount={data.ceiling} unit strong />
            </dd>
            <dt>{t('venture:fields.total')}</dt>
            <dd>
              <MoneyText amount={data.total} unit strong />
            </dd>
            <dt>{t('venture:fields.source')}</dt>
            <dd>{t(`projects:sources.${data.source}`)}</dd>
            <dt>{t('venture:fields.proposalsUntil')}</dt>
            <dd>
              <DateText date={data.proposalsUntil} style="full" />
            </dd>
            <dt>{t('venture:fields.voteUntil')}</dt>
            <dd>
              <DateText date={data.voteUntil} style="full" />
            </dd>
          </dl>
        </Card>
      </Section>
      <Section title={t('venture:desk.judging')}>
        <Card pad>
          <p className={styles.words}>
            {t('venture:desk.weightsSay', { vote: data.voteWeight, panel: data.panelWeight })}
          </p>
          {data.terms && <p className={styles.words}>{t('venture:desk.termsSay', { ...data.terms })}</p>}
          <ul className={styles.criteria}>
            {data.criteria.map((each) => (
              <li key={each.name}>
                {each.name}
                <b>{each.weight}%</b>
              </li>
            ))}
          </ul>
          {data.draw && (
            <>
              <p className={styles.words}>{t('venture:desk.drawSay')}</p>
              <p className={styles.hash}>
                {t('venture:desk.commitment')}
                <code>{data.draw.commitment}</code>
              </p>
              {data.draw.secret && (
                <p className={styles.hash}>
                  {t('venture:desk.secret')}
                  <code>{data.draw.secret}</code>
                </p>
              )}
            </>
          )}
        </Card>
      </Section>
    </Page>
  )
}
