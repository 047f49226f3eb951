// Picks classes of service out of the taxonomy: the class as group, its kinds below.
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { categoryCodes } from '../../../loop/needs/contract/taxonomy.ts'

type Props = {
  readonly label: string
  readonly many?: boolean
  /** More choices before the classes: `general` of an earmark. */
  readonly first?: readonly { readonly value: string; readonly label: string }[]
  readonly id?: string
  readonly value?: string | readonly string[]
  readonly onChange?: (value: string | readonly string[] | undefined) => void
}

export function CategoryPicker({ label, many, first = [], id, value, onChange }: Props) {
  const name = useCategoryName()
  const options = categoryCodes.map((code) => ({
    value: code as string,
    label: code.length > 2 ? `${name(code.slice(0, 2))} · ${name(code)}` : name(code),
  }))
  return (
    <Select
      id={id}
      aria-label={label}
      mode={many ? 'multiple' : undefined}
      showSearch
      optionFilterProp="label"
      value={typeof value === 'string' || value === undefined ? value : [...value]}
      onChange={(chosen: string | string[] | undefined) => onChange?.(chosen)}
      options={[...first, ...options]}
    />
  )
}

/** The name of a class of service. */
export function useCategoryName(): (code: string) => string {
  const { t } = useTranslation('frame')
  return (code) => t(`needs:categories.${code}`, { defaultValue: code })
}
