// Yes or no, as a box with a check and words beside it.
import type { ReactNode } from 'react'
import { Icon } from '../shared/Icon.tsx'
import styles from './fields.module.css'

type Props = {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
  readonly children: ReactNode
}

export function Checkbox({ checked, onChange, disabled, children }: Props) {
  return (
    <label className={styles.checkbox} data-on={checked || undefined}>
      <input
        type="checkbox"
        className="sr-only"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={styles.box}>{checked && <Icon name="check" size={16} />}</span>
      <span>{children}</span>
    </label>
  )
}
