// Several lines of text for residents; tools (photo, voice) stand inside its frame.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type FieldCommon, FieldFrame } from './FieldFrame.tsx'
import styles from './fields.module.css'

type Props = FieldCommon & {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
  readonly maxLength?: number
  readonly placeholder?: string
  /** Large type and teal frame: the one field that a page is about. */
  readonly main?: boolean
  /** Shows how many characters stand there. */
  readonly counted?: boolean
  readonly required?: boolean
  readonly autoFocus?: boolean
  /** Below the text inside the frame: photos, tools. */
  readonly children?: ReactNode
}

export function TextArea({
  value,
  onChange,
  rows = 4,
  maxLength,
  placeholder,
  main,
  counted,
  required,
  autoFocus,
  children,
  ...frame
}: Props) {
  const { t } = useTranslation('frame')
  const remark = counted ? t('field.chars', { count: [...value].length }) : frame.remark
  return (
    <FieldFrame {...frame} remark={remark}>
      {({ id, describedBy, invalid }) => (
        <div className={styles.area} data-main={main || undefined} data-invalid={invalid || undefined}>
          <textarea
            id={id}
            rows={rows}
            maxLength={maxLength}
            placeholder={placeholder}
            required={required}
            autoFocus={autoFocus}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {children}
        </div>
      )}
    </FieldFrame>
  )
}
