// Planning a group: aims, room, and its sessions from forming to ending.
import { useTranslation } from 'react-i18next'
import { listContracts } from '../../../loop/contracts/contract.ts'
import { planGroup } from '../../../loop/delivery/contract/groups.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ListPicker } from '../../ui/desk/ListPicker.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { ActivityField } from '../cases/case-fields.tsx'

type ContractOption = { readonly id: string; readonly number?: string; readonly title: string }

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
              control: (
                <ListPicker<ContractOption>
                  endpoint={listContracts}
                  query={{ state: 'active', mine: 'yes' }}
                  label={t('fields.contract')}
                  option={(row) => ({ value: row.id, label: [row.number, row.title].filter(Boolean).join(' ') })}
                />
              ),
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
