// Planning a group: aims, room, and its sessions from forming to ending.
import { useTranslation } from 'react-i18next'
import { planGroup } from '../../../loop/delivery/contract/groups.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { ActivityField } from '../cases/case-fields.tsx'
import { ContractPicker } from '../contracts/ContractPicker.tsx'

/** The least that a group has; more are added. */
const phases = ['forming', 'transition', 'maturity', 'maturity', 'ending']

export default function NewGroupPage() {
  const { t } = useTranslation(['delivery', 'groups'])
  const go = useGo()
  const [query] = useAddressQuery()
  return (
    <DeskPage title={t('verbs.planGroup')} note={t('groups:form.note')}>
      <DeskCard pad>
        <ContractForm
          endpoint={planGroup}
          domain="delivery"
          initial={{ contract: query['contract'], sessions: phases.map((phase) => ({ phase })) }}
          overrides={{
            contract: {
              control: <ContractPicker mine />,
            },
            activity: { control: <ActivityField label={t('fields.activity')} /> },
          }}
          submitLabel={t('verbs.planGroup')}
          onDone={(answer) => {
            showToast(t('groups:form.planned', { number: answer.number ?? '' }))
            go(`/desk/groups/${answer.id}`, { replace: true })
          }}
          onCancel={() => go('/desk/groups')}
        />
      </DeskCard>
    </DeskPage>
  )
}
