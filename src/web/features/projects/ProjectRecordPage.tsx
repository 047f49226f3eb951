// One project: its design, what residents said, its money, and what happens next with it.
import { useParams } from '@tanstack/react-router'
import { Trans, useTranslation } from 'react-i18next'
import {
  approveProject,
  closeComment,
  editProject,
  getProject,
  sendBackProject,
  submitProject,
  terminateProject,
} from '../../../loop/projects/contract.ts'
import { keepAsTemplate } from '../../../loop/projects/contract/templates.ts'
import { projectEnds } from '../../../loop/projects/rules/parts.ts'
import { planTender } from '../../../loop/procurement/contract.ts'
import { useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { useCategoryName } from '../../ui/desk/CategoryPicker.tsx'
import { MoneySplit } from '../../ui/desk/MoneySplit.tsx'
import { RecordPage, Split } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { ThreadTab } from '../../ui/desk/ThreadTab.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText, moneyWords } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { ThreadLegend } from '../../ui/shared/Thread.tsx'
import { BudgetView, CommentsView, PlanView } from './ProjectTabs.tsx'
import { projectTones, projectWay } from './project-tones.ts'

/** Verbs that carry a project onward: only they are offered as the primary one. */
const onward = new Set(['submitProject', 'closeComment', 'approveProject', 'planTender'])

export default function ProjectRecordPage() {
  const { t } = useTranslation('projects')
  const go = useGo()
  const { id = '' } = useParams({ strict: false })
  const category = useCategoryName()
  const mayTender = useMay('procurement.runTender')
  const { data, error, refetch } = useAsk(getProject, { params: { id } })
  const trace = useRecordTrace('project', id)
  const endOf = (reason: string) => (projectEnds.some((end) => end === reason) ? t(`ends.${reason}`) : reason)
  // The undertaker of a venture call stands: its project goes straight to the contract.
  const way = data?.undertaker ? projectWay.filter((state) => state !== 'tendering') : projectWay
  const steps = useStateSteps('projects', way, data?.state ?? 'drafting', data?.history ?? [])
  const edit = { endpoint: editProject, icon: 'pencil' as const, onAct: () => go(`/desk/projects/${id}/edit`) }
  const { acts, dialog } = useVerbs(
    'projects',
    { id, version: data?.version, number: data?.number, title: data?.title },
    data?.actions,
    {
      submitProject: { endpoint: submitProject, icon: 'send' },
      editProject: edit,
      closeComment: { endpoint: closeComment, icon: 'check' },
      approveProject: { endpoint: approveProject, icon: 'check' },
      sendBackProject: { endpoint: sendBackProject, icon: 'back' },
      planTender: { endpoint: planTender, icon: 'tender', onAct: () => go(`/desk/procurement/new?project=${id}`) },
      terminateProject: { endpoint: terminateProject, icon: 'close', danger: true },
      keepAsTemplate: { endpoint: keepAsTemplate, icon: 'copy', initial: { title: data?.title } },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const evidence = data.evidence
    ? [
        t(`evidenceKinds.${data.evidence.kind}`),
        data.evidence.count !== undefined && t('desk.people', { count: data.evidence.count }),
      ]
        .filter(Boolean)
        .join(t('frame:list.comma'))
    : t('desk.noEvidence')
  const carry = data.undertaker ? 'draftContract' : 'planTender'
  const plan = acts.some((act) => act.key === 'planTender')
  const again = data.rest !== undefined && mayTender
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('name'), to: '/desk/projects' }]}
        number={data.number}
        title={data.title}
        state={{ label: t(`states.${data.state}`), tone: projectTones[data.state], icon: 'project' }}
        primary={
          acts.find((act) => act.off === undefined && onward.has(act.key))?.key ??
          (data.state === 'approved' && mayTender ? carry : undefined)
        }
        acts={
          data.state === 'approved' && mayTender && !plan
            ? [
                ...acts,
                {
                  key: carry,
                  label: t(`verbs.${carry}`),
                  icon: data.undertaker ? 'contract' : 'tender',
                  onAct: () => go(`/desk/${data.undertaker ? 'contracts' : 'procurement'}/new?project=${id}`),
                },
              ]
            : again
              ? [
                  ...acts,
                  {
                    key: 'planTender',
                    label: t('desk.tenderAgain'),
                    icon: 'tender' as const,
                    onAct: () => go(`/desk/procurement/new?project=${id}`),
                  },
                ]
              : acts
        }
        steps={steps}
        due={
          data.state === 'resident-review' && data.commentUntil ? (
            <DueLight due={data.commentUntil} style="date" />
          ) : undefined
        }
        facts={[
          { label: t('fields.targetGroup'), value: data.targetGroup },
          { label: t('fields.mode'), value: t(`modes.${data.mode}`) },
          {
            label: t('desk.period'),
            value: (
              <>
                <DateText date={data.start} style="full" /> — <DateText date={data.end} style="full" />
              </>
            ),
          },
          { label: t('fields.category'), value: data.categories.map(category).join(t('frame:list.separator')) },
          { label: t('fields.source'), value: t(`sources.${data.source}`) },
          { label: t('desk.budgetShort'), value: <MoneyText amount={data.budget} unit /> },
          { label: t('desk.item'), value: `${data.purchaseItem.code} ${data.purchaseItem.name}`, span: 2 },
          { label: t('fields.divisionName'), value: data.divisionName ?? data.division },
          {
            label: t('desk.results'),
            value: data.results
              .map((each) => `${each.indicator} ${each.target.toLocaleString('en')} ${each.unit}`)
              .join(t('frame:list.semicolon')),
            span: 3,
          },
          { label: t('desk.evidence'), value: evidence, span: 2 },
          ...(data.contractValue
            ? [{ label: t('fields.contractValue'), value: <MoneyText amount={data.contractValue} unit /> }]
            : []),
          ...(data.contracts.length > 1
            ? [
                {
                  label: t('fields.contracts'),
                  value: data.contracts.map((each, index) => (
                    <span key={each.id}>
                      {index > 0 && t('frame:list.separator')}
                      <Go to={`/desk/contracts/${each.id}`}>
                        {moneyWords(each.value)} {t(`states.${each.state}`)}
                      </Go>
                    </span>
                  )),
                  span: 2 as const,
                },
              ]
            : []),
          ...(data.rest ? [{ label: t('fields.rest'), value: <MoneyText amount={data.rest} unit /> }] : []),
          ...(data.cost ? [{ label: t('fields.cost'), value: <MoneyText amount={data.cost} unit /> }] : []),
          ...(data.score === undefined ? [] : [{ label: t('desk.score'), value: String(data.score) }]),
          ...(data.duty
            ? [
                {
                  label: t('desk.duty'),
                  value: (
                    <>
                      {data.duty.matter}
                      <Trans
                        t={t}
                        i18nKey="desk.dutyBrings"
                        components={{ money: <MoneyText amount={data.duty.money} unit /> }}
                      />{' '}
                      {data.duty.unfunded && (
                        <Tag tone="bad" icon="alert">
                          {t('desk.unfunded')}
                        </Tag>
                      )}
                    </>
                  ),
                  span: 3 as const,
                },
              ]
            : []),
          ...(data.undertaker
            ? [
                {
                  label: t('fields.undertaker'),
                  value: (
                    <Go to={`/desk/venture/proposals/${data.undertaker.proposal}`}>
                      {t('desk.undertaker', {
                        name: data.undertaker.name,
                        award: moneyWords(data.undertaker.award),
                      })}
                    </Go>
                  ),
                  span: 3 as const,
                },
              ]
            : []),
          ...(data.template
            ? [
                {
                  label: t('template.origin'),
                  value: (
                    <>
                      <Go to={`/desk/projects/templates/${data.template.id}?edition=${data.template.edition}`}>
                        {t('template.originOf', { title: data.template.title, n: data.template.edition })}
                      </Go>
                      {data.template.newest > data.template.edition && (
                        <>
                          {t('frame:list.semicolon')}
                          {t('template.originOld', { newest: data.template.newest })}
                        </>
                      )}
                    </>
                  ),
                  span: 3 as const,
                },
              ]
            : []),
          { label: t('fields.goals'), value: data.goals, span: 3 },
          ...(data.facility ? [{ label: t('desk.facility'), value: data.facility, span: 3 as const }] : []),
          ...(data.conditions ? [{ label: t('fields.conditions'), value: data.conditions, span: 3 as const }] : []),
          ...data.remarks
            .slice(-1)
            .map((remark) => ({ label: t('fields.remarks'), value: remark.words, span: 3 as const })),
          ...(data.endReason ? [{ label: t('fields.reason'), value: endOf(data.endReason), span: 3 as const }] : []),
        ]}
        timeline={trace.timeline}
        more={
          <>
            <button type="button" role="menuitem" onClick={() => go(`/projects/${id}`)}>
              {t('desk.publicPage')}
            </button>
            <button type="button" role="menuitem" onClick={() => go(`/projects/${id}?account=1`)}>
              {t('desk.account')}
            </button>
          </>
        }
        tabs={[
          {
            key: 'thread',
            label: t('desk:menu.thread'),
            icon: 'thread',
            extra: <ThreadLegend />,
            content: <ThreadTab kind="project" id={id} stations={trace.stations} />,
          },
          {
            key: 'budget',
            label: t('fields.budgetLines'),
            icon: 'yuan',
            count: data.budgetLines.length,
            content: <BudgetView lines={data.budgetLines} budget={data.budget} />,
          },
          {
            key: 'plan',
            label: t('desk.plan'),
            icon: 'calendar',
            count: data.activities.length,
            content: <PlanView project={data} />,
          },
          {
            key: 'comments',
            label: t('desk.comments'),
            icon: 'chat',
            count: data.comments.agree + data.comments.disagree + data.comments.neutral,
            content: <CommentsView project={data} />,
          },
        ]}
      >
        <Split>
          <RelatedList records={trace.related} />
          <MoneySplit
            title={t('desk.money')}
            parts={
              trace.money.length > 0
                ? trace.money
                : [{ key: 'budget', label: t('fields.budget'), amount: data.budget, kind: 'later' }]
            }
          />
        </Split>
      </RecordPage>
      {dialog}
    </>
  )
}
