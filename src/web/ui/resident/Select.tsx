// One of many, as the phone's own list.
import { useTranslation } from 'react-i18next'
import { Icon } from '../shared/Icon.tsx'
import { type FieldCommon, FieldFrame } from './FieldFrame.tsx'
import styles from './fields.module.css'

type Props = FieldCommon & {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly options: readonly { readonly value: string; readonly label: string; readonly group?: string }[]
  readonly required?: boolean
}

export function Select({ value, onChange, options, required, ...frame }: Props) {
  const { t } = useTranslation('frame')
  const groups = [...new Set(options.map((option) => option.group))]
  return (
    <FieldFrame {...frame}>
      {({ id, describedBy, invalid }) => (
        <div className={styles.select}>
          <select
            id={id}
            value={value}
            required={required}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            onChange={(event) => onChange(event.target.value)}
          >
            <option value="">{t('field.choose')}</option>
            {groups.map((group) => {
              const inGroup = options.filter((option) => option.group === group)
              const each = inGroup.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))
              return group ? (
                <optgroup key={group} label={group}>
                  {each}
                </optgroup>
              ) : (
                each
              )
            })}
          </select>
          <Icon name="open" size={20} />
        </div>
      )}
    </FieldFrame>
  )
}
