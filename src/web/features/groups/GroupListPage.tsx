// Groups of the places or the organization where I work.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { groupStates, listGroups } from '../../../loop/delivery/contract/groups.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { isNarrow } from '../../ui/desk/narrow.ts'
import { Tag } from '../../ui/shared/Tag.tsx'
import { groupTones } from './group-words.ts'

type Row = OutputOf<typeof listGroups>['rows'][number]

export default function GroupListPage() {
  const { t } = useTranslation(['delivery', 'groups'])
  const mayPlan = useMay('delivery.planGroup')
  const spare = isNarrow()
  return (
    <ListPage<Row>
      title={t('verbs.listGroups')}
      endpoint={listGroups}
      rowKey={(row) => row.id}
      to={(row) => `/desk/groups/${row.id}`}
      primary={
        mayPlan && (
          <DeskButton kind="primary" icon="plus" to="/desk/groups/new">
            {t('verbs.planGroup')}
          </DeskButton>
        )
      }
      views={
        mayPlan
          ? [
              { key: 'all', label: t('groups:list.all'), filters: {} },
              { key: 'mine', label: t('groups:list.mine'), filters: { mine: 'yes' } },
            ]
          : []
      }
      filters={[
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: groupStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        { name: 'division', label: t('fields.division'), kind: 'division' },
        ...(mayPlan
          ? [
              {
                name: 'mine',
                label: t('groups:list.mine'),
                kind: 'choice' as const,
                options: [{ value: 'yes', label: t('frame:form.yes') }],
              },
            ]
          : []),
      ]}
      empty={{ title: t('groups:list.empty'), next: t('groups:list.emptyNext') }}
      columns={[
        { key: 'number', spare, title: t('fields.number'), width: 112, cell: (row) => row.number },
        { key: 'title', title: t('fields.title'), main: true, cell: (row) => row.title },
        { key: 'type', spare, title: t('fields.type'), width: 96, cell: (row) => t(`options.type.${row.type}`) },
        { key: 'worker', spare, title: t('fields.workerName'), width: 100, cell: (row) => row.workerName },
        { key: 'place', spare, title: t('fields.place'), width: 130, cell: (row) => row.place },
        {
          key: 'members',
          spare,
          title: t('fields.members'),
          width: 100,
          align: 'right',
          cell: (row) => t('groups:list.members', { count: row.members, capacity: row.capacity }),
        },
        { key: 'contract', spare, title: t('fields.contract'), width: 112, cell: (row) => row.contractNumber ?? '—' },
        {
          key: 'division',
          title: t('fields.divisionName'),
          width: 120,
          spare: true,
          cell: (row) => row.divisionName ?? row.division,
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 90,
          cell: (row) => <Tag tone={groupTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
        },
      ]}
    />
  )
}
