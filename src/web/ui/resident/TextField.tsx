// One line of text for residents.
import type { HTMLInputTypeAttribute } from 'react'
import { type FieldCommon, FieldFrame } from './FieldFrame.tsx'
import styles from './fields.module.css'

type Props = FieldCommon & {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: HTMLInputTypeAttribute
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'decimal' | 'search'
  readonly autoComplete?: string
  readonly placeholder?: string
  readonly maxLength?: number
  readonly required?: boolean
  readonly disabled?: boolean
  readonly autoFocus?: boolean
}

export function TextField({
  value,
  onChange,
  type = 'text',
  inputMode,
  autoComplete = 'off',
  placeholder,
  maxLength,
  required,
  disabled,
  autoFocus,
  ...frame
}: Props) {
  return (
    <FieldFrame {...frame}>
      {({ id, describedBy, invalid }) => (
        <input
          id={id}
          className={styles.input}
          type={type}
          inputMode={inputMode}
          autoComplete={autoComplete}
          placeholder={placeholder}
          maxLength={maxLength}
          required={required}
          disabled={disabled}
          autoFocus={autoFocus}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  )
}
