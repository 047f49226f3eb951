// Own controls for forms: one of a few choices with their words, and a colleague.
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listColleagues } from '../../../foundation/identity/contract/roles.ts'
import { useAsk } from '../../app/ask.ts'
import { useRoleName } from '../../app/shells/role-names.ts'

type Bound = { readonly id?: string; readonly value?: string; readonly onChange?: (value: string | undefined) => void }

type Choice = { readonly value: string; readonly label: string }

/** A select whose words come from the caller; takes `value` and `onChange` from the form. */
export function ChoiceField({
  id,
  value,
  onChange,
  label,
  choices,
  clearable,
}: Bound & { readonly label: string; readonly choices: readonly Choice[]; readonly clearable?: boolean }) {
  const { t } = useTranslation('frame')
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch
      allowClear={clearable ? undefined : false}
      optionFilterProp="label"
      placeholder={t('field.choose')}
      value={value}
      options={[...choices]}
      onChange={(chosen: string | undefined) => onChange?.(chosen)}
    />
  )
}

/** Somebody who holds a role where I hold mine; the value is the person's id. */
export function ColleagueField({
  id,
  value,
  onChange,
  label,
  roles,
}: Bound & { readonly label: string /** Only holders of these roles. */; readonly roles?: readonly string[] }) {
  const { t } = useTranslation('frame')
  const roleName = useRoleName()
  const { data } = useAsk(listColleagues, {})
  const choices = (data?.rows ?? [])
    .filter(({ role }) => roles === undefined || roles.includes(role))
    .map((row) => ({ value: row.id, label: t('list.aside', { text: row.name, aside: roleName(row.role) }) }))
  return <ChoiceField id={id} value={value} onChange={onChange} label={label} choices={choices} />
}
