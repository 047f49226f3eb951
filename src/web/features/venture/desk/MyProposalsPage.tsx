// Proposals of my organization and what became of them.
import { useTranslation } from 'react-i18next'
import { proposalStates } from '../../../../loop/venture/contract.ts'
import { listMyProposals } from '../../../../loop/venture/contract/proposals.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../../ui/desk/ListPage.tsx'
import { type ProposalRow, useProposalColumns } from './proposal-columns.tsx'

export default function MyProposalsPage() {
  const { t } = useTranslation('venture')
  const columns = useProposalColumns().filter((column) => column.key !== 'organization')
  return (
    <ListPage<ProposalRow>
      title={t('menu.proposals')}
      endpoint={listMyProposals}
      rowKey={(row) => row.id}
      to={(row) => `/desk/venture/proposals/${row.id}`}
      primary={
        <DeskButton kind="primary" icon="search" to="/desk/venture/open">
          {t('menu.open')}
        </DeskButton>
      }
      filters={[
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: proposalStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
      ]}
      empty={{ title: t('desk.noProposals'), next: t('desk.noProposalsNext') }}
      columns={[
        ...columns.slice(0, 2),
        { key: 'call', title: t('fields.callTitle'), width: 220, cell: (row) => row.callTitle ?? '—' },
        ...columns.slice(2),
      ]}
    />
  )
}
