// Applies for the registration or filing of an organization.
import { useTranslation } from 'react-i18next'
import { applyForOrganization } from '../../../registers/organizations/contract.ts'
import { useGo } from '../../app/address.ts'
import { CategoryPicker } from '../../ui/desk/CategoryPicker.tsx'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'

export default function ApplyPage() {
  const { t } = useTranslation('organizations')
  const go = useGo()
  return (
    <DeskPage title={t('verbs.applyForOrganization')} note={t('desk.applyNote')}>
      <DeskCard pad>
        <ContractForm
          endpoint={applyForOrganization}
          domain="organizations"
          overrides={{ categories: { control: <CategoryPicker label={t('fields.categories')} many />, wide: true } }}
          submitLabel={t('desk.apply')}
          onDone={(answer) => go(`/desk/organizations/${answer.id}`)}
          onCancel={() => go('/desk/organizations')}
        />
      </DeskCard>
    </DeskPage>
  )
}
