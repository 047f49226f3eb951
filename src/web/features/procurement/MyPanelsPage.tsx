// Tenders that I was drawn to score.
import { useTranslation } from 'react-i18next'
import { listMyPanels } from '../../../loop/procurement/contract/desk.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { type TenderRow, useTenderColumns } from './tender-columns.tsx'

export default function MyPanelsPage() {
  const { t } = useTranslation('procurement')
  return (
    <ListPage<TenderRow>
      title={t('menu.panels')}
      note={t('desk.panelsNote')}
      endpoint={listMyPanels}
      rowKey={(row) => row.id}
      to={(row) => (row.state === 'scoring' ? `/desk/procurement/${row.id}/score` : `/desk/procurement/${row.id}`)}
      empty={{ title: t('desk.noPanels'), next: t('desk.noPanelsNext') }}
      columns={useTenderColumns().filter((column) => column.key !== 'award')}
    />
  )
}
