// One visit on the spot: where, what was looked at, what came of it, and the findings that it made.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getInspection } from '../../../loop/evaluation/contract/inspections.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { RecordPage } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace } from '../../ui/desk/record-trace.ts'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { findingTones } from './FindingListPage.tsx'
import { inspectionTones } from './InspectionResultTag.tsx'

export default function InspectionRecordPage() {
  const { t } = useTranslation('evaluation')
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getInspection, { params: { id } })
  const trace = useRecordTrace('inspection', id)
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={6} />
  return (
    <RecordPage
      crumbs={[
        { label: t('desk.evaluations'), to: '/desk/evaluation' },
        { label: t('desk.inspections'), to: '/desk/evaluation/inspections' },
      ]}
      title={t('desk.inspectionOf', { title: data.title })}
      state={{ label: t(`inspectionResults.${data.result}`), tone: inspectionTones[data.result] }}
      acts={[]}
      facts={[
        {
          label: t('fields.organizationName'),
          value: <Go to={`/desk/organizations/${data.organization}`}>{data.organizationName ?? data.organization}</Go>,
          span: 2,
        },
        {
          label: t('fields.contract'),
          value: <Go to={`/desk/contracts/${data.contract}`}>{data.contractNumber}</Go>,
        },
        { label: t('fields.visitedAt'), value: <InstantText instant={data.visitedAt} style="compact" /> },
        { label: t('fields.inspectorName'), value: data.inspectorName },
        { label: t('fields.announced'), value: t(data.announced ? 'frame:form.yes' : 'frame:form.no') },
        { label: t('fields.place'), value: data.place, span: 2 },
        { label: t('fields.divisionName'), value: data.divisionName ?? data.division },
        { label: t('fields.looked'), value: data.looked, span: 3 },
        { label: t('desk.inspectionWords'), value: data.words, span: 3 },
      ]}
      timeline={trace.timeline}
    >
      {data.made.length > 0 && (
        <RelatedList
          title={t('desk.findings')}
          records={data.made.map((finding) => ({
            key: finding.id,
            icon: finding.serious ? 'alert' : 'search',
            number: t(`findingKinds.${finding.kind}`),
            title: finding.words,
            to: `/desk/evaluation/findings/${finding.id}`,
            state: t(`states.${finding.state}`),
            tone: findingTones[finding.state],
          }))}
        />
      )}
    </RecordPage>
  )
}
