// One social worker's registration: certificate, employer, hours, renewal.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { changeEmployer, getWorker, renewWorker } from '../../../registers/social-workers/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { GoalMeters } from '../../ui/desk/GoalMeters.tsx'
import { RecordPage, Split } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { EmployerField } from './WorkerListPage.tsx'

export default function WorkerRecordPage() {
  const { t } = useTranslation('social-workers')
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getWorker, { params: { id } })
  const trace = useRecordTrace('worker', id)
  const { acts, dialog } = useVerbs(
    'social-workers',
    { id, version: data?.version, number: data?.number, title: data?.maskedName },
    data?.actions,
    {
      renewWorker: { endpoint: renewWorker, icon: 'refresh' },
      changeEmployer: {
        endpoint: changeEmployer,
        icon: 'swap',
        initial: { employer: data?.employer, division: data?.division, post: data?.post },
        overrides: { employer: { control: <EmployerField /> } },
      },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const enough = data.hours >= data.hoursNeeded
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('name'), to: '/desk/social-workers' }]}
        number={data.number}
        title={data.maskedName}
        state={{ label: t(`states.${data.state}`), tone: data.state === 'registered' ? 'done' : 'waiting' }}
        acts={acts}
        due={<DueLight due={data.validUntil} style="date" />}
        facts={[
          { label: t('fields.level'), value: t(`workerLevels.${data.level}`) },
          { label: t('fields.post'), value: t(`posts.${data.post}`) },
          { label: t('fields.divisionName'), value: data.divisionName ?? data.division },
          {
            label: t('fields.employerName'),
            value: data.employer ? (
              <Go to={`/desk/organizations/${data.employer}`}>{data.employerName ?? t('fields.employerName')}</Go>
            ) : (
              (data.divisionName ?? '—')
            ),
            span: 2,
          },
          { label: t('desk.certificate'), value: data.certificate },
          { label: t('desk.passedOn'), value: <DateText date={data.passedOn} style="full" /> },
          { label: t('fields.registeredOn'), value: <DateText date={data.registeredOn} style="full" /> },
          { label: t('desk.validUntil'), value: <DateText date={data.validUntil} style="full" /> },
        ]}
        timeline={trace.timeline}
      >
        {trace.related.length > 0 && (
          <Split>
            <RelatedList records={trace.related} />
          </Split>
        )}
        <GoalMeters
          title={t('fields.hours')}
          note={t('desk.atRenewal')}
          goals={[
            {
              key: 'hours',
              label: t('desk.thisTerm'),
              value: data.hours,
              target: data.hoursNeeded,
              unit: t('desk.hourUnit'),
              reached: enough,
              remark: enough ? t('desk.enough') : t('desk.lacking', { count: data.hoursNeeded - data.hours }),
            },
          ]}
        />
      </RecordPage>
      {dialog}
    </>
  )
}
