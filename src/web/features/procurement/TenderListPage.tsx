// Tenders of the places where I work.
import { useTranslation } from 'react-i18next'
import { listDeskTenders } from '../../../loop/procurement/contract/desk.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { type TenderRow, useTenderColumns, useTenderFilters } from './tender-columns.tsx'

export default function TenderListPage() {
  const { t } = useTranslation('procurement')
  const mayPlan = useMay('procurement.runTender')
  return (
    <ListPage<TenderRow>
      title={t('name')}
      endpoint={listDeskTenders}
      rowKey={(row) => row.id}
      to={(row) => `/desk/procurement/${row.id}`}
      primary={
        mayPlan && (
          <DeskButton kind="primary" icon="plus" to="/desk/procurement/new">
            {t('verbs.planTender')}
          </DeskButton>
        )
      }
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        ...(['planning', 'published', 'closed', 'scoring', 'standstill', 'awarded'] as const).map((state) => ({
          key: state,
          label: t(`states.${state}`),
          filters: { state },
        })),
        { key: 'split', label: t('split.view'), filters: { split: 'found' } },
      ]}
      filters={useTenderFilters()}
      empty={{ title: t('desk.empty'), next: t('desk.emptyNext') }}
      columns={useTenderColumns()}
    />
  )
}
