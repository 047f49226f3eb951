// One venture call on the desk: its terms, its proposals, the panel's progress without its points, and the result.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import * as calls from '../../../../loop/venture/contract.ts'
import { leaveVenturePanel } from '../../../../loop/venture/contract/judging.ts'
import { draftProposal, listProposals } from '../../../../loop/venture/contract/proposals.ts'
import { useGo } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import { ListTable } from '../../../ui/desk/ListTable.tsx'
import { RecordPage } from '../../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../../ui/desk/record-trace.ts'
import type { RecordAct } from '../../../ui/desk/record-acts.ts'
import { useVerbs } from '../../../ui/desk/record-verbs.tsx'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { DueLight } from '../../../ui/shared/DueLight.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { MoneyText } from '../../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { callTones, callWay } from '../venture-tones.ts'
import { useProposalColumns } from './proposal-columns.tsx'
import { ResultTable } from './ResultTable.tsx'
import styles from './desk-venture.module.css'

type View = OutputOf<typeof calls.getCall>

const onward = [
  'openCall',
  'startVote',
  'appointVenturePanel',
  'announceCall',
  'closeCall',
  'draftProposal',
  'scoreProposal',
]

function Proposals({ call }: { readonly call: View }) {
  const { t } = useTranslation('venture')
  const columns = useProposalColumns()
  const { data, error, refetch } = useAsk(listProposals, { params: { id: call.id }, query: { size: 100 } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={4} />
  if (data.rows.length === 0) return <EmptyState icon="inbox" title={t('desk.noneYet')} next={t('desk.noneYetNext')} />
  return <ListTable label={t('verbs.listProposals')} rows={data.rows} rowKey={(row) => row.id} columns={columns} />
}

/** What the panel scores, and how far it is; nobody's points. */
function Judging({ call }: { readonly call: View }) {
  const { t } = useTranslation('venture')
  return (
    <div className={styles.judging}>
      <section>
        <h3>{t('desk.weights')}</h3>
        <p>{t('desk.weightsSay', { vote: call.voteWeight, panel: call.panelWeight })}</p>
        {call.terms && <p>{t('desk.termsSay', { ...call.terms })}</p>}
      </section>
      <section>
        <h3>{t('fields.criteria')}</h3>
        <ul>
          {call.criteria.map((each) => (
            <li key={each.name}>
              {each.name}
              <b>{each.weight}%</b>
            </li>
          ))}
        </ul>
      </section>
      {call.draw && (
        <section>
          <h3>{t('desk.draw')}</h3>
          <p>{t('desk.drawSay')}</p>
          <dl className={styles.hashes}>
            <dt>{t('desk.commitment')}</dt>
            <dd>{call.draw.commitment}</dd>
            <dt>{t('desk.listHash')}</dt>
            <dd>{call.draw.listHash}</dd>
            {call.draw.secret && (
              <>
                <dt>{t('desk.secret')}</dt>
                <dd>{call.draw.secret}</dd>
              </>
            )}
          </dl>
        </section>
      )}
    </div>
  )
}

export default function CallRecordPage() {
  const { t } = useTranslation(['venture', 'projects'])
  const go = useGo()
  const { id = '' } = useParams({ strict: false })
  const category = useCategoryName()
  const { data, error, refetch } = useAsk(calls.getCall, { params: { id } })
  const trace = useRecordTrace('venture-call', id)
  const steps = useStateSteps('venture', callWay, data?.state ?? 'planning', data?.history ?? [])
  const { acts, dialog } = useVerbs(
    'venture',
    { id, version: data?.version, number: data?.number, title: data?.title },
    data?.actions,
    {
      openCall: { endpoint: calls.openCall, icon: 'send' },
      editCall: { endpoint: calls.editCall, icon: 'pencil', onAct: () => go(`/desk/venture/${id}/edit`) },
      startVote: {
        endpoint: calls.startVote,
        icon: 'ballot',
        initial: { voteUntil: data?.voteUntil, scoreUntil: data?.scoreUntil },
      },
      appointVenturePanel: { endpoint: calls.appointPanel, icon: 'users' },
      announceCall: { endpoint: calls.announceCall, icon: 'check' },
      closeCall: { endpoint: calls.closeCall, icon: 'check' },
      cancelCall: { endpoint: calls.cancelCall, icon: 'close', danger: true },
      leaveVenturePanel: { endpoint: leaveVenturePanel, icon: 'logout', danger: true },
      draftProposal: { endpoint: draftProposal, icon: 'plus', onAct: () => go(`/desk/venture/${id}/propose`) },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const score: readonly RecordAct[] =
    data.onPanel && data.state === 'panel'
      ? [
          {
            key: 'scoreProposal',
            label: t('venture:verbs.scoreProposal'),
            icon: 'scale',
            onAct: () => go(`/desk/venture/${id}/score`),
          },
        ]
      : []
  const all = [...score, ...acts]
  const due = { open: data.proposalsUntil, voting: data.voteUntil, panel: data.scoreUntil }[data.state as 'open']
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('venture:name'), to: '/desk/venture' }]}
        number={data.number}
        title={data.title}
        state={{ label: t(`venture:states.${data.state}`), tone: callTones[data.state], icon: 'star' }}
        primary={all.find((act) => act.off === undefined && onward.includes(act.key))?.key}
        acts={all}
        steps={steps}
        due={due ? <DueLight due={`${due}T15:59:59.999Z`} style="date" /> : undefined}
        facts={[
          { label: t('venture:desk.caller'), value: data.divisionName ?? data.division },
          { label: t('venture:fields.ceiling'), value: <MoneyText amount={data.ceiling} unit /> },
          { label: t('venture:fields.total'), value: <MoneyText amount={data.total} unit /> },
          { label: t('venture:fields.source'), value: t(`projects:sources.${data.source}`) },
          {
            label: t('venture:fields.categories'),
            value: data.categories.map(category).join(t('frame:list.separator')),
          },
          { label: t('venture:fields.purchaseItem'), value: data.purchaseItem },
          { label: t('venture:fields.proposalsUntil'), value: <DateText date={data.proposalsUntil} style="full" /> },
          { label: t('venture:fields.voteUntil'), value: <DateText date={data.voteUntil} style="full" /> },
          { label: t('venture:fields.scoreUntil'), value: <DateText date={data.scoreUntil} style="full" /> },
          {
            label: t('venture:fields.places'),
            value: data.places.map((place) => place.name).join(t('frame:list.separator')),
            span: 3,
          },
          { label: t('venture:desk.admitted'), value: t('venture:desk.count', { count: data.admitted }) },
          ...(data.undecided === undefined
            ? []
            : [
                {
                  label: t('venture:desk.undecided'),
                  value: t('venture:desk.count', { count: data.undecided }),
                },
              ]),
          ...(data.sheets
            ? [{ label: t('venture:desk.sheets'), value: t('venture:desk.sheetsOf', { ...data.sheets }) }]
            : []),
          ...(data.awarded
            ? [{ label: t('venture:desk.awarded'), value: <MoneyText amount={data.awarded} unit /> }]
            : []),
          { label: t('venture:fields.theme'), value: data.theme, span: 3 },
          ...(data.endReason ? [{ label: t('venture:fields.reason'), value: data.endReason, span: 3 as const }] : []),
        ]}
        timeline={trace.timeline}
        more={
          data.state === 'planning' ? undefined : (
            <button type="button" role="menuitem" onClick={() => go(`/venture/${id}`)}>
              {t('projects:desk.publicPage')}
            </button>
          )
        }
        tabs={[
          ...(data.results.length > 0
            ? [
                {
                  key: 'results',
                  label: t('venture:desk.results'),
                  icon: 'check' as const,
                  count: data.results.length,
                  content: <ResultTable results={data.results} />,
                },
              ]
            : []),
          {
            key: 'proposals',
            label: t('venture:verbs.listProposals'),
            icon: 'project',
            content: <Proposals call={data} />,
          },
          {
            key: 'judging',
            label: t('venture:desk.judging'),
            icon: 'scale',
            content: <Judging call={data} />,
          },
        ]}
      />
      {dialog}
    </>
  )
}
