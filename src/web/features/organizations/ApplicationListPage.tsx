// Applications for registration or filing that this office decides.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listApplications, organizationStates } from '../../../registers/organizations/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { useOrganizationColumns } from './organization-columns.tsx'

type Row = OutputOf<typeof listApplications>['rows'][number]

export default function ApplicationListPage() {
  const { t } = useTranslation('organizations')
  const columns = useOrganizationColumns()
    .filter((column) => column.key !== 'rating')
    .map((column) => ({ ...column, sort: undefined }))
  return (
    <ListPage<Row>
      title={t('desk.applications')}
      endpoint={listApplications}
      rowKey={(row) => row.id}
      to={(row) => `/desk/organizations/${row.id}`}
      primary={
        <DeskButton icon="organization" to="/desk/organizations">
          {t('desk.register')}
        </DeskButton>
      }
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        ...(['applied', 'accepted', 'reviewed'] as const).map((state) => ({
          key: state,
          label: t(`states.${state}`),
          filters: { state },
        })),
      ]}
      filters={[
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: organizationStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
      ]}
      columns={[
        ...columns,
        {
          key: 'appliedAt',
          title: t('fields.appliedAt'),
          width: 120,
          cell: (row) => <InstantText instant={row.appliedAt} style="compact" />,
        },
      ]}
    />
  )
}
