// One service record: what was done, when, where, with how many, and its photos.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getServiceRecord, voidServiceRecord } from '../../../loop/delivery/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { RecordPage as Frame, Split } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { Thread, ThreadLegend } from '../../ui/shared/Thread.tsx'
import styles from './delivery.module.css'

export default function RecordPage() {
  const { t } = useTranslation(['delivery', 'volunteering'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getServiceRecord, { params: { id } })
  const trace = useRecordTrace('service-record', id)
  const { acts, dialog } = useVerbs(
    'delivery',
    { id, version: data?.version, number: data?.number, title: data?.activityName },
    data?.actions,
    { voidServiceRecord: { endpoint: voidServiceRecord, icon: 'trash', danger: true } },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  return (
    <>
      <Frame
        crumbs={[{ label: t('desk.records'), to: '/desk/delivery' }]}
        number={data.number}
        title={data.activityName}
        state={{ label: t(`states.${data.state}`), tone: data.state === 'filed' ? 'done' : 'neutral' }}
        acts={acts}
        facts={[
          { label: t('fields.kind'), value: t(`kinds.${data.kind}`) },
          { label: t('fields.from'), value: <InstantText instant={data.from} style="compact" /> },
          { label: t('fields.until'), value: <InstantText instant={data.until} style="compact" /> },
          { label: t('desk.worker'), value: data.workerName },
          {
            label: t('desk.people'),
            value: t('desk.peopleNew', { count: data.attendance, newcomers: data.newcomers }),
          },
          { label: t('fields.place'), value: data.place },
          {
            label: t('fields.contract'),
            value: <Go to={`/desk/contracts/${data.contract}`}>{data.contractNumber ?? t('fields.contract')}</Go>,
          },
          { label: t('fields.divisionName'), value: data.divisionName ?? data.division, span: 2 },
          { label: t('fields.words'), value: data.words, span: 3 },
          ...(data.doubts.length > 0
            ? [
                {
                  label: t('fields.doubts'),
                  value: data.doubts.map((doubt) => t(`options.doubt.${doubt}`)).join(t('frame:list.semicolon')),
                  span: 3 as const,
                },
              ]
            : []),
          ...(data.occasion
            ? [
                {
                  label: t('fields.occasion'),
                  value: <Go to={`/desk/occasions/${data.occasion}`}>{t('verbs.getOccasion')}</Go>,
                },
              ]
            : []),
          ...(data.volunteers
            ? [
                {
                  label: t('volunteering:helped'),
                  value: (
                    <>
                      <Go to={`/desk/occasions/${data.volunteers.shift}`}>{data.volunteers.number}</Go>{' '}
                      {data.volunteers.people.map((person) => person.name).join(t('frame:list.separator'))}{' '}
                      {t('desk.minutes', { count: data.volunteers.minutes })}
                    </>
                  ),
                  span: 3 as const,
                },
              ]
            : []),
          ...(data.voidReason ? [{ label: t('fields.reason'), value: data.voidReason, span: 3 as const }] : []),
          ...(data.photos.length > 0
            ? [
                {
                  label: t('fields.photos'),
                  span: 3 as const,
                  value: (
                    <span className={styles.photos}>
                      {data.photos.map((photo, at) => (
                        <Go key={photo.id} to={`/api/files/${photo.id}`}>
                          <img
                            src={`/api/files/${photo.id}`}
                            alt={t('frame:photo.of', { n: at + 1 })}
                            width={96}
                            height={72}
                            loading="lazy"
                          />
                          {photo.reused && (
                            <Tag tone="waiting" icon="alert">
                              {t('desk.photoReused')}
                            </Tag>
                          )}
                        </Go>
                      ))}
                    </span>
                  ),
                },
              ]
            : []),
        ]}
        timeline={trace.timeline}
        tabs={
          trace.stations.length > 0
            ? [
                {
                  key: 'thread',
                  label: t('desk:menu.thread'),
                  icon: 'thread',
                  extra: <ThreadLegend />,
                  content: <Thread stations={trace.stations} />,
                },
              ]
            : undefined
        }
      >
        {trace.related.length > 0 && (
          <Split>
            <RelatedList records={trace.related} />
          </Split>
        )}
      </Frame>
      {dialog}
    </>
  )
}
