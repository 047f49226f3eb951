// One proposal on the desk: its design, what the desk decides of it, the coaching, and the project that it became.
import { Select } from 'antd'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import * as proposals from '../../../../loop/venture/contract/proposals.ts'
import { useGo } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import type { Fact } from '../../../ui/desk/Facts.tsx'
import { RecordPage, Split } from '../../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../../ui/desk/record-trace.ts'
import { useVerbs } from '../../../ui/desk/record-verbs.tsx'
import { RelatedList } from '../../../ui/desk/RelatedList.tsx'
import { DateText, InstantText } from '../../../ui/shared/DateText.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { MoneyText } from '../../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { ActivityList, BudgetView, ResultList } from '../../projects/ProjectTabs.tsx'
import { proposalTones, proposalWay } from '../venture-tones.ts'
import styles from './desk-venture.module.css'

type View = OutputOf<typeof proposals.getProposal>

const onward = ['submitProposal', 'admitProposal', 'coachProposal', 'makeVentureProject']

function Coaching({ notes }: { readonly notes: View['coaching'] }) {
  const { t } = useTranslation('venture')
  if (notes.length === 0) return <EmptyState icon="chat" title={t('desk.noCoaching')} next={t('desk.noCoachingNext')} />
  return (
    <ol className={styles.coaching}>
      {notes.map((note) => (
        <li key={note.at}>
          <p>{note.words}</p>
          <small>
            {note.by} <InstantText instant={note.at} />
          </small>
        </li>
      ))}
    </ol>
  )
}

function useFacts(data: View | undefined): Fact[] {
  const { t } = useTranslation(['venture', 'projects'])
  if (!data) return []
  const { result } = data
  return [
    {
      label: t('venture:fields.call'),
      value: (
        <Go to={`/desk/venture/${data.call.id}`}>
          {data.call.number} {data.call.title}
        </Go>
      ),
      span: 2,
    },
    { label: t('venture:fields.organizationName'), value: data.organizationName },
    { label: t('venture:fields.asked'), value: <MoneyText amount={data.asked} unit /> },
    { label: t('venture:fields.own'), value: data.own ? <MoneyText amount={data.own} unit /> : '—' },
    { label: t('venture:fields.divisionName'), value: data.divisionName ?? data.division },
    { label: t('venture:fields.targetGroup'), value: data.targetGroup },
    {
      label: t('projects:desk.period'),
      value: (
        <>
          <DateText date={data.start} style="full" /> — <DateText date={data.end} style="full" />
        </>
      ),
      span: 2,
    },
    ...(result
      ? [
          {
            label: t('venture:desk.results'),
            value: t('venture:desk.resultSay', { ...result }),
            span: 2 as const,
          },
          {
            label: t('venture:fields.award'),
            value: data.award ? <MoneyText amount={data.award} unit strong /> : '—',
          },
        ]
      : []),
    ...(data.project
      ? [
          {
            label: t('venture:states.project-made'),
            value: <Go to={`/desk/projects/${data.project}`}>{t('venture:desk.seeProject')}</Go>,
          },
        ]
      : []),
    { label: t('venture:fields.goals'), value: data.goals, span: 3 },
    {
      label: t('venture:fields.needs'),
      value:
        data.needs.map((need) => [need.number, need.title].filter(Boolean).join(' ')).join(t('frame:list.semicolon')) ||
        t('venture:desk.noNeeds'),
      span: 3,
    },
    { label: t('venture:fields.strengths'), value: data.strengths, span: 3 },
    ...(data.partners && data.partners.length > 0
      ? [
          {
            label: t('venture:fields.partners'),
            value: data.partners
              .map((each) =>
                t('projects:desk.partner', {
                  kind: t(`projects:partnerKinds.${each.kind}`),
                  role: each.role,
                  persons: each.persons,
                }),
              )
              .join(t('frame:list.semicolon')),
            span: 3 as const,
          },
        ]
      : []),
    ...(data.reason ? [{ label: t('venture:fields.reason'), value: data.reason, span: 3 as const }] : []),
  ]
}

export default function ProposalRecordPage() {
  const { t } = useTranslation(['venture', 'projects'])
  const go = useGo()
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(proposals.getProposal, { params: { id } })
  const trace = useRecordTrace('venture-proposal', id)
  const steps = useStateSteps('venture', proposalWay, data?.state ?? 'draft', data?.history ?? [])
  const facts = useFacts(data)
  const needs = (data?.needs ?? []).map((need) => ({
    value: need.id,
    label: [need.number, need.title].filter(Boolean).join(' '),
  }))
  const { acts, dialog } = useVerbs(
    'venture',
    { id, version: data?.version, number: data?.number, title: data?.title },
    data?.actions.filter((action) => action.verb !== 'castVentureVote' && action.verb !== 'scoreProposal'),
    {
      editProposal: {
        endpoint: proposals.editProposal,
        icon: 'pencil',
        onAct: () => go(`/desk/venture/proposals/${id}/edit`),
      },
      submitProposal: { endpoint: proposals.submitProposal, icon: 'send' },
      takeBackProposal: { endpoint: proposals.takeBackProposal, icon: 'back' },
      withdrawProposal: { endpoint: proposals.withdrawProposal, icon: 'close', danger: true },
      admitProposal: { endpoint: proposals.admitProposal, icon: 'check' },
      turnAwayProposal: { endpoint: proposals.turnAwayProposal, icon: 'close', danger: true },
      coachProposal: { endpoint: proposals.coachProposal, icon: 'chat' },
      declineAward: { endpoint: proposals.declineAward, icon: 'close', danger: true },
      makeVentureProject: {
        endpoint: proposals.makeVentureProject,
        icon: 'project',
        initial: { needs: needs.map((need) => need.value) },
        overrides: {
          needs: {
            control: <Select mode="multiple" aria-label={t('venture:fields.needs')} options={needs} />,
            wide: true,
          },
        },
      },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  return (
    <>
      <RecordPage
        crumbs={[
          { label: t('venture:name'), to: '/desk/venture' },
          { label: data.call.title, to: `/desk/venture/${data.call.id}` },
        ]}
        number={data.number}
        title={data.title}
        state={{ label: t(`venture:states.${data.state}`), tone: proposalTones[data.state], icon: 'project' }}
        primary={acts.find((act) => act.off === undefined && onward.includes(act.key))?.key}
        acts={acts}
        steps={steps}
        facts={facts}
        timeline={trace.timeline}
        tabs={[
          {
            key: 'budget',
            label: t('venture:fields.budgetLines'),
            icon: 'yuan',
            count: data.budgetLines.length,
            content: <BudgetView lines={data.budgetLines as never} budget={data.asked} />,
          },
          {
            key: 'plan',
            label: t('projects:desk.plan'),
            icon: 'calendar',
            count: data.activities.length,
            content: (
              <div className={styles.plan}>
                <ActivityList activities={data.activities} />
                <ResultList results={data.results} />
              </div>
            ),
          },
          {
            key: 'coaching',
            label: t('venture:desk.coaching'),
            icon: 'chat',
            count: data.coaching.length,
            content: <Coaching notes={data.coaching} />,
          },
        ]}
      >
        <Split>
          <RelatedList records={trace.related} />
        </Split>
      </RecordPage>
      {dialog}
    </>
  )
}
