// Rooms of the community and how many people each may hold.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { listRooms, setRoom } from '../../../../loop/delivery/contract/occasions.ts'
import { currentAssignment, useMay, useSession } from '../../../app/session.ts'
import { ContractForm } from '../../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../../ui/desk/DeskDialog.tsx'
import { ListPage } from '../../../ui/desk/ListPage.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { Tag } from '../../../ui/shared/Tag.tsx'

type Row = OutputOf<typeof listRooms>['rows'][number]

export default function RoomsPage() {
  const { t } = useTranslation(['delivery', 'volunteering'])
  const session = useSession()
  const may = useMay('delivery.keepRooms')
  const [open, setOpen] = useState(false)
  return (
    <>
      <ListPage<Row>
        title={t('verbs.listRooms')}
        endpoint={listRooms}
        rowKey={(row) => row.id}
        primary={
          may && (
            <DeskButton kind="primary" icon="plus" onClick={() => setOpen(true)}>
              {t('verbs.setRoom')}
            </DeskButton>
          )
        }
        filters={[{ name: 'division', label: t('fields.division'), kind: 'division' }]}
        empty={{ title: t('volunteering:desk.roomsEmpty'), next: t('volunteering:desk.roomsEmptyNext') }}
        columns={[
          { key: 'name', title: t('fields.name'), main: true, cell: (row) => row.name },
          { key: 'capacity', title: t('fields.capacity'), width: 110, align: 'right', cell: (row) => row.capacity },
          {
            key: 'division',
            title: t('fields.divisionName'),
            width: 200,
            cell: (row) => row.divisionName ?? row.division,
          },
          {
            key: 'open',
            title: t('fields.open'),
            width: 90,
            cell: (row) => (
              <Tag tone={row.open ? 'done' : 'neutral'}>{t(row.open ? 'frame:form.yes' : 'frame:form.no')}</Tag>
            ),
          },
        ]}
      />
      {open && (
        <DeskDialog title={t('verbs.setRoom')} onClose={() => setOpen(false)}>
          <ContractForm
            endpoint={setRoom}
            domain="delivery"
            initial={{ division: currentAssignment(session)?.division, open: true }}
            submitLabel={t('verbs.setRoom')}
            onDone={() => {
              showToast(t('frame:verb.done', { verb: t('verbs.setRoom') }))
              setOpen(false)
            }}
            onCancel={() => setOpen(false)}
          />
        </DeskDialog>
      )}
    </>
  )
}
