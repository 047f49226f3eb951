// Supporting bodies of the places where I work, those to confirm first among the views.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { bodyStates, listBodies } from '../../../../loop/wishes/contract/givers.ts'
import { currentAssignment, useSession } from '../../../app/session.ts'
import type { Column, Filter } from '../../../ui/desk/list-page.ts'
import { ListPage } from '../../../ui/desk/ListPage.tsx'
import { InstantText } from '../../../ui/shared/DateText.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { bodyTone } from './DeskBodyPage.tsx'

type Row = OutputOf<typeof listBodies>['rows'][number]

export default function BodiesPage() {
  const { t } = useTranslation('wishes')
  const session = useSession()
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: t('fields.name'), main: true, cell: (row) => row.name },
    { key: 'kind', title: t('fields.kind'), width: 110, cell: (row) => t(`bodyKinds.${row.kind}`) },
    {
      key: 'state',
      title: t('fields.state'),
      width: 110,
      cell: (row) => <Tag tone={bodyTone(row.state)}>{t(`bodyStates.${row.state}`)}</Tag>,
    },
    { key: 'place', title: t('fields.divisionName'), width: 180, cell: (row) => row.divisionName },
    {
      key: 'created',
      title: t('desk.applied'),
      width: 140,
      cell: (row) => <InstantText instant={row.createdAt} style="compact" />,
    },
  ]
  const filters: readonly Filter[] = [
    {
      name: 'state',
      label: t('fields.state'),
      kind: 'choice',
      options: bodyStates.map((value) => ({ value, label: t(`bodyStates.${value}`) })),
    },
    { name: 'division', label: t('fields.division'), kind: 'division' },
  ]
  return (
    <ListPage<Row>
      title={t('kinds.supporting-body')}
      note={currentAssignment(session)?.divisionName}
      endpoint={listBodies}
      columns={columns}
      filters={filters}
      views={[
        { key: 'all', label: t('board.all'), filters: {} },
        ...(['applied', 'confirmed'] as const).map((state) => ({
          key: state,
          label: t(`bodyStates.${state}`),
          filters: { state },
        })),
      ]}
      rowKey={(row) => row.id}
      to={(row) => `/desk/supporting-bodies/${row.id}`}
      empty={{ title: t('desk.noBodies'), next: t('desk.noBodiesNext') }}
    />
  )
}
