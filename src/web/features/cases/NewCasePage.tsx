// A new case: for whom, what it is about, who supervises it.
import { useTranslation } from 'react-i18next'
import { openCase } from '../../../loop/delivery/contract/cases.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { PersonByPhoneField } from '../../ui/desk/PersonByPhoneField.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { SupervisorField } from './case-fields.tsx'
import { ContractPicker } from '../contracts/ContractPicker.tsx'

export default function NewCasePage() {
  const { t } = useTranslation(['delivery', 'cases'])
  const go = useGo()
  const [query] = useAddressQuery()
  return (
    <DeskPage title={t('verbs.openCase')} note={t('cases:form.sealed')}>
      <DeskCard pad>
        <ContractForm
          endpoint={openCase}
          domain="delivery"
          first={['contract', 'supervisor', 'person', 'fullName', 'phone', 'underFourteen']}
          initial={{ contract: query['contract'] }}
          overrides={{
            contract: {
              control: <ContractPicker mine />,
            },
            supervisor: { control: <SupervisorField label={t('fields.supervisor')} /> },
            person: { control: <PersonByPhoneField />, wide: true },
          }}
          submitLabel={t('verbs.openCase')}
          onDone={(answer) => {
            showToast(t('cases:form.opened', { number: answer.number ?? '' }))
            go(`/desk/cases/${answer.id}`, { replace: true })
          }}
          onCancel={() => go('/desk/cases')}
        />
      </DeskCard>
    </DeskPage>
  )
}
