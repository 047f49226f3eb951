// Contracts of the places or the organization where I work.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { contractStates, listContracts } from '../../../loop/contracts/contract.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { contractTones } from './contract-tones.ts'

type Row = OutputOf<typeof listContracts>['rows'][number]

export default function ContractListPage() {
  const { t } = useTranslation('contracts')
  return (
    <ListPage<Row>
      title={t('name')}
      endpoint={listContracts}
      rowKey={(row) => row.id}
      to={(row) => `/desk/contracts/${row.id}`}
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        ...contractStates.map((state) => ({ key: state, label: t(`states.${state}`), filters: { state } })),
      ]}
      filters={[
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: contractStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        { name: 'division', label: t('fields.division'), kind: 'division' },
      ]}
      empty={{ title: t('desk.empty'), next: t('desk.emptyNext') }}
      columns={[
        { key: 'number', title: t('fields.number'), width: 112, cell: (row) => row.number },
        { key: 'title', title: t('fields.title'), main: true, cell: (row) => row.title },
        {
          key: 'organization',
          title: t('fields.organizationName'),
          width: 180,
          cell: (row) => row.organizationName ?? row.organization,
        },
        {
          key: 'division',
          title: t('fields.divisionName'),
          width: 120,
          spare: true,
          cell: (row) => row.divisionName ?? row.division,
        },
        {
          key: 'value',
          title: t('fields.value'),
          width: 130,
          align: 'right',
          cell: (row) => <MoneyText amount={row.value} />,
        },
        {
          key: 'milestones',
          title: t('fields.milestones'),
          width: 90,
          align: 'right',
          cell: (row) => `${row.milestones.closed} / ${row.milestones.total}`,
        },
        {
          key: 'due',
          title: t('fields.nextDue'),
          width: 130,
          cell: (row) => (row.nextDue ? <DueLight due={row.nextDue} /> : '—'),
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 110,
          cell: (row) => <Tag tone={contractTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
        },
      ]}
    />
  )
}
