// The announced result: votes, points and awards, best first.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { getCall } from '../../../../loop/venture/contract.ts'
import { ListTable } from '../../../ui/desk/ListTable.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { MoneyText } from '../../../ui/shared/MoneyText.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { proposalTones } from '../venture-tones.ts'

type Results = OutputOf<typeof getCall>['results']

export function ResultTable({ results }: { readonly results: Results }) {
  const { t } = useTranslation('venture')
  const points = (value: number) => value.toFixed(2)
  return (
    <ListTable
      label={t('desk.results')}
      rows={results}
      rowKey={(row) => row.proposal}
      columns={[
        { key: 'rank', title: t('fields.rank'), width: 64, cell: (row) => row.rank },
        {
          key: 'title',
          title: t('desk.project'),
          cell: (row) => <Go to={`/desk/venture/proposals/${row.proposal}`}>{row.title}</Go>,
        },
        { key: 'organization', title: t('fields.organizationName'), width: 190, cell: (row) => row.organizationName },
        { key: 'votes', title: t('fields.votes'), width: 76, align: 'right', cell: (row) => row.votes },
        {
          key: 'voteScore',
          title: t('fields.voteScore'),
          width: 96,
          align: 'right',
          cell: (row) => points(row.voteScore),
        },
        {
          key: 'panelScore',
          title: t('fields.panelScore'),
          width: 96,
          align: 'right',
          cell: (row) => points(row.panelScore),
        },
        { key: 'score', title: t('fields.score'), width: 84, align: 'right', cell: (row) => points(row.score) },
        {
          key: 'award',
          title: t('fields.award'),
          width: 130,
          align: 'right',
          cell: (row) => (row.award ? <MoneyText amount={row.award} /> : '—'),
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 104,
          cell: (row) => <Tag tone={proposalTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
        },
      ]}
    />
  )
}
