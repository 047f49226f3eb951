// Wishes of the places where I work.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { listDeskWishes, wishStates } from '../../../../loop/wishes/contract.ts'
import { currentAssignment, useMay, useSession } from '../../../app/session.ts'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import type { Column, Filter } from '../../../ui/desk/list-page.ts'
import { ListPage } from '../../../ui/desk/ListPage.tsx'
import { InstantText } from '../../../ui/shared/DateText.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { useGiverName, wishTone } from '../resident/wish-words.tsx'

type Row = OutputOf<typeof listDeskWishes>['rows'][number]

const views = ['asked', 'open', 'claimed', 'delivered', 'confirmed'] as const

export default function DeskWishesPage() {
  const { t } = useTranslation(['wishes', 'frame'])
  const session = useSession()
  const mayPutUp = useMay('wishes.putUpWish')
  const giverName = useGiverName()
  const categoryName = useCategoryName()
  const columns: readonly Column<Row>[] = [
    { key: 'number', title: t('fields.number'), width: 108, cell: (row) => row.number },
    { key: 'title', title: t('fields.title'), main: true, cell: (row) => row.title },
    { key: 'category', title: t('fields.category'), width: 120, cell: (row) => categoryName(row.category) },
    {
      key: 'state',
      title: t('fields.state'),
      width: 120,
      cell: (row) => <Tag tone={wishTone(row.state)}>{t(`states.${row.state}`)}</Tag>,
    },
    {
      key: 'giver',
      title: t('fields.giver'),
      width: 160,
      cell: (row) => (row.giver ? giverName(row.giver) : '—'),
    },
    {
      key: 'deliverUntil',
      title: t('fields.deliverUntil'),
      width: 130,
      cell: (row) => (row.deliverUntil ? <InstantText instant={row.deliverUntil} style="compact" /> : '—'),
    },
    {
      key: 'created',
      title: t('fields.createdAt'),
      width: 130,
      spare: true,
      cell: (row) => <InstantText instant={row.createdAt} style="compact" />,
    },
    { key: 'place', title: t('fields.divisionName'), width: 140, spare: true, cell: (row) => row.divisionName },
  ]
  const filters: readonly Filter[] = [
    { name: 'q', label: t('frame:listPage.keyword'), kind: 'text' },
    {
      name: 'state',
      label: t('fields.state'),
      kind: 'choice',
      options: wishStates.map((value) => ({ value, label: t(`states.${value}`) })),
    },
    { name: 'division', label: t('fields.division'), kind: 'division' },
  ]
  return (
    <ListPage<Row>
      title={t('name')}
      note={currentAssignment(session)?.divisionName}
      endpoint={listDeskWishes}
      columns={columns}
      filters={filters}
      views={[
        { key: 'all', label: t('board.all'), filters: {} },
        ...views.map((state) => ({ key: state, label: t(`states.${state}`), filters: { state } })),
      ]}
      rowKey={(row) => row.id}
      to={(row) => `/desk/wishes/${row.id}`}
      primary={
        mayPutUp && (
          <DeskButton kind="primary" icon="plus" to="/desk/wishes/new">
            {t('verbs.putUpWish')}
          </DeskButton>
        )
      }
      empty={{ title: t('desk.none'), next: t('desk.noneNext') }}
    />
  )
}
