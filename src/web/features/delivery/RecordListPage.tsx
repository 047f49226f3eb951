// Service records of the places or the organization where I work.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listServiceRecords, serviceRecordStates } from '../../../loop/delivery/contract.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'

type Row = OutputOf<typeof listServiceRecords>['rows'][number]

export default function RecordListPage() {
  const { t } = useTranslation('delivery')
  const mayFile = useMay('delivery.fileServiceRecord')
  return (
    <ListPage<Row>
      title={t('desk.records')}
      endpoint={listServiceRecords}
      rowKey={(row) => row.id}
      to={(row) => `/desk/delivery/${row.id}`}
      primary={
        mayFile && (
          <DeskButton kind="primary" icon="plus" to="/field/records/new">
            {t('verbs.fileServiceRecord')}
          </DeskButton>
        )
      }
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        ...(mayFile ? [{ key: 'mine', label: t('fields.mine'), filters: { mine: 'yes' } }] : []),
        { key: 'flagged', label: t('fields.flagged'), filters: { flagged: 'yes' } },
      ]}
      filters={[
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: serviceRecordStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        { name: 'division', label: t('fields.division'), kind: 'division' },
        {
          name: 'mine',
          label: t('fields.mine'),
          kind: 'choice',
          options: [{ value: 'yes', label: t('frame:form.yes') }],
        },
        {
          name: 'flagged',
          label: t('fields.flagged'),
          kind: 'choice',
          options: [{ value: 'yes', label: t('frame:form.yes') }],
        },
      ]}
      empty={{ title: t('desk.empty'), next: t('desk.emptyNext') }}
      columns={[
        { key: 'number', title: t('fields.number'), width: 116, cell: (row) => row.number },
        { key: 'activity', title: t('fields.activityName'), main: true, cell: (row) => row.activityName },
        { key: 'kind', title: t('fields.kind'), width: 96, cell: (row) => t(`kinds.${row.kind}`) },
        {
          key: 'from',
          title: t('fields.from'),
          width: 112,
          cell: (row) => <InstantText instant={row.from} style="compact" />,
        },
        {
          key: 'minutes',
          title: t('desk.duration'),
          width: 90,
          align: 'right',
          cell: (row) => t('desk.minutes', { count: row.minutes }),
        },
        {
          key: 'attendance',
          title: t('desk.people'),
          width: 90,
          align: 'right',
          cell: (row) => t('desk.persons', { count: row.attendance }),
        },
        { key: 'worker', title: t('fields.workerName'), width: 100, cell: (row) => row.workerName },
        { key: 'contract', title: t('fields.contract'), width: 112, cell: (row) => row.contractNumber ?? '—' },
        {
          key: 'division',
          title: t('fields.divisionName'),
          width: 120,
          spare: true,
          cell: (row) => row.divisionName ?? row.division,
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 130,
          cell: (row) => (
            <>
              <Tag tone={row.state === 'filed' ? 'done' : 'neutral'}>{t(`states.${row.state}`)}</Tag>{' '}
              {row.flagged && (
                <Tag tone="waiting" icon="alert">
                  {t('fields.flagged')}
                </Tag>
              )}
            </>
          ),
        },
      ]}
    />
  )
}
