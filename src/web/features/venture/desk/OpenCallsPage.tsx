// Calls to which organizations may propose their own projects, newest first.
import { useTranslation } from 'react-i18next'
import { listCalls, openCallStates } from '../../../../loop/venture/contract.ts'
import { ListPage } from '../../../ui/desk/ListPage.tsx'
import { type CallRow, useCallColumns, useCallFilters } from './call-columns.tsx'

export default function OpenCallsPage() {
  const { t } = useTranslation('venture')
  return (
    <ListPage<CallRow>
      title={t('menu.open')}
      note={t('desk.openNote')}
      endpoint={listCalls}
      rowKey={(row) => row.id}
      to={(row) => `/desk/venture/${row.id}`}
      views={[
        { key: 'all', label: t('desk.all'), filters: {} },
        { key: 'open', label: t('states.open'), filters: { state: 'open' } },
        { key: 'announced', label: t('states.announced'), filters: { state: 'announced' } },
      ]}
      filters={useCallFilters(openCallStates)}
      empty={{ title: t('desk.noOpen'), next: t('desk.noOpenNext') }}
      columns={useCallColumns()}
    />
  )
}
