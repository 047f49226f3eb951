// Shifts and activities of the places or the organization where I work.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { listDeskOccasions, occasionKinds, occasionStates } from '../../../../loop/delivery/contract/occasions.ts'
import { useMay } from '../../../app/session.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { ListPage } from '../../../ui/desk/ListPage.tsx'
import { isNarrow } from '../../../ui/desk/narrow.ts'
import { InstantText } from '../../../ui/shared/DateText.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { occasionTones } from '../resident/occasion-words.tsx'

type Row = OutputOf<typeof listDeskOccasions>['rows'][number]

export default function OccasionListPage() {
  const { t } = useTranslation(['delivery', 'volunteering'])
  const mayPlan = useMay('delivery.planOccasion')
  const mayKeepRooms = useMay('delivery.keepRooms')
  const spare = isNarrow()
  return (
    <ListPage<Row>
      title={t('verbs.listDeskOccasions')}
      endpoint={listDeskOccasions}
      rowKey={(row) => row.id}
      to={(row) => `/desk/occasions/${row.id}`}
      primary={
        <>
          {mayKeepRooms && <DeskButton to="/desk/rooms">{t('verbs.listRooms')}</DeskButton>}
          {mayPlan && (
            <DeskButton kind="primary" icon="plus" to="/desk/occasions/new">
              {t('volunteering:desk.new')}
            </DeskButton>
          )}
        </>
      }
      views={[
        { key: 'all', label: t('volunteering:desk.all'), filters: {} },
        ...occasionKinds.map((kind) => ({ key: kind, label: t(`options.occasion.${kind}`), filters: { kind } })),
        ...(mayPlan ? [{ key: 'mine', label: t('volunteering:desk.mine'), filters: { mine: 'yes' } }] : []),
      ]}
      filters={[
        {
          name: 'kind',
          label: t('volunteering:kinds'),
          kind: 'choice',
          options: occasionKinds.map((value) => ({ value, label: t(`options.occasion.${value}`) })),
        },
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: occasionStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        { name: 'division', label: t('fields.division'), kind: 'division' },
      ]}
      empty={{ title: t('volunteering:desk.empty'), next: t('volunteering:desk.emptyNext') }}
      columns={[
        { key: 'number', spare, title: t('fields.number'), width: 112, cell: (row) => row.number },
        { key: 'title', title: t('fields.title'), main: true, cell: (row) => row.title },
        {
          key: 'kind',
          spare,
          title: t('volunteering:kinds'),
          width: 96,
          cell: (row) => t(`options.occasion.${row.kind}`),
        },
        {
          key: 'from',
          title: t('fields.from'),
          width: 120,
          cell: (row) => <InstantText instant={row.from} style="compact" />,
        },
        { key: 'place', spare, title: t('fields.place'), width: 150, cell: (row) => row.place },
        {
          key: 'taken',
          title: t('fields.taken'),
          width: 100,
          align: 'right',
          cell: (row) => t('volunteering:desk.people', { taken: row.taken, capacity: row.capacity }),
        },
        {
          key: 'by',
          spare: true,
          title: t('fields.byName'),
          width: 150,
          cell: (row) => row.byName ?? t('volunteering:desk.byCommunity'),
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 90,
          cell: (row) => <Tag tone={occasionTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
        },
      ]}
    />
  )
}
