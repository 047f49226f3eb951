// Calls on whose panel I sit.
import { useTranslation } from 'react-i18next'
import { listMyVenturePanels } from '../../../../loop/venture/contract/judging.ts'
import { ListPage } from '../../../ui/desk/ListPage.tsx'
import { type CallRow, useCallColumns } from './call-columns.tsx'

export default function MyPanelsPage() {
  const { t } = useTranslation('venture')
  return (
    <ListPage<CallRow>
      title={t('menu.panels')}
      note={t('desk.panelsNote')}
      endpoint={listMyVenturePanels}
      rowKey={(row) => row.id}
      to={(row) => (row.state === 'panel' ? `/desk/venture/${row.id}/score` : `/desk/venture/${row.id}`)}
      empty={{ title: t('desk.noPanels'), next: t('desk.noPanelsNext') }}
      columns={useCallColumns()}
    />
  )
}
