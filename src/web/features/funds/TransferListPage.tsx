// Transfers between accounts, newest first; those that wait for a second person at hand.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listTransfers, sources, transferPurposes, transferStates } from '../../../registers/funds/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag, type TagTone } from '../../ui/shared/Tag.tsx'

type Row = OutputOf<typeof listTransfers>['rows'][number]

export const transferTones: Readonly<Record<Row['state'], TagTone>> = {
  proposed: 'waiting',
  posted: 'done',
  refused: 'neutral',
  reversed: 'neutral',
}

export default function TransferListPage() {
  const { t } = useTranslation('funds')
  return (
    <ListPage<Row>
      title={t('desk.transfers')}
      endpoint={listTransfers}
      rowKey={(row) => row.id}
      to={(row) => `/desk/funds/transfers/${row.id}`}
      primary={
        <DeskButton icon="yuan" to="/desk/funds">
          {t('desk.accounts')}
        </DeskButton>
      }
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        { key: 'proposed', label: t('states.proposed'), filters: { state: 'proposed' } },
        { key: 'payment', label: t('purposes.payment'), filters: { purpose: 'payment' } },
      ]}
      filters={[
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: transferStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        {
          name: 'purpose',
          label: t('fields.purpose'),
          kind: 'choice',
          options: transferPurposes.map((value) => ({ value, label: t(`purposes.${value}`) })),
        },
        {
          name: 'source',
          label: t('fields.source'),
          kind: 'choice',
          options: sources.map((value) => ({ value, label: t(`sources.${value}`) })),
        },
        { name: 'division', label: t('fields.division'), kind: 'division' },
      ]}
      columns={[
        { key: 'number', title: t('fields.number'), width: 120, main: true, cell: (row) => row.number },
        { key: 'purpose', title: t('fields.purpose'), width: 100, cell: (row) => t(`purposes.${row.purpose}`) },
        { key: 'place', title: t('fields.divisionName'), width: 140, cell: (row) => row.divisionName ?? row.division },
        { key: 'source', title: t('fields.source'), width: 120, cell: (row) => t(`sources.${row.source}`) },
        { key: 'organization', title: t('fields.organizationName'), cell: (row) => row.organizationName ?? '—' },
        {
          key: 'amount',
          title: t('fields.amount'),
          width: 130,
          align: 'right',
          cell: (row) => <MoneyText amount={row.amount} />,
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 90,
          cell: (row) => <Tag tone={transferTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
        },
        {
          key: 'proposedAt',
          title: t('fields.proposedAt'),
          width: 110,
          cell: (row) => <InstantText instant={row.proposedAt} style="compact" />,
        },
      ]}
    />
  )
}
