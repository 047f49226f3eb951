// One evaluation: its scheme with what the records show, the judgements, the reply, and what it means for the last payment.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { drawSurvey, openSurvey } from '../../../loop/evaluation/contract/surveys.ts'
import {
  getEvaluation,
  publishEvaluation,
  replaceEvaluator,
  replyToEvaluation,
  sendBackEvaluation,
  submitEvaluation,
} from '../../../loop/evaluation/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { RecordPage, Split } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { Thread, ThreadLegend } from '../../ui/shared/Thread.tsx'
import { evaluationTones } from './EvaluationListPage.tsx'
import { JudgeDialog } from './JudgeDialog.tsx'
import { DrawSurveyDialog } from './DrawSurveyDialog.tsx'
import { EvaluatorField } from './EvaluatorField.tsx'
import { InspectionTab } from './InspectionTab.tsx'
import { OpenSurveyDialog } from './OpenSurveyDialog.tsx'
import { SurveyTab } from './SurveyTab.tsx'

export default function EvaluationRecordPage() {
  const { t } = useTranslation('evaluation')
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getEvaluation, { params: { id } })
  const mayRead = useMay('evaluation.readEvaluation')
  const mayHand = useMay('evaluation.handSurveyPaper')
  const trace = useRecordTrace('evaluation', id)
  const steps = useStateSteps(
    'evaluation',
    ['planned', 'submitted', 'published'],
    data?.state ?? 'planned',
    data?.history ?? [],
  )
  const { acts, dialog } = useVerbs(
    'evaluation',
    { id, version: data?.version, number: data?.number, title: data?.title },
    data?.actions,
    {
      openSurvey: {
        endpoint: openSurvey,
        icon: 'users',
        own: (close) => (data ? <OpenSurveyDialog evaluation={data} onClose={close} /> : null),
      },
      drawSurvey: {
        endpoint: drawSurvey,
        icon: 'users',
        own: (close) =>
          data?.survey?.id === undefined ? null : (
            <DrawSurveyDialog evaluation={data} survey={data.survey.id} onClose={close} />
          ),
      },
      submitEvaluation: {
        endpoint: submitEvaluation,
        icon: 'send',
        own: (close) => (data ? <JudgeDialog evaluation={data} onClose={close} /> : null),
      },
      replyToEvaluation: { endpoint: replyToEvaluation, icon: 'chat' },
      publishEvaluation: { endpoint: publishEvaluation, icon: 'check' },
      sendBackEvaluation: { endpoint: sendBackEvaluation, icon: 'back' },
      replaceEvaluator: {
        endpoint: replaceEvaluator,
        icon: 'swap',
        overrides: { evaluator: { control: <EvaluatorField division={data?.division} /> } },
      },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('desk.evaluations'), to: '/desk/evaluation' }]}
        number={data.number}
        title={data.title}
        state={{ label: t(`states.${data.state}`), tone: evaluationTones[data.state], icon: 'evaluation' }}
        primary={
          acts.find(
            (act) => act.off === undefined && act.key !== 'replaceEvaluator' && act.key !== 'sendBackEvaluation',
          )?.key
        }
        acts={acts}
        steps={steps}
        due={
          data.state === 'planned' ? (
            <DueLight due={data.dueAt} style="date" />
          ) : data.state === 'submitted' && data.replyUntil ? (
            <DueLight due={data.replyUntil} style="date" />
          ) : undefined
        }
        facts={[
          {
            label: t('fields.organizationName'),
            value: (
              <Go to={`/desk/organizations/${data.organization}`}>{data.organizationName ?? data.organization}</Go>
            ),
            span: 2,
          },
          { label: t('fields.kind'), value: t(`evaluationKinds.${data.kind}`) },
          { label: t('fields.divisionName'), value: data.divisionName ?? data.division },
          {
            label: t('fields.contract'),
            value: <Go to={`/desk/contracts/${data.contract.id}`}>{data.contract.number}</Go>,
          },
          { label: t('fields.evaluator'), value: data.evaluator?.name ?? '—' },
          { label: t('desk.findings'), value: t('desk.findingsCount', data.findings) },
          { label: t('desk.inspections'), value: t('desk.inspectionsCount', data.inspections) },
          ...(data.score === undefined ? [] : [{ label: t('fields.score'), value: <b>{data.score.toFixed(1)}</b> }]),
          ...(data.factorBps === undefined
            ? []
            : [{ label: t('desk.lastPayment'), value: t('desk.paidBy', { percent: data.factorBps / 100 }) }]),
          ...(data.survey && data.survey.id === undefined
            ? [{ label: t('survey.commitment'), value: <code>{data.survey.commitment}</code>, span: 3 as const }]
            : []),
          ...(data.summary ? [{ label: t('fields.summary'), value: data.summary, span: 3 as const }] : []),
          ...(data.reply ? [{ label: t('fields.reply'), value: data.reply.words, span: 3 as const }] : []),
          ...(data.sendBack ? [{ label: t('fields.remarks'), value: data.sendBack, span: 3 as const }] : []),
          ...(data.kind === 'final'
            ? [
                {
                  label: t('desk.rule'),
                  value: data.factors
                    .map((step) => t('desk.factorStep', { from: step.from, percent: step.factorBps / 100 }))
                    .join(t('frame:list.semicolon')),
                  span: 3 as const,
                },
              ]
            : []),
        ]}
        timeline={trace.timeline}
        tabs={[
          {
            key: 'items',
            label: t('fields.items'),
            icon: 'scale',
            count: data.items.length,
            content: (
              <ListTable
                label={t('fields.items')}
                rows={data.items}
                rowKey={(row) => row.name}
                columns={[
                  { key: 'name', title: t('fields.name'), width: 220, cell: (row) => row.name },
                  {
                    key: 'source',
                    title: t('fields.source'),
                    width: 130,
                    cell: (row) => (
                      <Tag tone={row.source === 'expert' ? 'neutral' : 'progress'}>
                        {t(`itemSources.${row.source}`)}
                      </Tag>
                    ),
                  },
                  {
                    key: 'basis',
                    title: t('desk.basis'),
                    cell: (row) =>
                      row.source === 'computed' && row.measure
                        ? t('desk.measured', {
                            measure: t(`measures.${row.measure}`),
                            actual: row.actual ?? '—',
                            target: row.target ?? '—',
                          })
                        : row.source === 'survey' && !row.judged && row.answers !== undefined
                          ? t('desk.surveyed', { answers: row.answers, margin: (row.margin ?? 0).toFixed(1) })
                          : (row.reason ?? row.guide ?? row.questions?.join(' ') ?? ''),
                  },
                  {
                    key: 'weight',
                    title: t('fields.weight'),
                    width: 80,
                    align: 'right',
                    cell: (row) => `${row.weight}%`,
                  },
                  {
                    key: 'score',
                    title: t('fields.score'),
                    width: 90,
                    align: 'right',
                    cell: (row) => row.score?.toFixed(1) ?? '—',
                  },
                ]}
              />
            ),
          },
          ...(data.survey?.id === undefined
            ? []
            : [
                {
                  key: 'survey',
                  label: t('survey.tab'),
                  icon: 'users' as const,
                  extra: mayHand && !data.survey.closed && (
                    <DeskButton small icon="print" to={`/desk/evaluation/surveys/${data.survey.id}/papers`}>
                      {t('papers.title')}
                    </DeskButton>
                  ),
                  content: <SurveyTab id={data.survey.id} />,
                },
              ]),
          ...(data.inspections.total === 0 || !mayRead
            ? []
            : [
                {
                  key: 'inspections',
                  label: t('desk.inspections'),
                  icon: 'search' as const,
                  count: data.inspections.total,
                  content: <InspectionTab contract={data.contract.id} />,
                },
              ]),
          {
            key: 'thread',
            label: t('desk:menu.thread'),
            icon: 'thread',
            extra: <ThreadLegend />,
            content: <Thread stations={trace.stations} />,
          },
        ]}
      >
        {trace.related.length > 0 && (
          <Split>
            <RelatedList records={trace.related} />
          </Split>
        )}
      </RecordPage>
      {dialog}
    </>
  )
}
