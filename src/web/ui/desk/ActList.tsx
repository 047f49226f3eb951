// The acts of a record: those that I may do first, the others locked with the reason beside them.
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskButton } from './DeskButton.tsx'
import type { RecordAct } from './record-acts.ts'
import styles from './record-parts.module.css'

type Props = {
  readonly acts: readonly RecordAct[] /** No primary action stands above: an empty list says so. */
  readonly alone?: boolean
}

export function ActList({ acts, alone }: Props) {
  const { t } = useTranslation('frame')
  const id = useId()
  if (acts.length === 0) return <p className={styles.nothing}>{alone ? t('record.noActions') : '—'}</p>
  const sorted = [...acts].sort((one, other) => Number(one.off !== undefined) - Number(other.off !== undefined))
  return (
    <ul className={styles.acts}>
      {sorted.map((act) => (
        <li key={act.key}>
          <DeskButton
            small
            icon={act.icon}
            off={act.off !== undefined}
            locked
            busy={act.busy}
            describedBy={`${id}-${act.key}`}
            onClick={act.onAct}
          >
            {act.label}
          </DeskButton>
          <span id={`${id}-${act.key}`}>{act.off ?? act.hint}</span>
        </li>
      ))}
    </ul>
  )
}
