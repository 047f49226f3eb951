// One finding of an inspection with its rectification.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getFinding, rectifyFinding, reopenFinding, verifyFinding } from '../../../loop/evaluation/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { RecordPage } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { findingTones } from './FindingListPage.tsx'

export default function FindingRecordPage() {
  const { t } = useTranslation('evaluation')
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getFinding, { params: { id } })
  const trace = useRecordTrace('finding', id)
  const steps = useStateSteps(
    'evaluation',
    ['open', 'rectified', 'verified'],
    data?.state ?? 'open',
    data?.history ?? [],
  )
  const { acts, dialog } = useVerbs('evaluation', { id, version: data?.version, title: data?.title }, data?.actions, {
    rectifyFinding: { endpoint: rectifyFinding, icon: 'pencil' },
    verifyFinding: { endpoint: verifyFinding, icon: 'check' },
    reopenFinding: { endpoint: reopenFinding, icon: 'back' },
  })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={6} />
  return (
    <>
      <RecordPage
        crumbs={[
          { label: t('desk.evaluations'), to: '/desk/evaluation' },
          { label: t('desk.findings'), to: '/desk/evaluation/findings' },
        ]}
        title={t('frame:list.named', { name: t(`findingKinds.${data.kind}`), value: data.title })}
        state={{ label: t(`states.${data.state}`), tone: findingTones[data.state] }}
        primary={acts.find((act) => act.off === undefined && act.key !== 'reopenFinding')?.key}
        acts={acts}
        steps={steps}
        due={data.state === 'open' ? <DueLight due={data.rectifyUntil} style="date" /> : undefined}
        facts={[
          {
            label: t('fields.organizationName'),
            value: (
              <Go to={`/desk/organizations/${data.organization}`}>{data.organizationName ?? data.organization}</Go>
            ),
            span: 2,
          },
          {
            label: t('fields.contract'),
            value: <Go to={`/desk/contracts/${data.contract}`}>{data.contractNumber}</Go>,
          },
          { label: t('fields.foundAt'), value: <InstantText instant={data.foundAt} style="compact" /> },
          ...(data.inspection
            ? [
                {
                  label: t('kinds.inspection'),
                  value: <Go to={`/desk/evaluation/inspections/${data.inspection}`}>{t('desk.toInspection')}</Go>,
                },
              ]
            : []),
          { label: t('fields.serious'), value: t(data.serious ? 'frame:form.yes' : 'frame:form.no') },
          { label: t('fields.divisionName'), value: data.divisionName ?? data.division },
          { label: t('desk.found'), value: data.words, span: 3 },
          ...(data.rectification
            ? [{ label: t('fields.rectification'), value: data.rectification, span: 3 as const }]
            : []),
          ...(data.remarks ? [{ label: t('fields.remarks'), value: data.remarks, span: 3 as const }] : []),
        ]}
        timeline={trace.timeline}
      />
      {dialog}
    </>
  )
}
