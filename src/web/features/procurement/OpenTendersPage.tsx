// Tenders that organizations may compete for, newest first.
import { useTranslation } from 'react-i18next'
import { listTenders, tenderStates } from '../../../loop/procurement/contract.ts'
import { currentAssignment, useSession } from '../../app/session.ts'
import type { Filter } from '../../ui/desk/list-page.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { type TenderRow, useTenderColumns, useTenderFilters } from './tender-columns.tsx'

export default function OpenTendersPage() {
  const { t } = useTranslation('procurement')
  // Whoever comes for an organization; others have nothing that could qualify.
  const bids = currentAssignment(useSession())?.organizationId !== undefined
  const filters = useTenderFilters(tenderStates.filter((state) => state !== 'planning'))
  const ours: Filter = {
    name: 'fit',
    label: t('fit.filter'),
    kind: 'choice',
    options: [{ value: 'ours', label: t('fit.ours') }],
  }
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
        ...(bids ? [{ key: 'ours', label: t('fit.ours'), filters: { fit: 'ours' } }] : []),
        { key: 'standstill', label: t('states.standstill'), filters: { state: 'standstill' } },
      ]}
      filters={bids ? [...filters, ours] : filters}
      columns={useTenderColumns()}
    />
  )
}
