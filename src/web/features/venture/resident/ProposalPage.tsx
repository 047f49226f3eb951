// A proposal for everybody: what is to be done, for what money, and the vote for it.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { castVentureVote } from '../../../../loop/venture/contract/judging.ts'
import { getProposal } from '../../../../loop/venture/contract/proposals.ts'
import { useAct } from '../../../app/act.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Clauses, Item, ItemList } from '../../../ui/resident/Item.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { ErrorState, useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { MoneyText } from '../../../ui/shared/MoneyText.tsx'
import { PartyMark } from '../../../ui/shared/PartyMark.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { placeName } from '../../needs/resident/NeedSaid.tsx'
import { useSignedIn } from '../../needs/resident/signed.ts'
import { proposalTones } from '../venture-tones.ts'
import styles from './venture.module.css'

type View = OutputOf<typeof getProposal>

/** The vote: once, not to be taken back, and nobody sees the figures before the result. */
function Vote({ proposal }: { readonly proposal: View }) {
  const { t } = useTranslation('venture')
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const { act, pending, problem } = useAct(castVentureVote, {
    onDone: ({ left }) => showToast(t('page.voteDone', { left })),
  })
  if (proposal.call.state !== 'voting' || proposal.state !== 'admitted') return null
  const standing = proposal.actions.find((action) => action.verb === 'castVentureVote')
  if (signedIn && !proposal.voted && standing?.code === 'forbidden') return null
  return (
    <Section title={t('page.vote')} first>
      <Card pad>
        {proposal.voted ? (
          <p className={styles.done} role="status">
            <Icon name="check" size={20} />
            {t('page.votedSay')}
          </p>
        ) : !signedIn ? (
          <Button kind="primary" icon="ballot" onClick={signIn}>
            {t('page.signIn')}
          </Button>
        ) : standing && !standing.ok ? (
          <p className={styles.remark} role="note">
            <Icon name="info" size={18} />
            {t(`refusals.${standing.code}`, { ...standing.params })}
          </p>
        ) : (
          <>
            <Button
              kind="primary"
              icon="ballot"
              busy={pending}
              onClick={() => void act({ params: { id: proposal.id } })}
            >
              {t('page.voteFor')}
            </Button>
            <p className={styles.small}>{t('page.voteNote')}</p>
          </>
        )}
        {problem && (
          <p className={styles.problem} role="alert">
            {problemText(problem)}
          </p>
        )}
      </Card>
    </Section>
  )
}

export default function ProposalPage() {
  const { t } = useTranslation(['venture', 'projects', 'needs'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getProposal, { params: { id } })
  if (error || !data)
    return (
      <Page title={t('venture:kinds.venture-proposal')} back="/venture">
        {error ? <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} /> : <Skeleton rows={9} />}
      </Page>
    )
  return (
    <Page
      title={t('venture:page.proposalNumber', { number: data.number })}
      back={`/venture/${data.call.id}`}
      band={
        <div className={styles.band}>
          <p className={styles.top}>
            <Tag round tone={proposalTones[data.state]} icon="project">
              {t(`venture:states.${data.state}`)}
            </Tag>
            <span>{placeName(data.divisionName)}</span>
          </p>
          <h2>
            <Clauses text={data.title} />
          </h2>
          <p>
            <PartyMark party="organization">{data.organizationName}</PartyMark>
          </p>
          {data.result && <p>{t('venture:desk.resultSay', { ...data.result })}</p>}
          {data.award && (
            <p>
              {t('venture:fields.award')} <MoneyText amount={data.award} unit strong />
            </p>
          )}
        </div>
      }
    >
      <Vote proposal={data} />
      <Section title={t('venture:fields.goals')}>
        <Card pad>
          <p className={styles.words}>{data.goals}</p>
          <dl className={styles.facts}>
            <dt>{t('venture:fields.targetGroup')}</dt>
            <dd>{data.targetGroup}</dd>
            <dt>{t('projects:desk.period')}</dt>
            <dd>
              <DateText date={data.start} style="full" /> — <DateText date={data.end} style="full" />
            </dd>
            <dt>{t('venture:fields.asked')}</dt>
            <dd>
              <MoneyText amount={data.asked} unit strong />
            </dd>
            {data.own && (
              <>
                <dt>{t('venture:fields.own')}</dt>
                <dd>
                  <MoneyText amount={data.own} unit />
                </dd>
              </>
            )}
          </dl>
        </Card>
      </Section>
      {data.needs.length > 0 && (
        <Section title={t('venture:fields.needs')}>
          <Card>
            <ItemList>
              {data.needs.map((need) => (
                <Item
                  key={need.id}
                  to={`/needs/${need.id}`}
                  title={need.title ?? need.number ?? t('venture:fields.needs')}
                  meta={[need.number]}
                  arrow
                />
              ))}
            </ItemList>
          </Card>
        </Section>
      )}
      <Section title={t('projects:desk.plan')}>
        <Card pad>
          <ul className={styles.criteria}>
            {data.activities.map((each) => (
              <li key={each.name}>
                {each.name}
                <b>{t('projects:desk.times', { count: each.times })}</b>
              </li>
            ))}
            {data.results.map((each) => (
              <li key={each.indicator}>
                {each.indicator}
                <b>
                  {each.target.toLocaleString('en')} {each.unit}
                </b>
              </li>
            ))}
          </ul>
        </Card>
      </Section>
      <Section title={t('venture:fields.budgetLines')}>
        <Card pad>
          <ul className={styles.criteria}>
            {data.budgetLines.map((line, index) => (
              <li key={index}>
                {line.item}
                <b>
                  <MoneyText amount={line.amount} unit />
                </b>
              </li>
            ))}
          </ul>
        </Card>
      </Section>
      <Section title={t('venture:fields.strengths')}>
        <Card pad>
          <p className={styles.words}>{data.strengths}</p>
          <Button kind="plain" wide to={`/organizations/${data.organization}`}>
            {t('venture:page.organization')}
          </Button>
        </Card>
      </Section>
      {data.project && (
        <Section title={t('venture:states.project-made')}>
          <Card pad>
            <p className={styles.words}>{t('venture:page.projectSay')}</p>
          </Card>
        </Section>
      )}
    </Page>
  )
}
