// Offering a shift to volunteers or inviting residents to an activity.
import { useTranslation } from 'react-i18next'
import { listRooms, occasionKinds, planOccasion } from '../../../../loop/delivery/contract/occasions.ts'
import { useAddressQuery, useGo } from '../../../app/address.ts'
import { currentAssignment, useMay, useSession } from '../../../app/session.ts'
import { ChoiceField } from '../../../ui/desk/ChoiceField.tsx'
import { ContractForm } from '../../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../../ui/desk/DeskPage.tsx'
import { ListPicker } from '../../../ui/desk/ListPicker.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { ActivityField } from '../../cases/case-fields.tsx'
import { ContractPicker } from '../../contracts/ContractPicker.tsx'

type RoomOption = { readonly id: string; readonly name: string; readonly capacity: number; readonly open: boolean }

export default function NewOccasionPage() {
  const { t } = useTranslation(['delivery', 'volunteering'])
  const go = useGo()
  const [query] = useAddressQuery()
  const session = useSession()
  // The community keeps its rooms and offers by itself; a team offers under its contract.
  const community = useMay('delivery.keepRooms')
  const place = currentAssignment(session)?.division
  return (
    <DeskPage title={t('verbs.planOccasion')} note={t('volunteering:desk.note')}>
      <DeskCard pad>
        {!session.loaded ? (
          <Skeleton rows={6} />
        ) : (
          <ContractForm
            endpoint={planOccasion}
            domain="delivery"
            initial={{
              kind: query['kind'] ?? 'shift',
              contract: query['contract'],
              capacity: 10,
              ...(community ? { division: place } : {}),
            }}
            hide={community ? ['contract', 'activity'] : ['division']}
            overrides={{
              kind: {
                label: t('volunteering:kinds'),
                control: (
                  <ChoiceField
                    label={t('volunteering:kinds')}
                    choices={occasionKinds.map((value) => ({ value, label: t(`options.occasion.${value}`) }))}
                  />
                ),
              },
              contract: {
                control: <ContractPicker />,
              },
              activity: { control: <ActivityField label={t('fields.activity')} /> },
              room: {
                control: (
                  <ListPicker<RoomOption>
                    endpoint={listRooms}
                    query={community || place === undefined ? {} : { division: place }}
                    label={t('fields.room')}
                    option={(row) => ({
                      value: row.id,
                      label: t('volunteering:desk.room', { name: row.name, capacity: row.capacity }),
                    })}
                  />
                ),
              },
            }}
            submitLabel={t('volunteering:desk.new')}
            onDone={(answer) => {
              showToast(t('volunteering:desk.published', { number: answer.number ?? '' }))
              go(`/desk/occasions/${answer.id}`, { replace: true })
            }}
            onCancel={() => go('/desk/occasions')}
          />
        )}
      </DeskCard>
    </DeskPage>
  )
}
