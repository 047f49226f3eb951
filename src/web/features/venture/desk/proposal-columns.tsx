// Columns of every list of proposals on the desk.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { listMyProposals } from '../../../../loop/venture/contract/proposals.ts'
import type { Column } from '../../../ui/desk/list-page.ts'
import { Go } from '../../../ui/shared/Go.tsx'
import { MoneyText } from '../../../ui/shared/MoneyText.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { proposalTones } from '../venture-tones.ts'

export type ProposalRow = OutputOf<typeof listMyProposals>['rows'][number]

export function useProposalColumns(): Column<ProposalRow>[] {
  const { t } = useTranslation('venture')
  return [
    { key: 'number', title: t('fields.number'), width: 112, cell: (row) => row.number },
    {
      key: 'title',
      title: t('desk.project'),
      main: true,
      cell: (row) => <Go to={`/desk/venture/proposals/${row.id}`}>{row.title}</Go>,
    },
    { key: 'organization', title: t('fields.organizationName'), width: 190, cell: (row) => row.organizationName },
    { key: 'division', title: t('fields.divisionName'), width: 120, cell: (row) => row.divisionName ?? row.division },
    {
      key: 'asked',
      title: t('fields.asked'),
      width: 130,
      align: 'right',
      cell: (row) => <MoneyText amount={row.asked} />,
    },
    {
      key: 'state',
      title: t('fields.state'),
      width: 116,
      cell: (row) => <Tag tone={proposalTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
    },
  ]
}
