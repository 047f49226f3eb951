// What every residents' field has: label, remark, help, fault.
import { type ReactNode, useId } from 'react'
import { Icon } from '../shared/Icon.tsx'
import styles from './fields.module.css'
import { OptionalMark } from '../shared/Aside.tsx'

export type FieldCommon = {
  readonly label: string
  /** Right end of the label line: a count, "由社区最后确认". */
  readonly remark?: ReactNode
  /** A sentence below the field. */
  readonly help?: string
  /** What is wrong; shown and read aloud. */
  readonly fault?: string
  readonly optional?: boolean
}

type Ids = { readonly id: string; readonly describedBy: string | undefined; readonly invalid: boolean }

type Props = FieldCommon & {
  /** A group (radio, stars): a fieldset with legend instead of label. */
  readonly group?: boolean
  readonly children: (ids: Ids) => ReactNode
}

export function FieldFrame({ label, remark, help, fault, optional, group, children }: Props) {
  const id = useId()
  const helpId = `${id}-help`
  const faultId = `${id}-fault`
  const describedBy = [fault && faultId, help && helpId].filter(Boolean).join(' ') || undefined
  const words = (
    <>
      {label}
      {optional && <OptionalMark />}
    </>
  )
  const inside = (
    <>
      {children({ id, describedBy, invalid: fault !== undefined })}
      {help && (
        <p className={styles.help} id={helpId}>
          {help}
        </p>
      )}
      {fault && (
        <p className={styles.fault} id={faultId} role="alert">
          <Icon name="alert" size={16} />
          {fault}
        </p>
      )}
    </>
  )
  if (group) {
    return (
      <fieldset className={styles.field} aria-describedby={describedBy} id={id}>
        <legend className={styles.label}>
          <span>{words}</span>
          {remark && <span className={styles.remark}>{remark}</span>}
        </legend>
        {inside}
      </fieldset>
    )
  }
  return (
    <div className={styles.field}>
      <div className={styles.label}>
        <label htmlFor={id}>{words}</label>
        {remark && <span className={styles.remark}>{remark}</span>}
      </div>
      {inside}
    </div>
  )
}
