// Venture calls of the places where I work and of those above them.
import { useTranslation } from 'react-i18next'
import { callStates, listDeskCalls } from '../../../../loop/venture/contract.ts'
import { useMay } from '../../../app/session.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../../ui/desk/ListPage.tsx'
import { type CallRow, useCallColumns, useCallFilters } from './call-columns.tsx'

export default function CallListPage() {
  const { t } = useTranslation('venture')
  const mayRun = useMay('venture.runCall')
  return (
    <ListPage<CallRow>
      title={t('name')}
      note={t('desk.note')}
      endpoint={listDeskCalls}
      rowKey={(row) => row.id}
      to={(row) => `/desk/venture/${row.id}`}
      primary={
        mayRun && (
          <DeskButton kind="primary" icon="plus" to="/desk/venture/new">
            {t('verbs.planCall')}
          </DeskButton>
        )
      }
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        ...(['open', 'screening', 'voting', 'panel', 'announced'] as const).map((state) => ({
          key: state,
          label: t(`states.${state}`),
          filters: { state },
        })),
      ]}
      filters={useCallFilters(callStates)}
      empty={{ title: t('desk.empty'), next: t('desk.emptyNext') }}
      columns={useCallColumns()}
    />
  )
}
