// One of a few, as blocks with border and check; never preselected where it is a ballot or a verdict.
import { Icon } from '../shared/Icon.tsx'
import type { IconName } from '../shared/icon-paths.ts'
import { type FieldCommon, FieldFrame } from './FieldFrame.tsx'
import styles from './fields.module.css'

export type Choice<Value extends string> = {
  readonly value: Value
  readonly label: string
  /** A sentence below the label; makes the block tall. */
  readonly note?: string
  readonly icon?: IconName
  readonly disabled?: boolean
}

type Props<Value extends string> = FieldCommon & {
  readonly choices: readonly Choice<Value>[]
  readonly value: Value | undefined
  readonly onChange: (value: Value) => void
  /** Side by side; 3 unless told, 1 = one below the other. */
  readonly columns?: 1 | 2 | 3 | 4
  /** The circle above the words, as on the verdict card. */
  readonly circled?: boolean
}

export function RadioBlocks<Value extends string>({
  choices,
  value,
  onChange,
  columns = 3,
  circled,
  ...frame
}: Props<Value>) {
  return (
    <FieldFrame {...frame} group>
      {({ id }) => (
        <div className={styles.blocks} data-columns={columns} data-circled={circled || undefined}>
          {choices.map((choice) => {
            const on = choice.value === value
            return (
              <label key={choice.value} data-on={on || undefined} data-tall={choice.note ? true : undefined}>
                <input
                  type="radio"
                  className="sr-only"
                  name={id}
                  value={choice.value}
                  checked={on}
                  disabled={choice.disabled}
                  onChange={() => onChange(choice.value)}
                />
                {circled && <span className={styles.circle}>{on && <Icon name="check" size={14} />}</span>}
                <span className={styles.blockLabel}>
                  {choice.icon && <Icon name={choice.icon} size={20} />}
                  {!circled && !choice.note && on && <Icon name="check" size={16} />}
                  {choice.label}
                  {choice.note && on && <Icon name="check" size={20} className={styles.corner} />}
                </span>
                {choice.note && <small>{choice.note}</small>}
              </label>
            )
          })}
        </div>
      )}
    </FieldFrame>
  )
}
