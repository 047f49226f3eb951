// The lifecycle of a record: done, now, next, with dates; check, ring with halo, hollow and dashed.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon.tsx'
import styles from './StateLine.module.css'

export type LineState = 'done' | 'now' | 'next'

export type StateStep = {
  readonly key: string
  readonly label: string /** Date or a short remark ("07-20 起，第 127 天"). */
  readonly date?: ReactNode
  readonly state: LineState
}

type Props = {
  readonly steps: readonly StateStep[] /** Smaller points, for side panels and phones. */
  readonly small?: boolean
  readonly card?: boolean
}

export function StateLine({ steps, small, card = true }: Props) {
  const { t } = useTranslation('frame')
  return (
    <ol className={styles.line} data-small={small || undefined} data-card={card || undefined}>
      {steps.map((step) => (
        <li key={step.key} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className={styles.point}>{step.state === 'done' && !small && <Icon name="check" size={13} />}</span>
          <b>{step.label}</b>
          <span className="sr-only">{t(`state.${step.state}`)}</span>
          {step.date !== undefined && <span>{step.date}</span>}
        </li>
      ))}
    </ol>
  )
}
