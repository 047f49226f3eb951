// The visits to an evaluation's contract, as evidence beside its scheme: the newest fifty.
import { useTranslation } from 'react-i18next'
import { listInspections } from '../../../loop/evaluation/contract/inspections.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { InspectionResultTag } from './InspectionResultTag.tsx'

export function InspectionTab({ contract }: { readonly contract: string }) {
  const { t } = useTranslation('evaluation')
  const { data, error, refetch } = useAsk(listInspections, { query: { contract, size: 50 } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={3} />
  return (
    <ListTable
      label={t('desk.inspections')}
      rows={data.rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'visitedAt',
          title: t('fields.visitedAt'),
          width: 130,
          cell: (row) => (
            <Go to={`/desk/evaluation/inspections/${row.id}`}>
              <InstantText instant={row.visitedAt} style="compact" />
            </Go>
          ),
        },
        { key: 'place', title: t('fields.place'), width: 150, cell: (row) => row.place },
        { key: 'looked', title: t('fields.looked'), cell: (row) => row.looked },
        { key: 'words', title: t('desk.inspectionWords'), cell: (row) => row.words },
        { key: 'inspector', title: t('fields.inspectorName'), width: 90, cell: (row) => row.inspectorName },
        {
          key: 'result',
          title: t('fields.result'),
          width: 130,
          cell: (row) => <InspectionResultTag inspection={row} />,
        },
      ]}
    />
  )
}
