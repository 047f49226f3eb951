// The department that a need is referred to: the community's own station, departments known by name, or a code as its officers carry it.
import { AutoComplete } from 'antd'
import { useTranslation } from 'react-i18next'

type Props = {
  readonly label: string
  readonly id?: string
  readonly value?: string
  readonly onChange?: (value: string | undefined) => void
}

export function DepartmentField({ label, id, value, onChange }: Props) {
  const { t, i18n } = useTranslation('needs')
  const known: unknown = i18n.getResource(i18n.language, 'needs', 'departments')
  const codes = typeof known === 'object' && known !== null ? Object.keys(known) : []
  const options = codes.map((code) => ({ value: code, label: t(`departments.${code}`) }))
  return (
    <AutoComplete
      id={id}
      aria-label={label}
      options={options}
      placeholder={t('desk.department')}
      value={value}
      onChange={(next: string | undefined) => onChange?.(next || undefined)}
    />
  )
}
