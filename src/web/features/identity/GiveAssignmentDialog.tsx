// Giving a role: the person by account name, the role, the place, and where the role needs it organization or department.
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { giveAssignment, listStaff } from '../../../foundation/identity/contract/roles.ts'
import { roles } from '../../../kit/roles.ts'
import { listOrganizations } from '../../../registers/organizations/contract.ts'
import { useAsk } from '../../app/ask.ts'
import type { Assignment } from '../../app/session.ts'
import { useRoleName } from '../../app/shells/role-names.ts'
import { ChoiceField } from '../../ui/desk/ChoiceField.tsx'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { DivisionField } from '../../ui/desk/form-controls.tsx'
import { ListPicker } from '../../ui/desk/ListPicker.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'

/** A person with a staff account by the beginning of the account's name; the value is the person's id. */
function StaffField({
  label,
  id,
  value,
  onChange,
}: {
  readonly label: string
  readonly id?: string
  readonly value?: string
  readonly onChange?: (value: string | undefined) => void
}) {
  const { t } = useTranslation(['identity', 'frame'])
  const [search, setSearch] = useState('')
  const { data, isFetching } = useAsk(
    listStaff,
    { query: { account: search.trim().toLowerCase() } },
    { enabled: search.trim() !== '', keep: true },
  )
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch
      filterOption={false}
      loading={isFetching}
      placeholder={t('desk.accountHint')}
      notFoundContent={search ? t('refusals.no-such-person') : null}
      value={value}
      onSearch={setSearch}
      onChange={(chosen: string | undefined) => onChange?.(chosen)}
      options={(data?.rows ?? []).map((row) => ({
        value: row.id,
        label: t('frame:list.aside', { text: row.name, aside: row.account }),
      }))}
    />
  )
}

type Props = { readonly place: Assignment | undefined; readonly onClose: () => void }

export function GiveAssignmentDialog({ place, onClose }: Props) {
  const { t } = useTranslation('identity')
  const roleName = useRoleName()
  const own = place?.organizationId
  const choices = Object.entries(roles)
    .filter(([role, { reach }]) => role !== 'resident' && (own === undefined || reach === 'organization'))
    .map(([value]) => ({ value, label: roleName(value) }))
  return (
    <DeskDialog title={t('verbs.giveAssignment')} wide onClose={onClose}>
      <ContractForm
        endpoint={giveAssignment}
        domain="identity"
        hide={['organizationName']}
        fixed={own === undefined ? undefined : { organization: own, organizationName: place?.organizationName }}
        initial={{ division: place?.division }}
        overrides={{
          person: { control: <StaffField label={t('fields.person')} />, label: t('desk.person') },
          division: { control: <DivisionField label={t('fields.divisionName')} />, label: t('fields.divisionName') },
          role: { control: <ChoiceField label={t('fields.role')} choices={choices} /> },
          organization: {
            control: (
              <ListPicker<{ readonly id: string; readonly name: string }>
                endpoint={listOrganizations}
                searchBy="q"
                label={t('fields.organization')}
                option={(row) => ({ value: row.id, label: row.name })}
              />
            ),
          },
        }}
        submitLabel={t('verbs.giveAssignment')}
        onCancel={onClose}
        onDone={() => {
          showToast(t('desk.given'))
          onClose()
        }}
      />
    </DeskDialog>
  )
}
