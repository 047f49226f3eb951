// Tenders that organizations may compete for, newest first.
import { useTranslation } from 'react-i18next'
import { listTenders, tenderStates } from '../../../loop/procurement/contract.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { type TenderRow, useTenderColumns, useTenderFilters } from './tender-columns.tsx'

export default function OpenTendersPage() {
  const { t } = useTranslation('procurement')
  return (
    <ListPage<TenderRow>
      title={t('menu.tenders')}
      note={t('desk.openNote')}
      endpoint={listTenders}
      rowKey={(row) => row.id}
      to={(row) => `/desk/procurement/${row.id}`}
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        { key: 'published', label: t('states.published'), filters: { state: 'published' } },
        { key: 'standstill', label: t('states.standstill'), filters: { state: 'standstill' } },
      ]}
      filters={useTenderFilters(tenderStates.filter((state) => state !== 'planning'))}
      columns={useTenderColumns()}
    />
  )
}
